import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDesk } from '../../server/services/helpdesk/desk';
import { inTransaction } from '../../server/services/storage/tables';
import { isOnSqlite } from '../support/database';
import { startSite, type Site } from '../support/desk';
import { addScanner, CREATE_TICKET, eventually, mail, setUpOutgoing } from '../support/helpdesk';

let { app, server, sink, stop } = {} as Site;
let scanner: { documentId: string };

const SAME_SUBJECT = [CREATE_TICKET[0], { type: 'createOrUpdateTicket', config: { matchSameSubject: true } }];

beforeAll(async () => {
  ({ app, server, sink, stop } = await startSite());
  await setUpOutgoing(app, sink);
  scanner = await addScanner(app, server, [{ name: 'Everything', actions: SAME_SUBJECT }]);
});

afterAll(() => stop?.());

beforeEach(() => {
  sink.failWith(undefined);
  sink.mails.length = 0;
});

const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
const outbox = () => app.strapi.plugin('mail-scanner').service('outbox').deliver();

async function receive(...sources: string[]): Promise<any> {
  for (const source of sources) await server.append('INBOX', source);
  const result = await app.api('POST', `/scanners/${scanner.documentId}/run`);
  expect(result).toMatchObject({ scanned: sources.length, byOutcome: { processed: sources.length }, error: null });
}

let count = 0;

/** A ticket that came by email, with its Message-ID and its sender. */
async function ticketFrom(name: string, subject = `${name}'s request ${(count += 1)}`): Promise<any> {
  count += 1;
  const id = `${name}-${count}@customer.test`;
  const from = `${name}@customer.test`;
  await receive(mail({ from, subject, text: `Words of ${name} ${count}`, messageId: `<${id}>` }));
  const [row] = await query('ticket').findMany({ orderBy: { id: 'desc' }, limit: 1 });
  return { ...row, messageId: id, from, subject };
}

const read = (ticket: { documentId: string }) => app.api('GET', `/tickets/${ticket.documentId}`);
const texts = async (ticket: { documentId: string }): Promise<string[]> =>
  (await read(ticket)).comments.map(({ text }: any) => text.trim());
const merge = (source: any, target: any) => app.api('POST', `/tickets/${source.documentId}/merge`, { into: target.documentId });
const kinds = async (ticket: { documentId: string }): Promise<string[]> =>
  (await app.api('GET', `/tickets/${ticket.documentId}/activities`)).map(({ kind }: any) => kind);

