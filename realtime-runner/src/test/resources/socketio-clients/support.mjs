// What all scripts share: the client under test, the server's address and tokens, and sockets that keep what they hear.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

const { client, ...given } = JSON.parse(process.env.BLACKBOX);
const { io, Manager } = await import(client);
export { assert, client, given, io, Manager };
export const { url, tokens } = given;
export const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const PATIENCE = 15_000;
const opened = new Set();

/** A test that fails instead of hanging. */
export const scenario = (name, body) => test(name, { timeout: 60_000 }, body);

afterEach(() => {
  for (const socket of opened) socket.disconnect();
  opened.clear();
});

/** Keeps all that a socket hears, in order: [event, payload, ...]. */
export function listening(socket) {
  socket.log = [];
  socket.waiting = new Set();
  const keep = (...entry) => {
    socket.log.push(entry);
    for (const look of [...socket.waiting]) look();
  };
  socket.on('connect', () => keep('connect'));
  socket.on('connect_error', (error) => keep('connect_error', error));
  socket.on('disconnect', (reason) => keep('disconnect', reason));
  socket.onAny(keep);
  socket.note = keep;
  opened.add(socket);
  return socket;
}

/** A socket that begins to connect, as applications make it. */
export function open(token, { at = url, namespace = '', ...options } = {}) {
  return listening(io(at + namespace, {
    ...(token !== undefined && { auth: { token } }),
    transports: ['websocket', 'polling'],
    forceNew: true,
    reconnection: false,
    ...options,
  }));
}

/** A socket that the server has greeted. */
export async function connected(token, options) {
  const socket = open(token, options);
  await heard(socket, 'connected');
  return socket;
}

/** Waits until the log satisfies `look`, and gives what it found. */
export function until(socket, look, what) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.waiting.delete(attempt);
      reject(new Error(`never heard ${what}, only ${JSON.stringify(socket.log)}`));
    }, PATIENCE);
    const attempt = () => {
      const found = look(socket.log);
      if (found === undefined) return;
      clearTimeout(timer);
      socket.waiting.delete(attempt);
      resolve(found);
    };
    socket.waiting.add(attempt);
    attempt();
  });
}

/** The payload of the n-th event of this name that satisfies `fits`. */
export const heard = (socket, event, n = 1, fits = () => true) => until(
  socket,
  (log) => {
    const found = log.filter(([name, data]) => name === event && fits(data));
    return found.length < n ? undefined : found[n - 1][1] ?? null;
  },
  `${event} ${n}`);

export const all = (socket, event) => socket.log.filter(([name]) => name === event).map(([, data]) => data);

/** The error of a connect that the server refuses. */
export async function refused(token, options) {
  const socket = open(token, options);
  const error = await heard(socket, 'connect_error');
  assert.deepEqual(socket.log.map(([name]) => name), ['connect_error']);
  return error;
}

/** Cuts the connection without a word, as a lost network does. */
export const cut = (socket) => socket.io.engine.transport.ws.terminate();

/** An ack; arguments as for emit. Clients before 4.6 have nothing of the kind. */
export const ask = (socket, ...call) => new Promise((resolve, reject) => {
  const timer = setTimeout(() => reject(new Error(`no answer to ${call[0]}, only ${JSON.stringify(socket.log)}`)), PATIENCE);
  socket.emit(...call, (answer) => {
    clearTimeout(timer);
    resolve(answer);
  });
});

export async function join(socket, roomId, more = {}) {
  const answer = await ask(socket, 'room:join', { roomId, roomType: 'chat', ...more });
  assert.equal(answer.success, true, JSON.stringify(answer));
  return answer;
}

export const say = (socket, message, more) => ask(socket, 'message:send', { message, ...more });

/** Everything the server has sent to this socket until now has arrived when the answer to a question has. */
export const settled = (socket) => ask(socket, 'room:participants', { roomId: 'notifications:nobody' });

let rooms = 0;
/** A room that no other test has used, also not that of another client on the same server. */
export const freshRoom = () => `${client}-${process.pid}-${Date.now()}-${++rooms}`;

/** The keys of an answer, sorted: what is absent must be absent. */
export const keys = (object) => Object.keys(object).sort();
