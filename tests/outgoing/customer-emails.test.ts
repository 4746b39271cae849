import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import JSZip from 'jszip';
import { linkToken } from '../../server/services/settings/customer-links';
import { isUnreadAddress, wantsNoAnswer } from '../../server/services/message/reading/machines/wants-no-answer';
import { startDesk, type Desk } from '../support/desk';
import { eventually, mail, type MailInput } from '../support/helpdesk';

/** What customers are told beside our answers: that their email has arrived, that their ticket is closed. */

let desk: Desk;
let app: Desk['app'];
let server: Desk['server'];
let sink: Desk['sink'];
let scanner: Desk['scanner'];

beforeAll(async () => {
  desk = await startDesk();
  ({ app, server, sink, scanner } = desk);
});

afterAll(() => desk?.stop());

afterEach(async () => {
  sink.mails.length = 0;
  await query('email-template').deleteMany({});
  await query('scanner').updateMany({ where: {}, data: { customerEmails: null } });
  await app.api('PUT', '/settings', { emailLanguages: [] });
});

const query = (type: string): any => app.strapi.db.query(`plugin::mail-scanner.${type}` as never);
const deliver = () => app.strapi.plugin('mail-scanner').service('outbox').deliver();
const switchOn = (key: string, change: object = {}) => app.api('PUT', `/email-templates/${key}`, { active: true, ...change });
const now = () => new Date().toUTCString();

/** Emails that have just been written come into the mailbox, and are scanned. */
async function arrive(...mails: MailInput[]): Promise<void> {
  for (const one of mails) await server.append('INBOX', mail({ ...one, headers: { Date: now(), ...one.headers } }));
  await app
    .api('POST', `/scanners/${scanner.documentId}/run`, { unread: 'all' })
    .catch(() => app.api('POST', `/scanners/${scanner.documentId}/run`, {}));
  await deliver();
}
const mailsTo = (address: string) => sink.mails.filter(({ to }) => to.includes(address)).map(({ parsed, raw }) => ({ ...parsed, raw }));
const ticketOf = (email: string): Promise<any> => query('ticket').findOne({ where: { contact: { email } }, orderBy: { id: 'desc' } });
const close = async (email: string) => app.api('PUT', `/tickets/${(await ticketOf(email)).documentId}`, { ticketStatus: 'Closed' });
/** The seconds for which a closing can be taken back are over. */
async function secondsPass(): Promise<void> {
  await query('delivery').updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } });
  await deliver();
}

test('as long as nobody switches them on, customers get none of these emails', async () => {
  await arrive({ from: 'off@customer.test' });
  await close('off@customer.test');
  await secondsPass();
  expect(sink.mails).toEqual([]);
  expect(await query('delivery').count()).toBe(0);
});

test('who opens a ticket is told its number, and an answer to that joins the ticket', async () => {
  await switchOn('ticket-opened');
  await arrive({ from: 'Ann Example <ann@customer.test>', subject: 'A lamp', messageId: '<lamp@customer.test>' });
  const [told, ...more] = mailsTo('ann@customer.test');
  const ticket = await ticketOf('ann@customer.test');
  expect(more).toEqual([]);
  expect(told.subject).toBe(`We have received your message: A lamp [${ticket.ticketNumber}]`);
  expect(told.text).toContain('Hello Ann,');
  expect(told.inReplyTo).toBe('<lamp@customer.test>');
  expect(told.raw).toMatch(/^Auto-Submitted: auto-replied$/m);
  expect(told.raw).toMatch(/^X-Auto-Response-Suppress: All$/m);
  const [entry] = await app.api('GET', `/tickets/${ticket.documentId}/activities`);
  expect(entry).toMatchObject({ kind: 'mailSent', detail: { to: ['ann@customer.test'], template: 'ticket-opened' } });
  await arrive({ from: 'ann@customer.test', subject: 'Other words', headers: { 'In-Reply-To': told.messageId! } });
  expect(await query('ticket').count({ where: { contact: { email: 'ann@customer.test' } } })).toBe(1);
  expect(mailsTo('ann@customer.test')).toHaveLength(1);
});

