// What calls do to presence and notifications, and how they end by time alone (acceptance scenarios 16 and 18, on one
// node), for a server where a call rings shortly and a party may be away shortly.
import { all, ask, assert, connected, cut, given, heard, keys, scenario, settled, TIMESTAMP, tokens } from './support.mjs';

const PATIENT = 'demo-patient-001';
const PROVIDER = 'demo-provider-001';
const of = (callId) => (data) => data.callId === callId;
const about = (socket, callId, event) => heard(socket, event, 1, of(callId));
const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function parties() {
  const [patient, provider] = await Promise.all([tokens.patient, tokens.provider].map((token) => connected(token)));
  return { patient, provider };
}

async function ring(caller) {
  const answer = await ask(caller, 'call:initiate', { recipientId: PROVIDER });
  assert.equal(answer.success, true, JSON.stringify(answer));
  return answer.callId;
}

async function statusOf(socket, userId) {
  const { presences } = await ask(socket, 'presence:get', { userIds: [userId] });
  return presences[0].status;
}

scenario('both are shown in a call, to watchers too, and what was set before comes back', async () => {
  const { patient, provider } = await parties();
  await ask(provider, 'presence:setStatus', { status: 'busy', customStatus: 'mtg' });
  await ask(patient, 'presence:subscribe', { userIds: [PROVIDER] });
  const callId = await ring(patient);
  assert.equal(await statusOf(patient, PROVIDER), 'busy');
  await ask(provider, 'call:accept', { callId });
  assert.equal(await statusOf(patient, PROVIDER), 'in_call');
  assert.equal(await statusOf(provider, PATIENT), 'in_call');
  await heard(patient, 'presence:changed', 1, ({ userId, status }) => userId === PROVIDER && status === 'in_call');
  await ask(provider, 'presence:setStatus', { status: 'away' });
  assert.equal(await statusOf(patient, PROVIDER), 'in_call');
  await ask(patient, 'call:end', { callId });
  assert.equal(await statusOf(patient, PROVIDER), 'away');
  assert.equal(await statusOf(provider, PATIENT), 'online');
  await heard(patient, 'presence:changed', 1, ({ userId, status }) => userId === PROVIDER && status === 'away');
  await ask(provider, 'presence:setStatus', { status: 'online' });
});

scenario('a call that nobody answers is missed by both, once, and the callee is left a notification', async () => {
  const { patient, provider } = await parties();
  const before = (await ask(provider, 'notification:getUnreadCount')).unreadCount;
  const callId = await ring(patient);
  const [caller, callee] = await Promise.all([patient, provider].map((socket) => about(socket, callId, 'call:missed')));
  assert.deepEqual(keys(caller), ['callId', 'recipientId', 'timestamp']);
  assert.deepEqual(keys(callee), ['callId', 'callerId', 'timestamp']);
  assert.deepEqual([caller.recipientId, callee.callerId], [PROVIDER, PATIENT]);
  const notification = await heard(provider, 'notification:new', 1, ({ data }) => data?.callId === callId);
  assert.deepEqual(keys(notification), ['data', 'id', 'message', 'priority', 'timestamp', 'title', 'type']);
  assert.equal(notification.type, 'call_missed');
  assert.match(notification.timestamp, TIMESTAMP);
  assert.deepEqual(notification.data, { callId, callerId: PATIENT });
  await heard(provider, 'notification:unreadCount', 1, ({ unreadCount }) => unreadCount === before + 1);
  const { calls } = await ask(patient, 'call:history');
  const record = calls.find(of(callId));
  assert.deepEqual([record.status, record.duration, record.answeredAt], ['missed', 0, undefined]);
  const { notifications } = await ask(provider, 'notification:list', { unreadOnly: true });
  assert.equal(notifications[0].id, notification.id);
  assert.deepEqual(await ask(provider, 'notification:read', { notificationId: notification.id }),
    { success: true, notificationId: notification.id });
  await settled(patient);
  assert.equal(all(patient, 'call:missed').filter(of(callId)).length, 1);
  assert.equal(all(patient, 'notification:new').length, 0);
});

scenario('who is back in time has kept the call', async () => {
  const { patient, provider } = await parties();
  const callId = await ring(patient);
  await ask(provider, 'call:accept', { callId });
  cut(patient);
  await heard(patient, 'disconnect');
  await pause(given.graceMillis / 3);
  const back = await connected(tokens.patient);
  await pause(given.graceMillis * 1.5);
  await settled(provider);
  assert.equal(all(provider, 'call:ended').filter(of(callId)).length, 0);
  assert.equal(await statusOf(back, PROVIDER), 'in_call');
  assert.equal((await ask(back, 'call:end', { callId })).success, true);
});

scenario('who stays away has ended the call', async () => {
  const { patient, provider } = await parties();
  const callId = await ring(patient);
  await ask(provider, 'call:accept', { callId });
  cut(patient);
  const ended = await about(provider, callId, 'call:ended');
  assert.deepEqual(keys(ended), ['callId', 'duration', 'endedBy', 'reason', 'timestamp']);
  assert.deepEqual([ended.endedBy, ended.reason], [PATIENT, 'disconnect']);
  // The parties are told first; a presence store that is slow holds up no call.
  while (await statusOf(provider, PROVIDER) !== 'online') await pause(20);
  assert.deepEqual(await ask(provider, 'call:accept', { callId }), { success: false, error: 'Call not found', code: 'not_found' });
});
