import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasDovecot, startDovecot } from '../support/dovecot';
import { addScanner, eventually, mail } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

const servers: [string, boolean, () => Promise<TestMailServer>][] = [
  ['hoodiecrow', true, startHoodiecrow],
  ['Dovecot', hasDovecot(), startDovecot],
];

describe.each(servers)('an active scanner listens (%s)', (name, isThere, start) => {
  if (!isThere) return test.skip(`${name} is not installed`, () => {});
  let app: TestStrapi;
  let server: TestMailServer;
  let scanner: { documentId: string };

  beforeAll(async () => {
    server = await start();
    app = await startStrapi({ env: { MAIL_SCANNER_SCHEDULE: 'true' } });
    // Once a day: whatever comes sooner comes by listening.
    scanner = await addScanner(app, server, [{}], { scanEvery: 1440 });
    await app.api('PUT', `/scanners/${scanner.documentId}`, { active: true });
    // The first scan, and the listener, begin with the next beat of the schedule.
    await eventually(async () => (await app.api('GET', `/scanners/${scanner.documentId}`)).lastScanAt, 30_000);
    await eventually(() => app.strapi.db.connection('mail_scanner_leases').where('name', 'like', 'listen:%').first(), 30_000);
  });

  afterAll(async () => {
    await app?.stop();
    await server?.stop();
    if (app) removeFolder(app.folder);
  });

  const ticketOf = (subject: string) =>
    eventually(async () => (await app.api('GET', `/tickets?search=${encodeURIComponent(subject)}`))[0], 5_000);

  test('a message becomes a ticket soon after its arrival, long before the interval', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const started = Date.now();
    await server.append('INBOX', mail({ subject: 'Soon' }));
    await ticketOf('Soon');
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  test('messages that come at once all become tickets', async () => {
    const subjects = Array.from({ length: 8 }, (_, index) => `Burst ${index}`);
    for (const subject of subjects) await server.append('INBOX', mail({ subject }));
    for (const subject of subjects) await ticketOf(subject);
  });

  test('a scanner that is switched off listens no more', async () => {
    await app.api('PUT', `/scanners/${scanner.documentId}`, { active: false });
    await eventually(
      async () => !(await app.strapi.db.connection('mail_scanner_leases').where('name', 'like', 'listen:%').first()),
      30_000,
    );
    await server.append('INBOX', mail({ subject: 'Unheard' }));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await app.api('GET', '/tickets?search=Unheard')).toEqual([]);
  });
});
