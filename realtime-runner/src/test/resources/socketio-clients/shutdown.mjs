// The server is told to stop while these are connected.
import { assert, connected, given, heard, keys, scenario, TIMESTAMP, tokens } from './support.mjs';

scenario('clients are told when to come back, and are let go', async () => {
  const sockets = [
    await connected(tokens.patient),
    await connected(tokens.provider, { namespace: '/api/v1' }),
    await connected(tokens.patient),
  ];
  process.kill(given.pid, 'SIGTERM');
  for (const socket of sockets) {
    const farewell = await heard(socket, 'server:shutdown');
    assert.deepEqual(keys(farewell), ['message', 'reconnectAfterMs', 'timestamp']);
    assert.equal(farewell.message, 'Server is shutting down');
    assert.match(farewell.timestamp, TIMESTAMP);
    assert.ok(Number.isInteger(farewell.reconnectAfterMs) && farewell.reconnectAfterMs > 0);
    assert.equal(await heard(socket, 'disconnect'), 'transport close');
    assert.deepEqual(socket.log.map(([name]) => name), ['connect', 'connected', 'server:shutdown', 'disconnect']);
  }
});
