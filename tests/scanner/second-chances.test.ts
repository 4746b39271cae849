import { z } from '@strapi/utils';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { nextChance } from '../../server/services/scanner/next-chance';
import { addScanner, CREATE_TICKET, mail } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** An email that failed because something was away comes in by itself once that is back. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let app: TestStrapi;
let server: TestMailServer;
let scanner: { documentId: string };
/** A service that a custom action of the site asks. */
const service = { isAway: true, asked: [] as { attempts: number; retryAt: Date | null }[] };

beforeAll(async () => {
  server = await startHoodiecrow();
  app = await startStrapi({ env: { MAIL_SCANNER_SCHEDULE: 'true' } });
  app.strapi
    .plugin('mail-scanner')
    .service('actions')
    .register({
      type: 'askService',
      label: 'Ask the service',
      config: z.object({}),
      describe: () => 'ask the service',
      async run() {
        const row = await rows().findOne({ where: { outcome: 'failed' } });
        if (row) service.asked.push({ attempts: row.attempts, retryAt: row.retryAt && new Date(row.retryAt) });
        if (service.isAway) throw new Error('the service is away');
        return [];
      },
    });
  // Scanned when it is switched on, and then only when it is told to.
  const rules = [{ actions: [...CREATE_TICKET, { type: 'askService', config: {} }] }];
  scanner = await addScanner(app, server, rules, { listen: false, scanEvery: 1440 });
  await switchScanner(true);
});

afterAll(async () => {
  await app.stop();
  await server.stop();
  removeFolder(app.folder);
});

async function switchScanner(active: boolean): Promise<void> {
  await app.api('PUT', `/scanners/${scanner.documentId}`, { active });
  await vi.waitFor(async () => {
    const { lastScanAt, running } = await app.api('GET', `/scanners/${scanner.documentId}`);
    expect(lastScanAt !== null && !running).toBe(true);
  });
}

const rows = () => app.strapi.db.query('plugin::mail-scanner.message');
const theRow = async () => (await rows().findOne({ where: { subject: 'Order' } }))!;
const change = (data: object) => rows().updateMany({ where: { subject: 'Order' }, data: data as never });

/** What the cron does every five minutes. */
async function beat(): Promise<void> {
  const { jobs } = app.strapi.cron as unknown as { jobs: { name: string; job: { trigger(): Promise<void> } }[] };
  await jobs.find(({ name }) => name === 'mail-scanner:retry')!.job.trigger();
}

const near = (date: Date, expected: number) => Math.abs(new Date(date).getTime() - expected) < 60_000;

test('a chance comes an hour and a day after the message, and then no more', () => {
  const came = new Date('2026-03-01T08:00:00Z');
  const next = (hours: number) => nextChance(came, new Date(came.getTime() + hours * HOUR_MS))?.toISOString() ?? null;
  expect([0, 0.9, 1, 23, 24, 100].map(next)).toEqual([
    '2026-03-01T09:00:00.000Z',
    '2026-03-01T09:00:00.000Z',
    '2026-03-02T08:00:00.000Z',
    '2026-03-02T08:00:00.000Z',
    null,
    null,
  ]);
});

test('a failed message is left alone until its hour has passed', async () => {
  await server.append('INBOX', mail({ subject: 'Order' }));
  await app.api('POST', `/scanners/${scanner.documentId}/run`);
  expect(await theRow()).toMatchObject({ outcome: 'failed', attempts: 1 });
  const { createdAt, retryAt, documentId } = await theRow();
  expect(near(retryAt, new Date(createdAt).getTime() + HOUR_MS)).toBe(true);
  expect(await app.api('GET', `/messages/${documentId}`)).toMatchObject({ retryAt: expect.any(String) });
  await beat();
  expect(await theRow()).toMatchObject({ outcome: 'failed', attempts: 1 });
});

test('its attempt is written before the message is touched, so that a process it kills does not try for ever', async () => {
  await change({ createdAt: new Date(Date.now() - HOUR_MS), retryAt: new Date(Date.now() - 1000) });
  service.asked.length = 0;
  await beat();
  expect(service.asked).toHaveLength(1);
  expect(service.asked[0].attempts).toBe(2);
  expect(near(service.asked[0].retryAt!, Date.now() + DAY_MS - HOUR_MS)).toBe(true);
  const row = await theRow();
  expect(row).toMatchObject({ outcome: 'failed', attempts: 2 });
  expect(near(row.retryAt, Date.now() + DAY_MS - HOUR_MS)).toBe(true);
});

test('a scanner that was switched off tries nothing', async () => {
  await change({ retryAt: new Date(Date.now() - 1000) });
  await switchScanner(false);
  await beat();
  expect(await theRow()).toMatchObject({ outcome: 'failed', attempts: 2 });
  await switchScanner(true);
});

test('after its last chance it waits for a person', async () => {
  await change({ createdAt: new Date(Date.now() - DAY_MS), retryAt: new Date(Date.now() - 1000) });
  await beat();
  expect(await theRow()).toMatchObject({ outcome: 'failed', attempts: 3, retryAt: null });
  await beat();
  expect(await theRow()).toMatchObject({ outcome: 'failed', attempts: 3 });
});

test('once the service is back, the email becomes its ticket, once', async () => {
  await change({ createdAt: new Date(Date.now() - HOUR_MS), retryAt: new Date(Date.now() - 1000) });
  service.isAway = false;
  await Promise.all([beat(), beat()]);
  expect(await theRow()).toMatchObject({ outcome: 'processed', attempts: 4, retryAt: null });
  expect(await app.api('GET', '/tickets?search=Order')).toHaveLength(1);
  expect((await server.messages('INBOX'))[0].flags).toContain('\\Seen');
});

test('a message whose source is kept is tried again while its mailbox is away, and the mailbox is told of it later', async () => {
  service.isAway = true;
  await switchScanner(true);
  await app.api('POST', `/scanners/${scanner.documentId}/rules`, {
    name: 'Move',
    actions: [...CREATE_TICKET, { type: 'askService', config: {} }, { type: 'moveToFolder', config: { folder: 'Done' } }],
  });
  for (const rule of await app.api('GET', `/scanners/${scanner.documentId}/rules`))
    if (rule.name !== 'Move') await app.api('DELETE', `/rules/${rule.documentId}`);
  await server.append('INBOX', mail({ subject: 'Kept' }));
  await app.api('POST', `/scanners/${scanner.documentId}/run`);
  const kept = () => rows().findOne({ where: { subject: 'Kept' }, populate: { ticket: true } });
  expect(await kept()).toMatchObject({ outcome: 'failed', sourceKey: expect.any(String) });
  service.isAway = false;
  const { port } = server.settings();
  const move = (to: number) => app.strapi.db.query('plugin::mail-scanner.scanner').updateMany({ data: { port: to } });
  // Nobody listens there.
  await move(1);
  try {
    const result = await app.api('POST', '/messages/retry', { documentIds: [(await kept())!.documentId] });
    expect(result).toMatchObject({ tried: 1, succeeded: 1 });
    expect(await kept()).toMatchObject({ outcome: 'processed', effectsOpen: true, ticket: { title: 'Kept' } });
  } finally {
    await move(port);
  }
  await app.api('POST', `/scanners/${scanner.documentId}/run`);
  expect(await kept()).toMatchObject({ outcome: 'processed', effectsOpen: false });
});
