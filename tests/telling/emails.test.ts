import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDigests, dayOfDigest } from '../../server/services/telling/digest';
import { noteWhatIsDue } from '../../server/services/telling/due';
import { sendNoticeEmails } from '../../server/services/telling/emails';
import { spreadNews } from '../../server/services/telling/spread';
import { startDesk, type Desk } from '../support/desk';
import { mail } from '../support/helpdesk';
import type { ReceivedMail } from '../support/smtp-sink';

/** What administrators are told by email, on a real Strapi with a mailbox and a server that takes what is sent. */

let desk: Desk;
const people = new Map<string, { id: number; token: string }>();
const person = (name: string) => people.get(name)!;
const PASSWORD = 'Passw0rd!told';
const now = () => ({ Date: new Date().toUTCString() });

async function addPerson(name: string, permissions: string[], email = `${name.toLowerCase()}@agents.test`): Promise<void> {
  const { strapi, request } = desk.app;
  const role = await strapi.service('admin::role')!.create({ name, description: name });
  const granted = permissions.map((uid) => ({ action: `plugin::mail-scanner.${uid}`, subject: null, properties: {}, conditions: [] }));
  await strapi.service('admin::role')!.assignPermissions(role.id, granted);
  const user = await strapi
    .service('admin::user')!
    .create({ email, password: PASSWORD, firstname: name, lastname: 'Tester', isActive: true, registrationToken: null, roles: [role.id] });
  const { body } = await request('POST', '/admin/login', { email, password: PASSWORD }, null);
  people.set(name, { id: user.id, token: body.data.token ?? body.data.accessToken });
}

async function as(name: string, method: string, path: string, body?: unknown): Promise<any> {
  const answer = await desk.app.request(method, path, body, person(name).token);
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body.data;
}

const rows = () => desk.app.strapi.db.getConnection('mail_scanner_notice_emails');
/** As if what is to be sent had waited. */
const later = () => rows().whereNotNull('next_at').update({ next_at: 1 });

/** The emails that leave at this moment, where two instances look at once. */
async function emails(): Promise<ReceivedMail[]> {
  const before = desk.sink.mails.length;
  await spreadNews(desk.app.strapi);
  await later();
  await Promise.all([sendNoticeEmails(desk.app.strapi), sendNoticeEmails(desk.app.strapi)]);
  return desk.sink.mails.slice(before);
}

const byEmail = async (name: string, more: object = {}) => {
  const choices = await as(name, 'GET', '/notices/choices');
  const channels = Object.fromEntries(Object.keys(choices.channels).map((kind) => [kind, { panel: true, email: true }]));
  return as(name, 'PUT', '/notices/choices', { ...choices, channels, ...more });
};

const AGENT = ['read-tickets', 'edit-tickets', 'reply-to-tickets', 'assign-tickets'];

beforeAll(async () => {
  desk = await startDesk();
  await addPerson('Ann', AGENT);
  await addPerson('Ben', AGENT);
  await addPerson('Cleo', ['read-own-tickets']);
});
afterAll(() => desk?.stop());

test('nobody gets an email that they have not asked for', async () => {
  await as('Ann', 'POST', '/tickets', { title: 'Broken lamp', assignee: person('Ben').id });
  expect(await emails()).toEqual([]);
});

test('who wants it is told by email: once, marked as a machine’s, with a link and without a word of the customer', async () => {
  await byEmail('Ben');
  await desk.arrives(mail({ subject: 'No toner', text: 'A secret of the customer', headers: now() }));
  const sent = await emails();
  expect(sent).toHaveLength(1);
  const [{ to, raw: source }] = sent;
  expect(to).toEqual(['ben@agents.test']);
  expect(source).toMatch(/^Subject: \[TT\d+\] A new ticket by Jane Doe/m);
  expect(source).toMatch(/^Auto-Submitted: auto-generated/m);
  expect(source).toContain('/plugins/mail-scanner/tickets/');
  expect(source).not.toContain('A secret');
  expect(await emails()).toEqual([]);
});

