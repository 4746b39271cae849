import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addScanner, eventually, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

const COMMENT = 'plugin::mail-scanner.comment';
const TICKET = 'plugin::mail-scanner.ticket';

let app: TestStrapi;
let server: TestMailServer;
let sink: SmtpSink;
let scanner: { documentId: string };
let apiToken: string;

beforeAll(async () => {
  server = await startHoodiecrow();
  sink = await startSmtpSink();
  app = await startStrapi();
  await setUpOutgoing(app, sink);
  scanner = await addScanner(app, server);
  const token = await app.strapi
    .service('admin::api-token')!
    .create({ name: 'Everything', description: '', type: 'full-access', lifespan: null });
  apiToken = token.accessKey;
});

afterAll(async () => {
  await app?.stop();
  await sink?.stop();
  await server?.stop();
  if (app) removeFolder(app.folder);
});

afterEach(() => {
  sink.mails.length = 0;
  sink.failWith(undefined);
});

const outbox = () => app.strapi.plugin('mail-scanner').service('outbox').deliver();
const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
let number = 0;

/** A ticket with a contact, as if somebody had opened it. */
async function newTicket(data: Record<string, unknown> = {}): Promise<any> {
  number += 1;
  const contact = await app.strapi
    .documents('plugin::mail-scanner.contact')
    .create({ data: { email: `customer${number}@customer.test`, firstName: 'Cus', lastName: 'Tomer' } as never });
  const ticket = await app.strapi.documents(TICKET).create({ data: { title: `Request ${number}`, contact: contact.id, ...data } as never });
  return { ...ticket, contact, email: `customer${number}@customer.test` };
}

/** All that has left about a ticket, once the outbox has nothing left to do. */
async function mailsTo(email: string) {
  await outbox();
  await new Promise((resolve) => setTimeout(resolve, 100));
  await outbox();
  return sink.mails.filter(({ to }) => to.includes(email));
}

const deliveriesOf = (ticket: { id: number }): Promise<any[]> => query('delivery').findMany({ where: { ticket: { id: ticket.id } } });

