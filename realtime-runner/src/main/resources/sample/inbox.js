// Notifications: what the server has to tell this user, also when nobody was there to hear it.

import { $, ask, item, on, press } from './page.js';

function line({ id, title, message, read }) {
  const shown = item(`${title}: ${message}`);
  shown.className = read ? 'seen' : '';
  const mark = document.createElement('button');
  mark.textContent = 'Mark read';
  mark.disabled = read;
  mark.onclick = async () => {
    await ask('notification:read', { notificationId: id });
    await list();
  };
  shown.append(' ', mark);
  return shown;
}

function count(unread) {
  $('inbox-count').textContent = `${unread} unread`;
}

async function list() {
  const answer = await ask('notification:list', { limit: 20 });
  if (!answer.success) return;
  $('inbox').replaceChildren(...answer.notifications.map(line));
  count(answer.unreadCount);
}

on('notification:new', (notification) => $('inbox').prepend(line({ ...notification, read: false })));
on('notification:unreadCount', ({ unreadCount }) => count(unreadCount));

press('inbox-list', list);
press('inbox-read', async () => { await ask('notification:readAll'); await list(); });
press('inbox-unread', async () => count((await ask('notification:getUnreadCount')).unreadCount));
