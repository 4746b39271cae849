import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetOldNotices } from '../../server/services/telling/retention';
import { spreadNews } from '../../server/services/telling/spread';
import { startDesk, type Desk } from '../support/desk';
import { bounceOf, eventually, mail } from '../support/helpdesk';

/** What administrators are told in the panel, on a real Strapi with a mailbox. */

interface Person {
  id: number;
  token: string;
}

let desk: Desk;
const people = new Map<string, Person>();
const person = (name: string) => people.get(name)!;

const PASSWORD = 'Passw0rd!told';

async function addPerson(name: string, permissions: string[]): Promise<void> {
  const { strapi, request } = desk.app;
  const role = await strapi.service('admin::role')!.create({ name, description: name });
  const granted = permissions.map((uid) => ({ action: `plugin::mail-scanner.${uid}`, subject: null, properties: {}, conditions: [] }));
  await strapi.service('admin::role')!.assignPermissions(role.id, granted);
  const email = `${name.toLowerCase()}@desk.test`;
  const user = await strapi
    .service('admin::user')!
    .create({ email, password: PASSWORD, firstname: name, lastname: 'Tester', isActive: true, registrationToken: null, roles: [role.id] });
  const { body } = await request('POST', '/admin/login', { email, password: PASSWORD }, null);
  people.set(name, { id: user.id, token: body.data.token ?? body.data.accessToken });
}

beforeAll(async () => {
  desk = await startDesk();
  const agent = ['read-tickets', 'edit-tickets', 'reply-to-tickets', 'merge-tickets'];
  await addPerson('Ann', agent);
  await addPerson('Ben', agent);
  await addPerson('Cleo', ['read-own-tickets', 'edit-tickets', 'reply-to-tickets']);
});

afterAll(() => desk?.stop());

async function as(name: string, method: string, path: string, body?: unknown): Promise<any> {
  const answer = await desk.app.request(method, path, body, person(name).token);
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body.data;
}

/** The news that are there are told first, as a moment later they would be by themselves: what a test sees does not depend on which comes first. */
async function told<T>(done: Promise<T>): Promise<T> {
  const answer = await done;
  await spreadNews(desk.app.strapi);
  return answer;
}

async function toldTo(name: string, ticket?: { documentId: string }): Promise<any[]> {
  await spreadNews(desk.app.strapi);
  const notices: any[] = await as(name, 'GET', '/notices?pageSize=100');
  return ticket ? notices.filter((notice) => notice.ticket.documentId === ticket.documentId) : notices;
}
const kindsFor = async (name: string, ticket?: { documentId: string }) => (await toldTo(name, ticket)).map(({ kind }) => kind);

const open = (name: string, more: object = {}) => told(as(name, 'POST', '/tickets', { title: 'Broken printer', ...more }));
const write = (name: string, ticket: { documentId: string }, text: string, isPublic = false) =>
  told(as(name, 'POST', `/tickets/${ticket.documentId}/comments`, { text, isPublic }));
const assign = (name: string, ticket: { documentId: string }, to: string | null) =>
  told(as(name, 'PUT', `/tickets/${ticket.documentId}`, { assignee: to && person(to).id }));
const now = () => ({ Date: new Date().toUTCString() });

test('an email that opens a ticket is told to all who see it, with its words and a way to the message', async () => {
  await desk.arrives(mail({ subject: 'No toner', text: 'It is empty.', headers: now() }));
  const [notice] = await toldTo('Ann');
  expect(notice).toMatchObject({
    kind: 'unassigned',
    isRead: false,
    by: 'Jane Doe',
    excerpt: 'It is empty.',
    ticket: { title: 'No toner' },
  });
  const { comments } = await as('Ann', 'GET', `/tickets/${notice.ticket.documentId}`);
  expect(notice.comment).toBe(comments[0].documentId);
  expect(await kindsFor('Ben')).toEqual(['unassigned']);
  expect(await kindsFor('Cleo')).toEqual([]);
});

test('what is told by itself is there within two seconds', async () => {
  const { lastNotice } = await as('Ben', 'GET', '/notices/news');
  await open('Ann');
  await eventually(async () => (await as('Ben', 'GET', '/notices/news')).lastNotice !== lastNotice, 2_000);
});