/** The doors through which a comment can come. */
const DOORS: [string, (ticket: any, comment: { text: string; isPublic: boolean }) => Promise<unknown>][] = [
  ['the admin API', (ticket, comment) => app.api('POST', `/tickets/${ticket.documentId}/comments`, comment)],
  [
    'the Content Manager',
    async (ticket, comment) => {
      const body = { ...comment, ticket: { connect: [{ id: ticket.id, documentId: ticket.documentId }], disconnect: [] } };
      const answer = await app.request('POST', `/content-manager/collection-types/${COMMENT}`, body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    },
  ],
  [
    'REST',
    async (ticket, comment) => {
      const answer = await app.request(
        'POST',
        '/api/mail-scanner/comments',
        { data: { ...comment, source: 'api', ticket: ticket.documentId } },
        apiToken,
      );
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    },
  ],
  [
    'code, by documentId',
    (ticket, comment) => app.strapi.documents(COMMENT).create({ data: { ...comment, source: 'api', ticket: ticket.documentId } as never }),
  ],
  [
    'code, by id',
    (ticket, comment) => app.strapi.documents(COMMENT).create({ data: { ...comment, source: 'api', ticket: ticket.id } as never }),
  ],
];

describe.each(DOORS)('a comment through %s', (_, comment) => {
  test('is one email when it is public', async () => {
    const ticket = await newTicket();
    await comment(ticket, { text: 'Please try again.', isPublic: true });
    const mails = await mailsTo(ticket.email);
    expect(mails).toHaveLength(1);
    expect(mails[0].parsed.text).toContain('Please try again.');
    expect(mails[0].parsed.subject).toContain(ticket.ticketNumber);
    expect(await deliveriesOf(ticket)).toMatchObject([{ state: 'sent' }]);
  });

  test('is none when it is internal, and does not leave with a later one', async () => {
    const ticket = await newTicket();
    await comment(ticket, { text: 'Only among us.', isPublic: false });
    expect(await mailsTo(ticket.email)).toHaveLength(0);
    expect(await deliveriesOf(ticket)).toEqual([]);
    await comment(ticket, { text: 'For you.', isPublic: true });
    const mails = await mailsTo(ticket.email);
    expect(mails).toHaveLength(1);
    expect(mails[0].raw).not.toContain('Only among us.');
  });
});

describe('a comment', () => {
  test('that is made public later leaves then, and once', async () => {
    const ticket = await newTicket();
    const comment = await app.strapi
      .documents(COMMENT)
      .create({ data: { text: 'At first internal.', isPublic: false, ticket: ticket.id } as never });
    expect(await mailsTo(ticket.email)).toHaveLength(0);
    const answer = await app.request('PUT', `/content-manager/collection-types/${COMMENT}/${comment.documentId}`, {
      text: 'At first internal.',
      isPublic: true,
    });
    expect(answer.status).toBe(200);
    expect(await mailsTo(ticket.email)).toHaveLength(1);
    await app.strapi.documents(COMMENT).update({ documentId: comment.documentId, data: { text: 'Changed.', isPublic: true } as never });
    expect(await mailsTo(ticket.email)).toHaveLength(1);
  });

  test('that is made internal again before it has left does not leave', async () => {
    const ticket = await newTicket();
    sink.failWith(() => ({ at: 'from', code: 451 }));
    const comment = await app.strapi
      .documents(COMMENT)
      .create({ data: { text: 'Regretted.', isPublic: true, ticket: ticket.id } as never });
    await outbox();
    await app.strapi.documents(COMMENT).update({ documentId: comment.documentId, data: { isPublic: false } as never });
    sink.failWith(undefined);
    await query('delivery').updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } });
    expect(await mailsTo(ticket.email)).toHaveLength(0);
  });

  test('of a contact is not sent back to the contact', async () => {
    const ticket = await newTicket();
    await app.strapi.documents(COMMENT).create({
      data: {
        text: 'I wrote this by the portal.',
        isPublic: true,
        source: 'api',
        ticket: ticket.id,
        contact: ticket.contact.id,
      } as never,
    });
    expect(await mailsTo(ticket.email)).toHaveLength(0);
  });

  test('on a ticket without a contact says on its delivery why nothing left', async () => {
    const ticket: any = await app.strapi.documents(TICKET).create({ data: { title: 'Nobody to tell' } as never });
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Hello?', isPublic: true });
    await outbox();
    const { comments } = await app.api('GET', `/tickets/${ticket.documentId}`);
    expect(comments[0].delivery).toMatchObject({
      state: 'failed',
      lastError: 'The ticket has no contact with an email address to send to.',
    });
  });

  test('has its HTML cleaned whatever door it came through', async () => {
    const ticket = await newTicket();
    const html = '<p onclick="steal()">Hi <script>alert(1)</script><a href="javascript:alert(1)">there</a></p>';
    await app.request('POST', `/content-manager/collection-types/${COMMENT}`, {
      html,
      isPublic: true,
      ticket: { connect: [{ id: ticket.id, documentId: ticket.documentId }] },
    });
    const [stored] = await query('comment').findMany({ where: { ticket: { id: ticket.id } } });
    expect(stored.html).not.toMatch(/script|onclick/i);
    expect(stored.text).toContain('Hi');
    expect(stored.authorName).toBe('Ada Admin');
    expect((await mailsTo(ticket.email))[0].parsed.html).not.toMatch(/<script|onclick|javascript:/i);
  });
});

