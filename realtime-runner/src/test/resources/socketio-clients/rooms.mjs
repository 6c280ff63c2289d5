// room:join, room:leave and room:participants, field by field.
import { all, ask, assert, connected, freshRoom, heard, join, keys, open, scenario, settled, TIMESTAMP, tokens }
  from './support.mjs';

const denied = { success: false, error: 'Access denied to this room', code: 'access_denied' };
const invalid = (field) => ({ success: false, error: 'Invalid payload', code: 'invalid_payload', field });

scenario('a join answers with everybody there, own entry included, in join order', async () => {
  const roomId = freshRoom();
  const provider = await connected(tokens.provider);
  const patient = await connected(tokens.patient);
  const device = await connected(tokens.patient);
  await join(provider, roomId);
  await join(device, roomId);
  const answer = await join(patient, roomId, { roomType: 'video_call', metadata: { any: [1, null, { a: 'b' }] } });
  assert.deepEqual(keys(answer), ['participants', 'roomId', 'roomType', 'success', 'timestamp']);
  assert.equal(answer.roomId, roomId);
  assert.equal(answer.roomType, 'video_call');
  assert.match(answer.timestamp, TIMESTAMP);
  assert.deepEqual(answer.participants.map(({ socketId, userId, userRole }) => [socketId, userId, userRole]), [
    [provider.id, 'demo-provider-001', 'provider'],
    [device.id, 'demo-patient-001', 'patient'],
    [patient.id, 'demo-patient-001', 'patient'],
  ]);
  for (const participant of answer.participants) {
    assert.deepEqual(keys(participant), ['joinedAt', 'socketId', 'userId', 'userRole']);
    assert.match(participant.joinedAt, TIMESTAMP);
  }
  const joined = await heard(provider, 'room:userJoined', 2);
  assert.deepEqual(keys(joined), ['roomId', 'socketId', 'timestamp', 'userId', 'userRole']);
  assert.deepEqual({ ...joined, timestamp: 0 },
    { userId: 'demo-patient-001', userRole: 'patient', socketId: patient.id, roomId, timestamp: 0 });
  assert.equal(all(patient, 'room:userJoined').length, 0);

  const present = await ask(device, 'room:participants', { roomId });
  assert.deepEqual(present, { success: true, roomId, participants: answer.participants });
});

scenario('joining again is announced again', async () => {
  const roomId = freshRoom();
  const provider = await connected(tokens.provider);
  const patient = await connected(tokens.patient);
  await join(provider, roomId);
  await join(patient, roomId);
  const { participants } = await join(patient, roomId);
  assert.equal(participants.length, 2);
  await heard(provider, 'room:userJoined', 2);
});

scenario('others hear of a join before its ack is given', async () => {
  const roomId = freshRoom();
  const patient = await connected(tokens.patient);
  await join(patient, roomId);
  const twin = await connected(tokens.patient);
  await join(twin, roomId);
  await heard(patient, 'room:userJoined');
});

scenario('room ids decide who may enter', async () => {
  const users = {
    patient: await connected(tokens.patient),
    provider: await connected(tokens.provider),
    admin: await connected(tokens.admin),
    superAdmin: await connected(tokens.superAdmin),
    stranger: await connected(tokens.stranger),
  };
  const admins = ['admin', 'superAdmin'];
  const everyone = Object.keys(users);
  for (const [roomId, allowed] of [
    ['chat:demo-patient-001:demo-provider-001', ['patient', 'provider', ...admins]],
    ['chat:demo-patient-001:somebody', ['patient', ...admins]],
    ['chat:x:y:stranger', ['stranger', ...admins]],
    ['visit:test-visit-123', ['patient', 'provider', ...admins]],
    ['call:test-visit-123', ['patient', 'provider', ...admins]],
    ['visit:no-such-visit', admins],
    ['notifications:demo-patient-001', ['patient', ...admins]],
    ['user:demo-patient-001', []],
    ['topic:x', []],
    [users.patient.id, []],
    [freshRoom(), ['patient', 'provider', ...admins]],
  ]) {
    for (const name of everyone) {
      const answer = await ask(users[name], 'room:join', { roomId, roomType: 'chat' });
      if (allowed.includes(name)) assert.equal(answer.success, true, `${name} in ${roomId}: ${JSON.stringify(answer)}`);
      else assert.deepEqual(answer, denied, `${name} in ${roomId}`);
    }
  }
});

