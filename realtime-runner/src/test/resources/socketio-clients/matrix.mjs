// One stock client in each way of connecting: polling, polling that becomes WebSocket, WebSocket from the start.
import { setImmediate as breath } from 'node:timers/promises';
import { all, ask, assert, client, connected, freshRoom, given, heard, join, listening, Manager, open, refused, say, scenario,
  settled, tokens, url } from './support.mjs';
import { network } from './network.mjs';

const MODES = { polling: ['polling'], upgrade: ['polling', 'websocket'], websocket: ['websocket'] };
const LARGEST = 1_000_000;
const [major, minor] = /(\d+)\.(\d+)\.\d+$/.exec(client).slice(1).map(Number);
const recovers = major > 4 || minor >= 6;

const names = (socket) => socket.log.map(([name]) => name);
const counted = (n) => Array.from({ length: n }, (_, i) => `${i + 1}`);
const carrier = (socket) => socket.io.engine.transport.name;

/** Waits for the way of carrying that this mode ends in. */
const settle = (socket, mode) => new Promise((done) => {
  if (carrier(socket) === MODES[mode].at(-1)) done();
  else socket.io.engine.once('upgrade', done);
});

/** Says 1, 2, 3 and so on, at least so many and until it is over; the answers in the order in which they came. */
async function talk(socket, roomId, least, isOver) {
  const answers = [];
  const asked = [];
  for (let n = 1; n <= least || !isOver(); n++) {
    asked.push(say(socket, `${n}`, { roomId }).then((answer) => answers.push(answer)));
    if (n % 5 === 0) await breath();
    if (n > 100) await asked[n - 101];
  }
  await Promise.all(asked);
  return answers;
}

