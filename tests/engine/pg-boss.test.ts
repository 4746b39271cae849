import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runStatement } from '../../server/services/engine/pg-boss-database';
import { addScanner, eventually, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import { freePort, type TestMailServer } from '../support/mail-server';
import { hasPostgres, startPostgres, type Postgres } from '../support/postgres';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

describe('the engine pg-boss', () => {
  if (!hasPostgres()) return test.skip('PostgreSQL is not installed', () => {});
  let postgres: Postgres;
  let app: TestStrapi;
  let server: TestMailServer;
  let sink: SmtpSink;
  let scanner: { documentId: string };

  beforeAll(async () => {
    postgres = await startPostgres({ durable: false });
    server = await startHoodiecrow();
    sink = await startSmtpSink();
    app = await startStrapi({ env: { ...postgres.env, MAIL_SCANNER_ENGINE: 'pg-boss', MAIL_SCANNER_SCHEDULE: 'true' } });
    await setUpOutgoing(app, sink);
    scanner = await addScanner(app, server, undefined, { listen: false, scanEvery: 1 });
  });

  afterAll(async () => {
    await app?.stop();
    await sink?.stop();
    await server?.stop();
    postgres?.stop();
    if (app) removeFolder(app.folder);
  });

  const sql = async (statement: string): Promise<any[]> => (await app.strapi.db.connection.raw(statement)).rows;
  const jobs = (queue: string) =>
    sql(`select * from mail_scanner_jobs.job where name = '${queue}' and state < 'completed' order by created_on`);
  const deadLetters = () => app.api<any[]>('GET', '/dead-letters');
  const titles = async () => (await app.api<any[]>('GET', '/tickets?pageSize=100')).map(({ title }) => title);
  /** As if its interval had passed. A scan that ends later would say that it has just been. */
  const makeDue = async () => {
    await eventually(async () => (await jobs('scans')).length === 0);
    await app.strapi.db.query('plugin::mail-scanner.scanner').updateMany({ data: { lastScanAt: new Date(0) } });
  };
  const activate = (changes: object) => app.api('PUT', `/scanners/${scanner.documentId}`, { active: true, ...changes });

  test('an activated scanner is scanned by a job, and an answer leaves by one', async () => {
    await server.append('INBOX', mail({ subject: 'By a job' }));
    await activate({ unread: 'take' });
    await eventually(async () => (await titles()).includes('By a job'));
    // The ticket is there a moment before its job is done.
    await expect
      .poll(() => sql(`select state, output from mail_scanner_jobs.job where name = 'scans'`), { timeout: 10_000 })
      .toEqual([{ state: 'completed', output: null }]);
    const [ticket] = await app.api('GET', '/tickets');
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'By a job, too.', isPublic: true });
    expect((await sink.received(1))[0].parsed.text).toContain('By a job, too.');
    await eventually(
      async () => (await sql(`select id from mail_scanner_jobs.job where name = 'deliveries' and state = 'completed'`)).length > 0,
    );
  });

  test('of a mailbox there is one job at a time, however often it is asked for', async () => {
    await makeDue();
    await Promise.all(Array.from({ length: 20 }, () => activate({})));
    expect((await jobs('scans')).length).toBeLessThanOrEqual(1);
    await eventually(async () => (await jobs('scans')).length === 0);
  });

  test('a queue without jobs, and one without tables, is filled again from the database', async () => {
    await server.append('INBOX', mail({ subject: 'After a wipe' }));
    await makeDue();
    await sql('truncate mail_scanner_jobs.job');
    await activate({});
    await eventually(async () => (await titles()).includes('After a wipe'));

    await server.append('INBOX', mail({ subject: 'After a loss' }));
    await makeDue();
    // The queue's own statements may lock tables in another order.
    const drop = () => sql('drop schema mail_scanner_jobs cascade');
    await drop().catch(drop);
    const [ticket] = await app.api('GET', '/tickets');
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'The queue is gone.', isPublic: true });
    await activate({});
    await eventually(async () => (await titles()).includes('After a loss'));
    expect((await sink.received(2, 30_000))[1].parsed.text).toContain('The queue is gone.');
  });

  test('a transaction of the queue that fails leaves none of Strapi’s connections in it', async () => {
    for (let failures = 0; failures < 30; failures += 1)
      await expect(runStatement(app.strapi, 'begin; select 1 / 0; commit', [])).rejects.toThrow('division by zero');
    const answers = await Promise.all(Array.from({ length: 30 }, () => sql('select 1 as one')));
    expect(answers.flat()).toEqual(Array.from({ length: 30 }, () => ({ one: 1 })));
  });

  test('a mailbox that cannot be reached is tried again, later each time; then it is a dead letter, until it works', async () => {
    await makeDue();
    await activate({ port: await freePort() });
    const [job] = await eventually(async () => ((await jobs('scans'))[0]?.state === 'retry' ? jobs('scans') : null), 20_000);
    expect(new Date(job.start_after).getTime()).toBeGreaterThan(Date.now() + 2000);
    expect(await deadLetters()).toEqual([]);

    await sql(`update mail_scanner_jobs.job set retry_limit = 1, start_after = now() where name = 'scans' and state = 'retry'`);
    const [letter] = await eventually(async () => ((await deadLetters()).length > 0 ? deadLetters() : null), 20_000);
    expect(letter).toMatchObject({ work: 'scan', scanner: { documentId: scanner.documentId, name: 'Support' }, attempts: 2 });
    expect(letter.reason).toContain('nothing answers on port');

    await server.append('INBOX', mail({ subject: 'It works again' }));
    await app.strapi.db.query('plugin::mail-scanner.scanner').updateMany({ data: { port: server.settings().port } });
    expect(await app.api('POST', `/dead-letters/${letter.id}/retry`)).toEqual({ id: letter.id });
    await eventually(async () => (await titles()).includes('It works again'));
    expect(await deadLetters()).toEqual([]);
    expect((await app.request('POST', `/dead-letters/${letter.id}/retry`)).status).toBe(404);
  });

  test('a wrong password is not tried again and again', async () => {
    await makeDue();
    await activate({ password: 'wrong' });
    const [letter] = await eventually(async () => ((await deadLetters()).length > 0 ? deadLetters() : null), 20_000);
    expect(letter).toMatchObject({ attempts: 1, reason: expect.stringContaining('password') });
    expect(await jobs('scans')).toEqual([]);
    await makeDue();
    await activate({ password: 'secret' });
    await eventually(async () => (await deadLetters()).length === 0);
    await eventually(async () => (await jobs('scans')).length === 0);
  });

  test('the job of a process that is gone goes to another within a minute', async () => {
    await app.api('PUT', `/scanners/${scanner.documentId}`, { active: false });
    // As a process leaves it that took the job from the queue and was killed.
    const [job] = await sql(`
      insert into mail_scanner_jobs.job (name, data, singleton_key, state, started_on, heartbeat_on, heartbeat_seconds, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max, expire_seconds, dead_letter)
      select name, '{"scanner":"${scanner.documentId}"}', '${scanner.documentId}', 'active', now(), now(), heartbeat_seconds, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max, expire_seconds, dead_letter
      from mail_scanner_jobs.queue where name = 'scans' returning id`);
    await app.strapi.db.query('plugin::mail-scanner.scanner').updateMany({ data: { active: true, lastScanAt: new Date() } });
    await server.append('INBOX', mail({ subject: 'Taken over' }));
    const taken = Date.now();
    await eventually(async () => (await titles()).includes('Taken over'), 60_000);
    expect(Date.now() - taken).toBeGreaterThan(5000);
    expect((await sql(`select retry_count from mail_scanner_jobs.job where id = '${job.id}'`))[0].retry_count).toBe(1);
  }, 90_000);
});