describe('the outbox', () => {
  const answer = (ticket: any, text = 'An answer.') => app.api('POST', `/tickets/${ticket.documentId}/comments`, { text, isPublic: true });

  test('a refusal for good fails at once, with the words of the server on the delivery; it can be sent again by hand', async () => {
    const ticket = await newTicket();
    sink.failWith(() => ({ at: 'to', code: 550, message: '5.1.1 We know nobody of that name' }));
    await answer(ticket);
    await outbox();
    const { comments } = await app.api('GET', `/tickets/${ticket.documentId}`);
    expect(comments[0].delivery).toMatchObject({ state: 'failed', attempts: 1 });
    expect(comments[0].delivery.lastError).toContain('We know nobody of that name');
    // The same in codes, which the panel words, and in the log of the ticket.
    const said = [
      { code: 'outgoing.everyRecipient' },
      { code: 'outgoing.said', values: { response: expect.stringContaining('We know nobody of that name') } },
    ];
    expect(comments[0].delivery.lastErrorSaid).toEqual(said);
    const [{ kind, detail }] = await app.api('GET', `/tickets/${ticket.documentId}/activities`);
    expect([kind, detail.reasonSaid]).toEqual(['mailFailed', said]);
    sink.failWith(undefined);
    await app.api('POST', `/deliveries/${comments[0].delivery.documentId}/retry`);
    expect(await mailsTo(ticket.email)).toHaveLength(1);
    expect((await app.request('POST', `/deliveries/${comments[0].delivery.documentId}/retry`)).status).toBe(400);
  });

  test('a temporary refusal is tried again, later each time, as the same mail', async () => {
    const ticket = await newTicket();
    const tried: number[] = [];
    sink.failWith(({ to }) => (to.length > 0 && tried.push(Date.now()), { at: 'data', code: 451, message: '4.3.0 Come back later' }));
    await answer(ticket);
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await outbox();
      const [delivery] = await deliveriesOf(ticket);
      expect(delivery).toMatchObject({ state: 'queued', attempts: attempt });
      expect(delivery.lastError).toContain('Come back later');
      waits.push(Math.round((new Date(delivery.nextAttemptAt).getTime() - Date.now()) / 60_000));
      // Before its time it is left alone.
      await outbox();
      expect((await deliveriesOf(ticket))[0].attempts).toBe(attempt);
      await query('delivery').updateMany({ where: { id: delivery.id }, data: { nextAttemptAt: new Date() } });
    }
    expect(waits).toEqual([1, 2, 5, 10]);
    sink.failWith(undefined);
    const [{ messageId }] = await deliveriesOf(ticket);
    const mails = await mailsTo(ticket.email);
    expect(mails.map(({ parsed }) => parsed.messageId)).toEqual([`<${messageId}>`]);
  });

  test('an outgoing server that is down and comes back: nothing is lost, the order stays', async () => {
    const ticket = await newTicket();
    const { port } = sink;
    await sink.stop();
    for (const text of ['First words.', 'Second words.']) await answer(ticket, text);
    await outbox();
    const waiting = await deliveriesOf(ticket);
    expect(waiting.map(({ state }) => state)).toEqual(['queued', 'queued']);
    expect(waiting[0].lastError).toMatch(/Nothing answers at|broke/);
    sink = await startSmtpSink({ port });
    await query('delivery').updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } });
    const mails = await mailsTo(ticket.email);
    expect(mails).toHaveLength(2);
    expect(mails[0].parsed.text).not.toContain('Second words.');
    expect(mails[1].parsed.text).toContain('Second words.');
  });

  test('a subject with line breaks adds no header, and no recipient', async () => {
    const ticket = await newTicket({ title: 'Innocent\r\nBcc: victim@elsewhere.test\r\n\r\nBody' });
    await answer(ticket);
    const [sent] = await mailsTo(ticket.email);
    expect(sent.to).toEqual([ticket.email]);
    expect(sent.parsed.bcc).toBeUndefined();
    expect(sent.raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
    expect(sent.parsed.subject).toContain('Innocent');
  });

  test('what customers call themselves and their tickets is escaped in the HTML', async () => {
    const ticket = await newTicket({ title: '<script>alert("title")</script>' });
    await app.strapi
      .documents('plugin::mail-scanner.contact')
      .update({ documentId: ticket.contact.documentId, data: { firstName: '<img src=x onerror=alert(1)>' } as never });
    await answer(ticket);
    const [sent] = await mailsTo(ticket.email);
    expect(sent.parsed.html).not.toMatch(/<script>alert|<img src=x/);
    expect(sent.parsed.html).toContain('&lt;img src=x');
  });

  test('the sender is the scanner’s own where it has one, else the one for all', async () => {
    const [{ id }] = await query('scanner').findMany({ where: { documentId: scanner.documentId } });
    const ticket = await newTicket({ scanner: id });
    await answer(ticket);
    expect((await mailsTo(ticket.email))[0].parsed.from?.value[0]).toEqual({ address: 'support@example.com', name: 'Support Desk' });
    await app.api('PUT', `/scanners/${scanner.documentId}`, { fromAddress: 'second-desk@example.com', fromName: 'Second Desk' });
    await answer(ticket, 'By the other desk.');
    expect((await mailsTo(ticket.email)).at(-1)!.parsed.from?.value[0]).toEqual({
      address: 'second-desk@example.com',
      name: 'Second Desk',
    });
    await app.api('PUT', `/scanners/${scanner.documentId}`, { fromAddress: '', fromName: '' });
  });

  test('an answer carries the thread of both sides', async () => {
    await server.append(
      'INBOX',
      mail({ from: 'thread@customer.test', subject: 'With a thread', messageId: '<thread-start@customer.test>' }),
    );
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    const [ticket] = await app.api('GET', '/tickets?search=With a thread');
    await answer(ticket, 'One.');
    await answer(ticket, 'Two.');
    const mails = await mailsTo('thread@customer.test');
    expect(mails[1].parsed.inReplyTo).toBe('<thread-start@customer.test>');
    // Ours first, so that a mail program which keeps the first and the last still brings it back.
    expect(mails[1].parsed.references).toEqual(expect.arrayContaining(['<thread-start@customer.test>', mails[0].parsed.messageId]));
    expect(mails[1].parsed.references?.at(-1)).toBe('<thread-start@customer.test>');
    // 128 bits that nobody guesses.
    expect(mails[0].parsed.messageId).toMatch(/^<[0-9a-f]{32}\.[0-9a-f]+@example\.com>$/);
    expect(mails[0].parsed.html && mails[0].parsed.text).toBeTruthy();
  });
});

