/**
 * `npm run demo`, and in a second terminal `node scripts/screenshots.mjs`: the pictures of the README, taken with Chromium. Nothing is
 * saved in the demo. PORT says where it runs.
 */
import path from 'node:path';
import { chromium } from 'playwright-core';
import { browserPath, openWindow } from './browser.mjs';
import { root } from './prepare.mjs';

const BASE = `http://127.0.0.1:${process.env.PORT ?? 1337}`;
const LOGIN = { email: 'admin@demo.example', password: 'Demo-Passw0rd' };
const HELPDESK = 'plugins/mail-scanner';
const ANSWER = 'Hello,\nthank you for telling us. It works again since this morning; please log in once more.';

/** Each with the size of the window, and what somebody does before it is taken. */
const PICTURES = [
  {
    name: 'ticket',
    place: `${HELPDESK}?view=open&priority=Urgent`,
    width: 1280,
    height: 900,
    async prepare(page) {
      await page.locator('[data-ticket-link]').first().click();
      const editor = page.locator('.tiptap');
      await editor.click();
      await page.keyboard.type(ANSWER);
    },
  },
  { name: 'tickets', place: HELPDESK, width: 1280, height: 900 },
  { name: 'reports', place: `${HELPDESK}-reports`, width: 1280, height: 900 },
  {
    name: 'rule-editor',
    place: 'settings/mail-scanner/scanners',
    width: 1280,
    height: 1300,
    async prepare(page) {
      await page.getByRole('link', { name: /rules/i }).first().click();
      await page.getByRole('link', { name: 'Newsletters' }).first().click();
      await page.getByText('What this rule does').waitFor();
    },
  },
  { name: 'phone-dark', place: HELPDESK, width: 390, height: 844, theme: 'dark', locale: 'de' },
];

const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu'] });
const token = await logIn();
const wanted = process.argv.slice(2);
for (const picture of PICTURES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  await take(picture);
  console.log(picture.name);
}
await browser.close();

async function logIn() {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${BASE}/admin/login`, { method: 'POST', headers, body: JSON.stringify(LOGIN) }).catch(() => null);
  if (!answer?.ok) throw new Error(`No demo answers at ${BASE}: start it by "npm run demo".`);
  const { data } = await answer.json();
  return data.token ?? data.accessToken;
}

async function take({ name, place, prepare, ...look }) {
  const context = await openWindow(browser, token, look);
  const page = await context.newPage();
  await page.goto(`${BASE}/admin/${place}`);
  await page.locator('main h1').first().waitFor();
  await prepare?.(page);
  await page.waitForLoadState('networkidle');
  await page.mouse.move(0, 0);
  // What fades in is pale on the way.
  await page.waitForTimeout(1000);
  await page.screenshot({ path: path.join(root, 'docs/screenshots', `${name}.png`) });
  await context.close();
}
