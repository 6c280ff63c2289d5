// message:send: who hears what, in which order, and what is refused.
import { all, ask, assert, connected, freshRoom, heard, join, keys, say, scenario, settled, TIMESTAMP, tokens }
  from './support.mjs';

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const failure = (error, code, field) => ({ success: false, error, code, ...(field && { field }) });
const invalid = (field) => failure('Invalid payload', 'invalid_payload', field);
const ALWAYS = ['id', 'message', 'metadata', 'roomId', 'senderId', 'seq', 'status', 'timestamp'];

async function meeting() {
  const roomId = freshRoom();
  const patient = await connected(tokens.patient);
  const provider = await connected(tokens.provider);
  await join(patient, roomId);
  await join(provider, roomId);
  return { roomId, patient, provider };
}

scenario('the others first, then the sender, then the ack', async () => {
  const { roomId, patient, provider } = await meeting();
  patient.emit('message:send', { roomId, message: ' Grüße 🙂 \u2028 ' }, (answer) => patient.note('ack', answer));
  const { success, message } = await heard(patient, 'ack');
  assert.equal(success, true);
  assert.deepEqual(keys(message), ALWAYS);
  assert.match(message.id, UUID7);
  assert.match(message.timestamp, TIMESTAMP);
  assert.deepEqual({ ...message, id: 0, timestamp: 0 }, {
    id: 0, roomId, seq: 1, senderId: 'demo-patient-001', message: ' Grüße 🙂 \u2028 ', timestamp: 0, status: 'sent',
    metadata: { senderRole: 'patient' },
  });
  assert.deepEqual(patient.log.slice(-2).map(([name]) => name), ['message:sent', 'ack']);
  assert.deepEqual(all(patient, 'message:sent'), [message]);
  assert.deepEqual(await heard(provider, 'message:new'), message);
  await settled(provider);
  await settled(patient);
  assert.equal(all(provider, 'message:new').length, 1);
  assert.equal(all(provider, 'message:sent').length, 0);
  assert.equal(all(patient, 'message:new').length, 0);
});

scenario('the other device of the sender gets message:sent, once, in the room or not', async () => {
  const { roomId, patient, provider } = await meeting();
  const inside = await connected(tokens.patient);
  const outside = await connected(tokens.patient);
  await join(inside, roomId);
  const { message } = await say(patient, 'hello', { roomId });
  for (const device of [inside, outside]) {
    assert.deepEqual(await heard(device, 'message:sent'), message);
    await settled(device);
    assert.equal(all(device, 'message:sent').length, 1);
    assert.equal(all(device, 'message:new').length, 0);
  }
  await heard(provider, 'message:new');
});

scenario('all that was sent comes back as it was', async () => {
  const { roomId, patient, provider } = await meeting();
  const sent = {
    roomId, message: 'with everything', attachments: ['one', 'https://example.org/two?a=b&c=%20'],
    clientMessageId: freshRoom(),
    metadata: { messageType: 'image', replyToId: 'm0', senderRole: 'admin', nothing: null, deep: { list: [1, 2.5, null] } },
  };
  const { message } = await ask(patient, 'message:send', sent);
  assert.deepEqual(keys(message), [...ALWAYS, 'attachments', 'clientMessageId'].sort());
  assert.deepEqual(message.attachments, sent.attachments);
  assert.equal(message.clientMessageId, sent.clientMessageId);
  assert.deepEqual(message.metadata, { ...sent.metadata, senderRole: 'patient' });
  assert.deepEqual(await heard(provider, 'message:new'), message);
  const { messages, hasMore } = await ask(provider, 'message:history', { roomId });
  assert.equal(hasMore, false);
  assert.deepEqual(messages, [message]);
});

scenario('to a recipient: wherever he is, and in the room, once', async () => {
  const patient = await connected(tokens.patient);
  const elsewhere = await connected(tokens.provider);
  const inRoom = await connected(tokens.provider);
  const admin = await connected(tokens.admin);
  const roomId = 'chat:demo-patient-001:demo-provider-001';
  await join(inRoom, roomId);
  await join(admin, roomId);
  const { message } = await say(patient, 'to you', { recipientId: 'demo-provider-001' });
  assert.deepEqual(keys(message), [...ALWAYS, 'recipientId'].sort());
  assert.equal(message.roomId, roomId);
  assert.equal(message.recipientId, 'demo-provider-001');
  for (const socket of [elsewhere, inRoom, admin]) {
    assert.deepEqual(await heard(socket, 'message:new'), message);
    await settled(socket);
    assert.equal(all(socket, 'message:new').length, 1);
  }
  const { messages } = await ask(elsewhere, 'message:history', { recipientId: 'demo-patient-001', limit: 1 });
  assert.deepEqual(messages, [{ ...message, attachments: [] }]);
});