describe('a merge', () => {
  test('moves the comments in their order, joins the people, closes the old one and points to the new', async () => {
    const target = await ticketFrom('ann');
    const source = await ticketFrom('bob');
    await app.api('POST', `/tickets/${target.documentId}/comments`, { text: 'To Ann', isPublic: false });
    await receive(
      mail({
        from: source.from,
        subject: 'Re: x',
        text: 'Bob again',
        headers: { Cc: 'carl@customer.test', 'In-Reply-To': `<${source.messageId}>` },
      }),
    );
    const before = [...(await texts(target)), ...(await texts(source))];

    expect(await merge(source, target)).toMatchObject({ ticketNumber: target.ticketNumber });

    const merged = await read(target);
    expect(merged.comments.map(({ text }: any) => text.trim())).toEqual([before[0], before[2], 'To Ann', 'Bob again']);
    expect(merged).toMatchObject({
      contact: { email: 'ann@customer.test' },
      participants: ['bob@customer.test', 'carl@customer.test'],
      mergedFrom: [{ ticketNumber: source.ticketNumber }],
    });
    expect(await read(source)).toMatchObject({
      ticketStatus: 'Closed',
      comments: [],
      mergedInto: { documentId: target.documentId, ticketNumber: target.ticketNumber },
    });
    expect(await kinds(source)).toEqual(expect.arrayContaining(['merged', 'status', 'created']));
    expect(await kinds(target)).toEqual(expect.arrayContaining(['mergedFrom', 'participants']));
    // The number of the old one is still found.
    expect((await app.api('GET', `/tickets?search=${source.ticketNumber}`))[0]).toMatchObject({
      ticketNumber: source.ticketNumber,
      mergedInto: { ticketNumber: target.ticketNumber },
    });
  });

  test('leads answers to the remaining ticket: by thread, by our own Message-ID, by number and by subject, over a chain', async () => {
    const first = await ticketFrom('dora', 'Dora asks');
    await app.api('POST', `/tickets/${first.documentId}/comments`, { text: 'Yes?', isPublic: true });
    await outbox();
    const ours = sink.mails.find(({ to }) => to.includes(first.from))!.parsed.messageId!;
    const second = await ticketFrom('erik');
    const third = await ticketFrom('fred');
    await merge(first, second);
    await app.api('PUT', `/tickets/${third.documentId}`, { ticketStatus: 'Closed' });
    await merge(second, third);
    const tickets = await query('ticket').count();
    await receive(
      mail({ from: first.from, subject: 'Whatever', text: 'By thread', headers: { References: `<${first.messageId}>` } }),
      mail({ from: first.from, subject: 'Whatever else', text: 'By our mail', headers: { 'In-Reply-To': ours } }),
      mail({ from: first.from, subject: `About ${first.ticketNumber}`, text: 'By number' }),
      mail({ from: first.from, subject: 'Re: Dora asks', text: 'By subject' }),
      mail({ from: second.from, subject: `${second.ticketNumber}`, text: 'By the number between' }),
    );
    expect(await query('ticket').count()).toBe(tickets);
    expect((await texts(third)).slice(-5)).toEqual(['By thread', 'By our mail', 'By number', 'By subject', 'By the number between']);
    expect(await read(third)).toMatchObject({ ticketStatus: 'Open' });
    expect(await read(first)).toMatchObject({ ticketStatus: 'Closed', mergedInto: { ticketNumber: third.ticketNumber } });
    expect(await texts(first)).toEqual([]);
  });

  test('does not let a stranger in by the old number', async () => {
    const [source, target] = [await ticketFrom('gina'), await ticketFrom('hans')];
    await merge(source, target);
    await receive(mail({ from: 'stranger@elsewhere.test', subject: source.ticketNumber, text: 'Let me in' }));
    expect(await texts(target)).not.toContain('Let me in');
  });

  test('is refused with itself, twice, and around a circle; nothing changes then', async () => {
    const [one, two] = [await ticketFrom('ida'), await ticketFrom('jon')];
    const refused = async (source: any, target: any) =>
      (await app.request('POST', `/tickets/${source.documentId}/merge`, { into: target.documentId })).body.error?.message;
    expect(await refused(one, one)).toBe('These two are one ticket already.');
    await merge(one, two);
    expect(await refused(one, two)).toBe(`${one.ticketNumber} was merged into ${two.ticketNumber} already.`);
    expect(await refused(two, one)).toBe('These two are one ticket already.');
    expect((await app.request('PUT', `/tickets/${one.documentId}`, { ticketStatus: 'Open' })).body.error.message).toContain(
      two.ticketNumber,
    );
    expect(
      (await app.request('POST', `/tickets/${one.documentId}/comments`, { text: 'Late', isPublic: true })).body.error.message,
    ).toContain(two.ticketNumber);
    expect((await read(two)).comments).toHaveLength(2);
  });

  test('by two people at once happens once, whichever way around', async () => {
    const [one, two] = [await ticketFrom('kim'), await ticketFrom('lea')];
    const call = (source: any, target: any) => app.request('POST', `/tickets/${source.documentId}/merge`, { into: target.documentId });
    const answers = await Promise.all([call(one, two), call(two, one), call(one, two)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    const [a, b] = [await read(one), await read(two)];
    expect([a.comments.length, b.comments.length].sort()).toEqual([0, 2]);
    expect([a.mergedInto, b.mergedInto].filter(Boolean)).toHaveLength(1);
  });

  test('while mail arrives loses none of it', async () => {
    const [source, target] = [await ticketFrom('mia'), await ticketFrom('nils')];
    for (let index = 0; index < 20; index += 1)
      await server.append('INBOX', mail({ from: source.from, subject: source.ticketNumber, text: `News ${index}` }));
    await Promise.all([
      app.api('POST', `/scanners/${scanner.documentId}/run`),
      new Promise((resolve) => setTimeout(resolve, 30)).then(() => merge(source, target)),
    ]);
    expect((await texts(target)).filter((text) => text.startsWith('News')).length).toBe(20);
    expect(await texts(source)).toEqual([]);
    expect(await read(source)).toMatchObject({ ticketStatus: 'Closed' });
  });

  test('changes nothing about an email that waits: it goes to whom it was written for, and tells nothing of the other', async () => {
    const [source, target] = [await ticketFrom('olga'), await ticketFrom('paul')];
    // Not due yet, so that nobody has composed it.
    await app.strapi.db.transaction(async () => {
      await app.strapi
        .documents('plugin::mail-scanner.comment')
        .create({ data: { ticket: source.id, text: 'For Olga alone', isPublic: true, source: 'admin' } as never });
      const [{ id }] = await query('delivery').findMany({ orderBy: { id: 'desc' }, limit: 1 });
      await query('delivery').updateMany({ where: { id }, data: { nextAttemptAt: new Date(Date.now() + 60_000) } });
    });
    await merge(source, target);
    await query('delivery').updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } });
    await outbox();
    const sent = sink.mails.filter(({ raw }) => raw.includes('For Olga alone'));
    expect(sent.map(({ to }) => to)).toEqual([['olga@customer.test']]);
    expect(sent[0].raw).not.toContain('Words of paul');
    expect(sent[0].parsed.subject).toContain(source.ticketNumber);
  });

  test('keeps the request of a ticket that was opened by hand', async () => {
    const byHand = await app.api('POST', '/tickets', { title: 'By phone', description: 'She called about the roof.' });
    const target = await ticketFrom('quinn');
    await merge(byHand, target);
    expect((await read(target)).comments.at(-1)).toMatchObject({
      isPublic: false,
      text: expect.stringContaining('She called about the roof.'),
    });
  });

  test('lets a customer who writes through the site’s API go on in the remaining ticket', async () => {
    const [source, target] = [await ticketFrom('rosa'), await ticketFrom('sven')];
    await merge(source, target);
    const contact = await query('contact').findOne({ where: { email: source.from } });
    await app.strapi
      .documents('plugin::mail-scanner.comment')
      .create({ data: { ticket: source.documentId, contact: contact.id, text: 'By the portal', isPublic: true, source: 'api' } as never });
    expect((await texts(target)).at(-1)).toBe('By the portal');
  });
});

