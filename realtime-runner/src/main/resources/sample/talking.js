// A room: who is in it, what is said, what has been read, and who is typing.

import { $, ask, item, on, press, self, tell } from './page.js';

const TYPING_IS_SAID_EACH_MS = 5000;
const PROGRESS = ['sent', 'delivered', 'read'];
const typing = new Set();
let oldest;
let saidTypingAt = -Infinity;

const roomId = () => $('room').value.trim();
const lines = () => [...$('messages').children];

function line(message) {
  const shown = item(`#${message.seq} ${message.senderId}: ${message.message}`);
  shown.dataset.id = message.id;
  shown.dataset.status = message.status;
  shown.className = message.senderId === self.user.id ? 'own' : '';
  return shown;
}

/** Reading reaches back: the messages before the one that was read are read, too. */
function progress(ids, status) {
  const last = lines().findLastIndex(({ dataset }) => ids.includes(dataset.id));
  for (const { dataset } of lines().slice(0, last + 1)) {
    if (PROGRESS.indexOf(status) > PROGRESS.indexOf(dataset.status)) dataset.status = status;
  }
}

async function history(before) {
  const answer = await ask('message:history', { roomId: roomId(), limit: 10, ...(before && { before }) });
  if (!answer.success) return;
  const found = answer.messages.map(line);
  if (before) $('messages').prepend(...found); else $('messages').replaceChildren(...found);
  oldest = answer.hasMore ? answer.messages[0].timestamp : undefined;
  $('older').disabled = !oldest;
}

async function send() {
  const message = $('text').value;
  const answer = await ask('message:send', { roomId: roomId(), message, clientMessageId: crypto.randomUUID?.() });
  if (!answer.success) return;
  $('text').value = '';
  stopTyping();
}

function startTyping() {
  if (performance.now() - saidTypingAt < TYPING_IS_SAID_EACH_MS) return;
  saidTypingAt = performance.now();
  tell('typing:start', { roomId: roomId() });
}

function stopTyping() {
  if (saidTypingAt === -Infinity) return;
  saidTypingAt = -Infinity;
  tell('typing:stop', { roomId: roomId() });
}

function showTyping() {
  $('typing').textContent = [...typing].map((user) => `${user} is typing`).join(', ');
}

function markRead() {
  const messageIds = lines().filter(({ className }) => className !== 'own').map(({ dataset }) => dataset.id).slice(-500);
  return ask('message:read', { roomId: roomId(), messageIds });
}

async function countUnread() {
  const { rooms, total } = await ask('message:unread');
  $('unread-count').textContent = [`${total} unread`, ...rooms.map((room) => `${room.roomId}: ${room.unread}`)].join(', ');
}

on('message:sent', (message) => $('messages').append(line(message)));
on('message:new', (message) => {
  $('messages').append(line(message));
  tell('message:received', { messageId: message.id, roomId: message.roomId });
});
on('message:delivered', ({ messageId }) => progress([messageId], 'delivered'));
on('message:read', ({ messageIds }) => progress(messageIds, 'read'));
on('typing:start', ({ userId }) => { typing.add(userId); showTyping(); });
on('typing:stop', ({ userId }) => { typing.delete(userId); showTyping(); });

press('join', () => ask('room:join', { roomId: roomId(), roomType: 'chat' }));
press('leave', () => ask('room:leave', { roomId: roomId() }));
press('participants', () => ask('room:participants', { roomId: roomId() }));
press('history', () => history());
press('older', () => history(oldest));
press('read', markRead);
press('unread', countUnread);
$('text').oninput = startTyping;
$('text').onblur = stopTyping;
$('send').onsubmit = (event) => {
  event.preventDefault();
  return send();
};