test('several things are told together, in the language of the panel, and with the beginning of a message where one wants that', async () => {
  await byEmail('Ben', { withExcerpt: true });
  await desk.app.strapi.db.query('admin::user').update({ where: { id: person('Ben').id }, data: { preferedLanguage: 'de' } });
  const ticket = await as('Ann', 'POST', '/tickets', { title: 'Door', assignee: person('Ben').id });
  await spreadNews(desk.app.strapi);
  await as('Ann', 'POST', `/tickets/${ticket.documentId}/comments`, { text: 'It squeaks.', isPublic: false });
  const [{ raw: source }, ...others] = await emails();
  expect(others).toEqual([]);
  expect(source).toMatch(/^Subject: 2 Benachrichtigungen des Helpdesks/m);
  expect(source).toContain('It squeaks.');
  await desk.app.strapi.db.query('admin::user').update({ where: { id: person('Ben').id }, data: { preferedLanguage: 'en' } });
});

test('what was read in the panel meanwhile, or may no longer be seen, is not told', async () => {
  await byEmail('Cleo');
  const read = await as('Ann', 'POST', '/tickets', { title: 'Read', assignee: person('Ben').id });
  const taken = await as('Ann', 'POST', '/tickets', { title: 'Taken away', assignee: person('Cleo').id });
  await spreadNews(desk.app.strapi);
  await as('Ben', 'PUT', '/notices/read', { ticket: read.documentId });
  await as('Ann', 'PUT', `/tickets/${taken.documentId}`, { assignee: null });
  const sent = await emails();
  expect(sent.filter(({ raw: source }) => /Read|Taken away/.test(source) && !/assigned to nobody/.test(source))).toEqual([]);
});

test('who wants to hear no more of a ticket is told nothing of it, by either way', async () => {
  const ticket = await as('Ann', 'POST', '/tickets', { title: 'Noisy', assignee: person('Ben').id });
  await emails();
  expect(await as('Ben', 'PUT', `/tickets/${ticket.documentId}/mute`, { isMuted: true })).toMatchObject({ isMuted: true });
  await as('Ann', 'POST', `/tickets/${ticket.documentId}/comments`, { text: 'Again, @Ben', isPublic: false });
  expect(await emails()).toEqual([]);
  const told = (await as('Ben', 'GET', '/notices')).filter((notice: any) => notice.ticket.documentId === ticket.documentId);
  expect(told.map(({ kind }: any) => kind)).toEqual(['assigned']);
  await as('Ben', 'PUT', `/tickets/${ticket.documentId}/mute`, { isMuted: false });
  await as('Ann', 'POST', `/tickets/${ticket.documentId}/comments`, { text: 'And again', isPublic: false });
  expect(await emails()).toHaveLength(1);
});

test('an email that could not leave is tried again under the same Message-ID, and given up after a day', async () => {
  desk.sink.failWith(() => ({ at: 'to', code: 451 }));
  await as('Ann', 'POST', '/tickets', { title: 'Greylisted', assignee: person('Ben').id });
  expect(await emails()).toEqual([]);
  const [{ mark }] = await rows().whereNotNull('next_at').select('mark');
  desk.sink.failWith(undefined);
  const again = await emails();
  expect(again.map(({ raw }) => raw.includes(mark.replace(' ', '.')))).toEqual([true]);
  await as('Ann', 'POST', '/tickets', { title: 'Old', assignee: person('Ben').id });
  await spreadNews(desk.app.strapi);
  await rows()
    .whereNotNull('next_at')
    .update({ at: Date.now() - 25 * 3_600_000 });
  expect(await emails()).toEqual([]);
});

test('an email to an administrator opens no ticket where it comes back, nor does what a machine answers to it', async () => {
  await as('Ann', 'POST', '/tickets', { title: 'Comes back', assignee: person('Ben').id });
  const [{ raw: source }] = await emails();
  const id = /^Message-ID:\s+(<[^>]+>)/im.exec(source)![1];
  const away = mail({
    from: 'ben@agents.test',
    subject: 'Away until Monday',
    headers: { ...now(), 'In-Reply-To': id, 'Auto-Submitted': 'auto-replied' },
  });
  expect(await desk.arrives(source, away)).toEqual({ noMatch: 2 });
});

