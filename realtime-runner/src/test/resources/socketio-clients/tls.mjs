// A server that speaks TLS itself, with a certificate that only those know who were given it.
import { readFileSync } from 'node:fs';
import { assert, connected, freshRoom, given, heard, join, open, say, scenario, tokens } from './support.mjs';

const ca = readFileSync(given.ca);
const MODES = { polling: ['polling'], upgrade: ['polling', 'websocket'], websocket: ['websocket'] };

/** Waits for the way of carrying that this mode ends in. */
const settle = ({ io: { engine } }, transports) => new Promise((done) => {
  if (engine.transport.name === transports.at(-1)) done();
  else engine.once('upgrade', done);
});

for (const [mode, transports] of Object.entries(MODES)) {
  scenario(`${mode}: who knows the certificate talks`, async () => {
    const roomId = freshRoom();
    const [patient, provider] = [await connected(tokens.patient, { transports, ca }), await connected(tokens.provider, { transports, ca })];
    for (const socket of [patient, provider]) {
      await settle(socket, transports);
      await join(socket, roomId);
    }
    for (const text of ['Gr\u00fc\u00dfe', 'x'.repeat(9_000)]) {
      const { success, message } = await say(patient, text, { roomId });
      assert.equal(success, true);
      assert.equal(message.message, text);
      assert.deepEqual(await heard(provider, 'message:new', 1, (heardThere) => heardThere.seq === message.seq), message);
    }
    assert.equal(patient.io.engine.transport.name, transports.at(-1));
    provider.disconnect();
    assert.equal((await heard(patient, 'room:userLeft')).reason, 'client_disconnect');
  });

  scenario(`${mode}: who does not know it does not connect`, async () => {
    const stranger = open(tokens.patient, { transports });
    assert.match((await heard(stranger, 'connect_error')).message, /^(xhr poll|websocket) error$/);
    assert.deepEqual(stranger.log.map(([name]) => name), ['connect_error']);
  });
}