test('one sender is told at most once an hour, also by one batch of their emails', async () => {
  await switchOn('ticket-opened');
  await arrive({ from: 'many@customer.test', subject: 'One' }, { from: 'many@customer.test', subject: 'Two' });
  await arrive({ from: 'many@customer.test', subject: 'Three' });
  expect(await query('ticket').count({ where: { contact: { email: 'many@customer.test' } } })).toBe(3);
  expect(mailsTo('many@customer.test')).toHaveLength(1);
  await query('contact').updateMany({ where: { email: 'many@customer.test' }, data: { confirmedAt: new Date(Date.now() - 3_700_000) } });
  await arrive({ from: 'many@customer.test', subject: 'Four' });
  expect(mailsTo('many@customer.test')).toHaveLength(2);
});

const MACHINES: [who: string, input: MailInput][] = [
  ['a program', { headers: { 'Auto-Submitted': 'auto-generated' } }],
  ['bulk mail', { headers: { Precedence: 'bulk' } }],
  ['a list', { headers: { 'List-Id': '<news.lists.test>' } }],
  ['a list’s program', { from: 'garden+help@lists.test', headers: { 'Reply-To': '<garden+confsub-5f1c-desk=example.com@lists.test>' } }],
  ['who asks for silence', { headers: { 'X-Auto-Response-Suppress': 'OOF, AutoReply' } }],
  ['an address that nobody reads', { from: 'No-Reply <no-reply@shop.test>' }],
  ['an alert’s address', { from: 'watch@ours.test' }],
  ['an address of ours', { from: 'support@example.com', to: 'support@example.com' }],
  ['who wrote weeks ago', { headers: { Date: 'Mon, 02 Feb 2026 10:00:00 +0000' } }],
];

test('machines, lists, our own people’s addresses and old mail are told nothing, neither at the beginning nor at the end', async () => {
  await switchOn('ticket-opened');
  await switchOn('ticket-closed');
  await app.api('PUT', '/alerts', { afterMinutes: 30, emails: ['watch@ours.test'] });
  const mails = MACHINES.map(([who, input], index) => ({ from: `machine${index}@customer.test`, subject: who, ...input }));
  await arrive(...mails);
  const tickets = await query('ticket').findMany({ where: { title: { $in: MACHINES.map(([who]) => who) } } });
  expect(tickets.map(({ title }: any) => title).sort()).toEqual(MACHINES.map(([who]) => who).sort());
  for (const { documentId, title } of tickets)
    if (title !== 'who wrote weeks ago') await app.api('PUT', `/tickets/${documentId}`, { ticketStatus: 'Closed' });
  await secondsPass();
  expect(sink.mails.map(({ parsed }) => parsed.subject)).toEqual([]);
});

test('a preview says that the customer would be told, and tells nobody', async () => {
  await switchOn('ticket-opened');
  await server.append('INBOX', mail({ from: 'preview@customer.test', headers: { Date: now() } }));
  const preview = await app.api('POST', `/scanners/${scanner.documentId}/preview`, {});
  expect(JSON.stringify(preview)).toContain('The customer is told that it has arrived.');
  await deliver();
  expect(sink.mails).toEqual([]);
  await arrive();
  expect(mailsTo('preview@customer.test')).toHaveLength(1);
});

test('a scanner says otherwise than the templates, for its own customers', async () => {
  await switchOn('ticket-opened');
  await app.api('PUT', `/scanners/${scanner.documentId}`, { customerEmails: { 'ticket-opened': false, 'ticket-closed': true } });
  await arrive({ from: 'scanner@customer.test' });
  expect(sink.mails).toEqual([]);
  await close('scanner@customer.test');
  await secondsPass();
  expect(mailsTo('scanner@customer.test')).toMatchObject([{ subject: expect.stringContaining('Closed: Broken printer') }]);
});

