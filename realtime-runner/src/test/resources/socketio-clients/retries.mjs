// The same clientMessageId again, and again after a restart of the server.
import { all, ask, assert, connected, freshRoom, given, heard, join, say, scenario, settled, tokens } from './support.mjs';

const roomId = given.roomId;
const clientMessageId = 'a retried message';

if (given.phase === 'before') {
  scenario('five tries make one message', async () => {
    const patient = await connected(tokens.patient);
    const provider = await connected(tokens.provider);
    await join(provider, roomId);
    const answers = await Promise.all(Array.from({ length: 5 }, () => say(patient, 'once', { roomId, clientMessageId })));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.equal(answers[0].message.seq, 1);
    const changed = await say(patient, 'other words', { roomId, metadata: { clientMessageId, more: 1 } });
    assert.deepEqual(changed, answers[0]);
    await say(patient, 'another', { roomId });
    await heard(provider, 'message:new', 2);
    await settled(patient);
    assert.deepEqual(all(provider, 'message:new').map(({ message }) => message), ['once', 'another']);
    assert.deepEqual(all(patient, 'message:sent').map(({ message }) => message), ['once', 'another']);
  });

  scenario('another sender or room makes another message', async () => {
    const patient = await connected(tokens.patient);
    const provider = await connected(tokens.provider);
    const mine = await say(patient, 'mine', { roomId, clientMessageId: 'shared' });
    const his = await say(provider, 'his', { roomId, clientMessageId: 'shared' });
    const there = await say(patient, 'there', { roomId: freshRoom(), clientMessageId: 'shared' });
    assert.equal(new Set([mine, his, there].map(({ message }) => message.id)).size, 3);
  });
} else {
  scenario('a try after the restart repeats the first answer', async () => {
    const patient = await connected(tokens.patient);
    const provider = await connected(tokens.provider);
    await join(provider, roomId);
    const { messages } = await ask(patient, 'message:history', { roomId });
    const answer = await say(patient, 'once', { roomId, clientMessageId });
    const { attachments, ...first } = messages[0];
    assert.deepEqual(answer, { success: true, message: first });
    assert.deepEqual(attachments, []);
    const next = await say(patient, 'goes on', { roomId });
    assert.equal(next.message.seq, messages.length + 1);
    await heard(provider, 'message:new');
    await settled(patient);
    assert.deepEqual(all(provider, 'message:new').map(({ message }) => message), ['goes on']);
    assert.deepEqual(all(patient, 'message:sent').map(({ message }) => message), ['goes on']);
  });
}