describe('a split', () => {
  test('makes a ticket of one message: its author is the contact, and answers to it follow', async () => {
    const ticket = await ticketFrom('tara');
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'We look into it.', isPublic: true });
    await outbox();
    const ours = sink.mails.find(({ to }) => to.includes(ticket.from))!.parsed.messageId!;
    await app.api('PUT', `/tickets/${ticket.documentId}`, { addParticipants: ['uma@customer.test'], priority: 'High' });
    await receive(
      mail({
        from: 'Uma Other <uma@customer.test>',
        to: 'support@example.com, vera@customer.test',
        subject: 'Re: Tara',
        text: 'By the way, my chair is broken.',
        messageId: '<uma-1@customer.test>',
        headers: { References: ours, 'In-Reply-To': ours },
      }),
    );
    const { comments } = await read(ticket);

    const { documentId } = await app.api('POST', `/tickets/${ticket.documentId}/split`, {
      comment: comments.at(-1).documentId,
      title: 'Chair',
    });

    const split = await read({ documentId });
    expect(split).toMatchObject({
      title: 'Chair',
      priority: 'High',
      contact: { email: 'uma@customer.test', lastName: 'Other' },
      participants: ['vera@customer.test'],
      splitFrom: { ticketNumber: ticket.ticketNumber },
    });
    expect(await read(ticket)).toMatchObject({ splitInto: [{ ticketNumber: split.ticketNumber }] });
    expect(await texts(split)).toEqual(['By the way, my chair is broken.']);
    await receive(
      mail({
        from: 'uma@customer.test',
        subject: 'Re: Tara',
        text: 'The left leg.',
        headers: { References: `${ours} <uma-1@customer.test>`, 'In-Reply-To': '<uma-1@customer.test>' },
      }),
      mail({ from: ticket.from, subject: 'Re: Tara', text: 'Still me.', headers: { References: ours, 'In-Reply-To': ours } }),
    );
    expect(await texts(split)).toEqual(['By the way, my chair is broken.', 'The left leg.']);
    expect((await texts(ticket)).at(-1)).toBe('Still me.');
    expect(await kinds(split)).toEqual(expect.arrayContaining(['splitFrom', 'created']));
    expect(await kinds(ticket)).toEqual(expect.arrayContaining(['splitInto']));
  });

  test('of the same message by two people at once makes one ticket; of the only message, none', async () => {
    const ticket = await ticketFrom('wim');
    const [{ documentId: only }] = (await read(ticket)).comments;
    const call = (comment: string) => app.request('POST', `/tickets/${ticket.documentId}/split`, { comment });
    expect((await call(only)).body.error.message).toBe('It is the only message of this ticket.');
    await receive(mail({ from: ticket.from, subject: ticket.ticketNumber, text: 'Something else' }));
    const { comments } = await read(ticket);
    const tickets = await query('ticket').count();
    const answers = await Promise.all([call(comments[1].documentId), call(comments[1].documentId)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
    expect(await query('ticket').count()).toBe(tickets + 1);
  });

  test('of an internal note tells customers nothing: no tag of a template holds it', async () => {
    const ticket = await ticketFrom('nora');
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'He never pays.', isPublic: false });
    const comment = (await read(ticket)).comments.at(-1).documentId;
    const split = await read(await app.api('POST', `/tickets/${ticket.documentId}/split`, { comment, title: 'Dunning' }));
    expect(await texts(split)).toEqual(['He never pays.']);
    expect(split.description).toBeNull();
  });
});

