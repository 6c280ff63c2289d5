// Who gets in, and what those read who do not.
import http from 'node:http';
import { assert, connected, heard, join, open, refused, scenario, tokens, url } from './support.mjs';

for (const namespace of ['/', '/api/v1', '/api']) {
  scenario(`${namespace} connects`, async () => {
    const socket = await connected(tokens.patient, { namespace });
    assert.equal((await heard(socket, 'connected')).userId, 'demo-patient-001');
    assert.equal(socket.connected, true);
  });
}

scenario('the namespaces have the same users and rooms', async () => {
  const here = await connected(tokens.patient, { namespace: '/api/v1' });
  const there = await connected(tokens.provider, { namespace: '/api' });
  await join(here, 'namespaces-meet');
  const { participants } = await join(there, 'namespaces-meet');
  assert.deepEqual(participants.map(({ userId }) => userId), ['demo-patient-001', 'demo-provider-001']);
  assert.equal((await heard(here, 'room:userJoined')).socketId, there.id);
});

for (const namespace of ['/nope', '/api/v2', '/api/v1/more', '/API']) {
  scenario(`${namespace} is an invalid namespace`, async () => {
    const error = await refused(tokens.patient, { namespace });
    assert.equal(error.message, 'Invalid namespace');
    assert.equal(error.data, undefined);
  });
}

const invalid = ['Authentication error: Invalid token', 'invalid_token'];
const none = ['Authentication error: No token provided', 'no_token'];
for (const [name, token, [message, code]] of [
  ['no token', undefined, none],
  ['an empty token', '', none],
  ['a null token', null, none],
  ['an expired token', tokens.expired, ['Authentication error: Token expired', 'token_expired']],
  ['a token that is none', 'abc', invalid],
  ['a token that is a number', 17, invalid],
  ['a token that is an object', { a: 1 }, invalid],
  ['a token signed by a stranger', tokens.forged, invalid],
  ['a token with a cut signature', tokens.patient.slice(0, -3), invalid],
  ['an unsigned token', `${Buffer.from('{"alg":"none"}').toString('base64url')}.${tokens.patient.split('.')[1]}.`, invalid],
  ['a refresh token', tokens.refresh, invalid],
  ['a token of another algorithm', tokens.hs512, invalid],
  ['a token without a role', tokens.withoutRole, invalid],
]) {
  scenario(`${name} is refused`, async () => {
    const error = await refused(token);
    assert.equal(error.message, message);
    assert.deepEqual(error.data, { code });
  });
}

scenario('no auth object at all counts as no token', async () => {
  const error = await refused(undefined);
  assert.equal(error.message, 'Authentication error: No token provided');
});

scenario('a refused client may connect again on the same connection', async () => {
  const socket = open('abc');
  await heard(socket, 'connect_error');
  socket.auth = { token: tokens.patient };
  socket.connect();
  assert.equal((await heard(socket, 'connected')).userId, 'demo-patient-001');
});

scenario('a bearer header is a token', async () => {
  const socket = await connected(undefined, { extraHeaders: { Authorization: `Bearer ${tokens.provider}` } });
  assert.equal((await heard(socket, 'connected')).userId, 'demo-provider-001');
});

scenario('the auth object comes before the header', async () => {
  const socket = await connected(tokens.patient, { extraHeaders: { Authorization: `Bearer ${tokens.provider}` } });
  assert.equal((await heard(socket, 'connected')).userId, 'demo-patient-001');
});

scenario('another scheme counts as no token', async () => {
  for (const scheme of ['Basic', 'Token', 'JWT']) {
    const error = await refused(undefined, { extraHeaders: { Authorization: `${scheme} ${tokens.patient}` } });
    assert.equal(error.message, 'Authentication error: No token provided');
  }
});

scenario('the query string is never read', async () => {
  const query = { token: tokens.patient, accessToken: tokens.patient, Authorization: `Bearer ${tokens.patient}` };
  const error = await refused(undefined, { query });
  assert.equal(error.message, 'Authentication error: No token provided');
});

scenario('a cookie counts for nothing unless it is switched on', async () => {
  const error = await refused(undefined, { extraHeaders: { Cookie: `accessToken=${tokens.patient}` } });
  assert.equal(error.message, 'Authentication error: No token provided');
});

/** The answer to a WebSocket upgrade that is refused. */
const upgrade = (path, headers = {}) => new Promise((resolve, reject) => {
  const request = http.get(url + path, {
    headers: {
      Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==', ...headers,
    },
  });
  request.on('error', reject);
  request.on('upgrade', (response, socket) => { socket.destroy(); resolve({ status: response.statusCode }); });
  request.on('response', async (response) => {
    let body = '';
    for await (const part of response) body += part;
    resolve({ status: response.statusCode, body: JSON.parse(body) });
  });
});

for (const [path, code, message] of [
  ['/socket.io/?EIO=3&transport=websocket', 5, 'Unsupported protocol version'],
  ['/socket.io/?transport=websocket', 5, 'Unsupported protocol version'],
  ['/socket.io/?EIO=4&transport=carrier-pigeon', 0, 'Transport unknown'],
  ['/socket.io/?EIO=4&transport=websocket&sid=nobody', 1, 'Session ID unknown'],
]) {
  scenario(`${path} gets 400`, async () => {
    assert.deepEqual(await upgrade(path), { status: 400, body: { code, message } });
  });
}

scenario('the final slash is optional', async () => {
  assert.equal((await upgrade('/socket.io?EIO=4&transport=websocket')).status, 101);
});

scenario('an unknown origin gets 403, a known one gets in', async () => {
  const path = '/socket.io/?EIO=4&transport=websocket';
  assert.deepEqual(await upgrade(path, { Origin: 'https://evil.example' }), {
    status: 403, body: { code: 4, message: 'Forbidden' },
  });
  for (const Origin of ['http://localhost:3000', 'null', url]) {
    assert.equal((await upgrade(path, { Origin })).status, 101);
  }
});
