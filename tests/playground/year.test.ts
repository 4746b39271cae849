import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillYear } from '../../playground/src/year';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** The year of a small support team that the demo begins with. */

const ADMINISTRATOR = { email: 'admin@demo.example', password: 'Demo-Passw0rd', firstname: 'Demo', lastname: 'Admin' };

let app: TestStrapi;

beforeAll(async () => {
  app = await startStrapi();
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

test('a new helpdesk is filled once, nothing is sent, and nobody is told', async () => {
  expect(await fillYear(app.strapi, ADMINISTRATOR, 30)).toBe(30);
  expect(await fillYear(app.strapi, ADMINISTRATOR, 30)).toBe(0);
  expect(await app.strapi.db.query('plugin::mail-scanner.delivery').count()).toBe(0);
  expect(await app.api('GET', '/notices')).toEqual([]);
  const tickets = await app.api('GET', '/tickets?view=all&pageSize=100');
  expect(tickets).toHaveLength(30);
  const [newest, oldest] = [tickets.at(0), tickets.at(-1)].map(({ lastActivityAt }: any) => Date.parse(lastActivityAt));
  expect(newest - oldest).toBeGreaterThan(100 * 24 * 3_600_000);
});

test('its agents sign in and see the tickets and the reports', async () => {
  const login = await app.request('POST', '/admin/login', { email: 'ada@demo.example', password: ADMINISTRATOR.password }, null);
  const token = login.body.data.token ?? login.body.data.accessToken;
  const list = await app.request('GET', '/tickets?view=closed', undefined, token);
  expect(list.body.data.length).toBeGreaterThan(5);
  expect(list.body.data[0].conversation.lastMessage.excerpt).not.toBe('');
  expect((await app.request('GET', '/reports?since=2026-01-01&until=2026-02-01', undefined, token)).status).toBe(200);
});
