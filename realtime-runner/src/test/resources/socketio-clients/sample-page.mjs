// Two people use the sample page in a real browser, every button of it.
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { assert, given, scenario, url } from './support.mjs';

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: given.browser,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
});
after(() => browser?.close());

async function person(name) {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(15_000);
  page.wrong = [];
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  page.on('console', (line) => line.type() === 'error' && page.wrong.push(line.text()));
  await page.goto(url);
  await page.click(`text=as ${name}`);
  await page.waitForFunction(() => document.querySelector('#state').textContent === 'logged in, not connected');
  await page.click('#connect');
  await page.waitForSelector('#state[data-state=online]');
  return page;
}

const logged = (page, text) => page.waitForFunction((wanted) => document.querySelector('#log').textContent.includes(wanted), text);

scenario('the demo users talk', async () => {
  const patient = await person('patient');
  const provider = await person('provider');
  const admin = await person('admin');
  assert.match(await patient.textContent('#state'), /connected as demo-patient-001/);

  for (const page of [patient, provider, admin]) {
    await page.click('#join');
    await logged(page, '"participants":[{');
  }
  await logged(patient, '"room:userJoined"');
  await patient.click('#participants');
  await logged(patient, 'demo-provider-001');

  for (let i = 1; i <= 12; i++) {
    await patient.fill('#text', `Hello ${i} <b>&</b>`);
    await patient.click('#send button');
    await patient.waitForFunction(() => document.querySelector('#text').value === '');
  }
  await provider.waitForSelector('#messages li:nth-child(12)');
  assert.equal(await provider.textContent('#messages li:nth-child(1)'), '#1 demo-patient-001: Hello 1 <b>&</b>');

  await provider.click('#history');
  await provider.waitForFunction(() => document.querySelectorAll('#messages li').length === 10);
  await provider.click('#older');
  await provider.waitForFunction(() => document.querySelectorAll('#messages li').length === 12);
  assert.equal(await provider.isDisabled('#older'), true);

  await provider.click('#leave');
  await logged(patient, '"room:userLeft"');
  await provider.click('#disconnect');
  await provider.waitForSelector('#state[data-state=offline]');
  await provider.click('#connect');
  await provider.waitForSelector('#state[data-state=online]');
  for (const page of [patient, provider, admin]) assert.deepEqual(page.wrong, []);
});