describe('who is told that their ticket is closed', () => {
  test('gets it after the answer that closes it, once a day', async () => {
    await switchOn('ticket-closed');
    await arrive({ from: 'closed@customer.test', subject: 'A chair' });
    const { documentId } = await ticketOf('closed@customer.test');
    await app.api('POST', `/tickets/${documentId}/comments`, { text: 'Done.', isPublic: true, ticketStatus: 'Closed', undoable: true });
    await secondsPass();
    const told = await eventually(() => mailsTo('closed@customer.test').length === 2 && mailsTo('closed@customer.test'));
    expect(told.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Re: A chair/), expect.stringMatching(/^Closed: A chair/)]);
    expect(told[1].raw).toMatch(/^Auto-Submitted: auto-replied$/m);
    expect(told[0].raw).not.toMatch(/^Auto-Submitted/m);
    await app.api('PUT', `/tickets/${documentId}`, { ticketStatus: 'Open' });
    await close('closed@customer.test');
    await secondsPass();
    expect(mailsTo('closed@customer.test')).toHaveLength(2);
  });

  test('is not told when the closing is taken back', async () => {
    await switchOn('ticket-closed');
    await arrive({ from: 'undo@customer.test' });
    const { documentId } = await ticketOf('undo@customer.test');
    const answer = { text: 'Done.', isPublic: true, ticketStatus: 'Closed', undoable: true };
    const comment = await app.api('POST', `/tickets/${documentId}/comments`, answer);
    await app.api('POST', `/comments/${comment.documentId}/undo`);
    await secondsPass();
    expect(sink.mails).toEqual([]);
    expect(await query('delivery').findMany({ where: { ticket: { documentId } } })).toMatchObject([
      { state: 'cancelled', lastErrorSaid: { code: 'outgoing.reopened' } },
    ]);
  });

  test('is counted before many are closed at once, and not told where somebody leaves that out', async () => {
    await switchOn('ticket-closed');
    const bulk = (count: number) => Array.from({ length: count }, (_, index) => ({ from: `bulk${index}@customer.test`, subject: 'Bulk' }));
    await arrive(...bulk(4), { from: 'bulk9@customer.test', subject: 'Bulk', headers: { Precedence: 'bulk' } });
    await app.api('POST', '/tickets', { title: 'Bulk', priority: 'Low' });
    const emailsOf = async (which: object) => (await app.api('POST', '/tickets/closing-emails', which)).emails;
    const change = (which: object, more: object = {}) =>
      app.api('PUT', '/tickets/bulk', { ...which, data: { ticketStatus: 'Closed' }, ...more });
    const tickets = await app.api('GET', '/tickets?view=open&search=Bulk');
    const ids = tickets.map(({ documentId }: any) => documentId);
    expect(ids).toHaveLength(6);
    // A machine and a ticket of nobody's are among them.
    expect(await emailsOf({ ids })).toBe(4);
    expect(await emailsOf({ filter: { view: 'open', search: 'Bulk' } })).toBe(4);
    const of = (number: number) => tickets.find(({ contact }: any) => contact?.email === `bulk${number}@customer.test`).documentId;
    await change({ ids: [of(0)] });
    expect(await emailsOf({ ids })).toBe(3);
    await app.api('PUT', `/tickets/${of(0)}`, { ticketStatus: 'Open' });
    expect(await emailsOf({ ids })).toBe(3);
    await change({ ids: [of(1)] }, { tellCustomers: false });
    const { id } = await change({ filter: { view: 'open', search: 'Bulk' } }, { tellCustomers: false });
    await eventually(async () => (await app.api('GET', `/work/${id}`)).endedAt);
    expect(await query('ticket').count({ where: { title: 'Bulk', ticketStatus: 'Closed' } })).toBe(6);
    await secondsPass();
    expect(sink.mails.map(({ to }) => to).flat()).toEqual(['bulk0@customer.test']);
    await query('email-template').deleteMany({});
    expect(await emailsOf({ ids })).toBe(0);
  });

  test('is not told of a merge, which closes nothing for them', async () => {
    await switchOn('ticket-closed');
    await arrive({ from: 'merge@customer.test', subject: 'First' }, { from: 'merge@customer.test', subject: 'Second' });
    const [first, second] = await query('ticket').findMany({ where: { contact: { email: 'merge@customer.test' } } });
    await app.api('POST', `/tickets/${first.documentId}/merge`, { into: second.documentId });
    await secondsPass();
    expect(sink.mails).toEqual([]);
  });
});

