// What happens around the moment of connecting, and several namespaces on one connection.
import { ask, assert, connected, cut, freshRoom, heard, join, keys, listening, Manager, open, scenario, settled, TIMESTAMP, tokens, until, url }
  from './support.mjs';

scenario('connected is first, with all its fields', async () => {
  const before = Date.now();
  const socket = await connected(tokens.patient);
  assert.deepEqual(socket.log.slice(0, 2).map(([name]) => name), ['connect', 'connected']);
  const greeting = await heard(socket, 'connected');
  assert.deepEqual(keys(greeting),
    ['expiresAt', 'recovered', 'role', 'serverTime', 'socketId', 'timestamp', 'userId'].sort());
  assert.equal(greeting.socketId, socket.id);
  assert.match(socket.id, /^[A-Za-z0-9_-]{20}$/);
  assert.equal(greeting.userId, 'demo-patient-001');
  assert.equal(greeting.role, 'patient');
  assert.equal(greeting.recovered, false);
  assert.match(greeting.timestamp, TIMESTAMP);
  assert.match(greeting.expiresAt, TIMESTAMP);
  assert.ok(Math.abs(greeting.serverTime - before) < 60_000);
});

scenario('events of the connect handler are served, after connected', async () => {
  for (let round = 0; round < 10; round++) {
    const roomId = freshRoom();
    const socket = open(tokens.patient);
    socket.on('connect', () => {
      socket.emit('room:join', { roomId, roomType: 'chat' }, (answer) => socket.note('joined', answer));
      socket.emit('message:send', { roomId, message: 'at once' }, (answer) => socket.note('said', answer));
    });
    const said = await heard(socket, 'said');
    assert.equal((await heard(socket, 'joined')).success, true);
    assert.equal(said.success, true);
    assert.equal(said.message.seq, 1);
    assert.deepEqual(socket.log.map(([name]) => name), ['connect', 'connected', 'joined', 'message:sent', 'said']);
  }
});

scenario('events buffered before the connect are served', async () => {
  const socket = open(tokens.patient);
  const roomId = freshRoom();
  const answer = await ask(socket, 'room:join', { roomId, roomType: 'chat' });
  assert.equal(answer.success, true);
  assert.deepEqual(socket.log.map(([name]) => name), ['connect', 'connected']);
});

scenario('one connection carries several namespaces, each a session of its own', async () => {
  const manager = new Manager(url, { transports: ['websocket', 'polling'], reconnection: false });
  let closes = 0;
  manager.on('close', () => closes++);
  const sockets = ['/', '/api/v1', '/api'].map((namespace) =>
    listening(manager.socket(namespace, { auth: { token: tokens.patient } })));
  const roomId = freshRoom();
  for (const socket of sockets) {
    await heard(socket, 'connected');
    await join(socket, roomId);
  }
  assert.equal(new Set(sockets.map(({ id }) => id)).size, 3);
  const { participants } = await ask(sockets[0], 'room:participants', { roomId });
  assert.deepEqual(participants.map(({ socketId }) => socketId), sockets.map(({ id }) => id));

  const gone = sockets[2].id;
  sockets[2].disconnect();
  const left = await heard(sockets[0], 'room:userLeft');
  assert.equal(left.socketId, gone);
  assert.equal(left.reason, 'client_disconnect');
  await settled(sockets[1]);
  assert.equal(closes, 0);

  sockets[2].connect();
  await heard(sockets[2], 'connected', 2);
  assert.notEqual(sockets[2].id, gone);
  for (const socket of sockets) assert.ok(socket.connected);
  for (const socket of sockets.slice(0, 2)) assert.deepEqual(socket.log.filter(([name]) => name === 'connect').length, 1);
});

scenario('one namespace refused leaves the others alone', async () => {
  const manager = new Manager(url, { transports: ['websocket'], reconnection: false });
  const good = listening(manager.socket('/', { auth: { token: tokens.patient } }));
  const bad = listening(manager.socket('/nope', { auth: { token: tokens.patient } }));
  const expired = listening(manager.socket('/api', { auth: { token: tokens.expired } }));
  assert.equal((await heard(bad, 'connect_error')).message, 'Invalid namespace');
  assert.equal((await heard(expired, 'connect_error')).data.code, 'token_expired');
  await heard(good, 'connected');
  await settled(good);
});

scenario('a cut connection comes back by the auth function', async () => {
  const socket = open(undefined, {
    reconnection: true, reconnectionDelay: 20, auth: (give) => give({ token: tokens.patient }),
  });
  await heard(socket, 'connected');
  cut(socket);
  await heard(socket, 'connected', 2);
  assert.equal((await until(socket, (log) => log.find(([name]) => name === 'disconnect')))[1], 'transport close');
});