describe('the activity log', () => {
  const entries = (ticket: { documentId: string }) => app.api('GET', `/tickets/${ticket.documentId}/activities`);

  test('tells who opened a ticket and changed what, by whatever door', async () => {
    const ticket = await ticketFrom('xena');
    const me = await app.api('GET', '/admin/users/me');
    await app.api('PUT', `/tickets/${ticket.documentId}`, {
      ticketStatus: 'Wait For Response',
      assignee: me.id,
      contactEmail: 'yara@customer.test',
    });
    await app.request('PUT', `/content-manager/collection-types/plugin::mail-scanner.ticket/${ticket.documentId}`, { priority: 'Urgent' });
    const token = await app.strapi
      .service('admin::api-token')!
      .create({ name: 'The shop', description: '', type: 'full-access', lifespan: null });
    await app.request('PUT', `/api/mail-scanner/tickets/${ticket.documentId}`, { data: { title: 'Renamed' } }, token.accessKey);
    await app.strapi.documents('plugin::mail-scanner.ticket').update({ documentId: ticket.documentId, data: { priority: 'Low' } as never });
    await receive(mail({ from: 'yara@customer.test', subject: ticket.ticketNumber, text: 'Back' }));
    expect(
      (await entries(ticket)).filter(({ createdAt }: any) => Math.abs(Date.now() - Date.parse(createdAt)) > 60_000 || !createdAt),
    ).toEqual([]);
    const log = (await entries(ticket))
      .reverse()
      .map(({ kind, actorKind, actorName, detail }: any) => [kind, actorKind, actorName, detail]);
    expect(log).toEqual([
      ['created', 'scanner', 'Support', { rule: 'Everything' }],
      ['status', 'user', 'Ada Admin', { from: 'Open', to: 'Wait For Response' }],
      ['assignee', 'user', 'Ada Admin', { from: null, to: 'Ada Admin' }],
      ['contact', 'user', 'Ada Admin', { from: 'xena@customer.test', to: 'yara@customer.test' }],
      ['priority', 'user', 'Ada Admin', { from: 'Normal', to: 'Urgent' }],
      ['title', 'api', 'The shop', { from: ticket.title, to: 'Renamed' }],
      ['priority', 'system', '', { from: 'Urgent', to: 'Low' }],
      ['status', 'scanner', 'Support', { from: 'Wait For Response', to: 'Open' }],
    ]);
  });

  test('tells what became of an email', async () => {
    const ticket = await ticketFrom('zoe');
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Hello', isPublic: true });
    await outbox();
    expect((await entries(ticket))[0]).toMatchObject({ kind: 'mailSent', detail: { to: ['zoe@customer.test'] } });
    sink.failWith(() => ({ at: 'to', code: 550, message: '5.1.1 Nobody' }));
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Hello again', isPublic: true });
    await outbox();
    expect((await entries(ticket))[0]).toMatchObject({ kind: 'mailFailed', detail: { reason: expect.stringContaining('Nobody') } });
  });
});

