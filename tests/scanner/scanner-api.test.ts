import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSite, type Site } from '../support/desk';
import { addScanner, mail } from '../support/helpdesk';
import type { TestMailServer } from '../support/mail-server';
import type { TestStrapi } from '../support/strapi';

let site: Site;
let app: TestStrapi;
let server: TestMailServer;

beforeAll(async () => {
  site = await startSite();
  ({ app, server } = site);
});

afterAll(() => site?.stop());

const count = (uid: string) => app.strapi.db.query(`plugin::mail-scanner.${uid}` as never).count();

test('a new scanner is inactive, and its password is written, never read', async () => {
  const { documentId } = await addScanner(app, server);
  const scanner = await app.api('GET', `/scanners/${documentId}`);
  expect(scanner).toMatchObject({ active: false, hasPassword: true, scanType: 'unread', validateCertificate: true });
  expect(JSON.stringify(await app.api('GET', '/scanners'))).not.toContain('secret');
});

test('without a password the saved one stays', async () => {
  const [{ documentId }] = await app.api('GET', '/scanners');
  await app.api('PUT', `/scanners/${documentId}`, { name: 'Renamed' });
  expect(await app.api('POST', `/scanners/${documentId}/test`)).toMatchObject({ ok: true });
});

test('a saved password goes to no other server', async () => {
  const [{ documentId }] = await app.api('GET', '/scanners');
  for (const [method, url] of [
    ['PUT', `/scanners/${documentId}`],
    ['POST', `/scanners/${documentId}/test`],
  ]) {
    const { status, body } = await app.request(method, url, { host: 'localhost' });
    expect(status).toBe(400);
    expect(body.error.details.errors[0].path).toEqual(['password']);
  }
  const outgoing = {
    host: 'one.example',
    port: 25,
    encryption: 'none',
    validateCertificate: true,
    fromAddress: 'a@example.com',
    fromName: '',
    username: 'a',
    password: 'secret',
  };
  await app.api('PUT', '/outgoing-mail', outgoing);
  expect((await app.request('PUT', '/outgoing-mail', { host: 'two.example' })).status).toBe(400);
  expect((await app.api('GET', '/outgoing-mail')).host).toBe('one.example');
  await app.api('PUT', '/outgoing-mail', { username: '' });
});

test('what is missing is said beside its field', async () => {
  const { status, body } = await app.request('POST', '/scanners', { name: '', port: 99999 });
  expect(status).toBe(400);
  const paths = body.error.details.errors.map(({ path }: { path: string[] }) => path.join('.'));
  expect(paths).toEqual(expect.arrayContaining(['name', 'host', 'port']));
});

test('deleting a scanner takes its rules, log and password along and leaves the tickets', async () => {
  const [{ documentId }] = await app.api('GET', '/scanners');
  await server.append('INBOX', mail());
  await app.api('POST', `/scanners/${documentId}/run`);
  expect(await Promise.all(['rule', 'message', 'folder-state', 'ticket'].map(count))).toEqual([1, 1, 1, 1]);
  await app.api('DELETE', `/scanners/${documentId}`);
  expect(await Promise.all(['rule', 'message', 'folder-state', 'ticket'].map(count))).toEqual([0, 0, 0, 1]);
  expect(await app.strapi.db.connection('mail_scanner_secrets')).toEqual([]);
});

test('a second scan at the same time is refused', async () => {
  const { documentId } = await addScanner(app, server);
  await server.appendAll(
    'INBOX',
    Array.from({ length: 200 }, () => mail()),
  );
  const answers = await Promise.all([1, 2].map(() => app.request('POST', `/scanners/${documentId}/run`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)!.body.error.message).toContain('being scanned');
});
