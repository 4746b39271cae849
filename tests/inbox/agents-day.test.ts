import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { registerDueWork } from '../../server/services/due-work';
import { sendScheduled as sendDue } from '../../server/services/inbox/send-later';
import { wakeTickets } from '../../server/services/inbox/wake-tickets';
import { startDesk, type Desk } from '../support/desk';
import { eventually, mail } from '../support/helpdesk';

const HOUR_MS = 3_600_000;

let desk: Desk;
let app: Desk['app'];
let server: Desk['server'];
let sink: Desk['sink'];
let scanner: Desk['scanner'];

beforeAll(async () => {
  desk = await startDesk();
  ({ app, server, sink, scanner } = desk);
  // What the tests import is not what Strapi has loaded.
  registerDueWork(app.strapi, { scanDue: async () => {}, deliverDue: () => app.strapi.plugin('mail-scanner').service('outbox').deliver() });
});

afterAll(() => desk?.stop());

const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
const open = (title: string, more: object = {}) =>
  app.api('POST', '/tickets', { title, contactEmail: `${title.toLowerCase().replace(/\W/g, '')}@customer.test`, ...more });
const read = (ticket: any) => app.api('GET', `/tickets/${ticket.documentId}`);
const change = (ticket: any, data: object) => app.api('PUT', `/tickets/${ticket.documentId}`, data);
const answer = (ticket: any, data: object) => app.api('POST', `/tickets/${ticket.documentId}/comments`, { isPublic: true, ...data });
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
const logged = async (ticket: any): Promise<string[]> =>
  (await app.api('GET', `/tickets/${ticket.documentId}/activities`)).map(({ kind }: any) => kind);
const views = async () => (await app.api('GET', '/tickets/summary')).views;
/** In which lists it stands. */
async function listsOf(ticket: any): Promise<string[]> {
  const found: string[] = [];
  for (const view of Object.keys(await views())) {
    const list = await app.api('GET', `/tickets?view=${view}&pageSize=100`);
    if (list.some(({ documentId }: any) => documentId === ticket.documentId)) found.push(view);
  }
  return found;
}

describe('an answer', () => {
  test('begins as the settings say, which whoever answers reads with the ticket', async () => {
    const ticket = await open('Defaults');
    expect((await read(ticket)).answerDefaults).toMatchObject({ afterAnswer: 'wait', takeOnAnswer: false, afterwards: 'stay' });
    await app.api('PUT', '/settings', { afterAnswer: 'close', takeOnAnswer: true, afterwards: 'next' });
    expect((await read(ticket)).answerDefaults).toMatchObject({ afterAnswer: 'close', takeOnAnswer: true, afterwards: 'next' });
    expect((await app.request('PUT', '/settings', { afterAnswer: 'burn' })).status).toBe(400);
  });

  test('takes a ticket that nobody has, leaves it to who has it, and gives it back when it is taken back', async () => {
    const mine = await open('Nobody has it');
    const comment = await answer(mine, { text: 'I am at it.', take: true, undoable: true });
    expect(await read(mine)).toMatchObject({ assignee: { firstname: 'Ada' } });
    await app.api('POST', `/comments/${comment.documentId}/undo`);
    expect(await read(mine)).toMatchObject({ assignee: null });
    const { id } = await app.strapi.db.query('admin::user').create({ data: { firstname: 'Other', email: 'other@example.com' } });
    const theirs = await open('Theirs', { assignee: id });
    await answer(theirs, { text: 'By the way.', take: true });
    expect(await read(theirs)).toMatchObject({ assignee: { firstname: 'Other' } });
  });
});