describe('tickets from elsewhere', () => {
  test('a ticket made in the Content Manager gets its number, and its thread', async () => {
    const answer = await app.request('POST', `/content-manager/collection-types/${TICKET}`, { title: 'By hand' });
    expect(answer.status).toBe(201);
    const row = await query('ticket').findOne({ where: { title: 'By hand' } });
    expect(row.ticketNumber).toMatch(/^TT\d+$/);
    expect(row.threadToken).toMatch(/^[0-9a-f]{32}$/);
    expect(row.lastActivityAt).not.toBeNull();
    const [again] = [await app.strapi.documents(TICKET).create({ data: { title: 'By code' } as never })] as any[];
    expect(Number(again.ticketNumber.slice(2))).toBe(Number(row.ticketNumber.slice(2)) + 1);
  });

  test('nobody chooses what makes a thread unguessable', async () => {
    const token = '0'.repeat(32);
    const { documentId } = await app.api('POST', '/tickets', { title: 'With a token', threadToken: token, ticketNumber: 'TT1' });
    await app.api('PUT', `/tickets/${documentId}`, { threadToken: token });
    const row = await query('ticket').findOne({ where: { documentId } });
    expect(row.threadToken).not.toBe(token);
    expect(row.ticketNumber).not.toBe('TT1');
  });

  test('two contacts cannot share an address, in whatever case it is written', async () => {
    await app.strapi.documents('plugin::mail-scanner.contact').create({ data: { email: 'Mixed@Case.Test' } as never });
    const answer = await app.request('POST', '/content-manager/collection-types/plugin::mail-scanner.contact', {
      email: 'mixed@case.test',
    });
    expect(answer.status).toBe(400);
  });
});

