import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** What a form may send that cannot be meant: each field that is wrong is named, and what is to be entered instead. */

let app: TestStrapi;

beforeAll(async () => {
  app = await startStrapi();
});

afterAll(async () => {
  await app.stop();
  removeFolder(app.folder);
});

/** The refused fields with what is said of each. */
async function refused(method: string, url: string, body: object): Promise<Record<string, string>> {
  const { status, body: answer } = await app.request(method, url, body);
  expect(status).toBe(400);
  return Object.fromEntries(
    answer.error.details.errors.map(({ path, message }: { path: string[]; message: string }) => [path.join('.'), message]),
  );
}

const mailbox = { name: 'Support', host: 'mail.example.com', username: 'me', password: 'secret' };
const server = { host: 'mail.example.com', fromAddress: 'desk@example.com' };

test.each(['', ' ', null, 'many', true, 1.5])('%j is no number that somebody has entered', async (value) => {
  const days = 'Enter a whole number from 0 to 36500.';
  expect(await refused('PUT', '/settings', { keepLogDays: value, satisfactionEveryDays: value })).toEqual({
    keepLogDays: days,
    satisfactionEveryDays: 'Enter a whole number from 0 to 3650.',
  });
  expect(await refused('POST', '/scanners', { ...mailbox, port: value })).toEqual({ port: 'Enter a whole number from 1 to 65535.' });
});

test('a number may be typed as text, and one that need not be there may be emptied', async () => {
  expect(await app.api('PUT', '/settings', { keepLogDays: ' 30 ' })).toMatchObject({ keepLogDays: 30 });
  expect(await app.api('PUT', '/outgoing-mail', { ...server, maxPerMinute: '' })).toMatchObject({ maxPerMinute: null });
});

test.each(['https://mail.example.com/', 'mail.example.com:993', 'me@example.com', 'my mail server'])('%s is no host', async (host) => {
  const alone = { host: expect.stringContaining('the server’s name alone') };
  expect(await refused('POST', '/scanners', { ...mailbox, host })).toEqual(alone);
  expect(await refused('PUT', '/outgoing-mail', { ...server, host })).toEqual(alone);
});

test.each(['::1', '10.0.0.7', 'почта.рф', 'localhost'])('%s is one', async (host) => {
  expect(await app.api('PUT', '/outgoing-mail', { ...server, host: ` ${host} ` })).toMatchObject({ host });
});

test('a text that is too long for any field is refused in a sentence', async () => {
  expect(await refused('POST', '/scanners', { ...mailbox, password: 'x'.repeat(1001) })).toEqual({ password: 'At most 1000 characters.' });
});

test('all that a provider lacks is named at once', async () => {
  expect(await refused('PUT', '/oauth-providers/microsoft', { clientId: '', tenant: 'no tenant' })).toEqual({
    clientId: expect.stringContaining('Enter the client id'),
    clientSecret: expect.stringContaining('Enter the secret'),
    tenant: expect.stringContaining('Enter the tenant’s id or domain'),
  });
});