describe('a ticket that is put off', () => {
  test('leaves the lists of work for one of its own, and is counted there', async () => {
    const ticket = await open('Put off');
    const before = await views();
    expect(await change(ticket, { snooze: { until: inHours(3) } })).toMatchObject({
      snoozedAt: expect.any(String),
      snoozedUntil: expect.any(String),
    });
    expect(await listsOf(ticket)).toEqual(['snoozed', 'all']);
    expect(await views()).toEqual({
      ...before,
      open: before.open - 1,
      unassigned: before.unassigned - 1,
      snoozed: before.snoozed + 1,
    });
    expect(await change(ticket, { snooze: null })).toMatchObject({ snoozedAt: null, snoozedUntil: null });
    expect(await listsOf(ticket)).toEqual(['unassigned', 'open', 'all']);
    expect(await views()).toEqual(before);
    expect((await logged(ticket)).slice(0, 2)).toEqual(['awake', 'snoozed']);
  });

  test('is back by the clock before any task has run, then in the log, and first in the list', async () => {
    const ticket = await open('Back by itself');
    await open('Newer');
    const { open: wereOpen, snoozed: wereAsleep } = await views();
    const until = Date.now() + 4_000;
    await change(ticket, { snooze: { until: new Date(until).toISOString() } });
    expect(await listsOf(ticket)).toEqual(['snoozed', 'all']);
    await new Promise((resolve) => setTimeout(resolve, until + 100 - Date.now()));
    expect(await listsOf(ticket)).toEqual(['unassigned', 'open', 'all']);
    expect(await views()).toMatchObject({ open: wereOpen, snoozed: wereAsleep });
    expect(await read(ticket)).toMatchObject({ snoozedAt: null });
    await Promise.all([wakeTickets(app.strapi), wakeTickets(app.strapi)]);
    expect((await logged(ticket)).filter((kind) => kind === 'awake')).toHaveLength(1);
    expect((await app.api('GET', '/tickets?view=open'))[0]).toMatchObject({ title: 'Back by itself' });
  });

  test('comes back when the customer answers, by email and by the site’s own door, and not for a note or a machine', async () => {
    await server.append('INBOX', mail({ subject: 'Scanner question', text: 'How?', messageId: '<question@customer.test>' }));
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    const [ticket] = await app.api('GET', '/tickets?search=Scanner question');
    await change(ticket, { snooze: { until: null } });
    const references = { References: '<question@customer.test>' };
    const absent = { ...references, 'Auto-Submitted': 'auto-replied' };
    await server.append('INBOX', mail({ subject: 'Out of office', text: 'Back on Monday.', headers: absent }));
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    await answer(ticket, { text: 'Just between us.', isPublic: false });
    await wakeTickets(app.strapi);
    expect(await listsOf(ticket)).toEqual(['snoozed', 'all']);
    await server.append('INBOX', mail({ subject: 'Re: Scanner question', text: 'Any news?', headers: references }));
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(await listsOf(ticket)).toEqual(['unassigned', 'open', 'all']);
    expect((await logged(ticket))[0]).toBe('awake');

    await change(ticket, { snooze: { until: inHours(30) } });
    const { contact } = await query('ticket').findOne({ where: { documentId: ticket.documentId }, populate: { contact: true } });
    const data = { ticket: ticket.id, contact: contact.id, text: 'By the site.', isPublic: true, source: 'api' };
    await app.strapi.documents('plugin::mail-scanner.comment').create({ data: data as never });
    expect(await listsOf(ticket)).toEqual(['unassigned', 'open', 'all']);
  });

  test('is not hidden by a clock that has gone back', async () => {
    const ticket = await open('Time machine');
    await change(ticket, { snooze: { until: inHours(24 * 60) } });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 24 * 30 * HOUR_MS });
    try {
      expect(await app.api('GET', '/tickets?view=open&search=Time machine')).toMatchObject([{ snoozedAt: null }]);
      await wakeTickets(app.strapi);
    } finally {
      vi.useRealTimers();
    }
    expect(await listsOf(ticket)).toContain('open');
  });

  test('is closed like any other, and then not put off any more; a time that has passed is refused with words', async () => {
    const ticket = await open('Closed at last');
    await change(ticket, { snooze: { until: inHours(5) } });
    await change(ticket, { ticketStatus: 'Closed' });
    expect(await listsOf(ticket)).toEqual(['all', 'closed']);
    expect(await change(ticket, { ticketStatus: 'Open' })).toMatchObject({ snoozedAt: null });
    for (const until of [inHours(-1), inHours(24 * 365 * 6), 'tomorrow']) {
      const refused = await app.request('PUT', `/tickets/${ticket.documentId}`, { snooze: { until } });
      expect(refused).toMatchObject({ status: 400 });
      expect(refused.body.error.message).toBe('Choose a moment that is still to come, at most 5 years ahead.');
    }
  });

  test('is put off with others at once, and through the site’s own API', async () => {
    const tickets = [await open('Many one'), await open('Many two')];
    await app.api('PUT', '/tickets/bulk', { ids: tickets.map(({ documentId }) => documentId), data: { snooze: { until: inHours(2) } } });
    for (const ticket of tickets) expect(await listsOf(ticket)).toEqual(['snoozed', 'all']);
    const byApi = await open('By the API');
    await app.strapi
      .documents('plugin::mail-scanner.ticket')
      .update({ documentId: byApi.documentId, data: { snoozedUntil: inHours(2) } as never });
    expect(await listsOf(byApi)).toEqual(['snoozed', 'all']);
    await eventually(async () => (await views()).snoozed >= 3);
  });
});

