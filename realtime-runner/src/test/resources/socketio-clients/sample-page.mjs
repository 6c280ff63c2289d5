// Three people use the sample page in a real browser, every button of it, each way to the server.
import { after, before } from 'node:test';
import { launch } from './browser.mjs';
import { assert, scenario, url } from './support.mjs';

const PATIENT = 'demo-patient-001';
const PROVIDER = 'demo-provider-001';

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

async function person(name, way) {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(15_000);
  page.wrong = [];
  page.sockets = 0;
  page.requests = 0;
  page.hasGoneOver = false;
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  page.on('console', (line) => line.type() === 'error' && page.wrong.push(line.text()));
  page.on('websocket', (socket) => {
    page.sockets++;
    socket.on('framesent', ({ payload }) => { page.hasGoneOver ||= payload === '5'; });
  });
  page.on('request', (request) => { page.requests += request.url().includes('transport=polling'); });
  await page.goto(url);
  await page.click(`text=as ${name}`);
  await reads(page, '#state', 'logged in, not connected');
  await page.selectOption('#way', way);
  await page.click('#connect');
  await page.waitForSelector('#state[data-state=online]');
  return page;
}

const everybody = (way) => Promise.all(['patient', 'provider', 'admin'].map((name) => person(name, way)));

/** Waits until the text of an element holds this. */
const reads = (page, selector, text) =>
  page.waitForFunction(([where, wanted]) => document.querySelector(where).textContent.includes(wanted), [selector, text]);

const logged = (page, text) => reads(page, '#log', text);
const lines = (page, selector, count) =>
  page.waitForFunction(([where, wanted]) => document.querySelectorAll(where).length === wanted, [selector, count]);

const roomOf = (way) => `room-${way}`;

async function enter(people, way) {
  for (const page of people) {
    await page.fill('#room', roomOf(way));
    await page.click('#join');
    await logged(page, '"participants":[{');
  }
}

/** Which way the page speaks: by WebSocket alone, by requests alone, or by both after another. */
function assertWay(page, way) {
  assert.equal(page.sockets > 0, way !== 'polling', `${way}: ${page.sockets} sockets`);
  assert.equal(page.requests > 0, way !== 'websocket', `${way}: ${page.requests} requests`);
  assert.equal(page.hasGoneOver, way === 'upgrade');
}

async function say(page, text) {
  await page.fill('#text', text);
  await page.click('#send button');
  await page.waitForFunction(() => document.querySelector('#text').value === '');
}

async function talk(people, way) {
  const [patient, provider] = people;
  assert.equal(await patient.textContent('#state'), `connected as ${PATIENT}`);
  await enter(people, way);
  await logged(patient, '"room:userJoined"');
  await patient.click('#participants');
  await logged(patient, PROVIDER);

  await patient.locator('#text').pressSequentially('Hel');
  await reads(provider, '#typing', `${PATIENT} is typing`);
  for (let i = 1; i <= 12; i++) await say(patient, `Hello ${i} <b>&</b>`);
  await provider.waitForSelector('#messages li:nth-child(12)');
  await provider.waitForFunction(() => document.querySelector('#typing').textContent === '');
  assert.equal(await provider.textContent('#messages li:nth-child(1)'), `#1 ${PATIENT}: Hello 1 <b>&</b>`);
  await patient.waitForSelector('#messages li:nth-child(12)[data-status=delivered]');

  await say(provider, 'And I');
  await provider.click('#unread');
  await reads(provider, '#unread-count', `${roomOf(way)}: 12`);
  await provider.click('#read');
  for (const number of [1, 12]) await patient.waitForSelector(`#messages li:nth-child(${number})[data-status=read]`);
  await provider.click('#unread');
  await reads(provider, '#unread-count', `${roomOf(way)}: 0`);

  await provider.click('#history');
  await lines(provider, '#messages li', 10);
  await provider.click('#older');
  await lines(provider, '#messages li', 13);
  assert.equal(await provider.isDisabled('#older'), true);

  await provider.click('#cut');
  await reads(provider, '#state', `back as ${PROVIDER}`);
  await say(patient, 'You are still here');
  await reads(provider, '#messages', 'You are still here');
  assert.ok(!(await patient.textContent('#log')).includes('"room:userLeft"'));

  await provider.click('#leave');
  await logged(patient, '"room:userLeft"');
  await provider.click('#disconnect');
  await provider.waitForSelector('#state[data-state=offline]');
  await provider.click('#connect');
  await reads(provider, '#state', `connected as ${PROVIDER}`);
}

async function seeEachOther([patient, provider, admin], way) {
  const guest = `a guest by ${way}`;
  await admin.fill('#watched', `${PATIENT}, ${PROVIDER}`);
  await admin.click('#watch');
  await reads(admin, '#people', `${PATIENT}: `);
  await patient.selectOption('#status', 'busy');
  await patient.fill('#custom', guest);
  await patient.click('#set');
  await reads(admin, '#people', `${PATIENT}: busy (${guest})`);
  await logged(patient, '"presence:statusUpdated"');
  await provider.click('#look');
  await reads(provider, '#people', `${PATIENT}: busy (${guest})`);
  await admin.click('#unwatch');
  await logged(admin, '"presence:unsubscribe"');
}

async function callEachOther([patient, provider, admin]) {
  await admin.click('#watch');
  await patient.click('#call');
  await reads(provider, '#call-state', `${PATIENT} is calling`);
  await provider.click('#accept');
  for (const page of [patient, provider]) {
    await page.waitForSelector('#call-state[data-state=talking]');
    await page.waitForFunction(() => document.querySelector('#other').videoWidth > 0);
  }
  await reads(admin, '#people', `${PATIENT}: in_call`);
  await provider.click('#report');
  await reads(patient, '#call-state', 'high_packet_loss');
  await patient.click('#hang-up');
  await reads(provider, '#call-state', 'ended');
  await reads(admin, '#people', `${PATIENT}: busy`);

  await provider.selectOption('#call-type', 'audio');
  await provider.click('#call');
  await reads(patient, '#call-state', `${PROVIDER} is calling`);
  await patient.click('#reject');
  await reads(provider, '#call-state', 'rejected: busy');
  await provider.click('#calls-list');
  await reads(provider, '#calls', 'rejected');
  await reads(provider, '#calls', 'ended');
}

for (const way of ['websocket', 'polling', 'upgrade']) {
  scenario(`the demo users use every button by ${way}`, async () => {
    const people = await everybody(way);
    await talk(people, way);
    await seeEachOther(people, way);
    await callEachOther(people);
    for (const page of people) {
      assertWay(page, way);
      assert.deepEqual(page.wrong, []);
      await page.context().close();
    }
  });
}

scenario('calls that nobody answered are in the inbox', async () => {
  const people = await everybody('websocket');
  const [patient, provider, admin] = people;
  await provider.click('#call');
  await reads(patient, '#call-state', `${PROVIDER} is calling`);
  await admin.click('#call');
  await reads(patient, '#inbox-count', '2 unread');
  for (const page of people) await reads(page, '#call-state', 'missed');
  await patient.click('#inbox-list');
  await lines(patient, '#inbox li', 2);
  await patient.click('#inbox li:first-child button');
  await lines(patient, '#inbox .seen', 1);
  await reads(patient, '#inbox-count', '1 unread');
  await patient.click('#inbox-read');
  await lines(patient, '#inbox .seen', 2);
  await patient.click('#inbox-unread');
  await reads(patient, '#inbox-count', '0 unread');
  await logged(patient, '"unreadCount":0');
  for (const page of people) assert.deepEqual(page.wrong, []);
});