scenario('the type of a room gives no right, and must exist', async () => {
  const socket = await connected(tokens.patient);
  for (const roomType of [undefined, null, 'lobby', '', 7, {}]) {
    assert.deepEqual(await ask(socket, 'room:join', { roomId: freshRoom(), roomType }), denied);
  }
  assert.deepEqual(await ask(socket, 'room:join', { roomId: 'chat:a:b', roomType: 'video_call' }), denied);
});

scenario('a bound room belongs to the participants of its visit', async () => {
  const roomId = freshRoom();
  const patient = await connected(tokens.patient);
  await join(patient, roomId, { metadata: { visitId: 'test-visit-123' } });
  await ask(patient, 'room:leave', { roomId });
  const doctor = await connected(tokens.provider);
  await join(doctor, roomId);
  const other = await connected(tokens.stranger);
  assert.deepEqual(await ask(other, 'room:join', { roomId, roomType: 'chat' }), denied);
});

scenario('participants are for those inside, and for admins', async () => {
  const roomId = freshRoom();
  const patient = await connected(tokens.patient);
  const provider = await connected(tokens.provider);
  const admin = await connected(tokens.admin);
  assert.deepEqual(await ask(provider, 'room:participants', { roomId }), { success: true, roomId, participants: [] });
  await join(patient, roomId);
  assert.deepEqual(await ask(provider, 'room:participants', { roomId }), denied);
  assert.equal((await ask(admin, 'room:participants', { roomId })).participants.length, 1);
  assert.deepEqual(await ask(provider, 'room:participants', { roomId: 'user:x' }), denied);
});

scenario('payloads of the wrong shape name the field', async () => {
  const socket = await connected(tokens.patient);
  for (const event of ['room:join', 'room:leave', 'room:participants']) {
    for (const payload of [null, 17, 'text', true, [], [{ roomId: 'a' }]]) {
      assert.deepEqual(await ask(socket, event, payload), invalid('payload'), `${event} ${JSON.stringify(payload)}`);
    }
    assert.deepEqual(await ask(socket, event), invalid('payload'));
    for (const roomId of [undefined, null, 17, {}, '', 'with space', 'a'.repeat(201), 'ü']) {
      assert.deepEqual(await ask(socket, event, { roomId, roomType: 'chat' }), invalid('roomId'), `${event} ${roomId}`);
    }
  }
  for (const metadata of [17, 'text', [], { long: 'x'.repeat(4096) }]) {
    const roomId = freshRoom();
    assert.deepEqual(await ask(socket, 'room:join', { roomId, roomType: 'chat', metadata }), invalid('metadata'));
  }
  await join(socket, 'a'.repeat(200));
});

scenario('unknown fields and further arguments are ignored', async () => {
  const socket = await connected(tokens.patient);
  const roomId = freshRoom();
  const answer = await ask(socket, 'room:join', { roomId, roomType: 'chat', colour: 'red' }, 'more', { and: 'more' });
  assert.equal(answer.success, true);
});

scenario('at most a hundred rooms', async () => {
  const socket = await connected(tokens.patient);
  const prefix = freshRoom();
  for (let room = 0; room < 100; room++) await join(socket, `${prefix}-${room}`);
  assert.deepEqual(await ask(socket, 'room:join', { roomId: `${prefix}-100`, roomType: 'chat' }),
    { success: false, error: 'Too many rooms', code: 'limit_exceeded' });
  await join(socket, `${prefix}-0`);
  await ask(socket, 'room:leave', { roomId: `${prefix}-0` });
  await join(socket, `${prefix}-100`);
});

scenario('unknown events are told when asked and silent when not', async () => {
  const socket = await connected(tokens.patient);
  const unknown = { success: false, error: 'Unknown event', code: 'unknown_event' };
  for (const event of ['nope', 'room:nope', 'message:nope', 'server:shutdown', 'connected', 'toString', '__proto__', '']) {
    assert.deepEqual(await ask(socket, event, {}), unknown, event);
    assert.deepEqual(await ask(socket, event), unknown, event);
    socket.emit(event, {});
  }
  await settled(socket);
  assert.deepEqual(socket.log.map(([name]) => name), ['connect', 'connected']);
});

scenario('who does not ask gets no answer', async () => {
  const socket = await connected(tokens.patient);
  const roomId = freshRoom();
  socket.emit('room:join', { roomId, roomType: 'chat' });
  socket.emit('room:join', { roomId: 'user:x', roomType: 'chat' });
  socket.emit('room:join', null);
  socket.emit('room:join');
  await settled(socket);
  assert.deepEqual(socket.log.map(([name]) => name), ['connect', 'connected']);
  assert.equal((await ask(socket, 'room:participants', { roomId })).participants.length, 1);
});
