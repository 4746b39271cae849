import { expect, test } from 'vitest';
import { addScanner, eventually, mail } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import { loadStrapi, removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

const MESSAGE = 'plugin::mail-scanner.message';
const COUNT = 900;

const jobsOf = ({ strapi }: Pick<TestStrapi, 'strapi'>) =>
  (strapi.cron as unknown as { jobs: { name: string }[] }).jobs.map(({ name }) => name).filter((name) => name.startsWith('mail-scanner'));

test('a scan that somebody began ends after its batch when Strapi ends, and leaves the mailbox free for the next', async () => {
  const server = await startHoodiecrow();
  const first = await startStrapi({ env: { MAIL_SCANNER_LEASE_SECONDS: '30' } });
  let second: TestStrapi | undefined;
  try {
    const scanner = await addScanner(first, server);
    await server.appendAll(
      'INBOX',
      Array.from({ length: COUNT }, (_, number) => mail({ from: `customer${number}@many.test`, subject: `Request ${number}` })),
    );
    const running = first.strapi.plugin('mail-scanner').service('scanner').run(scanner.documentId);
    await eventually(async () => (await first.strapi.db.query(MESSAGE).count()) > 0);
    await first.stop();
    const { scanned, error } = await running;
    expect(error).toBeNull();
    expect(scanned).toBeGreaterThan(0);
    expect(scanned).toBeLessThan(COUNT);

    second = await startStrapi({ folder: first.folder, env: { MAIL_SCANNER_LEASE_SECONDS: '30' } });
    const { lastScanAt, running: isRunning } = await second.api('GET', `/scanners/${scanner.documentId}`);
    expect([lastScanAt, isRunning]).toEqual([null, false]);
    const rest = await second.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(rest).toMatchObject({ scanned: COUNT - scanned, byOutcome: { processed: COUNT - scanned }, error: null });
    expect(await second.strapi.db.query('plugin::mail-scanner.ticket').count()).toBe(COUNT);
  } finally {
    await second?.stop();
    await server.stop();
    removeFolder(first.folder);
  }
});

test('a command that loads Strapi without serving it runs nothing by itself, and a server that listens does', async () => {
  const env = { MAIL_SCANNER_SCHEDULE: 'true' };
  const command = await loadStrapi({ env });
  expect(jobsOf(command)).toEqual([]);
  await command.stop();
  const served = await startStrapi({ folder: command.folder, env });
  expect(jobsOf(served)).toEqual(expect.arrayContaining(['mail-scanner:scan', 'mail-scanner:listen', 'mail-scanner:deliver']));
  await served.stop();
  expect(jobsOf(served)).toEqual([]);
  removeFolder(command.folder);
});
