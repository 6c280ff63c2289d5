// Logging in, connecting, losing the connection and coming back.

import { Client } from './client.js';
import { $, heard, on, press, self, show } from './page.js';

const OTHER = { patient: 'demo-provider-001', provider: 'demo-patient-001', admin: 'demo-patient-001' };

function state(name, text) {
  $('state').dataset.state = name;
  $('state').textContent = text;
  const isOnline = name === 'online';
  for (const part of document.querySelectorAll('fieldset')) part.disabled = !isOnline;
  for (const id of ['disconnect', 'cut']) $(id).disabled = !isOnline;
  $('connect').disabled = !self.token || isOnline || name === 'away';
}

async function logIn(email) {
  const answer = await fetch('/api/v1/auth/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password: 'password123' }),
  });
  const body = await answer.json();
  if (!answer.ok) return show('!!', body.message ?? body.error);
  leave();
  self.token = body.accessToken;
  self.user = body.user;
  $('user').textContent = `${self.user.firstName} ${self.user.lastName}: ${self.user.id}, ${self.user.role}`;
  $('callee').value = OTHER[self.user.role] ?? '';
  state('offline', 'logged in, not connected');
}

function connect() {
  const client = new Client(self.token, {
    saw: show,
    heard: (event, data) => self.client === client && heard(event, data),
    refused: (message) => self.client === client && state('refused', message),
    lost: () => self.client === client && state('offline', 'not connected'),
  });
  self.client = client;
  state('away', 'connecting');
  client.connect($('way').value);
}

function leave() {
  if ($('state').dataset.state === 'online') self.client.leave(); else self.client?.cut();
  self.client = undefined;
}

async function cutAndComeBack() {
  state('away', 'connection cut');
  await self.client.cut();
  self.client.connect($('way').value);
}

on('connected', ({ userId, recovered }) => state('online', `${recovered ? 'back' : 'connected'} as ${userId}`));

$('logins').onclick = ({ target }) => target.dataset.email && logIn(target.dataset.email);
press('connect', connect);
press('disconnect', () => { leave(); state('offline', 'not connected'); });
press('cut', cutAndComeBack);
