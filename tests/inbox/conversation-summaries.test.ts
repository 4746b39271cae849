import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** What the list says of the messages of each ticket, and what somebody has seen of them. */

let app: TestStrapi;
/** The token of a second administrator. */
let ben: string;
let jane: { id: number | string };

beforeAll(async () => {
  app = await startStrapi();
  const [{ id: role }] = await app.api('GET', '/admin/roles');
  const user = { email: 'ben@desk.test', firstname: 'Ben', lastname: 'Agent', roles: [role] };
  const { id } = await app.api('POST', '/admin/users', user);
  await app.api('PUT', `/admin/users/${id}`, { password: 'Passw0rd!test', isActive: true });
  const { body } = await app.request('POST', '/admin/login', { email: user.email, password: 'Passw0rd!test' }, null);
  ben = body.data.token ?? body.data.accessToken;
  jane = await app.strapi.documents('plugin::mail-scanner.contact').create({ data: { email: 'jane@customer.test' } as never });
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

interface Ticket {
  id: number;
  documentId: string;
}

const open = (title: string): Promise<Ticket> => app.api('POST', '/tickets', { title, contactEmail: 'jane@customer.test' });
const write = (ticket: Ticket, data: object): Promise<any> =>
  app.strapi.documents('plugin::mail-scanner.comment').create({ data: { ticket: ticket.id, isPublic: true, ...data } as never });
const customerWrites = (ticket: Ticket, text: string, more: object = {}) =>
  write(ticket, { text, contact: jane.id, authorName: 'Jane Doe', source: 'api', ...more });
const answer = (ticket: Ticket, text: string, isPublic = true, token?: string) =>
  app.request('POST', `/tickets/${ticket.documentId}/comments`, { text, isPublic }, token);
const look = async ({ documentId }: Ticket, token?: string): Promise<any> =>
  (await app.request('GET', '/tickets?view=all&pageSize=100', undefined, token)).body.data.find(
    (listed: Ticket) => listed.documentId === documentId,
  ).conversation;
const see = (ticket: Ticket, comment: { documentId: string }, token?: string) =>
  app.request('PUT', `/tickets/${ticket.documentId}/seen`, { comment: comment.documentId }, token);

test('a ticket without a message has nothing to tell', async () => {
  expect(await look(await open('Silent'))).toEqual({
    messageCount: 0,
    hasFiles: false,
    isUnseen: false,
    waitingSince: null,
    lastMessage: null,
  });
});

test('a row tells who wrote last, with the beginning in one line, how many messages there are, and since when somebody waits', async () => {
  const ticket = await open('Toner');
  const first = await customerWrites(ticket, 'It is empty.');
  await customerWrites(ticket, `Still  empty.\n\nSince ${'long '.repeat(60)}`);
  const waiting = await look(ticket);
  expect(waiting).toMatchObject({ messageCount: 2, waitingSince: first.createdAt, lastMessage: { author: 'Jane Doe', isPublic: true } });
  expect(waiting.lastMessage.excerpt).toMatch(/^Still empty\. Since long long .{90,125}…$/);

  await answer(ticket, 'Ask her for the model.', false);
  expect(await look(ticket)).toMatchObject({
    messageCount: 3,
    waitingSince: first.createdAt,
    lastMessage: { author: 'Ada Admin', isPublic: false, excerpt: 'Ask her for the model.' },
  });
  await answer(ticket, 'Which model is it?');
  expect(await look(ticket)).toMatchObject({ messageCount: 4, waitingSince: null });
  const next = await customerWrites(ticket, 'The big one.');
  expect(await look(ticket)).toMatchObject({ waitingSince: next.createdAt });
  await app.api('PUT', `/tickets/${ticket.documentId}`, { ticketStatus: 'Wait For Response' });
  expect(await look(ticket)).toMatchObject({ waitingSince: null });
});

test('an absence note, and an answer that one of us wrote in a mail program, are no customer who waits', async () => {
  const ticket = await open('Away');
  await customerWrites(ticket, 'I am away.', { isAutomatic: true });
  expect(await look(ticket)).toMatchObject({ messageCount: 1, isUnseen: false, waitingSince: null });
  await customerWrites(ticket, 'I am back.');
  await write(ticket, { text: 'Welcome back.', source: 'email', isOutgoing: true, authorName: 'Support' });
  expect(await look(ticket)).toMatchObject({ isUnseen: true, waitingSince: null });
});

test('files are told of, and pictures in a text and known logos are none', async () => {
  const ticket = await open('Files');
  const comment = await customerWrites(ticket, 'See there.');
  const file = (more: object) =>
    app.strapi.db.query('plugin::mail-scanner.attachment').create({
      data: { comment: comment.id, name: 'a.png', mime: 'image/png', size: 1, hash: 'x', key: 'x', storage: 'private', ...more } as never,
    });
  await file({ inline: true });
  await file({ inline: false, repeated: true });
  expect((await look(ticket)).hasFiles).toBe(false);
  await file({ inline: false, repeated: false });
  expect((await look(ticket)).hasFiles).toBe(true);
});

test('each person sees for themselves what is new, until they have had the customer’s last message before them', async () => {
  const ticket = await open('New');
  const isNew = async () => [(await look(ticket)).isUnseen, (await look(ticket, ben)).isUnseen];
  const first = await customerWrites(ticket, 'Hello?');
  expect(await isNew()).toEqual([true, true]);
  expect((await see(ticket, first)).status).toBe(200);
  expect(await isNew()).toEqual([false, true]);
  expect((await app.api('GET', `/tickets/${ticket.documentId}`)).isUnseen).toBe(false);
  // What a colleague writes is no news of the customer's, and who has answered has read.
  await answer(ticket, 'Hello!', true, ben);
  expect(await isNew()).toEqual([false, false]);
  const second = await customerWrites(ticket, 'It works now.');
  expect(await isNew()).toEqual([true, true]);
  await see(ticket, second);
  // A window that has stood still says how far it was.
  await see(ticket, first);
  expect(await isNew()).toEqual([false, true]);
  await app.api('PUT', `/tickets/${ticket.documentId}`, { ticketStatus: 'Closed' });
  expect(await isNew()).toEqual([false, false]);
});

test('nobody has seen what is not of the ticket; what was seen is forgotten with it', async () => {
  const [ticket, other] = [await open('One'), await open('Other')];
  const comment = await customerWrites(other, 'Elsewhere');
  expect((await see(ticket, comment)).status).toBe(404);
  expect((await app.request('PUT', `/tickets/${ticket.documentId}/seen`, {})).status).toBe(400);
  await see(other, comment);
  const noted = () => app.strapi.db.connection('mail_scanner_seen').where({ ticket_id: other.id });
  expect(await noted()).toHaveLength(1);
  await app.api('DELETE', `/tickets/${other.documentId}`);
  expect(await noted()).toEqual([]);
});
