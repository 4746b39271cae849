import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { UID } from '@strapi/strapi';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forgetOldCalls } from '../../server/services/automation/webhook-calls';
import { sendWebhooks } from '../../server/services/automation/send-webhooks';
import { markUnmeasured } from '../../server/services/helpdesk/unmeasured';
import { measureTimes } from '../../server/services/times/measure';
import { startDesk, type Desk } from '../support/desk';
import { CREATE_TICKET, mail, type MailInput } from '../support/helpdesk';
import { snippetsOf } from '../support/snippets';

/** Rules and time triggers tell other programs: a real HTTP server, with the faults that such have. */

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const DAY_MS = 24 * 3_600_000;

interface Heard {
  path: string;
  headers: Record<string, string>;
  body: string;
}

let desk: Desk;
let server: Server;
let base: string;
let heard: Heard[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let webhook: { documentId: string };

beforeAll(async () => {
  desk = await startDesk();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({ path: request.url!, headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await desk?.stop();
});

const status =
  (code: number, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(code, headers).end('{}');

beforeEach(async () => {
  heard = [];
  answer = status(204);
  for (const { documentId } of await desk.app.api('GET', '/webhooks')) await desk.app.api('DELETE', `/webhooks/${documentId}`);
  webhook = await add();
  await rule({ webhook: webhook.documentId });
});

const target = (given: object = {}) => ({
  url: `${base}/hook/s3cr3t-path`,
  headers: [{ name: 'X-Key', value: 'k3y' }],
  secret: SECRET,
  ...given,
});
const add = (given: object = {}, name = 'ERP') => desk.app.api('POST', '/webhooks', { name, target: target(given) });
const calls = () => desk.app.strapi.db.connection('mail_scanner_webhook_calls').orderBy('id').select();
const send = () => sendWebhooks(desk.app.strapi);
/** All that waits is due now. */
const due = () => desk.app.strapi.db.connection('mail_scanner_webhook_calls').whereNotNull('next_at').update({ next_at: 1 });
const fresh = (given: MailInput = {}) => mail({ headers: { Date: new Date().toUTCString() }, ...given });
const told = () => heard.map(({ body }) => JSON.parse(body));

async function rule(config: object): Promise<any> {
  for (const { documentId } of await desk.app.api('GET', `/scanners/${desk.scanner.documentId}/rules`))
    await desk.app.api('DELETE', `/rules/${documentId}`);
  const actions = [...CREATE_TICKET, { type: 'callWebhook', config }];
  return desk.app.api('POST', `/scanners/${desk.scanner.documentId}/rules`, { name: 'Orders', actions });
}

describe('a call', () => {
  test('leaves after the commit, with what it is about and none of the text, and the snippet of the docs knows it for ours', async () => {
    await desk.arrives(fresh({ subject: 'Order 77', text: 'Strictly between us.' }));
    expect(heard).toEqual([]);
    await send();
    await send();
    expect(heard).toHaveLength(1);
    const [{ path, headers, body }] = heard;
    expect([path, headers['x-key'], headers['content-type']]).toEqual(['/hook/s3cr3t-path', 'k3y', 'application/json']);
    const { type, timestamp, data } = JSON.parse(body);
    const [ticket] = await desk.app.api('GET', '/tickets?pageSize=1');
    expect([type, Math.abs(Date.now() - Date.parse(timestamp)) < 60_000]).toEqual(['email.received', true]);
    expect(data).toMatchObject({
      rule: { name: 'Orders' },
      ticket: { id: ticket.documentId, number: ticket.ticketNumber, subject: 'Order 77', status: 'Open', priority: 'Normal', isNew: true },
      contact: { address: 'jane@customer.test', name: 'Jane Doe' },
      message: { from: { address: 'jane@customer.test' }, subject: 'Order 77', isOurs: false, files: [] },
    });
    expect(data.ticket).toMatchObject({ tags: [], assignee: null, scanner: { name: 'Support' } });
    expect(body).not.toContain('between us');
    const [{ code }] = snippetsOf(['docs/webhooks.md']);
    const isFromMailScanner = new Function('require', `${code}; return isFromMailScanner;`)(require);
    expect(isFromMailScanner(headers, body, SECRET)).toBe(true);
    expect(isFromMailScanner(headers, `${body} `, SECRET)).toBe(false);
    expect(isFromMailScanner({ ...headers, 'webhook-timestamp': '1' }, body, SECRET)).toBe(false);
    // What it said of the customer is gone with it.
    expect((await calls()).map((row: any) => [row.body, row.next_at, row.sent_at !== null])).toEqual([[null, null, true]]);
  });

  test('has the text and the files where that was ticked; without a secret it is not signed', async () => {
    await desk.app.api('PUT', `/webhooks/${webhook.documentId}`, { name: 'ERP', target: target({ secret: null, headers: [] }) });
    await rule({ webhook: webhook.documentId, withText: true });
    await desk.arrives(fresh({ subject: 'Re: Order', text: 'Please send it.\n\n> Quoted words' }));
    await send();
    expect(told()[0].data.message.text).toContain('Please send it.');
    expect(told()[0].data.message.text).not.toContain('Quoted');
    expect(Object.keys(heard[0].headers)).toEqual(expect.arrayContaining(['webhook-id', 'webhook-timestamp']));
    expect(heard[0].headers).not.toHaveProperty('webhook-signature');
    expect(heard[0].headers).not.toHaveProperty('x-key');
  });

  test('is one row by one statement for a batch, and of old mail there is none', async () => {
    const inserts: string[] = [];
    const watch = ({ sql }: { sql: string }) => void (/insert into .*webhook_calls/.test(sql) && inserts.push(sql));
    desk.app.strapi.db.connection.on('query', watch);
    await desk.arrives(...Array.from({ length: 12 }, (_, index) => fresh({ subject: `Batch ${index}` })));
    desk.app.strapi.db.connection.removeListener('query', watch);
    expect([(await calls()).length, inserts.length]).toEqual([12, 1]);
    await send();
    expect(told().map(({ data }) => data.message.subject)).toEqual(Array.from({ length: 12 }, (_, index) => `Batch ${index}`));
    await desk.server.appendAll('INBOX', [fresh({ subject: 'Of last week' })], { date: new Date(Date.now() - 8 * DAY_MS) });
    await desk.app.api('POST', `/scanners/${desk.scanner.documentId}/run`);
    expect((await desk.app.api('GET', '/messages'))[0].reason).toContain('No webhook was called: the email is older than three days.');
    expect(await calls()).toHaveLength(12);
  });

  test('is not made by a preview or the trial of a rule', async () => {
    const source = fresh({ subject: 'Only looked at' });
    const [{ outcome, actions }] = await desk.app.api('POST', `/scanners/${desk.scanner.documentId}/preview`, { source });
    expect([outcome, actions.at(-1).description]).toEqual(['processed', 'call a webhook']);
    const [{ documentId: ruleId, ...saved }] = await desk.app.api('GET', `/scanners/${desk.scanner.documentId}/rules`);
    const tried = await desk.app.api('POST', `/scanners/${desk.scanner.documentId}/rules/try`, { ruleId, rule: saved, source });
    expect(tried.message.outcome).toBe('processed');
    expect(await calls()).toEqual([]);
  });

  test('of a webhook that is gone is said in the scan log, and the ticket is there', async () => {
    await desk.app.api('DELETE', `/webhooks/${webhook.documentId}`);
    await desk.arrives(fresh({ subject: 'Nobody listens' }));
    const [{ outcome, reason }] = await desk.app.api('GET', '/messages');
    expect([outcome, reason]).toEqual([
      'processed',
      'Ticket opened. The webhook that was to be called is not there any more. Choose another one in the rule.',
    ]);
  });
});

describe('a server with faults', () => {
  /** What becomes of one call that is answered so. */
  async function afterAnswer(): Promise<any> {
    await desk.arrives(fresh());
    await send();
    return (await calls())[0];
  }
  const waitSeconds = (row: any) => Math.round((Number(row.next_at) - Date.now()) / 1000);

  test('500: the same call comes again with the same id, later and later, and is given up after a day', async () => {
    answer = status(500);
    let row = await afterAnswer();
    const waits = [waitSeconds(row)];
    for (let attempt = 2; row.failed_at === null; attempt += 1) {
      await due();
      await send();
      [row] = await calls();
      if (row.failed_at === null) waits.push(waitSeconds(row));
    }
    expect(waits.map((wait) => Math.round(wait / 10) * 10)).toEqual([10, 60, 300, 1800, 7200, 18_000, 28_800, 28_800]);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(23 * 3_600);
    expect(new Set(heard.map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1);
    expect([heard.length, row.attempts]).toEqual([9, 9]);
  });

  test.each([
    [410, 'refused'],
    [404, 'refused'],
    [408, 'waits'],
    [425, 'waits'],
    [429, 'waits'],
    [302, 'waits'],
    [503, 'waits'],
  ])('%i: %s', async (code, becomes) => {
    answer = status(code, code === 302 ? { location: `${base}/elsewhere` } : {});
    const row = await afterAnswer();
    expect(row.failed_at === null ? 'waits' : 'refused').toBe(becomes);
    expect(heard.map(({ path }) => path)).toEqual(['/hook/s3cr3t-path']);
    expect(JSON.parse(row.reason)).toEqual({
      code: 'alert.status',
      values: { host: new URL(base).host, status: String(code) },
    });
  });

  test('Retry-After is obeyed, in seconds and as a date', async () => {
    answer = status(429, { 'retry-after': '3600' });
    const row = await afterAnswer();
    expect(waitSeconds(row)).toBeGreaterThan(3_590);
    const [shown] = await desk.app.api('GET', '/webhooks');
    expect(shown).toMatchObject({ waiting: 1, failed: 0, lastError: `${new URL(base).host} answered with status 429.` });
    answer = status(503, { 'retry-after': new Date(Date.now() + 7_200_000).toUTCString() });
    await due();
    await send();
    expect(waitSeconds((await calls())[0])).toBeGreaterThan(7_100);
  });

  test('a huge answer is cut off and counts; nothing of it is kept', async () => {
    let sent = 0;
    answer = (_, response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && sent < 50_000_000 && response.write(Buffer.alloc(64 * 1024, 'x'))) sent += 64 * 1024;
      };
      response.on('drain', pour);
      response.on('error', () => {});
      pour();
    };
    expect((await afterAnswer()).sent_at).not.toBeNull();
    expect(sent).toBeLessThan(50_000_000);
  });

  test('a connection that is cut: what else waits for that webhook waits, and other webhooks are told', async () => {
    const other = await add({ url: `${base}/other` }, 'Chat');
    const actions = [
      ...CREATE_TICKET,
      ...[webhook, other].map(({ documentId }) => ({ type: 'callWebhook', config: { webhook: documentId } })),
    ];
    const [{ documentId }] = await desk.app.api('GET', `/scanners/${desk.scanner.documentId}/rules`);
    await desk.app.api('PUT', `/rules/${documentId}`, { actions });
    answer = (request, response) => (request.url === '/other' ? response.end() : request.socket.destroy());
    await desk.arrives(...['One', 'Two', 'Three'].map((subject) => fresh({ subject })));
    await send();
    const ofPath = (path: string) => heard.filter((call) => call.path === path).length;
    expect([ofPath('/hook/s3cr3t-path'), ofPath('/other')]).toEqual([1, 3]);
    const waiting = (await calls()).filter(({ webhook: whose }: any) => whose === webhook.documentId);
    expect(waiting.map(({ attempts, failed_at: failedAt }: any) => [attempts, failedAt])).toEqual([
      [1, null],
      [0, null],
      [0, null],
    ]);
    expect(waiting.every((row: any) => waitSeconds(row) > 5)).toBe(true);
    answer = status(200);
    await due();
    await send();
    expect([ofPath('/hook/s3cr3t-path'), ofPath('/other')]).toEqual([4, 3]);
  });

  test('one that never answers, while this process is told to end: the next one asks again, with the same id', async () => {
    answer = () => {};
    await desk.arrives(fresh());
    await sendWebhooks(desk.app.strapi, AbortSignal.timeout(500));
    const [row] = await calls();
    expect([row.failed_at, row.sent_at, row.reason, waitSeconds(row) > 60]).toEqual([null, null, null, true]);
    // As long as the first may still be at it, nobody else is.
    await send();
    expect(heard).toHaveLength(1);
    answer = status(200);
    await due();
    await send();
    expect(heard.map(({ headers }) => headers['webhook-id'])).toEqual([row.call_id, row.call_id]);
  });
});

describe('what was given up', () => {
  async function dead(): Promise<void> {
    answer = status(410);
    await desk.arrives(fresh({ subject: 'Given up' }));
    await send();
    answer = status(200);
  }
  const letters = async (): Promise<any[]> => (await desk.app.api('GET', '/dead-letters')).filter(({ work }: any) => work === 'webhook');

  test('stands with the dead letters, in the numbers of health and of the webhook, and can be tried again', async () => {
    await dead();
    const [letter] = await letters();
    expect(letter).toMatchObject({ webhook: { name: 'ERP', cause: 'Orders' }, attempts: 1, scanner: null });
    expect(letter.reason).toBe(`${new URL(base).host} answered with status 410.`);
    const health = await desk.app.api('GET', '/status');
    expect(health.webhooks).toEqual({ waiting: 0, failed: 1, failedLastDay: 1 });
    expect(health.problems.map(({ kind }: any) => kind)).toContain('webhooksFailed');
    expect((await desk.app.api('GET', '/webhooks'))[0]).toMatchObject({ waiting: 0, failed: 1 });
    await desk.app.api('POST', `/dead-letters/${letter.id}/retry`);
    expect(await letters()).toEqual([]);
    await send();
    expect(heard.map(({ headers }) => headers['webhook-id'])).toEqual([letter.id, letter.id]);
    expect((await desk.app.request('POST', `/dead-letters/${letter.id}/retry`)).status).toBe(404);
  });

  test('is tried again all together', async () => {
    await dead();
    await dead();
    expect(await desk.app.api('POST', `/webhooks/${webhook.documentId}/retry`)).toEqual({ retried: 2 });
    await send();
    expect((await desk.app.api('GET', '/webhooks'))[0]).toMatchObject({ waiting: 0, failed: 0 });
  });

  test('goes after 30 days, and what was told after 7', async () => {
    await dead();
    await desk.arrives(fresh());
    await send();
    const table = () => desk.app.strapi.db.connection('mail_scanner_webhook_calls');
    await table()
      .whereNotNull('failed_at')
      .update({ failed_at: Date.now() - 29 * DAY_MS });
    await table()
      .whereNotNull('sent_at')
      .update({ sent_at: Date.now() - 6 * DAY_MS });
    await forgetOldCalls(desk.app.strapi);
    expect(await calls()).toHaveLength(2);
    await table()
      .whereNotNull('failed_at')
      .update({ failed_at: Date.now() - 31 * DAY_MS });
    await table()
      .whereNotNull('sent_at')
      .update({ sent_at: Date.now() - 8 * DAY_MS });
    await forgetOldCalls(desk.app.strapi);
    expect(await calls()).toEqual([]);
  });

  test('goes with its ticket, and with a contact who is erased', async () => {
    await desk.arrives(fresh({ from: 'Una <una@gone.test>' }), fresh({ from: 'Uma <puma@gone.test>', subject: 'Other' }));
    const [ticket] = (await desk.app.api('GET', '/tickets')).filter(({ contact }: any) => contact?.email === 'puma@gone.test');
    await desk.app.api('DELETE', `/tickets/${ticket.documentId}`);
    expect((await calls()).map(({ body }: any) => JSON.parse(body).data.contact.address)).toEqual(['una@gone.test']);
    // Its row stays, when the ticket is somebody else's.
    await desk.app.strapi.db.connection('mail_scanner_webhook_calls').update({ ticket_id: null });
    const una = (await desk.app.api('GET', '/contacts')).find(({ email }: any) => email === 'una@gone.test');
    await desk.app.api('DELETE', `/contacts/${una.documentId}`);
    expect(await calls()).toEqual([]);
  });
});

describe('a webhook', () => {
  test('shows no URL, no value of a header and no secret, and keeps them encrypted', async () => {
    const [shown] = await desk.app.api('GET', '/webhooks');
    expect(shown).toEqual({
      documentId: webhook.documentId,
      name: 'ERP',
      host: new URL(base).host,
      headerNames: ['X-Key'],
      isSigned: true,
      waiting: 0,
      failed: 0,
      lastSentAt: null,
      lastError: null,
      lastErrorSaid: null,
    });
    const rows = await Promise.all(
      ['mail_scanner_webhooks', 'mail_scanner_secrets'].map((table) => desk.app.strapi.db.connection(table).select()),
    );
    const rules = await desk.app.api('GET', `/scanners/${desk.scanner.documentId}/rules`);
    for (const secret of ['s3cr3t-path', 'k3y', SECRET]) expect(JSON.stringify([rows, rules])).not.toContain(secret);
  });

  test('is renamed with all that it keeps, and gets URL, headers and secret again together', async () => {
    await desk.app.api('PUT', `/webhooks/${webhook.documentId}`, { name: 'Warehouse' });
    await desk.arrives(fresh());
    await send();
    expect(heard[0].headers['x-key']).toBe('k3y');
    await desk.app.api('PUT', `/webhooks/${webhook.documentId}`, { name: 'Warehouse', target: { url: `${base}/new` } });
    await desk.arrives(fresh());
    await send();
    expect([heard[1].path, heard[1].headers['x-key'], heard[1].headers['webhook-signature']]).toEqual(['/new', undefined, undefined]);
    await desk.app.api('DELETE', `/webhooks/${webhook.documentId}`);
    expect(await desk.app.strapi.db.connection('mail_scanner_secrets').where('name', 'like', 'webhook:%')).toEqual([]);
  });

  test.each([
    [{ url: 'ftp://files.test' }, 'target.url', 'Enter a URL that begins with https://.'],
    [{ url: 'http://169.254.169.254/latest' }, 'target.url', '169.254.169.254'],
    [{ headers: [{ name: 'X-A', value: 'one\r\nX-B: two' }] }, 'target.headers', 'Enter at most 10 headers'],
    [{ headers: [{ name: 'Webhook-Id', value: 'mine' }] }, 'target.headers', 'Webhook-Id is set by the mail scanner itself'],
    [{ headers: [{ name: 'Content-Length', value: '3' }] }, 'target.headers', 'Content-Length'],
    [{ secret: 'whsec_c2hvcnQ=' }, 'target.secret', '24 to 64 random bytes'],
    [{ secret: 'hunter2' }, 'target.secret', '24 to 64 random bytes'],
  ])('is refused with %j', async (given, path, words) => {
    const { status: code, body } = await desk.app.request('POST', '/webhooks', { name: 'Bad', target: target(given) });
    const [error] = body.error.details.errors;
    expect([code, error.path.join('.')]).toEqual([400, path]);
    expect(error.message).toContain(words);
  });

  test('that rules of a file call and that is not here is told of by the import', async () => {
    const [{ name, folders, conditions, continueAfterMatch }] = await desk.app.api('GET', `/scanners/${desk.scanner.documentId}/rules`);
    const actions = [{ type: 'callWebhook', config: { webhook: 'of-another-site' } }];
    const file = { format: 'mail-scanner-rules', rules: [{ name, folders, conditions, continueAfterMatch, actions }] };
    const { notes } = await desk.app.api('POST', `/scanners/${desk.scanner.documentId}/rules/import`, file);
    expect(notes).toEqual(['The imported actions call webhooks that are not there. Choose others.']);
  });

  test('is called by a time trigger, too', async () => {
    await desk.arrives(fresh({ subject: 'Waits for long', from: 'Tia <tia@trigger.test>' }));
    await send();
    heard = [];
    const actions = [{ type: 'callWebhook', config: { webhook: webhook.documentId } }];
    const conditions = { combinator: 'and', rules: [{ field: 'subject', operator: '=', value: 'Waits for long' }] };
    const trigger = { name: 'Escalate', active: true, state: 'customerWaits', minutes: 1, actions, conditions, alsoExisting: true };
    const saved = await desk.app.api('POST', '/triggers', trigger);
    const query = (type: string): any => desk.app.strapi.db.query(`plugin::mail-scanner.${type}` as UID.Schema);
    const { id } = await query('ticket').findOne({ where: { title: 'Waits for long' } });
    const createdAt = new Date(Date.now() - DAY_MS);
    const own = await query('ticket-status').create({ data: { name: 'At the workshop', foldedName: 'at the workshop', kind: 'Open' } });
    await query('ticket').update({ where: { id }, data: { createdAt, helpdeskStatus: own.id } });
    for (const comment of await query('comment').findMany({ where: { ticket: { id } } }))
      await query('comment').update({ where: { id: comment.id }, data: { createdAt, writtenAt: createdAt } });
    for (const entry of await query('activity').findMany({ where: { ticket: { id } } }))
      await query('activity').update({ where: { id: entry.id }, data: { createdAt } });
    await markUnmeasured(desk.app.strapi, [Number(id)]);
    await measureTimes(desk.app.strapi);
    expect(await (desk.app.strapi.plugin('mail-scanner').service('triggers') as any).run()).toBe(1);
    await send();
    expect(told()).toMatchObject([
      {
        type: 'ticket.due',
        data: {
          trigger: { id: saved.documentId, name: 'Escalate' },
          ticket: { subject: 'Waits for long', status: 'Open', ownStatus: 'At the workshop' },
          message: null,
        },
      },
    ]);
  });
});