describe('a ticket', () => {
  test('opened by hand goes to the customer by email; a new contact is made', async () => {
    const ticket = await app.api('POST', '/tickets', {
      title: 'Your delivery',
      contactEmail: 'New@Customer.Test',
      contactName: 'Nina New',
      priority: 'High',
      comment: { text: 'It comes on Monday.', isPublic: true },
    });
    expect(ticket).toMatchObject({ priority: 'High', contact: { email: 'new@customer.test', firstName: 'Nina', lastName: 'New' } });
    await outbox();
    const sent = sink.mails.filter(({ to }) => to.includes('new@customer.test'));
    expect(sent).toHaveLength(1);
    expect(sent[0].parsed.text).toContain('It comes on Monday.');
    const { status, body } = await app.request('POST', '/tickets', { title: 'T', contactEmail: 'support@example.com' });
    expect([status, body.error.message]).toEqual([400, 'This is an address of your own helpdesk.']);
    const note = await app.api('POST', '/tickets', {
      title: 'Only among us',
      contactEmail: 'new@customer.test',
      comment: { text: 'Psst', isPublic: false },
    });
    await outbox();
    expect(note.contact.documentId).toBe(ticket.contact.documentId);
    expect(sink.mails.filter(({ to }) => to.includes('new@customer.test'))).toHaveLength(1);
  });

  test('takes people in and lets them go, beside those who come in by email meanwhile', async () => {
    const ticket = await ticketFrom('amy');
    await app.api('PUT', `/tickets/${ticket.documentId}`, { addParticipants: ['One@customer.test', 'two@customer.test'] });
    await receive(mail({ from: ticket.from, subject: ticket.ticketNumber, headers: { Cc: 'three@customer.test' } }));
    const changed = await app.api('PUT', `/tickets/${ticket.documentId}`, { removeParticipants: ['two@customer.test'] });
    expect(changed.participants).toEqual(['one@customer.test', 'three@customer.test']);
  });

  // SQLite has one connection: nobody else writes meanwhile.
  // On SQLite one writes after the other.
  const whereTwoWrite = isOnSqlite ? () => {} : test;
  whereTwoWrite('to which two scanners add people at the same moment has them all', async () => {
    const { ticketNumber, documentId } = await ticketFrom('lisa');
    const add = (address: string, whileHeld: () => Promise<unknown>) =>
      inTransaction(app.strapi, async () => {
        const lookups = { emails: [], messageIds: [], ownIds: [], ticketNumbers: [ticketNumber], recentFrom: [] };
        const desk = await openDesk(app.strapi, lookups, 'Support');
        const ticket = (await desk.ticketOfNumber(ticketNumber))!;
        await whileHeld();
        desk.updateTicket(ticket, { participants: [...ticket.participants, address] });
        await desk.flush();
      });
    let isHeld = () => {};
    const held = new Promise<void>((resolve) => (isHeld = resolve));
    const first = add('first@customer.test', async () => (isHeld(), sleep(500)));
    await held;
    await Promise.all([first, add('second@customer.test', async () => {})]);
    expect((await read({ documentId })).participants.sort()).toEqual(['first@customer.test', 'second@customer.test']);
  });

  test('that is deleted takes its comments, files, emails and log along, and its message does not come back', async () => {
    const ticket = await ticketFrom('ben');
    const file = [
      `From: ${ticket.from}`,
      `Subject: ${ticket.ticketNumber}`,
      'Message-ID: <file@customer.test>',
      'Date: Tue, 24 Nov 2026 08:00:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'See the file',
      '--b',
      'Content-Type: text/csv',
      'Content-Disposition: attachment; filename=a.csv',
      '',
      'a,b',
      '--b--',
    ].join('\r\n');
    await receive(file);
    sink.failWith(() => ({ at: 'from', code: 451 }));
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Too late', isPublic: true });
    await outbox();
    const [{ key }] = await query('attachment').findMany({ orderBy: { id: 'desc' }, limit: 1 });
    const place = path.join(app.folder, 'private', key.slice(0, 2), key);
    expect(existsSync(place)).toBe(true);

    await app.api('DELETE', `/tickets/${ticket.documentId}`);

    // Files go once the deletion is committed, whoever deletes.
    await eventually(() => !existsSync(place));
    expect((await app.request('GET', `/tickets/${ticket.documentId}`)).status).toBe(404);
    for (const type of ['attachment', 'delivery', 'activity'])
      expect([type, await query(type).count({ where: type === 'attachment' ? { key } : { ticket: { id: ticket.id } } })]).toEqual([
        type,
        0,
      ]);
    expect(await query('comment').count({ where: { ticket: { id: ticket.id } } })).toBe(0);
    sink.failWith(undefined);
    await outbox();
    expect(sink.mails.filter(({ raw }) => raw.includes('Too late'))).toEqual([]);
    expect((await app.api('POST', `/scanners/${scanner.documentId}/run`)).scanned).toBe(0);
  });
});
