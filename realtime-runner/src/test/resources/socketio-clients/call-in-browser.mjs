// Two people in a real browser see and hear each other: the server serves the client, rings and carries the signals.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { network } from './network.mjs';
import { assert, given, TIMESTAMP, url } from './support.mjs';

const PATIENCE = 60_000;
const PATIENT = 'demo-patient-001';
const PROVIDER = 'demo-provider-001';
const lines = [];

/** The application has an origin of its own; each of its pages knows its way to the server. */
const source = readFileSync('call-in-browser.html', 'utf8');
const application = createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html');
  response.end(source.replaceAll('SERVER', decodeURIComponent(request.url.slice('/?'.length))));
});

let browser;
before(async () => {
  await new Promise((ready) => application.listen(new URL(given.origin).port, '127.0.0.1', ready));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  application.close();
  for (const line of lines) line.close();
});

/** A page of this user, on a line of its own to the server, with camera and microphone on. */
async function person(email) {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(PATIENCE);
  page.wrong = [];
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  page.line = await network(url);
  lines.push(page.line);
  await page.goto(`${given.origin}/?${encodeURIComponent(page.line.url)}`);
  await page.evaluate(() => turnOn());
  await page.evaluate((who) => connect(who), email);
  await heard(page, 'connected');
  return page;
}

/** The payload of the n-th event of this name that the page has heard. */
async function heard(page, event, n = 1) {
  const found = await page.waitForFunction(
    ([name, count]) => heard.filter(([known]) => known === name)[count - 1], [event, n], { polling: 50 });
  return (await found.jsonValue())[1];
}

const count = (page, event) => page.evaluate((name) => heard.filter(([known]) => known === name).length, event);

/** From now on pictures and sound come in. */
async function flows(page) {
  const before = await page.evaluate(() => media());
  await page.waitForFunction(async ({ frames, packets }) => {
    const now = await media();
    return now.frames > frames + 5 && now.packets > packets + 25;
  }, before, { polling: 100 });
}

/** What the two show to this page. */
const shown = (page) => page.evaluate(async (userIds) =>
  (await ask('presence:get', { userIds })).presences.map(({ status }) => status), [PATIENT, PROVIDER]);

/** Media between the two have found another way than this one. */
const hasNewWay = (page, [own, other]) => page.waitForFunction(([ownBefore, otherBefore]) => {
  const [ownNow, otherNow] = way();
  return peer.signalingState === 'stable' && ownNow !== ownBefore && otherNow !== otherBefore;
}, [own, other], { polling: 50 });

test('they see and hear each other, also while one has lost the server', { timeout: 100_000 }, async () => {
  const patient = await person('patient@example.com');
  const provider = await person('provider@example.com');
  const both = [patient, provider];

  const rung = await patient.evaluate((who) => call(who), PROVIDER);
  assert.equal(rung.status, 'ringing', JSON.stringify(rung));
  const { callId } = rung;
  const incoming = await heard(provider, 'call:incoming');
  assert.deepEqual({ ...incoming, timestamp: 0 },
    { callId, callerId: PATIENT, callerRole: 'patient', callType: 'video', timestamp: 0 });
  const asked = Date.now();
  assert.deepEqual(await provider.evaluate(() => accept()), { success: true, callId, status: 'accepted' });
  const answered = Date.now();
  assert.equal((await heard(patient, 'call:accepted')).recipientId, PROVIDER);

  for (const page of both) {
    await flows(page);
    await page.waitForFunction(() => litPixels() > 50, undefined, { polling: 100 });
    assert.deepEqual((await page.evaluate(() => ask('call:iceServers'))).iceServers, [{ urls: [given.stun] }]);
    const found = await page.evaluate(() => candidates);
    assert.ok(found.length > 0);
    for (const candidate of found) assert.match(candidate, / typ host /);
    for (const candidate of found) assert.doesNotMatch(candidate, /\.local /);
  }

  provider.line.cut();
  assert.match((await heard(provider, 'disconnect')).reason, /^transport (close|error)$/);
  for (const page of both) await flows(page);
  const wayBefore = await patient.evaluate(() => way());
  await patient.evaluate(() => peer.restartIce());
  await patient.waitForFunction(() => peer.signalingState === 'have-local-offer');
  for (const page of both) await flows(page);

  provider.line.mend();
  assert.deepEqual(await heard(provider, 'connect', 2), { recovered: true });
  await hasNewWay(patient, wayBefore);
  await hasNewWay(provider, [...wayBefore].reverse());
  for (const page of both) {
    await flows(page);
    assert.equal(await count(page, 'call:ended'), 0);
    assert.deepEqual(await shown(page), ['in_call', 'in_call']);
  }
  assert.equal(await count(provider, 'call:incoming'), 1);
  assert.equal(await count(patient, 'disconnect'), 0);

  const least = Math.floor((Date.now() - answered) / 1000);
  const ended = await patient.evaluate(() => hangUp());
  const most = Math.ceil((Date.now() - asked) / 1000);
  const { duration } = ended;
  assert.deepEqual(ended, { success: true, callId, status: 'ended', duration });
  assert.ok(Number.isInteger(duration) && least <= duration && duration <= most, `${least} <= ${duration} <= ${most}`);
  const farewell = await heard(provider, 'call:ended');
  assert.match(farewell.timestamp, TIMESTAMP);
  assert.deepEqual({ ...farewell, timestamp: 0 }, { callId, endedBy: PATIENT, duration, timestamp: 0 });

  for (const page of both) {
    const { calls } = await page.evaluate(() => ask('call:history', {}));
    const [{ startedAt, answeredAt, endedAt, ...record }] = calls;
    assert.deepEqual(record, {
      callId, callerId: PATIENT, recipientId: PROVIDER, callType: 'video', status: 'ended', duration, endedBy: PATIENT });
    assert.ok(startedAt <= answeredAt && answeredAt <= endedAt);
    assert.equal(Math.floor((Date.parse(endedAt) - Date.parse(answeredAt)) / 1000), duration);
    assert.deepEqual(await shown(page), ['online', 'online']);
    assert.equal((await page.evaluate(() => hangUp())).error, 'Call not found');
    assert.deepEqual(page.wrong, []);
  }
});
