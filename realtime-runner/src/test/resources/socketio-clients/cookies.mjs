// For a server with AUTH_COOKIE=true.
import { assert, connected, heard, refused, scenario, tokens } from './support.mjs';

scenario('a cookie is a token', async () => {
  const Cookie = `theme=dark; accessToken=${tokens.patient}; other=1`;
  const socket = await connected(undefined, { extraHeaders: { Cookie } });
  assert.equal((await heard(socket, 'connected')).userId, 'demo-patient-001');
});

scenario('the header comes before the cookie', async () => {
  const extraHeaders = { Cookie: `accessToken=${tokens.patient}`, Authorization: `Bearer ${tokens.provider}` };
  const socket = await connected(undefined, { extraHeaders });
  assert.equal((await heard(socket, 'connected')).userId, 'demo-provider-001');
});

scenario('an expired cookie is told apart from none', async () => {
  const error = await refused(undefined, { extraHeaders: { Cookie: `accessToken=${tokens.expired}` } });
  assert.equal(error.message, 'Authentication error: Token expired');
  assert.equal((await refused(undefined)).message, 'Authentication error: No token provided');
});