describe('an answer that is to be sent later', () => {
  const outbox = () => app.strapi.plugin('mail-scanner').service('outbox');
  const deliver = () => outbox().deliver();
  const sendScheduled = () => sendDue(app.strapi);
  const later = (ticket: any, milliseconds: number, more: object = {}) =>
    answer(ticket, { text: 'The part has arrived.', sendAt: new Date(Date.now() + milliseconds).toISOString(), ...more });
  const lastComment = async (ticket: any) => (await read(ticket)).comments.at(-1);
  const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const mailsTo = (name: string) => sink.mails.filter(({ to }) => to.includes(`${name}@customer.test`));

  test('is nothing to the customer until then, and no other email repeats it', async () => {
    const ticket = await open('For later');
    const comment = await later(ticket, 2 * HOUR_MS, { ticketStatus: 'Closed' });
    expect(comment).toMatchObject({ isPublic: false, delivery: { state: 'scheduled', sendAt: expect.any(String) } });
    expect(await read(ticket)).toMatchObject({ ticketStatus: 'Open' });
    expect(await app.api('GET', '/deliveries?state=scheduled')).toMatchObject([{ ticket: { title: 'For later' } }]);
    await sendScheduled();
    await answer(ticket, { text: 'We are looking into it.' });
    await eventually(() => mailsTo('forlater').length === 1);
    expect(mailsTo('forlater')[0].parsed.text).not.toContain('The part has arrived');
  });

  test('leaves at its time, once, and only then changes the ticket', async () => {
    const ticket = await open('On time');
    await later(ticket, 700, { ticketStatus: 'Wait For Response' });
    await sleep(800);
    await Promise.all([sendScheduled(), sendScheduled()]);
    await deliver();
    await eventually(() => mailsTo('ontime').length > 0);
    expect(mailsTo('ontime')).toHaveLength(1);
    expect(mailsTo('ontime')[0].parsed.text).toContain('The part has arrived.');
    expect(await read(ticket)).toMatchObject({ ticketStatus: 'Wait For Response' });
    expect(await lastComment(ticket)).toMatchObject({ isPublic: true, delivery: { state: 'sent' } });
  });

  test('is not sent by itself where the customer has written meanwhile, and is when somebody says so', async () => {
    const ticket = await open('Overtaken');
    await later(ticket, 500, { ticketStatus: 'Closed' });
    const { contact } = await query('ticket').findOne({ where: { documentId: ticket.documentId }, populate: { contact: true } });
    const data = { ticket: ticket.id, contact: contact.id, text: 'It works again!', isPublic: true, source: 'api' };
    await app.strapi.documents('plugin::mail-scanner.comment').create({ data: data as never });
    await sleep(600);
    await sendScheduled();
    await deliver();
    const held = (await read(ticket)).comments[0];
    expect(held).toMatchObject({ isPublic: false, delivery: { state: 'failed', lastErrorSaid: { code: 'outgoing.wroteMeanwhile' } } });
    expect(await read(ticket)).toMatchObject({ ticketStatus: 'Open' });
    await app.api('POST', '/deliveries/retry');
    await deliver();
    expect(mailsTo('overtaken')).toEqual([]);
    await app.api('POST', `/deliveries/${held.delivery.documentId}/retry`);
    await eventually(() => mailsTo('overtaken').length === 1);
    expect(await read(ticket)).toMatchObject({ ticketStatus: 'Closed' });
  });

  test('leaves, too, when its author’s account is gone by then', async () => {
    const ticket = await open('By who left');
    const email = 'leaving@example.com';
    const role = await app.strapi.service('admin::role')!.getSuperAdmin();
    const names = { firstname: 'Lea', lastname: 'Ving', isActive: true, registrationToken: null, roles: [role.id] };
    const leaving = await app.strapi.service('admin::user')!.create({ email, password: 'Passw0rd!gone', ...names });
    const { body: login } = await app.request('POST', '/admin/login', { email, password: 'Passw0rd!gone' }, null);
    const sendAt = new Date(Date.now() + 500).toISOString();
    const written = { text: 'The part has arrived.', isPublic: true, sendAt, ticketStatus: 'Closed' };
    const token = login.data.token ?? login.data.accessToken;
    expect((await app.request('POST', `/tickets/${ticket.documentId}/comments`, written, token)).status).toBe(201);
    await app.strapi.service('admin::user')!.deleteById(leaving.id);
    await sleep(600);
    await sendScheduled();
    await eventually(() => mailsTo('bywholeft').length === 1);
    expect(await read(ticket)).toMatchObject({ ticketStatus: 'Closed' });
  });

  test('waits while the database is away, and what keeps it from leaving for good is told', async () => {
    const [away, broken] = [await open('Away for a moment'), await open('Broken for good')];
    const comments = [await later(away, 300), await later(broken, 300)];
    const failures: Record<string, Error> = {
      [comments[0].documentId]: Object.assign(new Error('too many clients'), { code: '53300' }),
      [comments[1].documentId]: new TypeError('Something is undefined.'),
    };
    let isOver = false;
    app.strapi.db.lifecycles.subscribe({
      models: ['plugin::mail-scanner.comment'],
      async beforeUpdate({ params: { data, where } }: any) {
        if (isOver || data.isPublic !== true) return;
        const row = await query('comment').findOne({ where });
        if (failures[row.documentId]) throw failures[row.documentId];
      },
    } as never);
    await sleep(400);
    await sendScheduled();
    isOver = true;
    expect(await lastComment(away)).toMatchObject({ delivery: { state: 'scheduled' } });
    expect(await lastComment(broken)).toMatchObject({ delivery: { state: 'failed', lastError: expect.stringContaining('undefined') } });
    // Nothing runs by itself here that would take it up.
    expect(await app.strapi.db.getConnection('mail_scanner_news').where({ kind: 'failed', ticket_id: broken.id })).toHaveLength(1);
    await sendScheduled();
    await eventually(() => mailsTo('awayforamoment').length === 1);
  });

  test('is taken back to be written on, or cancelled, and then never leaves', async () => {
    const ticket = await open('Second thoughts');
    const comment = await later(ticket, 400);
    expect(await app.api('POST', `/comments/${comment.documentId}/undo`)).toMatchObject({
      text: 'The part has arrived.',
      sendAt: expect.any(String),
    });
    const other = await later(ticket, 400);
    await app.api('POST', `/deliveries/${other.delivery.documentId}/cancel`);
    await sleep(500);
    await sendScheduled();
    await deliver();
    expect(mailsTo('secondthoughts')).toEqual([]);
    expect((await read(ticket)).comments).toMatchObject([{ isPublic: false, delivery: { state: 'cancelled' } }]);
    const past = await app.request('POST', `/tickets/${ticket.documentId}/comments`, {
      isPublic: true,
      text: 'Too late.',
      sendAt: inHours(-1),
    });
    expect(past.status).toBe(400);
  });
});

