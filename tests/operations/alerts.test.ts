import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { markOf } from '../../server/services/outgoing/site-mark';
import { watchHealth } from '../../server/services/operations/alerts';
import { startSite, type Site } from '../support/desk';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';

let { app, server, sink, stop } = {} as Site;
let scanner: { documentId: string };
let hook: { server: Server; url: string; posts: { headers: IncomingHttpHeaders; body: any; path: string }[]; status: number };

beforeAll(async () => {
  hook = await startHook();
  ({ app, server, sink, stop } = await startSite());
  await setUpOutgoing(app, sink);
  scanner = await addScanner(app, server);
  await query('scanner').update({ where: { documentId: scanner.documentId }, data: { active: true, activatedAt: new Date() } });
  await run();
});

afterAll(async () => {
  await stop?.();
  hook?.server.close();
});

afterEach(async () => {
  sink.failWith(undefined);
  hook.status = 200;
  await app.strapi.db.connection('mail_scanner_outages').delete();
  sink.mails.length = 0;
  hook.posts.length = 0;
});

async function startHook(): Promise<typeof hook> {
  const posts: typeof hook.posts = [];
  const listening = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      posts.push({ headers: request.headers, path: request.url!, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(hook.status, hook.status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return {
    server: listening,
    url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/services/T0/s3cret-path`,
    posts,
    status: 200,
  };
}

const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
const run = () => app.api('POST', `/scanners/${scanner.documentId}/run`);
const watch = () => watchHealth(app.strapi);
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const setUp = (settings: object) => app.api('PUT', '/alerts', { afterMinutes: 30, emails: [], webhook: null, ...settings });
const failFor = (minutes: number) =>
  query('scanner').update({
    where: { documentId: scanner.documentId },
    data: { lastScanAt: new Date(), failingSince: minutesAgo(minutes), lastError: 'The login of support@example.com was refused.' },
  });
const works = () =>
  query('scanner').update({
    where: { documentId: scanner.documentId },
    data: { lastScanAt: new Date(), lastSuccessAt: new Date(), failingSince: null, lastError: null },
  });

describe('an outage of a scanner', () => {
  test('is told once after the minutes that are set, and once more when it is over', async () => {
    await setUp({ emails: ['admin@site.test', 'boss@site.test'], webhook: hook.url });
    await failFor(29);
    await watch();
    expect(sink.mails).toHaveLength(0);
    await failFor(31);
    for (let minute = 0; minute < 3; minute += 1) await watch();
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0].to).toEqual(['admin@site.test', 'boss@site.test']);
    expect(sink.mails[0].parsed.subject).toBe('[Mail Scanner] Support: the mailbox cannot be scanned');
    expect(sink.mails[0].parsed.text).toContain('The login of support@example.com was refused.');
    expect(sink.mails[0].raw).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(hook.posts).toMatchObject([
      {
        body: {
          event: 'problem',
          kind: 'scannerFailing',
          scanner: { documentId: scanner.documentId, name: 'Support' },
          since: expect.any(String),
        },
      },
    ]);
    expect(hook.posts[0].body.text).toContain('…@example.com was refused');

    await works();
    for (let minute = 0; minute < 3; minute += 1) await watch();
    expect(sink.mails.map(({ parsed }) => parsed.subject)).toEqual([
      expect.any(String),
      '[Mail Scanner] Support: the mailbox is scanned again',
    ]);
    expect(hook.posts.map(({ body }) => body.event)).toEqual(['problem', 'recovered']);

    await failFor(31);
    await watch();
    expect(sink.mails).toHaveLength(3);
    await works();
  });

  test('is told once by several instances that look at the same moment', async () => {
    await setUp({ emails: ['admin@site.test'] });
    await failFor(31);
    await Promise.all(Array.from({ length: 5 }, watch));
    await watch();
    expect(sink.mails).toHaveLength(1);
    await works();
    await Promise.all(Array.from({ length: 5 }, watch));
    await watch();
    expect(sink.mails).toHaveLength(2);
  });

  test('that could not be told yet is told as soon as it can, and one that nobody heard of ends in silence', async () => {
    await setUp({ emails: ['admin@site.test'] });
    sink.failWith(() => ({ at: 'from', code: 451 }));
    await failFor(31);
    await watch();
    await watch();
    expect(sink.mails).toHaveLength(0);
    sink.failWith(undefined);
    await watch();
    await watch();
    expect(sink.mails).toHaveLength(1);
    await works();
    await watch();
    sink.mails.length = 0;

    sink.failWith(() => ({ at: 'from', code: 451 }));
    await failFor(31);
    await watch();
    await works();
    sink.failWith(undefined);
    await watch();
    expect(sink.mails).toHaveLength(0);
  });

  test('by one way is enough: a webhook that works stands in for an email that does not', async () => {
    await setUp({ emails: ['admin@site.test'], webhook: hook.url });
    sink.failWith(() => ({ at: 'from', code: 451 }));
    await failFor(31);
    await watch();
    await watch();
    expect(hook.posts).toHaveLength(1);
    await works();
  });

  test('is not called over when the scanner rests or is failing for a shorter time', async () => {
    await setUp({ emails: ['admin@site.test'] });
    await failFor(31);
    await watch();
    await setUp({ emails: ['admin@site.test'], afterMinutes: 60 });
    await watch();
    expect(sink.mails).toHaveLength(1);
    await query('scanner').update({ where: { documentId: scanner.documentId }, data: { active: false } });
    await watch();
    expect(sink.mails).toHaveLength(1);
    expect(await app.strapi.db.connection('mail_scanner_outages').select()).toEqual([]);
    await query('scanner').update({ where: { documentId: scanner.documentId }, data: { active: true } });
    await works();
  });
});

describe('emails that do not leave', () => {
  test('are told of, and that they leave again', async () => {
    await setUp({ webhook: hook.url });
    const waiting = await query('delivery').create({
      data: { messageId: 'waits@example.com', state: 'queued', queuedAt: minutesAgo(40), nextAttemptAt: new Date(Date.now() + 3_600_000) },
    });
    await watch();
    await watch();
    expect(hook.posts).toMatchObject([{ body: { event: 'problem', kind: 'outboxWaiting' } }]);
    // Somebody has it tried again: it waits again, and nothing has left.
    await query('delivery').update({ where: { id: waiting.id }, data: { queuedAt: new Date() } });
    await watch();
    expect(hook.posts).toHaveLength(1);
    await query('delivery').update({ where: { id: waiting.id }, data: { state: 'sent', sentAt: new Date() } });
    await watch();
    expect(hook.posts.at(-1)).toMatchObject({ body: { event: 'recovered', kind: 'outboxWaiting' } });
    await query('delivery').delete({ where: { id: waiting.id } });
  });

  test('that were given up are told of', async () => {
    await setUp({ webhook: hook.url });
    const failed = await query('delivery').create({ data: { messageId: 'fails@example.com', state: 'failed', subject: 'Refused' } });
    await watch();
    await watch();
    expect(hook.posts).toMatchObject([{ body: { event: 'problem', kind: 'deliveriesFailed' } }]);
    await query('delivery').delete({ where: { id: failed.id } });
  });
});

describe('the end of each kind of problem is told', () => {
  const scannerRow = (data: object) => query('scanner').update({ where: { documentId: scanner.documentId }, data });
  const row = { folder: 'INBOX', uidValidity: '1', uid: '1', subject: 'Failed', documentId: 'failed-one' };
  const createDelivery = (data: object) => query('delivery').create({ data: { messageId: 'kind@example.com', ...data } });
  const noDeliveries = () => query('delivery').deleteMany({ where: { messageId: 'kind@example.com' } });
  const KINDS: [kind: string, begins: () => Promise<unknown>, ends: () => Promise<unknown>][] = [
    ['scannerFailing', () => failFor(40), works],
    ['scannerOverdue', () => scannerRow({ lastScanAt: minutesAgo(600), activatedAt: minutesAgo(700) }), works],
    [
      'outboxWaiting',
      () => createDelivery({ state: 'queued', queuedAt: minutesAgo(40), nextAttemptAt: new Date(Date.now() + 3_600_000) }),
      () => query('delivery').updateMany({ where: { messageId: 'kind@example.com' }, data: { state: 'sent', sentAt: new Date() } }),
    ],
    ['deliveriesFailed', () => createDelivery({ state: 'failed', subject: 'Refused' }), noDeliveries],
    [
      'messagesFailed',
      () => query('message').create({ data: { ...row, outcome: 'failed' } }),
      () => query('message').deleteMany({ where: row }),
    ],
  ];

  test.each(KINDS)('%s', async (kind, begins, ends) => {
    await setUp({ webhook: hook.url });
    await begins();
    await watch();
    await ends();
    await watch();
    await noDeliveries();
    await works();
    expect(hook.posts.map(({ body }) => [body.event, body.kind])).toEqual([
      ['problem', kind],
      ['recovered', kind],
    ]);
  });
});

test('an alert that goes by the email plugin of Strapi has its lines and signs in the HTML, too', async () => {
  const email = app.strapi.plugin('email') as unknown as { provider: { send(mail: object): Promise<void> } };
  const { provider } = email;
  const mails: { text: string; html: string; headers: Record<string, string> }[] = [];
  email.provider = { send: async (message) => void mails.push(message as (typeof mails)[0]) };
  app.strapi.config.set('plugin::email.provider', 'nodemailer');
  try {
    await setUp({ emails: ['admin@site.test'] });
    sink.failWith(() => ({ at: 'from', code: 451 }));
    await failFor(31);
    await query('scanner').update({ where: { documentId: scanner.documentId }, data: { lastError: 'Refused by <mx.site.test>' } });
    await watch();
    await watch();
  } finally {
    email.provider = provider;
    app.strapi.config.set('plugin::email.provider', 'sendmail');
    await works();
  }
  expect(mails).toHaveLength(1);
  expect(mails[0].text).toContain('Refused by <mx.site.test>');
  expect(mails[0].html).toContain('Refused by &lt;mx.site.test&gt;');
  // A provider may pass on the one or the other.
  const { 'X-Mail-Scanner': mark, 'Message-ID': messageId } = mails[0].headers;
  expect([markOf(app.strapi, { 'x-mail-scanner': [mark] }), markOf(app.strapi, { 'message-id': [messageId] })]).toEqual(['alert', 'alert']);
  expect(mails[0].html.split('<br>')).toHaveLength(mails[0].text.split('\n').length);
});

describe('an alert in a mailbox that is scanned', () => {
  test('becomes no ticket, while one of another site is for the rules', async () => {
    await setUp({ emails: ['admin@site.test'] });
    await app.api('POST', '/alerts/test');
    const [{ raw }] = sink.mails;
    const before = await query('ticket').count();
    await server.append('INBOX', raw);
    expect(await run()).toMatchObject({ byOutcome: { noMatch: 1 } });
    expect((await app.api('GET', '/messages'))[0]).toMatchObject({ reason: 'An alert of this mail scanner.' });

    const forged = raw.replace(/(X-Mail-Scanner:\s+alert\s+)([0-9a-f])/, (_, start, digit) => start + (digit === '0' ? '1' : '0'));
    expect(forged).not.toBe(raw);
    // The mark stands in the Message-ID, too.
    const elsewhere = forged.replace(/^Message-ID:\s+\S+$/im, 'Message-ID: <alert@elsewhere.test>');
    await server.append('INBOX', elsewhere.replace('This is a test', 'From another site'));
    expect(await run()).toMatchObject({ byOutcome: { processed: 1 } });
    expect(await query('ticket').count()).toBe(before + 1);
    for (const value of ['alert', 'alert x.y', `alert ${'0'.repeat(24)}.${'0'.repeat(64)}`])
      expect(markOf(app.strapi, { 'x-mail-scanner': [value] })).toBe(null);
  });

  test('cannot be asked for', async () => {
    const answer = await app.request('PUT', '/alerts', { emails: ['Support@example.com'] });
    expect(answer.status).toBe(400);
    expect(answer.body.error.details.errors).toMatchObject([{ path: ['emails'] }]);
  });
});

describe('the settings of alerts', () => {
  test('never hand out the webhook, and keep it until another or none is set', async () => {
    expect(await setUp({ webhook: hook.url })).toEqual({ afterMinutes: 30, emails: [], webhookHost: new URL(hook.url).host });
    expect(JSON.stringify(await app.api('GET', '/alerts'))).not.toContain('s3cret');
    const stored = await app.strapi.db.connection('strapi_core_store_settings').select();
    expect(JSON.stringify(stored)).not.toContain('s3cret');
    await app.api('PUT', '/alerts', { afterMinutes: 45 });
    expect(await app.api('POST', '/alerts/test')).toEqual([{ channel: 'webhook', error: null, errorSaid: null }]);
    expect(hook.posts.at(-1)).toMatchObject({ path: '/services/T0/s3cret-path', body: { event: 'test' } });
    await setUp({ webhook: null });
    expect(await app.api('POST', '/alerts/test')).toEqual([]);
  });

  test('say what is wrong with a webhook, without its path', async () => {
    await setUp({ webhook: hook.url });
    for (const [status, words] of [
      [500, 'status 500'],
      [302, 'status 302'],
    ] as const) {
      hook.status = status;
      const [{ error }] = await app.api('POST', '/alerts/test');
      expect(error).toContain(words);
      expect(error).not.toContain('s3cret');
    }
    expect(hook.posts.every(({ path }) => path !== '/elsewhere')).toBe(true);
    await setUp({ webhook: 'http://127.0.0.1:9/s3cret-path' });
    expect((await app.api('POST', '/alerts/test'))[0].error).toBe('127.0.0.1:9 could not be reached (ECONNREFUSED).');
    await setUp({ webhook: 'http://169.254.169.254/latest' });
    expect((await app.api('POST', '/alerts/test'))[0].error).toContain('169.254.169.254');
  });

  test.each([
    [{ webhook: 'file:///etc/passwd' }, 'webhook'],
    [{ webhook: 'no url' }, 'webhook'],
    [{ emails: ['nobody'] }, 'emails'],
    [{ afterMinutes: 0 }, 'afterMinutes'],
  ])('refuse %j', async (settings, field) => {
    const answer = await app.request('PUT', '/alerts', settings);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details.errors.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([field]);
  });

  test('without anybody to tell, nothing is sent and nothing breaks', async () => {
    await setUp({});
    await failFor(31);
    await watch();
    await works();
    await watch();
    expect(sink.mails).toHaveLength(0);
    await server.append('INBOX', mail());
    expect(await run()).toMatchObject({ error: null });
  });
});
