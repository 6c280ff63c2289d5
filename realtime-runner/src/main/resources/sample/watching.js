// Presence: who is there, and how this user is shown to others.

import { $, ask, item, on, press, tell } from './page.js';

const shown = new Map();
const userIds = () => $('watched').value.split(',').map((id) => id.trim()).filter(Boolean);

function keep(presences) {
  for (const presence of presences) shown.set(presence.userId, presence);
  $('people').replaceChildren(...[...shown.values()].map(({ userId, status, customStatus }) =>
    item(`${userId}: ${status}${customStatus ? ` (${customStatus})` : ''}`)));
}

async function look() {
  const answer = await ask('presence:get', { userIds: userIds() });
  if (answer.success) keep(answer.presences);
}

on('presence:initial', ({ presences }) => keep(presences));
on('presence:changed', (presence) => keep([presence]));

press('watch', () => tell('presence:subscribe', { userIds: userIds() }));
press('unwatch', () => tell('presence:unsubscribe', { userIds: userIds() }));
press('look', look);
press('set', () => {
  const customStatus = $('custom').value.trim();
  tell('presence:setStatus', { status: $('status').value, ...(customStatus && { customStatus }) });
});