describe('whom an answer goes to', () => {
  const addresses = (people: any[]) => people.map(({ address }) => address);

  test('everybody who had the email is proposed, as mail programs do it, and none of our own addresses', async () => {
    const headers = {
      Cc: 'Boss <boss@customer.test>, support@example.com, printers@supplier.test',
      'Authentication-Results': 'mx.example.com; dmarc=pass header.from=customer.test',
    };
    const { username } = server.settings();
    await app.api('PUT', `/scanners/${scanner.documentId}`, { fromAddress: 'desk@example.com', authservId: 'mx.example.com' });
    await server.append('INBOX', mail({ subject: 'To several', to: `${username}, desk@example.com, jane2@customer.test`, headers }));
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    const [ticket] = await app.api('GET', '/tickets?search=To several');
    const { replyTo, comments } = await read(ticket);
    expect(comments[0]).toMatchObject({ verified: true });
    expect(addresses(replyTo.to)).toEqual(['jane@customer.test']);
    expect(replyTo.cc).toEqual([]);
    expect(addresses(replyTo.all.to)).toEqual(['jane@customer.test']);
    expect(addresses(replyTo.all.cc)).toEqual(['jane2@customer.test', 'boss@customer.test', 'printers@supplier.test']);
    expect(replyTo.sender).toMatchObject({ to: [{ address: 'jane@customer.test' }], cc: [] });
    await query('comment').updateMany({ where: { documentId: comments[0].documentId }, data: { verified: false } });
    expect((await read(ticket)).replyTo.all).toEqual({ to: replyTo.to, cc: [] });
  });

  test('people who take part, contacts and colleagues are suggested, and none of our own addresses', async () => {
    const ticket = await open('Suggestions');
    await change(ticket, { addParticipants: ['partner@supplier.test'] });
    const suggested = async (search: string) => addresses(await app.api('GET', `/tickets/${ticket.documentId}/people?search=${search}`));
    expect(await suggested('partner')).toEqual(['partner@supplier.test']);
    expect(await suggested('suggestions')).toEqual(['suggestions@customer.test']);
    expect(await suggested('ada')).toEqual(['admin@example.com']);
    expect(await suggested('desk@example.com')).toEqual([]);
  });
});

