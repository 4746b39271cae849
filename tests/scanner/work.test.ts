import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetOldWork } from '../../server/services/storage/work';
import { startDesk, type Desk } from '../support/desk';
import { eventually, mail } from '../support/helpdesk';
import { openHeldLine, type HeldLine } from '../support/held-line';

/** Scans that take their time: how far they are, and how they are stopped. */

const { ActionError, registerStep } = createRequire(__filename)('strapi-plugin-mail-scanner') as typeof import('../../server/extend');

let { app, server, scanner, stop } = {} as Desk;
let line: HeldLine;
/** What was written to the table of work. */
const written: string[] = [];

beforeAll(async () => {
  ({ app, server, scanner, stop } = await startDesk());
  line = await openHeldLine(server.settings().port);
  await app.api('PUT', `/scanners/${scanner.documentId}`, { port: line.port });
  const decide = ({ message }: { message: { subject: string } }) => {
    if (message.subject === 'Refused') throw new ActionError('The site does not take this.');
    return null;
  };
  registerStep(app.strapi, { name: 'refusing', decide }, { before: 'rules' });
  app.strapi.db.connection.on('query', ({ sql }: { sql: string }) => {
    if (/^(insert into|update) .{0,20}mail_scanner_work\b/.test(sql)) written.push(sql);
  });
});

afterAll(async () => {
  await stop?.();
  line?.stop();
});

const arrive = (count: number, last = 'The last one') =>
  server.appendAll(
    'INBOX',
    Array.from({ length: count }, (_, number) =>
      mail({ from: `customer${number}@mill.test`, subject: number === count - 1 ? last : `Order ${number}` }),
    ),
  );
const workOf = (id: string) => app.api('GET', `/work/${id}`);
const count = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never).count();
const url = () => `/scanners/${scanner.documentId}`;

test('a run that nobody waits for answers at once; its work tells how far it is and what became of it', async () => {
  await arrive(300, 'Refused');
  line.holdAfter(100);
  const began = Date.now();
  const { status, body } = await app.request('POST', `${url()}/run`, { wait: false });
  expect([status, Date.now() - began < 2_000]).toEqual([202, true]);
  expect(body.data).toMatchObject({
    kind: 'scan',
    state: 'running',
    scanner: { documentId: scanner.documentId, name: 'Support' },
    endedAt: null,
  });
  expect(body.data.startedBy).toEqual(expect.any(Number));

  const { id } = body.data;
  const seen = await eventually(async () => (await app.api('GET', '/work')).find((work: any) => work.id === id && work.done > 0));
  expect(seen).toMatchObject({ state: 'running', total: 300, folder: null, byOutcome: { processed: seen.done } });
  expect(seen.done).toBeLessThan(300);
  expect((await workOf(id)).result).toBeNull();
  expect((await app.request('POST', `${url()}/run`, { wait: false })).status).toBe(409);

  line.release();
  const ended = await eventually(async () => (await workOf(id)).endedAt && workOf(id), 20_000);
  expect(ended).toMatchObject({ state: 'done', done: 300, total: 300, byOutcome: { processed: 299, failed: 1 } });
  expect(ended.result).toMatchObject({
    scanned: 300,
    failed: [{ subject: 'Refused', from: 'customer299@mill.test', reason: 'The site does not take this.' }],
    error: null,
  });
  // One when it began, one at its end, and one in two seconds between.
  expect(written.length).toBeLessThanOrEqual(3 + Math.ceil((Date.now() - began) / 2_000));
}, 60_000);

test('a scan that began by itself is stopped between its batches, and the next one goes on from there', async () => {
  await arrive(500);
  line.holdAfter(100);
  const before = await count('message');
  const tickets = await count('ticket');
  const running = app.strapi.plugin('mail-scanner').service('scanner').run(scanner.documentId);
  const seen = await eventually(async () =>
    (await app.api('GET', '/work')).find(({ state, done }: any) => state === 'running' && done > 0),
  );
  expect(seen).toMatchObject({ startedBy: null, total: 500 });
  expect(await app.api('POST', `/work/${seen.id}/stop`)).toMatchObject({ id: seen.id, state: 'stopping' });
  await eventually(async () => {
    const [row] = await app.strapi.db.connection('mail_scanner_work').where({ id: seen.id });
    return Number(row.beat_at) > Number(row.stop_asked_at);
  });
  line.release();

  const { scanned, error } = await running;
  expect(error).toBeNull();
  expect(scanned).toBeGreaterThan(0);
  expect(scanned).toBeLessThan(500);
  expect(await workOf(seen.id)).toMatchObject({ state: 'stopped', done: scanned, total: 500, result: { scanned, error: null } });
  expect([await count('message'), await count('ticket')]).toEqual([before + scanned, tickets + scanned]);
  // Nobody is alarmed, and the scanner is due in its time.
  const { lastScanAt, lastError, failingSince, running: isRunning } = await app.api('GET', url());
  expect([Date.now() - Date.parse(lastScanAt) < 60_000, lastError, failingSince, isRunning]).toEqual([true, null, null, false]);
  expect(await app.api('POST', `/work/${seen.id}/stop`)).toMatchObject({ state: 'stopped' });

  expect(await app.api('POST', `${url()}/run`)).toMatchObject({ scanned: 500 - scanned, byOutcome: { processed: 500 - scanned } });
  expect([await count('message'), await count('ticket')]).toEqual([before + 500, tickets + 500]);
}, 60_000);

test('a scan that is over in a moment writes nothing about itself', async () => {
  await arrive(20);
  written.length = 0;
  expect(await app.api('POST', `${url()}/run`)).toMatchObject({ scanned: 20 });
  expect(written).toEqual([]);
});

test('work whose process is gone is told as interrupted, and a day later no more', async () => {
  const row = (id: string, beatAt: number) => ({
    ...{ id, kind: 'scan', subject: scanner.documentId, subject_name: 'Support', started_at: beatAt, beat_at: beatAt, done: 7, total: 9 },
    details: JSON.stringify({ byOutcome: { processed: 7 }, folder: 1, folders: 2 }),
  });
  const table = () => app.strapi.db.connection('mail_scanner_work');
  await table().insert([row('an-hour-ago', Date.now() - 3_600_000), row('two-days-ago', Date.now() - 48 * 3_600_000)]);
  expect(await workOf('an-hour-ago')).toMatchObject({
    state: 'interrupted',
    endedAt: expect.any(String),
    done: 7,
    total: 9,
    folder: { number: 1, of: 2 },
    result: null,
  });
  await forgetOldWork(app.strapi);
  const left = (await table().select('id')).map(({ id }: { id: string }) => id);
  expect([left.includes('an-hour-ago'), left.includes('two-days-ago')]).toEqual([true, false]);
});
