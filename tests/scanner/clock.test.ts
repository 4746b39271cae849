import { afterAll, beforeAll, expect, test } from 'vitest';
import { acquireLease } from '../../server/services/storage/lease';
import { addScanner, eventually, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** After the clock went back, or on PostgreSQL and MySQL the time zone changed: what was written before lies in the future. */

const HOURS_MS = 3 * 3_600_000;
const inHours = () => new Date(Date.now() + HOURS_MS);

const desk = {} as { app: TestStrapi; server: TestMailServer; sink: SmtpSink };

beforeAll(async () => {
  desk.server = await startHoodiecrow();
  desk.sink = await startSmtpSink();
  desk.app = await startStrapi({ env: { MAIL_SCANNER_SCHEDULE: 'true' } });
  await setUpOutgoing(desk.app, desk.sink);
  await addScanner(desk.app, desk.server);
});

afterAll(async () => {
  await desk.app?.stop();
  await desk.sink?.stop();
  await desk.server?.stop();
  if (desk.app) removeFolder(desk.app.folder);
});

const query = (type: string) => desk.app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
/** As the process wrote it when its clock was ahead. */
const rewrite = (table: string, row: object, where: object) =>
  desk.app.strapi.db
    .getConnection(`mail_scanner_${table}`)
    .where(where)
    .update({ ...row, updated_at: inHours() });

/** What the cron does at each beat. */
async function beat(task: string): Promise<void> {
  const { jobs } = desk.app.strapi.cron as unknown as { jobs: { name: string; job: { trigger(): Promise<void> } }[] };
  await jobs.find(({ name }) => name === `mail-scanner:${task}`)!.job.trigger();
}

test('a scanner whose last scan lies in the future is scanned', async () => {
  await desk.server.append('INBOX', mail({ subject: 'After the change' }));
  await rewrite('scanners', { active: true, listen: false, last_scan_at: inHours(), activated_at: inHours() }, {});
  await beat('scan');
  await eventually(async () => (await query('ticket').count({ where: { title: 'After the change' } })) === 1, 20_000);
});

test('a lease that ends in the future is free, and one that somebody holds is not', async () => {
  const { strapi } = desk.app;
  await strapi.db.getConnection('mail_scanner_leases').insert({ name: 'old', owner: 'of before', until: Date.now() + HOURS_MS });
  const lease = await acquireLease(strapi, 'old');
  expect(lease).not.toBeNull();
  expect(await acquireLease(strapi, 'old')).toBeNull();
  await lease!.release();
});

test('an email whose next attempt, or whose time to be taken back, lies in the future leaves', async () => {
  const ticket = await query('ticket').findOne({ where: { title: 'After the change' } });
  for (const attempts of [0, 1]) {
    desk.sink.mails.length = 0;
    desk.sink.failWith(() => ({ at: 'from', code: 451 }));
    await desk.app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: `Answer ${attempts}`, isPublic: true });
    await eventually(async () => (await query('delivery').count({ where: { state: 'queued', attempts: 1 } })) === 1);
    desk.sink.failWith(undefined);
    await rewrite('deliveries', { next_attempt_at: inHours(), queued_at: inHours(), attempts }, { state: 'queued' });
    await beat('deliver');
    await eventually(() => desk.sink.mails.length === 1);
  }
});

test('emails that left in the future do not use up the limit of the minute', async () => {
  const ticket = await query('ticket').findOne({ where: { title: 'After the change' } });
  await desk.app.api('PUT', '/outgoing-mail', { ...(await desk.app.api('GET', '/outgoing-mail')), maxPerMinute: 1 });
  await rewrite('deliveries', { sent_at: inHours() }, { state: 'sent' });
  desk.sink.mails.length = 0;
  await desk.app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Within the limit', isPublic: true });
  await eventually(() => desk.sink.mails.length === 1);
});

test('a failed message whose next chance lies in the future gets it', async () => {
  await desk.app.strapi.db.getConnection('mail_scanner_messages').update({ outcome: 'failed', retry_at: inHours(), updated_at: inHours() });
  await beat('retry');
  await eventually(async () => (await query('message').count({ where: { outcome: 'failed', attempts: 1 } })) === 0, 20_000);
});