test('a first email of ours says nothing of an answer; the next one does', async () => {
  await switchOn('first-email');
  const first = { title: 'An appointment', contactEmail: 'first@customer.test', comment: { text: 'May I call you?', isPublic: true } };
  const { documentId } = await app.api('POST', '/tickets', first);
  await app.api('POST', `/tickets/${documentId}/comments`, { text: 'And when?', isPublic: true });
  await deliver();
  const told = await eventually(() => mailsTo('first@customer.test').length === 2 && mailsTo('first@customer.test'));
  expect(told[0].subject).toMatch(/^An appointment \[/);
  expect(told[0].text).toContain('May I call you?');
  expect(told[0].text).not.toContain('there is news on your request');
  expect(told[0].raw).not.toMatch(/^Auto-Submitted/m);
  expect(told[1].text).toContain('there is news on your request');
});

test('many of them to one contact are held back, as all that programs send', async () => {
  await switchOn('ticket-closed');
  await arrive({ from: 'loop@customer.test' });
  const { id, documentId } = await ticketOf('loop@customer.test');
  for (let count = 0; count < 10; count += 1)
    await query('delivery').create({
      data: { ticket: id, template: 'ticket-opened', state: 'sent', messageId: `budget-${count}@example.com` },
    });
  await app.api('PUT', `/tickets/${documentId}`, { ticketStatus: 'Closed' });
  await secondsPass();
  expect(sink.mails).toEqual([]);
  const told = { template: 'ticket-closed', ticket: { id } };
  expect(await query('delivery').findOne({ where: told })).toMatchObject({ state: 'failed', lastErrorSaid: { code: 'outgoing.loop' } });
});

test('what is sent by itself goes to the contact alone', async () => {
  const { status } = await app.request('PUT', '/email-templates/ticket-opened', { sendTo: ['contactEmail', 'participants'] });
  expect(status).toBe(400);
});

test('addresses that nobody reads are known by their words, and not by letters in a name', () => {
  const unread = [
    'noreply@x.test',
    'no.reply+1@x.test',
    'shop-noreply@x.test',
    'donotreply@x.test',
    'nicht-antworten@x.test',
    'bounce-42@x.test',
  ];
  expect(unread.filter(isUnreadAddress)).toEqual(unread);
  const read = ['noreen.play@x.test', 'info@noreply.test', 'john@x.test', 'bouncer@x.test', 'request@x.test'];
  expect(read.filter(isUnreadAddress)).toEqual([]);
  expect(wantsNoAnswer({ automatic: null, list: null, identity: 'doubtful', headers: {} })).toBe(true);
  expect(wantsNoAnswer({ automatic: null, list: null, identity: 'unknown', headers: {} })).toBe(false);
});

describe('a customer who writes in another language of the site', () => {
  const german = 'Guten Tag, ich habe vor zwei Wochen eine Lampe bei Ihnen bestellt und sie ist noch nicht da. Wann kommt sie?';
  const finnish = 'Hei, tilasin teiltä lampun kaksi viikkoa sitten, mutta se ei ole vielä tullut. Voitteko kertoa, milloin se on perillä?';
  const contactOf = (email: string): Promise<any> => query('contact').findOne({ where: { email } });

  test('is written to in the site’s, as long as the site names no other', async () => {
    await switchOn('ticket-opened');
    await arrive({ from: 'one@customer.test', text: german });
    expect(await contactOf('one@customer.test')).toMatchObject({ language: 'de' });
    expect(mailsTo('one@customer.test')).toMatchObject([{ subject: expect.stringContaining('We have received your message') }]);
  });

  test('is written to in theirs: by the default, by the text of that language, and else by the site’s', async () => {
    await app.api('PUT', '/settings', { emailLanguages: ['de', 'sv'] });
    await switchOn('ticket-opened');
    await arrive({ from: 'two@customer.test', text: german }, { from: 'three@customer.test', text: finnish });
    const [told] = mailsTo('two@customer.test');
    expect(told.subject).toContain('Ihre Nachricht ist angekommen');
    expect(told.text).toContain('##- Bitte schreiben Sie Ihre Antwort über diese Zeile -##');
    // Nobody has chosen Finnish.
    expect(mailsTo('three@customer.test')).toMatchObject([{ subject: expect.stringContaining('We have received your message') }]);
    expect(await contactOf('three@customer.test')).toMatchObject({ language: 'fi' });

    const answer = async (email: string) => {
      const { documentId } = await ticketOf(email);
      sink.mails.length = 0;
      await app.api('POST', `/tickets/${documentId}/comments`, { text: 'On its way.', isPublic: true });
      await deliver();
      return eventually(() => mailsTo(email)[0]);
    };
    expect((await answer('two@customer.test')).text).toContain('es gibt Neues zu Ihrer Anfrage');
    const site = { subject: 'Site $helpdesk-ticket_no$', body: '<p>$helpdesk-replyabove$</p><p>For all</p>$helpdesk-comments$' };
    const own = { subject: 'Nur deutsch $helpdesk-ticket_no$', body: '<p>$helpdesk-replyabove$</p><p>Für Sie</p>$helpdesk-comments$' };
    await app.api('PUT', '/email-templates/change-comments', site);
    const shared = await answer('two@customer.test');
    expect(shared.text).toContain('For all');
    expect(shared.text).toContain('##- Please type your reply above this line -##');
    const saved = await app.api('PUT', '/email-templates/change-comments', { texts: { de: own } });
    expect(saved).toMatchObject({ ...site, texts: { de: own }, language: 'en' });
    expect(saved.languages).toEqual([
      { language: 'de', isOwn: true, ...own },
      { language: 'sv', isOwn: false, ...site },
    ]);
    expect(await answer('two@customer.test')).toMatchObject({ subject: expect.stringMatching(/^Nur deutsch/) });
    expect(await answer('three@customer.test')).toMatchObject({ subject: expect.stringMatching(/^Site/) });
    const preview = await app.api('POST', '/email-templates/change-comments/preview', { language: 'de' });
    expect(preview.text).toContain('Für Sie');
    await app.api('PUT', '/email-templates/change-comments', { texts: { de: null } });
    expect(await answer('two@customer.test')).toMatchObject({ subject: expect.stringMatching(/^Site/) });
    await app.api('POST', '/email-templates/change-comments/reset');
  });

  test('keeps the language that somebody chose for them, whatever they write', async () => {
    await app.api('PUT', '/settings', { emailLanguages: ['de', 'sv'] });
    await switchOn('ticket-opened');
    const { documentId } = await contactOf('two@customer.test');
    expect(await app.api('PUT', `/contacts/${documentId}`, { language: 'sv' })).toMatchObject({ language: 'sv' });
    await query('contact').updateMany({ where: { email: 'two@customer.test' }, data: { confirmedAt: null } });
    await arrive({ from: 'two@customer.test', text: german });
    expect(mailsTo('two@customer.test')).toMatchObject([{ subject: expect.stringContaining('Vi har tagit emot ditt meddelande') }]);
    expect(await contactOf('two@customer.test')).toMatchObject({ language: 'sv' });
    expect((await app.request('PUT', `/contacts/${documentId}`, { language: 'xx' })).status).toBe(400);
  });

  test('whose address is known for long gets a language by their next email', async () => {
    await app.api('POST', '/contacts', { email: 'known@customer.test' });
    await arrive({ from: 'known@customer.test', text: german });
    expect(await contactOf('known@customer.test')).toMatchObject({ language: 'de' });
  });
});

describe('the question how content a customer is', () => {
  beforeAll(async () => {
    await app.api('PUT', '/settings', { publicUrl: app.base, satisfactionAfterHours: 0, satisfactionEveryDays: 30 });
  });

  const ask = async () => {
    await app.strapi.plugin('mail-scanner').service('outbox').ask();
    await deliver();
  };
  /** Somebody writes, is answered, and their ticket is closed. */
  async function closedTicket(email: string): Promise<any> {
    await arrive({ from: email, subject: 'A <lamp>' });
    const ticket = await ticketOf(email);
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Here it is.', isPublic: true });
    await deliver();
    await close(email);
    sink.mails.length = 0;
    return ticket;
  }
  const linksTo = (email: string): string[] => mailsTo(email).flatMap(({ html }) => String(html).match(/http[^"]+\/rating\/[^"]+/g) ?? []);
  async function asked(email: string): Promise<{ ticket: any; links: string[] }> {
    await switchOn('satisfaction');
    const ticket = await closedTicket(email);
    await ask();
    return { ticket, links: linksTo(email) };
  }
  const put = (link: string, form: Record<string, string>) =>
    fetch(link.replace(/\?.*/, ''), { method: 'POST', body: new URLSearchParams(form) });
  const ratingOf = async ({ documentId }: any) => (await app.api('GET', `/tickets/${documentId}`)).rating;

  test('is put once, when the ticket has stayed closed for so long, and to each at most once in thirty days', async () => {
    await closedTicket('off@content.test');
    await ask();
    expect(linksTo('off@content.test')).toEqual([]);
    await switchOn('satisfaction');
    const ticket = await closedTicket('again@content.test');
    await app.api('PUT', `/tickets/${ticket.documentId}`, { ticketStatus: 'Open' });
    await ask();
    expect(linksTo('again@content.test')).toEqual([]);
    await close('again@content.test');
    await Promise.all([ask(), ask()]);
    await deliver();
    expect(linksTo('again@content.test')).toHaveLength(3);
    await app.api('PUT', `/tickets/${ticket.documentId}`, { ticketStatus: 'Open' });
    await close('again@content.test');
    await closedTicket('again@content.test');
    await ask();
    expect(linksTo('again@content.test')).toEqual([]);
    await arrive({ from: 'spam@content.test' });
    await close('spam@content.test');
    await ask();
    expect(mailsTo('spam@content.test')).toEqual([]);
  });

  test('is answered by the button alone: programs that follow its links note nothing', async () => {
    const { ticket, links } = await asked('click@content.test');
    expect(links.map((link) => link.replace(/.*score=/, ''))).toEqual(['good', 'ok', 'bad']);
    for (const method of ['HEAD', 'GET', 'GET']) await fetch(links[2], { method });
    const page = await fetch(links[2]);
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('x-robots-tag')).toContain('noindex');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(html).toMatch(/value="bad" required checked/);
    expect(html).toContain('A &lt;lamp&gt;');
    expect(html).not.toMatch(/<script|<[^>]* on\w+=/);
    expect(await ratingOf(ticket)).toBeNull();
    const { id: ada } = await app.strapi.db.query('admin::user').findOne({ select: ['id'] });
    await app.api('PUT', `/tickets/${ticket.documentId}`, { assignee: ada });
    expect((await put(links[2], {})).status).toBe(400);
    const noted = await put(links[2], { score: 'bad', comment: 'Too <b>slow</b>' });
    expect([noted.status, await noted.text()]).toEqual([200, expect.stringContaining('Thank you for your answer.')]);
    expect(await ratingOf(ticket)).toMatchObject({ score: 'bad', comment: 'Too <b>slow</b>' });
    await eventually(async () => (await app.api('GET', '/notices')).some(({ kind }: any) => kind === 'rated'));
    await put(links[0], { score: 'good', comment: '' });
    expect(await ratingOf(ticket)).toMatchObject({ score: 'good', comment: null });
    const [entry] = await app.api('GET', `/tickets/${ticket.documentId}/activities`);
    expect(entry).toMatchObject({ kind: 'rated', detail: { score: 'good' } });
    expect(await app.api('GET', '/tickets?rating=good')).toMatchObject([{ documentId: ticket.documentId }]);
    expect(await app.api('GET', '/tickets?rating=bad')).toEqual([]);
    const day = new Date().toISOString().slice(0, 10);
    const report = await app.api('GET', `/reports?since=${day}&until=${day}`);
    expect(report.numbers.ratings).toEqual({ good: 1, ok: 0, bad: 0 });
    expect(report.agents).toContainEqual(expect.objectContaining({ rated: 1, ratedGood: 1 }));
  });

  test('is answered in the language of the customer, and not any more after a week', async () => {
    await app.api('PUT', '/settings', { emailLanguages: ['de'] });
    const { ticket, links } = await asked('woche@content.test');
    await query('contact').updateMany({ where: { email: 'woche@content.test' }, data: { language: 'de' } });
    expect(await (await fetch(links[0])).text()).toContain('<html lang="de">');
    await put(links[0], { score: 'ok' });
    await app.strapi.db
      .connection('mail_scanner_ratings')
      .where({ ticket_id: ticket.id })
      .update({ rated_at: Date.now() - 8 * 86_400_000 });
    expect(await (await put(links[0], { score: 'bad' })).text()).toContain('nicht mehr ändern');
    expect(await ratingOf(ticket)).toMatchObject({ score: 'ok' });
  });

  test('has a link that nobody makes, changes or guesses, that ends, and that no log holds', async () => {
    const { ticket, links } = await asked('forged@content.test');
    const [link] = links.map((each) => each.replace(/\?.*/, ''));
    const token = link.split('/').at(-1)!;
    const { id, messageId } = await query('delivery').findOne({ where: { ticket: { id: ticket.id }, template: 'satisfaction' } });
    const made = (change: object) =>
      linkToken(app.strapi, 'rating', { delivery: id, messageId, expiresAt: new Date(Date.now() + 60_000), ...change });
    const parts = token.split('.');
    const forged = [
      [(id + 1).toString(36), ...parts.slice(1)].join('.'),
      [parts[0], 'zzzzzz', ...parts.slice(2)].join('.'),
      `${parts.slice(0, 3).join('.')}.${'A'.repeat(43)}`,
      made({ expiresAt: new Date(Date.now() - 60_000) }),
      made({ messageId: 'another@example.com' }),
      made({ delivery: 999_999_999 }),
      'nothing',
    ];
    const pages = await Promise.all(forged.map((each) => put(link.replace(token, each!), { score: 'bad' })));
    expect(pages.map(({ status }) => status)).toEqual(forged.map(() => 404));
    // Nothing tells one reason from the other.
    expect(new Set(await Promise.all(pages.map((page) => page.text()))).size).toBe(1);
    expect(await ratingOf(ticket)).toBeNull();
    const lines: string[] = [];
    const http = app.strapi.log.http.bind(app.strapi.log);
    app.strapi.log.http = ((line: string) => lines.push(line)) as never;
    await put(link, { score: 'good' }).finally(() => void (app.strapi.log.http = http as never));
    expect(lines.join()).toContain('/rating/link');
    expect(lines.join()).not.toContain(token);
    const many = await Promise.all(Array.from({ length: 25 }, () => fetch(link)));
    expect(many.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  });

  test('goes with the contact: their export holds what they answered, and nothing of it stays', async () => {
    const { ticket, links } = await asked('gone@content.test');
    await put(links[0], { score: 'good', comment: 'Lovely.' });
    const contact = await query('contact').findOne({ where: { email: 'gone@content.test' } });
    const login = await app.request('POST', '/admin/login', { email: 'admin@example.com', password: 'Passw0rd!test' }, null);
    const headers = { authorization: `Bearer ${login.body.data.token}` };
    const response = await fetch(`${app.base}/mail-scanner/contacts/${contact.documentId}/export`, { headers });
    const archive = await JSZip.loadAsync(await response.arrayBuffer());
    expect(await archive.file('contact.json')!.async('string')).toContain('Lovely.');
    await app.api('DELETE', `/contacts/${contact.documentId}`);
    expect(await app.strapi.db.connection('mail_scanner_ratings').where({ ticket_id: ticket.id })).toEqual([]);
    expect((await fetch(links[0])).status).toBe(404);
  });
});