test('no email goes to a mailbox of ours, nor to whom is blocked', async () => {
  const scanner = await desk.app.api('GET', `/scanners/${desk.scanner.documentId}`);
  const own = [scanner.username, 'support@example.com'].find((name) => name.includes('@'))!;
  await addPerson('Dora', AGENT, own);
  await addPerson('Eve', AGENT);
  await byEmail('Dora');
  await byEmail('Eve');
  await as('Ann', 'POST', '/tickets', { title: 'For Dora', assignee: person('Dora').id });
  await as('Ann', 'POST', '/tickets', { title: 'For Eve', assignee: person('Eve').id });
  await spreadNews(desk.app.strapi);
  await desk.app.strapi.db.query('admin::user').update({ where: { id: person('Eve').id }, data: { blocked: true } });
  expect((await emails()).map(({ to }) => to)).toEqual([]);
});

test('after twenty emails in an hour, what waits is told later, by one', async () => {
  await rows().insert(
    Array.from({ length: 20 }, (_, index) => ({
      ...{ cause: `test ${index}`, user_id: person('Ben').id, kind: 'assigned', at: Date.now(), mark: `notice ${index}` },
      ...{ attempts: 1, sent_at: Date.now(), next_at: null },
    })),
  );
  for (const title of ['One', 'Two']) await as('Ann', 'POST', '/tickets', { title, assignee: person('Ben').id });
  expect(await emails()).toEqual([]);
  await rows().where('cause', 'like', 'test %').delete();
  await rows().whereNotNull('sent_at').update({ sent_at: 1 });
  const [{ raw: source }] = await emails();
  expect(source).toMatch(/^Subject: 2 notifications/m);
});

test('what is due soon is told once for each moment that it is due at', async () => {
  const ticket = await as('Ann', 'POST', '/tickets', { title: 'Urgent thing', assignee: person('Ben').id });
  await emails();
  const due = (minutes: number) =>
    desk.app.strapi.db
      .query('plugin::mail-scanner.ticket')
      .update({ where: { documentId: ticket.documentId }, data: { dueAt: new Date(Date.now() + minutes * 60_000), dueFor: 'resolution' } });
  await due(30);
  await Promise.all([noteWhatIsDue(desk.app.strapi), noteWhatIsDue(desk.app.strapi)]);
  await noteWhatIsDue(desk.app.strapi);
  const sent = await emails();
  expect(sent.map(({ raw: source }) => /^Subject: .*This ticket is due soon/m.test(source))).toEqual([true]);
  await due(45);
  await noteWhatIsDue(desk.app.strapi);
  expect(await emails()).toHaveLength(1);
});

test('a digest says once a day what waits, and nothing where nothing does', async () => {
  const digest = { days: [1, 2, 3, 4, 5, 6, 7], time: '08:00', timeZone: 'UTC' };
  await byEmail('Ben', { digest });
  await byEmail('Cleo', { digest });
  const morning = new Date();
  morning.setUTCHours(8, 5, 0, 0);
  await emails();
  await Promise.all([addDigests(desk.app.strapi, morning), addDigests(desk.app.strapi, morning)]);
  await rows().update({ at: Date.now() }).where({ kind: 'digest' });
  await later();
  const before = desk.sink.mails.length;
  await Promise.all([sendNoticeEmails(desk.app.strapi), sendNoticeEmails(desk.app.strapi)]);
  await addDigests(desk.app.strapi, morning);
  expect(await emails()).toEqual([]);
  const sent = desk.sink.mails.slice(before);
  expect(sent.map(({ to }) => to)).toEqual([['ben@agents.test']]);
  expect(sent[0].raw).toMatch(/Your tickets that wait for you: \d+/);
  expect(sent[0].raw).toContain('Urgent thing');
});

test('who is away gets no digest, and the first one afterwards says once what came meanwhile', async () => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const morning = new Date();
  morning.setUTCHours(8, 5, 0, 0);
  const digest = { days: [1, 2, 3, 4, 5, 6, 7], time: '08:00', timeZone: 'UTC' };
  await byEmail('Ben', { digest });
  const digests = async () => {
    await rows().where({ kind: 'digest' }).delete();
    await addDigests(desk.app.strapi, morning);
    await rows().update({ at: Date.now() }).where({ kind: 'digest' });
    return (await emails()).filter(({ raw }) => raw.includes('What waits in the helpdesk'));
  };
  // Lines are folded where they are long.
  const plain = ({ raw }: ReceivedMail) => raw.replace(/=\r?\n/g, '');
  await as('Ben', 'PUT', `/agents/${person('Ben').id}/absence`, { from: day(-3), until: day(3) });
  expect(await digests()).toEqual([]);
  await as('Ben', 'PUT', `/agents/${person('Ben').id}/absence`, { until: null });
  const [first] = await digests();
  expect(plain(first)).toMatch(/While you were away, news on your tickets: [1-9]/);
  const [second] = await digests();
  expect(plain(second)).not.toContain('While you were away');
});

