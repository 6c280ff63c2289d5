// Presence (acceptance scenario 19, on one node), for a server with a short PRESENCE_GRACE_MS. Each test has users of
// its own, whose tokens are signed here with the server's secret: nobody else was there before.
import { createHmac } from 'node:crypto';
import { all, ask, assert, client, connected, cut, given, heard, keys, scenario, settled, TIMESTAMP } from './support.mjs';

const SUCCESS = { success: true };
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

let users = 0;
const freshUser = () => `${client.replaceAll(/[^A-Za-z0-9.-]/g, '-').slice(-40)}-${process.pid}-${++users}`;

function token(userId, role = 'patient') {
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ userId, role, type: 'access' })}`;
  return `${signed}.${createHmac('sha256', given.secret).update(signed).digest('base64url')}`;
}

/** Somebody who watches a user that is not there. */
async function watching(userId) {
  const watcher = await connected(token(freshUser()));
  assert.deepEqual(await ask(watcher, 'presence:subscribe', { userIds: [userId] }), SUCCESS);
  assert.deepEqual(await heard(watcher, 'presence:initial'), { presences: [] });
  return watcher;
}

const changes = (socket) => all(socket, 'presence:changed');
const statuses = (socket) => changes(socket).map(({ status }) => status);
const found = async (socket, ...userIds) => (await ask(socket, 'presence:get', { userIds })).presences;

scenario('who connects is seen by those who watch, and who asks is answered in the order asked', async () => {
  const userId = freshUser();
  const watcher = await watching(userId);
  const socket = await connected(token(userId));
  const change = await heard(watcher, 'presence:changed');
  assert.deepEqual(keys(change), ['lastSeen', 'status', 'timestamp', 'userId']);
  assert.deepEqual([change.userId, change.status], [userId, 'online']);
  assert.match(change.lastSeen, TIMESTAMP);
  assert.match(change.timestamp, TIMESTAMP);
  const other = freshUser();
  assert.deepEqual(await ask(watcher, 'presence:subscribe', { userIds: [other] }), SUCCESS);
  await connected(token(other));
  await heard(watcher, 'presence:changed', 1, ({ userId: who }) => who === other);
  const answer = await ask(watcher, 'presence:get', { userIds: [other, 'nobody', userId] });
  assert.deepEqual(keys(answer), ['presences', 'success']);
  assert.deepEqual(answer.presences.map((presence) => presence.userId), [other, userId]);
  for (const presence of answer.presences) {
    assert.deepEqual(keys(presence), ['isOnline', 'lastSeen', 'status', 'userId']);
    assert.equal(presence.isOnline, true);
  }
  assert.deepEqual(await ask(socket, 'presence:get', { userIds: [] }), { success: true, presences: [] });
});

scenario('a status is told, and so is what it is in words', async () => {
  const userId = freshUser();
  const watcher = await watching(userId);
  const socket = await connected(token(userId));
  await heard(watcher, 'presence:changed');
  socket.emit('presence:setStatus', { status: 'busy', customStatus: 'mtg' });
  const own = await heard(socket, 'presence:statusUpdated');
  assert.deepEqual(keys(own), ['customStatus', 'status', 'timestamp', 'userId']);
  assert.deepEqual([own.userId, own.status, own.customStatus], [userId, 'busy', 'mtg']);
  const change = await heard(watcher, 'presence:changed', 2);
  assert.deepEqual(keys(change), ['customStatus', 'lastSeen', 'status', 'timestamp', 'userId']);
  assert.deepEqual([change.status, change.customStatus], ['busy', 'mtg']);
  assert.deepEqual(await ask(socket, 'presence:setStatus', { status: 'dancing' }),
    { success: false, error: 'Invalid payload', code: 'invalid_payload', field: 'status' });
  assert.deepEqual(await ask(socket, 'presence:setStatus', { status: 'away' }), SUCCESS);
  assert.deepEqual(keys(all(socket, 'presence:statusUpdated')[1]), ['status', 'timestamp', 'userId']);
  const last = await heard(watcher, 'presence:changed', 3);
  assert.equal(last.customStatus, undefined);
});

scenario('twelve sessions come, eleven go, and the user is offline once, after the last', async () => {
  const userId = freshUser();
  const watcher = await watching(userId);
  const sockets = await Promise.all(Array.from({ length: 12 }, () => connected(token(userId))));
  await heard(watcher, 'presence:changed');
  const last = sockets.pop();
  for (const socket of sockets) socket.disconnect();
  await pause(given.graceMillis + 1_000);
  await settled(watcher);
  assert.deepEqual(statuses(watcher), ['online']);
  assert.equal((await found(watcher, userId))[0].isOnline, true);
  const gone = Date.now();
  last.disconnect();
  const change = await heard(watcher, 'presence:changed', 2);
  assert.equal(change.status, 'offline');
  assert.ok(Date.now() - gone >= given.graceMillis * 0.9, 'not before the grace is over');
  assert.ok(Date.parse(change.timestamp) - Date.parse(change.lastSeen) >= given.graceMillis * 0.9, 'last seen as it left');
  await pause(1_500);
  await settled(watcher);
  assert.deepEqual(statuses(watcher), ['online', 'offline']);
});

scenario('who is back within the grace was never gone', async () => {
  const userId = freshUser();
  const watcher = await watching(userId);
  const socket = await connected(token(userId));
  await heard(watcher, 'presence:changed');
  cut(socket);
  await pause(given.graceMillis / 4);
  await connected(token(userId));
  await pause(given.graceMillis + 500);
  await settled(watcher);
  assert.deepEqual(statuses(watcher), ['online']);
});

scenario('a hundred changes in two seconds are at most three events, and the last is right', async () => {
  const userId = freshUser();
  const watcher = await watching(userId);
  const socket = await connected(token(userId));
  await heard(watcher, 'presence:changed');
  await pause(1_100);
  const begin = Date.now();
  for (let i = 0; i < 100; i++) {
    socket.emit('presence:setStatus', { status: i % 2 ? 'busy' : 'away', customStatus: `${i}` });
    await pause(Math.max(0, begin + i * 20 - Date.now()));
  }
  await settled(socket);
  const took = Math.ceil((Date.now() - begin) / 1_000);
  await heard(watcher, 'presence:changed', 1, ({ customStatus }) => customStatus === '99');
  await pause(1_200);
  await settled(watcher);
  assert.ok(changes(watcher).length <= 1 + took + 1, `${changes(watcher).length} events in ${took} seconds`);
  assert.equal(changes(watcher).at(-1).customStatus, '99');
});

scenario('who hides is offline and may come out again, and who unsubscribes hears nothing of it', async () => {
  const userId = freshUser();
  const watcher = await watching(userId);
  const former = await watching(userId);
  assert.deepEqual(await ask(former, 'presence:unsubscribe'), SUCCESS);
  const socket = await connected(token(userId));
  await heard(watcher, 'presence:changed');
  await ask(socket, 'presence:setStatus', { status: 'offline' });
  assert.equal((await heard(watcher, 'presence:changed', 2)).status, 'offline');
  await ask(socket, 'presence:setStatus', { status: 'in_call' });
  assert.equal((await heard(watcher, 'presence:changed', 3)).status, 'in_call');
  await settled(former);
  assert.equal(changes(former).length, 0);
});

scenario('a subscription is told what is known before its ack', async () => {
  const userId = freshUser();
  const socket = await connected(token(userId));
  await ask(socket, 'presence:setStatus', { status: 'away' });
  const watcher = await connected(token(freshUser()));
  let atAck;
  await new Promise((resolve) => watcher.emit('presence:subscribe', { userIds: [userId] }, () => {
    atAck = all(watcher, 'presence:initial').length;
    resolve();
  }));
  assert.equal(atAck, 1);
  const { presences } = await heard(watcher, 'presence:initial');
  assert.deepEqual(keys(presences[0]), ['lastSeen', 'status', 'userId']);
  assert.equal(presences[0].status, 'away');
});
