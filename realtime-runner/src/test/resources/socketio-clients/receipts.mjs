// message:received, message:read, message:unread and typing (acceptance scenario 15, on one node).
import { all, ask, assert, connected, freshRoom, heard, join, keys, say, scenario, settled, TIMESTAMP, tokens }
  from './support.mjs';

const SUCCESS = { success: true };

async function meeting() {
  const roomId = freshRoom();
  const patient = await connected(tokens.patient);
  const provider = await connected(tokens.provider);
  await join(patient, roomId);
  await join(provider, roomId);
  return { roomId, patient, provider };
}

const statuses = async (socket, roomId) =>
  (await ask(socket, 'message:history', { roomId })).messages.map(({ status }) => status);
const unread = async (socket, roomId) =>
  (await ask(socket, 'message:unread')).rooms.find((room) => room.roomId === roomId);
const without = ({ timestamp, ...rest }) => {
  assert.match(timestamp, TIMESTAMP);
  return rest;
};

scenario('receipts with a room go to the room, and an older one moves nothing back', async () => {
  const { roomId, patient, provider } = await meeting();
  const device = await connected(tokens.provider);
  await join(device, roomId);
  const first = (await say(patient, 'one', { roomId })).message.id;
  const second = (await say(patient, 'two', { roomId })).message.id;
  assert.deepEqual(await statuses(patient, roomId), ['sent', 'sent']);

  provider.emit('message:received', { messageId: second, roomId });
  const delivered = { messageId: second, userId: 'demo-provider-001', roomId };
  assert.deepEqual(without(await heard(patient, 'message:delivered')), delivered);
  assert.deepEqual(without(await heard(device, 'message:delivered')), delivered);
  assert.deepEqual(await statuses(patient, roomId), ['delivered', 'delivered']);

  assert.deepEqual(await ask(provider, 'message:read', { messageIds: [second, first], roomId }), SUCCESS);
  assert.deepEqual(without(await heard(patient, 'message:read')),
    { messageIds: [second, first], userId: 'demo-provider-001', roomId });
  assert.deepEqual(await ask(provider, 'message:read', { messageIds: [first], roomId }), SUCCESS);
  assert.deepEqual(await ask(provider, 'message:received', { messageId: first, roomId }), SUCCESS);
  assert.deepEqual(await statuses(patient, roomId), ['read', 'read']);
  assert.deepEqual(await unread(provider, roomId), { roomId, unread: 0, lastSeq: 2, lastReadSeq: 2 });
  await settled(provider);
  assert.equal(all(provider, 'message:read').length, 0);
});

scenario('receipts without a room go to the senders', async () => {
  const { roomId, patient, provider } = await meeting();
  const outside = await connected(tokens.patient);
  const ids = [];
  for (const text of ['one', 'two']) ids.push((await say(patient, text, { roomId })).message.id);
  const own = (await say(provider, 'three', { roomId })).message.id;
  assert.deepEqual(await ask(provider, 'message:read', { messageIds: [...ids, own, 'unknown'] }), SUCCESS);
  for (const device of [patient, outside]) {
    const read = await heard(device, 'message:read');
    assert.deepEqual({ ...without(read), messageIds: read.messageIds.sort() },
      { messageIds: [...ids].sort(), userId: 'demo-provider-001', roomId });
    await settled(device);
    assert.equal(all(device, 'message:read').length, 1);
  }
});

scenario('unread counts what others sent', async () => {
  const { roomId, patient, provider } = await meeting();
  await say(provider, 'mine', { roomId });
  const read = (await say(patient, 'read', { roomId })).message.id;
  await ask(provider, 'message:read', { messageIds: [read], roomId });
  await say(patient, 'unread', { roomId });
  await say(provider, 'mine again', { roomId });
  const answer = await ask(provider, 'message:unread');
  assert.deepEqual(keys(answer), ['rooms', 'success', 'total']);
  assert.deepEqual(answer.rooms[0], { roomId, unread: 1, lastSeq: 4, lastReadSeq: 2 });
  assert.ok(answer.total >= 1);
  const also = await ask(provider, 'message:unread', 'anything');
  assert.deepEqual(also, answer);
});

scenario('typing is heard by the others and ends by itself with the session', async () => {
  const { roomId, patient, provider } = await meeting();
  assert.deepEqual(await ask(patient, 'typing:start', { roomId }), SUCCESS);
  const typing = { userId: 'demo-patient-001', userRole: 'patient', roomId };
  assert.deepEqual(without(await heard(provider, 'typing:start')), typing);
  patient.emit('typing:stop', { roomId });
  assert.deepEqual(without(await heard(provider, 'typing:stop')), typing);
  patient.emit('typing:start', { recipientId: 'demo-provider-001' });
  assert.deepEqual(without(await heard(provider, 'typing:start', 2)),
    { ...typing, roomId: 'chat:demo-patient-001:demo-provider-001' });
  patient.disconnect();
  assert.deepEqual(without(await heard(provider, 'typing:stop', 2)),
    { ...typing, roomId: 'chat:demo-patient-001:demo-provider-001' });
});

scenario('what is wrong is named', async () => {
  const { patient } = await meeting();
  const invalid = (field) => ({ success: false, error: 'Invalid payload', code: 'invalid_payload', field });
  assert.deepEqual(await ask(patient, 'message:received', {}), invalid('messageId'));
  assert.deepEqual(await ask(patient, 'message:read', { messageIds: 'x' }), invalid('messageIds'));
  assert.deepEqual(await ask(patient, 'message:read', null), invalid('payload'));
  assert.deepEqual(await ask(patient, 'typing:start', {}), invalid('roomId'));
  assert.deepEqual(await ask(patient, 'message:read', { messageIds: ['x'], roomId: 'user:demo-provider-001' }),
    { success: false, error: 'Access denied to this room', code: 'access_denied' });
});