scenario('to a visit: its room, its participants', async () => {
  const provider = await connected(tokens.provider);
  const patient = await connected(tokens.patient);
  await join(provider, 'visit:test-visit-123');
  const { message } = await say(patient, 'to the visit', { visitId: 'test-visit-123' });
  assert.equal(message.roomId, 'visit:test-visit-123');
  assert.equal(message.visitId, 'test-visit-123');
  assert.deepEqual(await heard(provider, 'message:new'), message);
  const other = await say(patient, 'to its room', { roomId: 'visit:test-visit-123' });
  assert.equal(other.message.visitId, 'test-visit-123');
  assert.equal(other.message.seq, message.seq + 1);

  const roomId = freshRoom();
  const beside = await say(patient, 'beside', { roomId, visitId: 'test-visit-123' });
  assert.equal(beside.message.roomId, roomId);
  const { messages } = await ask(provider, 'message:history', { visitId: 'test-visit-123', limit: 3 });
  // Two rooms in one millisecond have no order between them.
  assert.deepEqual(messages.map(({ id }) => id).sort(), [message.id, other.message.id, beside.message.id].sort());
});

scenario('the first target that is present counts', async () => {
  const patient = await connected(tokens.patient);
  const roomId = freshRoom();
  const { message } = await say(patient, 'x', { roomId, recipientId: 'demo-provider-001' });
  assert.equal(message.roomId, roomId);
  assert.equal(message.recipientId, 'demo-provider-001');
  const other = await say(patient, 'x', { roomId: null, recipientId: 'demo-provider-001', visitId: null });
  assert.equal(other.message.roomId, 'chat:demo-patient-001:demo-provider-001');
});

scenario('numbers have no gaps, whoever sends', async () => {
  const { roomId, patient, provider } = await meeting();
  const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => say(i % 2 ? patient : provider, `m${i}`, { roomId })));
  const numbers = answers.map(({ message }) => message.seq).sort((a, b) => a - b);
  assert.deepEqual(numbers, Array.from({ length: 60 }, (_, i) => i + 1));
  await heard(patient, 'message:new', 30);
  const seen = patient.log.filter(([name]) => name.startsWith('message:')).map(([, { seq }]) => seq);
  assert.deepEqual(seen, numbers);
});

scenario('refusals have their exact words', async () => {
  const socket = await connected(tokens.patient);
  const stranger = await connected(tokens.stranger);
  const roomId = freshRoom();
  const content = failure('Message content is required', 'missing_field');
  for (const message of [undefined, null, '', ' \n\t']) {
    assert.deepEqual(await say(socket, message, { roomId }), content, JSON.stringify(message));
  }
  assert.deepEqual(await say(socket, 'x'), failure('Either roomId, recipientId, or visitId is required', 'missing_field'));
  assert.deepEqual(await say(stranger, 'x', { roomId }), failure('Access denied to this room', 'access_denied'));
  assert.deepEqual(await say(socket, 'x', { roomId: 'chat:a:b' }), failure('Access denied to this room', 'access_denied'));
  assert.deepEqual(await say(socket, 'x', { roomId: 'user:a' }), failure('Access denied to this room', 'access_denied'));
  for (const visitId of ['test-visit-123', 'no-such-visit']) {
    assert.deepEqual(await say(stranger, 'x', { visitId }), failure('Access denied to this visit', 'access_denied'));
  }
  assert.deepEqual(await say(socket, 'x', { roomId, visitId: 'no-such-visit' }), failure('Access denied to this visit', 'access_denied'));
  for (const [field, value] of [
    ['message', 17], ['message', {}], ['message', 'x'.repeat(10001)], ['roomId', 17], ['roomId', 'a b'],
    ['recipientId', 'a:b'], ['recipientId', []], ['visitId', 'a:b'], ['visitId', 'x'.repeat(191)], ['attachments', 'x'],
    ['attachments', [1]], ['attachments', Array(21).fill('x')], ['attachments', ['x'.repeat(2049)]],
    ['metadata', 'x'], ['metadata', { long: 'x'.repeat(4096) }], ['clientMessageId', 17], ['clientMessageId', ''],
    ['clientMessageId', 'x'.repeat(65)], ['clientMessageId', 'ü'],
  ]) {
    const answer = await ask(socket, 'message:send', { roomId, message: 'x', [field]: value });
    assert.deepEqual(answer, invalid(field), `${field}: ${JSON.stringify(value).slice(0, 50)}`);
  }
  assert.deepEqual(await ask(socket, 'message:send'), invalid('payload'));
  await settled(socket);
  assert.deepEqual(all(socket, 'message:sent'), []);
  const longest = await ask(socket, 'message:send', {
    roomId, message: '😀'.repeat(5000), attachments: Array(20).fill('x'.repeat(2048)), clientMessageId: '~'.repeat(64),
  });
  assert.equal(longest.message.seq, 1);
});
