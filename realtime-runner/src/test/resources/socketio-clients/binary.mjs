// Binary values: refused by built-in events, harmless in all others.
import { ask, assert, connected, freshRoom, heard, join, say, scenario, settled, tokens } from './support.mjs';

const unknown = { success: false, error: 'Unknown event', code: 'unknown_event' };

scenario('unknown events with binary values are answered or ignored', async () => {
  const socket = await connected(tokens.patient);
  const bytes = Buffer.from([0, 1, 2, 250, 251, 252]);
  assert.deepEqual(await ask(socket, 'my:upload', bytes), unknown);
  assert.deepEqual(await ask(socket, 'my:upload', { deep: [{ file: bytes }, new Uint8Array(0), Buffer.alloc(100_000)] }), unknown);
  assert.deepEqual(await ask(socket, 'my:upload', ...Array(10).fill(bytes)), unknown);
  socket.emit('my:upload', { file: bytes });
  await settled(socket);
  assert.equal(socket.connected, true);
});

scenario('built-in events refuse binary values', async () => {
  const socket = await connected(tokens.patient);
  const roomId = freshRoom();
  const bytes = Buffer.from('abc');
  for (const [event, payload, field] of [
    ['room:join', bytes, 'payload'],
    ['message:send', bytes, 'payload'],
    ['message:send', { roomId, message: bytes }, 'message'],
    ['room:join', { roomId: bytes, roomType: 'chat' }, 'roomId'],
  ]) {
    assert.deepEqual(await ask(socket, event, payload),
      { success: false, error: 'Invalid payload', code: 'invalid_payload', field }, `${event} ${field}`);
  }
  for (const event of ['message:send', 'room:join']) {
    const answer = await ask(socket, event, { roomId, roomType: 'chat', message: 'x', metadata: { file: bytes } });
    assert.deepEqual(answer, { success: false, error: 'Invalid payload', code: 'invalid_payload', field: 'metadata' }, event);
  }
  assert.equal((await say(socket, 'still here', { roomId })).message.seq, 1);
});

scenario('eleven attachments end that connection and no other', async () => {
  const bystander = await connected(tokens.provider);
  const socket = await connected(tokens.patient);
  socket.emit('my:upload', ...Array(11).fill(Buffer.from('x')));
  assert.equal(await heard(socket, 'disconnect'), 'transport close');
  await join(bystander, freshRoom());
});

scenario('an event is served between two uploads', async () => {
  const socket = await connected(tokens.patient);
  const roomId = freshRoom();
  const [first, joined, second] = await Promise.all([
    ask(socket, 'my:upload', { file: Buffer.alloc(50_000) }),
    join(socket, roomId),
    ask(socket, 'my:upload', { file: Buffer.alloc(50_000) }),
  ]);
  assert.deepEqual([first, second], [unknown, unknown]);
  assert.equal(joined.participants.length, 1);
});