test('a digest is due at its hour by the clock of its place, and up to three hours later', () => {
  const digest = { days: [1], time: '08:00', timeZone: 'Europe/Helsinki' };
  const at = (time: string, more: object = {}) => dayOfDigest({ ...digest, ...more }, new Date(`2026-11-30T${time}:00Z`), 'UTC');
  expect(at('05:59')).toBeNull();
  expect(at('06:00')).toBe('2026-11-30');
  expect(at('09:01')).toBeNull();
  expect(at('08:30', { timeZone: null })).toBe('2026-11-30');
  expect(at('06:30', { days: [2, 3] })).toBeNull();
});

test('a digest needs a day, a time and a time zone that there is', async () => {
  const choices = await as('Ann', 'GET', '/notices/choices');
  for (const wrong of [{ days: [] }, { time: '8 o’clock' }, { timeZone: 'Moon/Tycho' }]) {
    const digest = { days: [1], time: '08:00', timeZone: null, ...wrong };
    const answer = await desk.app.request('PUT', '/notices/choices', { ...choices, digest }, person('Ann').token);
    expect(answer).toMatchObject({ status: 400, body: { error: { details: { errors: [{ path: ['digest', Object.keys(wrong)[0]] }] } } } });
  }
});

test('what an administrator answers to such an email is an internal note of its ticket', async () => {
  const ticket = await as('Ann', 'POST', '/tickets', { title: 'Squeaking door', assignee: person('Ben').id });
  const [{ raw: source }] = await emails();
  const id = /^Message-ID:\s+(<[^>]+>)/im.exec(source)![1];
  const before = desk.sink.mails.length;
  const answer = (from: string, text: string, more: object = {}) =>
    mail({ from, subject: 'Re: Squeaking door', text, headers: { ...now(), 'In-Reply-To': id, ...more } });
  expect(await desk.arrives(answer('Ben <ben@agents.test>', 'I oil it tomorrow.'))).toEqual({ processed: 1 });
  const comments = await desk.app.strapi.db.query('plugin::mail-scanner.comment').findMany({ where: { ticket: { id: ticket.id } } });
  expect(comments).toMatchObject([{ visibleText: 'I oil it tomorrow.', isPublic: false, authorAddress: 'ben@agents.test' }]);
  expect(await emails()).toEqual([]);
  expect(desk.sink.mails.length).toBe(before);

  // Who else knows the email is no administrator who was told.
  const count = () => desk.app.strapi.db.query('plugin::mail-scanner.ticket').count();
  const tickets = await count();
  await desk.arrives(answer('Carl <carl@else.test>', 'What is this?'), answer('Ann <ann@agents.test>', 'And this?'));
  expect(await desk.app.strapi.db.query('plugin::mail-scanner.comment').count({ where: { ticket: { id: ticket.id } } })).toBe(1);
  expect(await count()).toBeGreaterThan(tickets);
});

test('an answer to an email that told of several tickets belongs to none of them', async () => {
  const told = [];
  for (const title of ['First door', 'Second door']) told.push(await as('Ann', 'POST', '/tickets', { title, assignee: person('Ben').id }));
  const [{ raw: source }] = await emails();
  const id = /^Message-ID:\s+(<[^>]+>)/im.exec(source)![1];
  await desk.arrives(mail({ from: 'ben@agents.test', subject: 'Re: 2', text: 'Which?', headers: { ...now(), 'In-Reply-To': id } }));
  for (const { id: ticket } of told)
    expect(await desk.app.strapi.db.query('plugin::mail-scanner.comment').count({ where: { ticket: { id: ticket } } })).toBe(0);
});
