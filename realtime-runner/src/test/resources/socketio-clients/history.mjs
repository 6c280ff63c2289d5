// Paging through a room of 1000 messages, of which 300 share one millisecond.
import { ask, assert, connected, freshRoom, given, keys, say, scenario, tokens } from './support.mjs';

const { roomId } = given;
const NUMBERS = Array.from({ length: 1000 }, (_, i) => i + 1);
const page = (socket, query) => ask(socket, 'message:history', { roomId, ...query });
const numbers = ({ messages }) => messages.map(({ seq }) => seq);

async function walk(limit, first, next) {
  const socket = await connected(tokens.patient);
  const seen = [];
  for (let query = first; ;) {
    const answer = await page(socket, { limit, ...query });
    assert.equal(answer.success, true);
    assert.deepEqual(keys(answer), ['hasMore', 'messages', 'success']);
    assert.ok(answer.messages.length > 0);
    const sequence = numbers(answer);
    assert.deepEqual(sequence, [...sequence].sort((a, b) => a - b), 'oldest first');
    seen.push(sequence);
    if (!answer.hasMore) return seen;
    query = next(answer.messages);
  }
}

for (const limit of [7, 50, 125, 200]) {
  scenario(`before, ${limit} at a time, shows each once`, async () => {
    const pages = await walk(limit, {}, (messages) => ({ before: messages[0].timestamp }));
    assert.deepEqual(pages.reverse().flat(), NUMBERS);
    assert.ok(pages.some(({ length }) => length >= 300), 'one millisecond is not split');
  });

  scenario(`beforeSeq, ${limit} at a time, shows each once`, async () => {
    const pages = await walk(limit, {}, (messages) => ({ beforeSeq: messages[0].seq }));
    assert.deepEqual(pages.reverse().flat(), NUMBERS);
  });

  scenario(`afterSeq, ${limit} at a time, shows each once`, async () => {
    const pages = await walk(limit, { afterSeq: 0 }, (messages) => ({ afterSeq: messages.at(-1).seq }));
    assert.deepEqual(pages.flat(), NUMBERS);
    for (const full of pages.slice(0, -1)) assert.equal(full.length, limit);
  });
}

scenario('limits are clamped, and there is a default', async () => {
  const socket = await connected(tokens.patient);
  for (const [limit, size] of [[undefined, 50], [null, 50], [0, 1], [-1, 1], [1, 1], [200, 200], [201, 200], [10000, 200], [1e300, 200]]) {
    const answer = await page(socket, { limit, beforeSeq: 2000 });
    assert.equal(answer.messages?.length, size, `limit ${limit}: ${JSON.stringify(answer).slice(0, 100)}`);
    assert.equal(answer.hasMore, true);
  }
  for (const limit of ['10', {}, [], true]) {
    assert.deepEqual(await page(socket, { limit }),
      { success: false, error: 'Invalid payload', code: 'invalid_payload', field: 'limit' });
  }
});

scenario('hasMore is false exactly at the end', async () => {
  const socket = await connected(tokens.patient);
  for (const [query, expected, hasMore] of [
    [{ beforeSeq: 11, limit: 10 }, NUMBERS.slice(0, 10), false],
    [{ beforeSeq: 12, limit: 10 }, NUMBERS.slice(1, 11), true],
    [{ beforeSeq: 1 }, [], false],
    [{ afterSeq: 990, limit: 10 }, NUMBERS.slice(990), false],
    [{ afterSeq: 989, limit: 10 }, NUMBERS.slice(989, 999), true],
    [{ afterSeq: 1000 }, [], false],
    [{ afterSeq: 995, beforeSeq: 5, before: '2020-01-01T00:00:00.000Z' }, NUMBERS.slice(995), false],
    [{ beforeSeq: 3, before: '2020-01-01T00:00:00.000Z' }, [1, 2], false],
    [{ before: '2020-01-01T00:00:00.000Z' }, [], false],
  ]) {
    const answer = await page(socket, query);
    assert.deepEqual([numbers(answer), answer.hasMore], [expected, hasMore], JSON.stringify(query));
  }
});

scenario('what is refused names the field', async () => {
  const socket = await connected(tokens.patient);
  for (const [field, value] of [
    ['before', 'yesterday'], ['before', 17], ['beforeSeq', '5'], ['afterSeq', {}], ['roomId', 'a b'],
    ['recipientId', 5], ['visitId', 'a:b'],
  ]) {
    assert.deepEqual(await page(socket, { [field]: value }),
      { success: false, error: 'Invalid payload', code: 'invalid_payload', field }, field);
  }
  assert.deepEqual(await ask(socket, 'message:history', {}),
    { success: false, error: 'visitId is required', code: 'missing_field' });
  const denied = { success: false, error: 'Access denied to this conversation', code: 'access_denied' };
  for (const query of [{ roomId: 'chat:a:b' }, { roomId: 'user:x' }, { visitId: 'no-such-visit' }]) {
    assert.deepEqual(await ask(socket, 'message:history', query), denied);
  }
});

scenario('an empty history is one', async () => {
  const socket = await connected(tokens.patient);
  assert.deepEqual(await ask(socket, 'message:history', { recipientId: freshRoom() }),
    { success: true, messages: [], hasMore: false });
});

scenario('a page of large messages ends early', async () => {
  const socket = await connected(tokens.patient);
  const large = freshRoom();
  const attachments = Array(20).fill('x'.repeat(2048));
  for (let i = 0; i < 30; i++) await say(socket, 'large', { roomId: large, attachments });
  const seen = [];
  for (let afterSeq = 0; ;) {
    const answer = await ask(socket, 'message:history', { roomId: large, afterSeq });
    assert.ok(JSON.stringify(answer.messages).length <= 512 * 1024 + 50_000);
    seen.push(...numbers(answer));
    if (!answer.hasMore) break;
    assert.ok(answer.messages.length < 30);
    afterSeq = seen.at(-1);
  }
  assert.deepEqual(seen, NUMBERS.slice(0, 30));
});