describe('REST', () => {
  const TYPES = ['tickets', 'comments', 'contacts', 'accounts'];

  test.each(TYPES)('/api/mail-scanner/%s is closed until a site opens it', async (type) => {
    expect((await app.request('GET', `/api/mail-scanner/${type}`, undefined, null)).status).toBe(403);
    expect((await app.request('POST', `/api/mail-scanner/${type}`, { data: {} }, null)).status).toBe(403);
    const open = await app.request('GET', `/api/mail-scanner/${type}`, undefined, apiToken);
    expect(open.status).toBe(200);
    expect(Array.isArray(open.body.data)).toBe(true);
  });

  test('never shows what makes a thread unguessable', async () => {
    const { body } = await app.request('GET', '/api/mail-scanner/tickets?populate=*', undefined, apiToken);
    expect(body.data.length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toMatch(/threadToken|subjectKey|resetPasswordToken/);
  });

  test.each(['scanners', 'rules', 'messages', 'deliveries', 'authorizations', 'attachments'])(
    'there is no /api/mail-scanner/%s',
    async (type) => {
      expect((await app.request('GET', `/api/mail-scanner/${type}`, undefined, apiToken)).status).toBe(404);
    },
  );
});

describe('a site that listens', () => {
  test('hears of imported tickets, comments and contacts once each, and of changes', async () => {
    const heard: [string, string, string][] = [];
    const listen = (event: string) =>
      app.strapi.eventHub.on(
        event,
        async ({ uid, entry }: any) => void heard.push([event, uid.split('.').pop(), entry.title ?? entry.email ?? entry.visibleText]),
      );
    const stop = [listen('entry.create'), listen('entry.update')];
    await server.appendAll('INBOX', [
      mail({ from: 'heard@customer.test', subject: 'Heard', text: 'The first words.', messageId: '<heard@customer.test>' }),
    ]);
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    await eventually(() => heard.length >= 3);
    expect(heard.sort()).toEqual([
      ['entry.create', 'comment', 'The first words.'],
      ['entry.create', 'contact', 'heard@customer.test'],
      ['entry.create', 'ticket', 'Heard'],
    ]);
    heard.length = 0;
    await server.append(
      'INBOX',
      mail({ from: 'heard@customer.test', subject: 'Re: Heard', text: 'More words.', headers: { 'In-Reply-To': '<heard@customer.test>' } }),
    );
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    await eventually(() => heard.length >= 2);
    expect(heard.sort()).toEqual([
      ['entry.create', 'comment', 'More words.'],
      ['entry.update', 'ticket', 'Heard'],
    ]);
    for (const end of stop) end();
  });

  test('with a lifecycle that refuses, fails the message and not the scan', async () => {
    const stop = app.strapi.db.lifecycles.subscribe({
      models: [TICKET],
      async beforeCreate({ params }: any) {
        if (params.data.title === 'Not here') throw new Error('This site takes no such tickets.');
      },
    } as never);
    await server.appendAll(
      'INBOX',
      ['Taken', 'Not here', 'Taken, too'].map((subject) => mail({ from: 'life@customer.test', subject })),
    );
    const result = await app.api('POST', `/scanners/${scanner.documentId}/run`);
    stop();
    expect(result).toMatchObject({ scanned: 3, byOutcome: { processed: 2, failed: 1 } });
    expect(result.failed[0].reason).toContain('This site takes no such tickets.');
  });

  test('with a document middleware, has it honoured for every record of an import', async () => {
    const seen: string[] = [];
    app.strapi.documents.use(async (context: any, next) => {
      if (context.action === 'create' && context.uid === TICKET) context.params.data.priority = 'Urgent';
      if (context.action === 'create') seen.push(context.uid.split('.').pop());
      return next();
    });
    await server.append('INBOX', mail({ from: 'middleware@customer.test', subject: 'Through a middleware' }));
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(await query('ticket').findOne({ where: { title: 'Through a middleware' } })).toMatchObject({ priority: 'Urgent' });
    expect(seen.sort()).toEqual(['comment', 'contact', 'ticket']);
  });
});
