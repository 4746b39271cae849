import { afterAll, beforeAll, expect, test } from 'vitest';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** What becomes of saved passwords with Strapi's encryption key. One site, started again with another key each time. */

let app: TestStrapi;
let server: TestMailServer;
let sink: SmtpSink;
let scanner: { documentId: string };

const SECRETS = ['scanner', 'outgoing-mail'];

beforeAll(async () => {
  server = await startHoodiecrow();
  sink = await startSmtpSink({ auth: ({ user, secret }) => user === 'support@example.com' && secret === 'smtp-secret' });
  app = await startStrapi({ env: { ENCRYPTION_KEY: 'the first key' } });
  scanner = await addScanner(app, server);
  await setUpOutgoing(app, sink, { username: 'support@example.com', password: 'smtp-secret' });
});

afterAll(async () => {
  await app?.stop();
  await sink?.stop();
  await server?.stop();
  if (app) removeFolder(app.folder);
});

async function startedWith(key: string, previous = ''): Promise<void> {
  await app.stop();
  app = await startStrapi({ folder: app.folder, env: { ENCRYPTION_KEY: key, MAIL_SCANNER_PREVIOUS_ENCRYPTION_KEYS: previous } });
}

const run = () => app.api('POST', `/scanners/${scanner.documentId}/run`);
const testEmail = () => app.api('POST', '/outgoing-mail/test', { to: 'somebody@example.com' });

test('with the key, both are used', async () => {
  await server.append('INBOX', mail());
  expect(await run()).toMatchObject({ scanned: 1, error: null });
  expect(await testEmail()).toMatchObject({ ok: true });
});

test.each([
  ['a changed key', 'the second key'],
  ['a missing key', ''],
])('with %s, whatever needs a password says so, and nothing saved is lost', async (_, key) => {
  await startedWith(key);
  expect(await run()).toMatchObject({
    scanned: 0,
    error: { code: 'secretUnreadable', message: expect.stringContaining('encryption key') },
  });
  expect(await app.api('POST', `/scanners/${scanner.documentId}/test`)).toMatchObject({ ok: false, code: 'secretUnreadable' });
  expect((await app.api('GET', '/scanners'))[0]).toMatchObject({ lastError: expect.stringContaining('encryption key') });
  expect(await testEmail()).toMatchObject({ ok: false, message: expect.stringContaining('encryption key') });
  // An answer waits until it can be sent.
  const [{ documentId }] = await app.api('GET', '/tickets');
  await app.api('POST', `/tickets/${documentId}/comments`, { text: 'We look into it.', isPublic: true });
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  const deliveries: any[] = await app.api('GET', '/deliveries');
  expect(deliveries.map(({ state }) => state)).not.toContain('failed');
  expect(deliveries[0].lastError).toContain('encryption key');
});

test('without a key no password is saved, rather than in the clear', async () => {
  const answer = await app.request('PUT', `/scanners/${scanner.documentId}`, { password: 'new-secret' });
  expect(answer.status).toBe(400);
  expect(answer.body.error.message).toContain('admin.secrets.encryptionKey');
});

test('with a new key and the previous one named, everything is encrypted again at the start, and the previous is not needed again', async () => {
  await startedWith('the third key', 'a key before,the first key');
  expect(await run()).toMatchObject({ error: null });
  await startedWith('the third key');
  expect(await run()).toMatchObject({ error: null });
  expect(await testEmail()).toMatchObject({ ok: true });
  await app.strapi.db.query('plugin::mail-scanner.delivery').updateMany({ data: { nextAttemptAt: new Date(0) } });
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  expect((await app.api('GET', '/deliveries')).map(({ state }: any) => state)).toEqual(['sent', 'sent']);
});

test('with the first key again, the saved passwords are of the third', async () => {
  await startedWith('the first key');
  expect(await run()).toMatchObject({ error: { code: 'secretUnreadable' } });
  expect(SECRETS).toHaveLength(
    await app.strapi.db
      .connection('mail_scanner_secrets')
      .count({ count: '*' })
      .then(([{ count }]: any) => count),
  );
});