test('an old mailbox that is read tells nothing', async () => {
  const before = (await toldTo('Ann')).length;
  await desk.server.append('INBOX', mail({ subject: 'From long ago' }), { date: new Date('2015-01-01') });
  expect(await desk.app.api('POST', `/scanners/${desk.scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 1 } });
  expect(await toldTo('Ann')).toHaveLength(before);
});

test('who gets a ticket is told, and nobody of what they did themselves', async () => {
  const ticket = await open('Ann');
  await assign('Ann', ticket, 'Ben');
  const [notice] = await toldTo('Ben', ticket);
  expect(notice).toMatchObject({ kind: 'assigned', by: 'Ann Tester', comment: null, excerpt: null });
  expect(await kindsFor('Ann', ticket)).toEqual([]);
  await assign('Ben', ticket, 'Ben');
  await assign('Ben', ticket, 'Ann');
  expect(await kindsFor('Ann', ticket)).toEqual(['assigned']);
});

test('the assignee is told of answers and notes of others, and followers are, until they follow no more', async () => {
  const ticket = await open('Ann', { assignee: person('Ann').id, contactEmail: 'jane@customer.test' });
  expect(await as('Ben', 'PUT', `/tickets/${ticket.documentId}/follow`, { follows: true })).toMatchObject({
    isFollowed: true,
    followers: [{ id: person('Ben').id, firstname: 'Ben', email: 'ben@desk.test' }],
  });
  await write('Ben', ticket, 'I know this one.');
  expect(await kindsFor('Ann', ticket)).toEqual(['answer']);
  await write('Ann', ticket, 'Good.');
  expect(await kindsFor('Ben', ticket)).toEqual(['followed']);
  expect((await as('Ben', 'GET', '/tickets?view=all&followed=true')).map(({ documentId }: any) => documentId)).toEqual([ticket.documentId]);
  expect(await as('Ann', 'GET', '/tickets?view=all&followed=true')).toEqual([]);
  await as('Ben', 'PUT', `/tickets/${ticket.documentId}/follow`, { follows: false });
  await write('Ann', ticket, 'Solved.');
  expect(await kindsFor('Ben', ticket)).toEqual(['followed']);
});

test('a note that names somebody tells them and makes them a follower; an answer to the customer names nobody', async () => {
  const ticket = await open('Ann', { assignee: person('Ann').id, contactEmail: 'jane@customer.test' });
  const names = (await as('Ann', 'GET', `/tickets/${ticket.documentId}/mentionable`)).map(({ firstname }: any) => firstname);
  expect(names).toEqual(['Ada', 'Ben']);
  await write('Ann', ticket, 'Thank you, @Ben Tester', true);
  expect(await kindsFor('Ben', ticket)).toEqual([]);
  await write('Ann', ticket, 'Do you know, @ben tester? Or @Cleo?');
  expect(await toldTo('Ben', ticket)).toMatchObject([
    { kind: 'mention', by: 'Ann Tester', excerpt: 'Do you know, @ben tester? Or @Cleo?' },
  ]);
  expect(await kindsFor('Cleo', ticket)).toEqual([]);
  const { followers, isFollowed } = await as('Ben', 'GET', `/tickets/${ticket.documentId}`);
  expect([followers.map(({ firstname }: any) => firstname), isFollowed]).toEqual([['Ben'], true]);
});

test('who may see a ticket no more, or is blocked, is told nothing and sees nothing', async () => {
  const ticket = await open('Ann');
  await assign('Ann', ticket, 'Cleo');
  await as('Cleo', 'PUT', `/tickets/${ticket.documentId}/follow`, { follows: true });
  expect(await kindsFor('Cleo', ticket)).toEqual(['assigned']);
  await assign('Ann', ticket, 'Ben');
  expect(await toldTo('Cleo')).toEqual([]);
  expect(await as('Cleo', 'GET', '/notices/news')).toMatchObject({ unread: 0, lastMessage: 0 });
  await write('Ann', ticket, 'Not for Cleo');
  expect(await toldTo('Cleo')).toEqual([]);
  expect((await as('Ann', 'GET', `/tickets/${ticket.documentId}`)).followers).toEqual([]);
  expect((await as('Cleo', 'GET', '/tickets?view=all&followed=true')).length).toBe(0);

  const users = desk.app.strapi.db.query('admin::user');
  await users.update({ where: { id: person('Ben').id }, data: { blocked: true } });
  await write('Ann', ticket, 'Not for Ben');
  await spreadNews(desk.app.strapi);
  await users.update({ where: { id: person('Ben').id }, data: { blocked: false } });
  // That the ticket was nobody's at first, Ben is told or not: it was assigned at once.
  const told = (await toldTo('Ben', ticket)).filter(({ kind }) => kind !== 'unassigned');
  expect(told.map(({ excerpt }) => excerpt)).toEqual(['Not for Cleo', null]);
});

test('an answer that came back, or could not leave, is told to its author', async () => {
  const ticket = await open('Ben', { contactEmail: 'gone@customer.test' });
  const comment = await write('Ann', ticket, 'Are you there?', true);
  await desk.app.strapi.plugin('mail-scanner').service('outbox').deliver();
  const sent = await eventually(() => desk.sink.mails.find(({ to }) => to.includes('gone@customer.test')));
  await desk.arrives(bounceOf(sent.parsed.messageId!, 'gone@customer.test', { headers: now() }));
  const failed = (await toldTo('Ann', ticket)).filter(({ kind }) => kind === 'deliveryFailed');
  expect(failed).toMatchObject([{ comment: comment.documentId, excerpt: 'Are you there?', by: null }]);
  expect(await kindsFor('Ben', ticket)).not.toContain('deliveryFailed');
});

test('read is what one has read, a ticket’s or all, and may be unread again', async () => {
  const [one, two] = [await open('Ann'), await open('Ann')];
  for (const ticket of [one, two]) await assign('Ann', ticket, 'Ben');
  const assigned = (await toldTo('Ben')).filter(({ kind }) => kind === 'assigned');
  const [first, second] = [one, two].map(({ documentId }) => assigned.find(({ ticket }) => ticket.documentId === documentId));
  expect((await as('Ben', 'GET', `/tickets/${one.documentId}`)).unreadNotices).toBeGreaterThan(0);
  await as('Ben', 'PUT', '/notices/read', { ticket: one.documentId });
  expect((await as('Ben', 'GET', '/notices?pageSize=100')).find(({ id }: any) => id === first.id).isRead).toBe(true);
  const { unread } = await as('Ben', 'PUT', '/notices/read', { ids: [first.id], isRead: false });
  expect((await as('Ben', 'GET', '/notices?unread=true&pageSize=100')).length).toBe(unread);
  // Those of others stay as they are.
  await as('Ann', 'PUT', '/notices/read', { ids: [second.id] });
  expect((await as('Ben', 'GET', '/notices/news')).unread).toBe(unread);
  expect(await as('Ben', 'PUT', '/notices/read', { all: true })).toEqual({ unread: 0 });
  const wrong = await desk.app.request('PUT', '/notices/read', {}, person('Ben').token);
  expect(wrong).toMatchObject({ status: 400, body: { error: { message: 'Name notices by their ids, or a ticket, or say all.' } } });
});

test('each chooses what they are told in the panel', async () => {
  const choices = await as('Ben', 'GET', '/notices/choices');
  expect(choices).toMatchObject({ channels: { assigned: { panel: true, email: false } }, withExcerpt: false, digest: null });
  const without = { ...choices, channels: { ...choices.channels, assigned: { panel: false, email: false } } };
  expect(await as('Ben', 'PUT', '/notices/choices', without)).toEqual(without);
  const ticket = await open('Ann', { assignee: person('Ben').id });
  expect(await kindsFor('Ben', ticket)).toEqual([]);
  await as('Ben', 'PUT', '/notices/choices', choices);
  const odd = { channels: { assigned: { panel: 'no' } } };
  expect((await desk.app.request('PUT', '/notices/choices', odd, person('Ben').token)).status).toBe(400);
});

test('a merge passes followers on, and notices go where the messages have gone', async () => {
  const [stays, goes] = [await open('Ann', { title: 'Stays' }), await open('Ann', { title: 'Goes' })];
  await as('Ben', 'PUT', `/tickets/${goes.documentId}/follow`, { follows: true });
  await toldTo('Ben');
  await write('Ann', goes, 'Look here');
  await toldTo('Ben');
  await as('Ann', 'POST', `/tickets/${goes.documentId}/merge`, { into: stays.documentId });
  expect((await toldTo('Ben', stays)).find(({ kind }) => kind === 'followed')).toMatchObject({ excerpt: 'Look here' });
  expect((await as('Ann', 'GET', `/tickets/${stays.documentId}`)).followers).toMatchObject([{ firstname: 'Ben' }]);
});

test('with a comment or a ticket, all that was told of it goes', async () => {
  const ticket = await open('Ann', { assignee: person('Ben').id });
  const comment = await write('Ann', ticket, 'A secret');
  expect(await kindsFor('Ben', ticket)).toEqual(['answer', 'assigned']);
  await write('Ann', ticket, 'Another one');
  const note = (await toldTo('Ben', ticket))[0];
  await desk.app.strapi.documents('plugin::mail-scanner.comment').delete({ documentId: note.comment });
  expect(await kindsFor('Ben', ticket)).toEqual(['answer', 'assigned']);
  await desk.app.strapi.documents('plugin::mail-scanner.comment').delete({ documentId: comment.documentId });
  await desk.app.strapi.documents('plugin::mail-scanner.ticket').delete({ documentId: ticket.documentId });
  const rows = desk.app.strapi.db.getConnection('mail_scanner_notices').where({ user_id: person('Ben').id });
  expect((await toldTo('Ben')).length).toBe((await rows.select('id')).length);
});

test('of a batch of emails, all news are one statement more', async () => {
  const statements: string[] = [];
  const listen = ({ sql }: { sql: string }) => void statements.push(sql);
  const { connection } = desk.app.strapi.db;
  await spreadNews(desk.app.strapi);
  const emails = Array.from({ length: 20 }, (_, index) =>
    mail({ from: `c${index}@customer.test`, subject: `Many ${index}`, headers: now() }),
  );
  await desk.server.appendAll('INBOX', emails);
  connection.on('query', listen);
  await desk.app.api('POST', `/scanners/${desk.scanner.documentId}/run`);
  connection.off('query', listen);
  const batches = statements.filter((sql) => /^insert into .{0,20}mail_scanner_activities/.test(sql)).length;
  // What spreads the news begins after the commit, by the side of the next batch.
  const own = statements.filter((sql) => /^insert into .{0,20}mail_scanner_news/.test(sql));
  expect(own).toHaveLength(batches);
  expect(batches).toBeLessThan(10);
  expect((await toldTo('Ann')).filter(({ ticket }) => ticket.title.startsWith('Many'))).toHaveLength(20);
});

test('what was read goes after a month, all else after three', async () => {
  const table = () => desk.app.strapi.db.getConnection('mail_scanner_notices');
  const [unread, read, recent] = await table()
    .where({ user_id: person('Ann').id })
    .limit(3)
    .select('id');
  const daysAgo = (days: number) => Date.now() - days * 24 * 3_600_000;
  await table()
    .where(unread)
    .update({ at: daysAgo(91), read_at: null });
  await table()
    .where(read)
    .update({ at: daysAgo(31), read_at: daysAgo(31) });
  await table()
    .where(recent)
    .update({ at: daysAgo(31), read_at: null });
  const { count } = (await table().count({ count: '*' }).first()) as any;
  await forgetOldNotices(desk.app.strapi);
  expect((await table().whereIn('id', [unread.id, read.id, recent.id]).select('id')).map(({ id }: any) => id)).toEqual([recent.id]);
  expect(Number(((await table().count({ count: '*' }).first()) as any).count)).toBe(Number(count) - 2);
});

test('what is known of emails to administrators goes after thirty days, whether they left or not', async () => {
  const table = () => desk.app.strapi.db.connection('mail_scanner_notice_emails');
  const row = (cause: string, days: number, sent_at: number | null) => ({
    cause,
    user_id: person('Ann').id,
    kind: 'answer',
    attempts: 1,
    at: Date.now() - days * 24 * 3_600_000,
    sent_at,
  });
  await table().insert([row('kept', 29, 1), row('sent', 31, 1), row('given up', 31, null)]);
  await forgetOldNotices(desk.app.strapi);
  const left = await table().whereIn('cause', ['kept', 'sent', 'given up']).select('cause');
  expect(left.map(({ cause }: any) => cause)).toEqual(['kept']);
});
