// Tokens that end while their session lives, signed here with the server's secret.
import { createHmac } from 'node:crypto';
import { all, ask, assert, connected, freshRoom, given, heard, io, join, keys, listening, scenario, settled, TIMESTAMP, tokens, url }
  from './support.mjs';

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that ends in the first whole second that is no sooner than `seconds` from now. */
function token(seconds, { userId = 'demo-patient-001', role = 'patient' } = {}) {
  const exp = Math.ceil(Date.now() / 1000 + seconds);
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ userId, role, type: 'access', exp })}`;
  const signature = createHmac('sha256', given.secret).update(signed).digest('base64url');
  return { text: `${signed}.${signature}`, exp, end: new Date(exp * 1000).toISOString() };
}

scenario('the end is announced a minute ahead and a refresh keeps the session', async () => {
  const first = token(62);
  const socket = await connected(first.text);
  assert.equal((await heard(socket, 'connected')).expiresAt, first.end);
  const notice = await heard(socket, 'auth:expiring');
  assert.deepEqual(keys(notice), ['expiresAt', 'timestamp']);
  assert.equal(notice.expiresAt, first.end);
  assert.match(notice.timestamp, TIMESTAMP);
  const early = Date.parse(notice.expiresAt) - Date.parse(notice.timestamp);
  assert.ok(early <= 60_000 && early > 55_000, `${early} ms ahead`);
  const second = token(3600);
  assert.deepEqual(await ask(socket, 'auth:refresh', { token: second.text }), { success: true, expiresAt: second.end });
  await settled(socket);
  assert.deepEqual(socket.log.map(([name]) => name), ['connect', 'connected', 'auth:expiring']);
});

scenario('who does not refresh is told, and comes back to its session by its auth function', async () => {
  const roomId = freshRoom();
  const stays = await connected(tokens.provider);
  await join(stays, roomId);
  const first = token(4);
  let asked = 0;
  const goes = listening(io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    auth: (give) => give({ token: asked++ === 0 ? first.text : token(3600).text }),
  }));
  await heard(goes, 'connected');
  const id = goes.id;
  await join(goes, roomId);
  const end = await heard(goes, 'auth:expired');
  assert.deepEqual(keys(end), ['expiresAt', 'timestamp']);
  assert.equal(end.expiresAt, first.end);
  assert.ok(Date.parse(end.timestamp) >= Date.parse(end.expiresAt));
  const back = await heard(goes, 'connected', 2);
  assert.deepEqual(
    goes.log.map(([name]) => name),
    ['connect', 'connected', 'auth:expiring', 'auth:expired', 'disconnect', 'connect', 'connected']);
  assert.equal((await heard(goes, 'disconnect')), 'transport close');
  assert.equal(back.recovered, true);
  assert.equal(goes.id, id);
  assert.equal(asked, 2);
  await settled(stays);
  assert.deepEqual(all(stays, 'room:userLeft'), []);
});

scenario('others hear that the token was the reason', async () => {
  const roomId = freshRoom();
  const stays = await connected(tokens.provider);
  await join(stays, roomId);
  const goes = await connected(token(4).text);
  await join(goes, roomId);
  assert.equal((await heard(stays, 'room:userLeft')).reason, 'token_expired');
});

scenario('a refresh that fails says why and changes nothing', async () => {
  const socket = await connected(token(3600).text);
  const refusals = [
    [{}, 'no_token', 'Authentication error: No token provided'],
    [{ token: '' }, 'no_token', 'Authentication error: No token provided'],
    [{ token: 17 }, 'invalid_token', 'Authentication error: Invalid token'],
    [{ token: tokens.hs512 }, 'invalid_token', 'Authentication error: Invalid token'],
    [{ token: tokens.refresh }, 'invalid_token', 'Authentication error: Invalid token'],
    [{ token: tokens.expired }, 'token_expired', 'Authentication error: Token expired'],
    [{ token: tokens.provider }, 'token_user_mismatch', 'Token belongs to another user'],
  ];
  for (const [payload, code, error] of refusals) {
    assert.deepEqual(await ask(socket, 'auth:refresh', payload), { success: false, error, code });
  }
  assert.deepEqual(await ask(socket, 'auth:refresh'),
    { success: false, error: 'Invalid payload', code: 'invalid_payload', field: 'payload' });
  await join(socket, freshRoom());
  assert.deepEqual(socket.log.map(([name]) => name), ['connect', 'connected']);
});