describe('a signature', () => {
  test('is that of who answers, else of the scanner, clean, where the template wants it', async () => {
    const template = await app.api('GET', '/email-templates/change-comments');
    await app.api('PUT', '/email-templates/change-comments', { ...template, body: `${template.body}<p>$agent-signature$</p>` });
    const mailOf = async (title: string, more: object = {}) => {
      const ticket = await open(title, more);
      await answer(ticket, { text: 'Hello.' });
      const name = title.toLowerCase();
      return (await eventually(() => sink.mails.find(({ to }) => to.includes(`${name}@customer.test`)))).parsed;
    };
    expect((await mailOf('Unsigned')).text).not.toContain('signature');
    await app.api('PUT', `/scanners/${scanner.documentId}`, { signature: '<p>The desk<script>alert(1)</script></p>' });
    const { id } = await query('scanner').findOne({ where: { documentId: scanner.documentId } });
    const ofDesk = await mailOf('Desksigned', { scanner: id });
    expect(ofDesk.text).toContain('The desk');
    expect(ofDesk.html).not.toContain('script');
    expect(await app.api('PUT', '/my-signature', { html: '<p>Ada, <b>Support</b><img src=x onerror=alert(1)></p>' })).not.toMatchObject({
      html: expect.stringContaining('onerror'),
    });
    const own = await mailOf('Handsigned', { scanner: id });
    expect(own.text).toContain('Ada, Support');
    expect(own.text).not.toContain('The desk');
    // What an editor leaves where everything was deleted is no signature.
    expect(await app.api('PUT', '/my-signature', { html: '<p></p>' })).toEqual({ html: '' });
  });
});

describe('a search', () => {
  test('finds tickets by the beginning of their number, with or without the prefix', async () => {
    const { ticketNumber } = await open('Numbered');
    const digits = ticketNumber.replace(/\D/g, '');
    for (const words of [digits.slice(0, 3), ticketNumber.slice(0, -1), `#${digits.slice(0, 3)}`]) {
      const found = await app.api('GET', `/tickets?pageSize=100&search=${encodeURIComponent(words)}`);
      expect(found.map((ticket: any) => ticket.ticketNumber)).toContain(ticketNumber);
    }
  });
});