for (const [mode, transports] of Object.entries(MODES)) {
  const check = (name, body) => scenario(`${mode}: ${name}`, body);
  const person = (token, options) => open(token, { transports, ...options });
  const guest = async (token, options) => {
    const socket = person(token, options);
    await heard(socket, 'connected');
    return socket;
  };
  const echo = async () => {
    const socket = person(undefined, { at: given.echoUrl, auth: { a: 1 } });
    assert.deepEqual(await heard(socket, 'auth'), { a: 1 });
    return socket;
  };

  check('connected is first, and the carrier is the one wanted', async () => {
    const socket = await guest(tokens.patient);
    await settle(socket, mode);
    await settled(socket);
    assert.deepEqual(names(socket), ['connect', 'connected']);
    const { socketId, userId, recovered } = await heard(socket, 'connected');
    assert.deepEqual([socketId, userId, recovered], [socket.id, 'demo-patient-001', false]);
    assert.equal(carrier(socket), transports.at(-1));
  });

  for (const [name, token, options, message, code] of [
    ['no token', undefined, {}, 'Authentication error: No token provided', 'no_token'],
    ['an expired token', tokens.expired, {}, 'Authentication error: Token expired', 'token_expired'],
    ['a forged token', tokens.forged, {}, 'Authentication error: Invalid token', 'invalid_token'],
    ['another namespace', tokens.patient, { namespace: '/nope' }, 'Invalid namespace', undefined],
  ]) {
    check(`${name} is refused by its exact sentence`, async () => {
      const error = await refused(token, { transports, ...options });
      assert.equal(error.message, message);
      assert.deepEqual(error.data, code && { code });
    });
  }

  check('three namespaces share a connection', async () => {
    const manager = new Manager(url, { transports, reconnection: false });
    let closes = 0;
    manager.on('close', () => closes++);
    const sockets = ['/', '/api/v1', '/api'].map((namespace) =>
      listening(manager.socket(namespace, { auth: { token: tokens.patient } })));
    const roomId = freshRoom();
    for (const socket of sockets) {
      await heard(socket, 'connected');
      await join(socket, roomId);
    }
    const { participants } = await ask(sockets[0], 'room:participants', { roomId });
    assert.deepEqual(participants.map(({ socketId }) => socketId), sockets.map(({ id }) => id));
    assert.equal(closes, 0);
  });

  check('two meet, one speaks, the other hears, one leaves', async () => {
    const roomId = freshRoom();
    const [patient, provider] = [await guest(tokens.patient), await guest(tokens.provider)];
    await join(patient, roomId);
    await join(provider, roomId);
    assert.equal((await heard(patient, 'room:userJoined')).socketId, provider.id);
    const { success, message } = await say(patient, 'Grüße \u{1f44b} \u2028', { roomId });
    assert.equal(success, true);
    assert.deepEqual(await heard(provider, 'message:new'), message);
    assert.deepEqual(patient.log.at(-1).slice(0, 2), ['message:sent', message]);
    const gone = provider.id;
    provider.disconnect();
    assert.equal(await heard(provider, 'disconnect'), 'io client disconnect');
    const { socketId, reason } = await heard(patient, 'room:userLeft');
    assert.deepEqual([socketId, reason], [gone, 'client_disconnect']);
  });

  check('who does not stop is shown out', async () => {
    const socket = await guest(tokens.stranger);
    // Not more, or a client before 4.5, which does not know the limit, posts all that waits in a body that is too large.
    for (let i = 0; i < 32 && socket.connected; i++) {
      for (let n = 0; n < 500; n++) socket.emit('room:leave', { roomId: 'x' });
      await breath();
    }
    assert.equal(await heard(socket, 'disconnect'), 'io server disconnect');
    assert.deepEqual(names(socket), ['connect', 'connected', 'disconnect']);
  });

  check('a volley of questions is answered one by one', async () => {
    const socket = await guest(tokens.patient);
    const order = [];
    await Promise.all(counted(300).map(async (roomId) => {
      const answer = await ask(socket, 'room:leave', { roomId });
      assert.equal(answer.success, true);
      order.push(answer.roomId);
    }));
    assert.deepEqual(order, counted(300));
  });

  check('both talk while the carrier changes, and each hears all in order', async () => {
    const roomId = freshRoom();
    const talker = await connected(tokens.provider);
    await join(talker, roomId);
    const socket = person(tokens.patient);
    const arrived = heard(talker, 'room:userJoined');
    const joined = join(socket, roomId);
    const isOver = () => socket.connected && carrier(socket) === transports.at(-1);
    const [mine, theirs] = await Promise.all([
      talk(socket, roomId, 200, isOver),
      arrived.then(() => talk(talker, roomId, 200, isOver)),
      joined,
    ]);
    await Promise.all([settled(socket), settled(talker)]);
    for (const [said, by, to] of [[mine, socket, talker], [theirs, talker, socket]]) {
      const wanted = counted(said.length);
      assert.deepEqual(said.map(({ success, message }) => success && message.message), wanted);
      assert.deepEqual(all(to, 'message:new').map(({ message }) => message), wanted);
      assert.deepEqual(all(by, 'message:sent').map(({ message }) => message), wanted);
    }
    const seqs = socket.log.filter(([name]) => name.startsWith('message:')).map(([, { seq }]) => seq);
    assert.deepEqual(seqs, seqs.toSorted((a, b) => a - b));
  });

  check('an echo keeps its order across the change', async () => {
    for (let round = 0; round < 4; round++) {
      const socket = person(undefined, { at: given.echoUrl });
      await heard(socket, 'auth');
      let n = 0;
      for (let isLast = false; !isLast;) {
        isLast = n >= 100 && carrier(socket) === transports.at(-1);
        for (let i = 0; i < 5; i++) socket.emit('message', `${++n}`, i === 0 ? Buffer.from(`${n}`) : 'text');
        if (n > 200) await heard(socket, 'message-back', n - 200);
        await breath();
      }
      await heard(socket, 'message-back', n);
      assert.deepEqual(all(socket, 'message-back'), counted(n));
      socket.disconnect();
    }
  });

  check('one to ten attachments come back as they went, by event and by ack', async () => {
    const socket = await echo();
    for (let count = 1; count <= 10; count++) {
      const files = Array.from({ length: count }, (_, i) => Buffer.alloc(i * 1000, i + 1));
      const [flat, nested] = [files.slice(0, 1), { deep: [...files.slice(1), 'text'], no: null }];
      socket.emit('message', ...flat, nested, 17);
      await heard(socket, 'message-back', count);
      assert.deepEqual(socket.log.at(-1).slice(1), [...flat, nested, 17]);
      socket.emit('message-with-ack', nested, ...flat, (...answer) => socket.note('answer', answer));
      assert.deepEqual(await heard(socket, 'answer', count), [nested, ...flat]);
    }
  });

  check('large messages pass up to the limit, and one above it ends its connection', async () => {
    const socket = await echo();
    const text = 'x'.repeat(LARGEST - '42["message",""]'.length);
    const bytes = Buffer.alloc(700_000, 7);
    for (const [i, message] of [text, bytes, 'ü'.repeat(490_000)].entries()) {
      // One by one: clients before 4.5 do not know the limit and would post them together.
      socket.emit('message', message);
      assert.deepEqual(await heard(socket, 'message-back', i + 1), message);
    }
    const bystander = await echo();
    await settle(socket, mode);
    socket.emit('message', `${text}x`);
    assert.match(await heard(socket, 'disconnect'), /^transport (close|error)$/);
    bystander.emit('message', 'still here');
    assert.equal(await heard(bystander, 'message-back'), 'still here');
  });

  check('a cut connection is recovered with all that was missed, and again', async () => {
    const roomId = freshRoom();
    const line = await network(url);
    try {
      const talker = await connected(tokens.provider);
      await join(talker, roomId);
      const socket = await guest(tokens.patient, { at: line.url, reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 100 });
      await join(socket, roomId);
      await settle(socket, mode);
      const first = socket.id;
      await say(talker, '1', { roomId });
      await heard(socket, 'message:new');
      line.cut();
      await heard(socket, 'disconnect');
      for (const n of counted(21).slice(1)) await say(talker, n, { roomId });
      line.mend();
      assert.equal((await heard(socket, 'connected', 2)).recovered, recovers);
      assert.equal(socket.id === first, recovers);
      await settled(socket);
      line.cut();
      await heard(socket, 'disconnect', 2);
      line.mend();
      assert.equal((await heard(socket, 'connected', 3)).recovered, recovers);
      await settled(socket);
      assert.deepEqual(all(socket, 'message:new').map(({ message }) => message), counted(recovers ? 21 : 1));
      assert.deepEqual(names(socket).filter((name) => !/^(connect_error|room:|message:)/.test(name)),
        ['connect', 'connected', ...Array(2).fill(['disconnect', 'connect', 'connected']).flat()]);
      if (recovers) assert.equal(socket.recovered, true);
      socket.disconnect();
    } finally {
      line.close();
    }
  });

  check('pings are answered', async () => {
    const socket = await echo();
    await settle(socket, mode);
    socket.io.engine.on('packet', ({ type }) => socket.note(type));
    await heard(socket, 'ping', 3);
    assert.equal(socket.connected, true);
  });
}
