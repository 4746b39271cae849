import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerDueWork } from '../../server/services/due-work';
import { sendScheduled } from '../../server/services/inbox/send-later';
import { startSite, type Site } from '../support/desk';
import { addScanner, CREATE_TICKET, mail, setUpOutgoing } from '../support/helpdesk';

const TICKET = 'plugin::mail-scanner.ticket';

let { app, server, sink, stop } = {} as Site;
let parts: any;
let review: any;
let solved: any;

beforeAll(async () => {
  ({ app, server, sink, stop } = await startSite());
  await setUpOutgoing(app, sink);
  registerDueWork(app.strapi, { scanDue: async () => {}, deliverDue: () => app.strapi.plugin('mail-scanner').service('outbox').deliver() });
  parts = await app.api('POST', '/ticket-statuses', { name: ' Waiting  for parts ', colour: 'orange', kind: 'Wait For Response' });
  review = await app.api('POST', '/ticket-statuses', { name: 'In review', kind: 'In Progress' });
  solved = await app.api('POST', '/ticket-statuses', { name: 'Solved', colour: 'green', kind: 'Closed' });
});

afterAll(() => stop?.());

const open = (title: string, more: object = {}) => app.api('POST', '/tickets', { title, ...more });
const read = (ticket: { documentId: string }) => app.api('GET', `/tickets/${ticket.documentId}`);
const change = (ticket: { documentId: string }, data: object) => app.api('PUT', `/tickets/${ticket.documentId}`, data);
const both = ({ ticketStatus, helpdeskStatus }: any) => [ticketStatus, helpdeskStatus?.name ?? null];
const stored = async ({ documentId }: { documentId: string }) =>
  both(await app.strapi.db.query(TICKET).findOne({ where: { documentId }, populate: { helpdeskStatus: true } }));
const titles = async (query: string) => (await app.api('GET', `/tickets?view=all&${query}`)).map(({ title }: any) => title).sort();
const logged = async ({ documentId }: { documentId: string }): Promise<any[]> =>
  (await app.api('GET', `/tickets/${documentId}/activities`))
    .filter(({ kind }: any) => kind === 'helpdeskStatus' || kind === 'status')
    .map(({ kind, detail }: any) => [kind, detail.from, detail.to]);

test('a status has one name, a colour, and a meaning that stays', async () => {
  expect(parts).toEqual({
    documentId: expect.any(String),
    name: 'Waiting for parts',
    colour: 'orange',
    kind: 'Wait For Response',
    active: true,
  });
  const again = await app.request('POST', '/ticket-statuses', { name: 'WAITING for parts', kind: 'Open' });
  expect(again).toMatchObject({ status: 400, body: { error: { message: 'There is a status of this name already.' } } });
  expect((await app.request('POST', '/ticket-statuses', { name: 'No meaning' })).status).toBe(400);
  expect((await app.request('POST', '/ticket-statuses', { name: 'Odd', kind: 'Lost' })).status).toBe(400);
  const other = await app.request('PUT', `/ticket-statuses/${parts.documentId}`, { kind: 'Open' });
  expect(other).toMatchObject({ status: 400, body: { error: { message: 'What a status means stays as it is. Make another one.' } } });
  expect((await app.request('PUT', '/ticket-statuses/no-such', { name: 'New' })).status).toBe(404);
  const { documentId } = await app.api('POST', '/ticket-statuses', { name: 'Prts', kind: 'Open' });
  expect(await app.api('PUT', `/ticket-statuses/${documentId}`, { name: 'Parts', kind: 'Open' })).toMatchObject({ name: 'Parts' });
  await app.api('DELETE', `/ticket-statuses/${documentId}`);
});

test('they stand in the order that people give them, a new one behind the others', async () => {
  const names = async () => (await app.api('GET', '/ticket-statuses')).map(({ name }: any) => name);
  expect(await names()).toEqual(['Waiting for parts', 'In review', 'Solved']);
  const ordered = await app.api('PUT', '/ticket-statuses/order', { order: [solved.documentId, 'gone', parts.documentId] });
  expect(ordered.map(({ name }: any) => name)).toEqual(['Solved', 'Waiting for parts', 'In review']);
  await app.api('PUT', '/ticket-statuses/order', { order: [parts, review, solved].map(({ documentId }) => documentId) });
  expect(await names()).toEqual(['Waiting for parts', 'In review', 'Solved']);
});

test('a ticket that gets one has its meaning, too, and the log tells both', async () => {
  const ticket = await open('Mower');
  const changed = await change(ticket, { helpdeskStatus: parts.documentId });
  expect(changed.helpdeskStatus).toMatchObject({ documentId: parts.documentId, name: 'Waiting for parts', colour: 'orange' });
  expect(both(changed)).toEqual(['Wait For Response', 'Waiting for parts']);
  expect(both(await change(ticket, { helpdeskStatus: review.documentId }))).toEqual(['In Progress', 'In review']);
  expect(both(await change(ticket, { helpdeskStatus: null }))).toEqual(['In Progress', null]);
  expect((await logged(ticket)).sort()).toEqual(
    [
      ['status', 'Open', 'Wait For Response'],
      ['helpdeskStatus', null, 'Waiting for parts'],
      ['status', 'Wait For Response', 'In Progress'],
      ['helpdeskStatus', 'Waiting for parts', 'In review'],
      ['helpdeskStatus', 'In review', null],
    ].sort(),
  );
  expect((await app.request('PUT', `/tickets/${ticket.documentId}`, { helpdeskStatus: 'no-such' })).status).toBe(400);
  expect(both(await open('Opened so', { helpdeskStatus: review.documentId }))).toEqual(['In Progress', 'In review']);
});

test('another status by whatever door ends it, unless that is its meaning', async () => {
  const ticket = await open('Doors', { helpdeskStatus: parts.documentId });
  expect(both(await change(ticket, { ticketStatus: 'Wait For Response' }))).toEqual(['Wait For Response', 'Waiting for parts']);
  expect(both(await change(ticket, { ticketStatus: 'Open' }))).toEqual(['Open', null]);

  const documents = app.strapi.documents(TICKET);
  const write = (data: object) => documents.update({ documentId: ticket.documentId, data: data as never });
  await write({ helpdeskStatus: parts.documentId });
  expect(await stored(ticket)).toEqual(['Wait For Response', 'Waiting for parts']);
  await write({ ticketStatus: 'Closed' });
  expect(await stored(ticket)).toEqual(['Closed', null]);

  // As the Content Manager sends it: by what is added and what is taken away, and untouched with all other fields.
  const url = `/content-manager/collection-types/${TICKET}/${ticket.documentId}`;
  const save = async (data: object) => expect((await app.request('PUT', url, { title: 'Doors', ...data })).status).toBe(200);
  await save({ ticketStatus: 'Closed', helpdeskStatus: { connect: [{ documentId: review.documentId }], disconnect: [] } });
  expect(await stored(ticket)).toEqual(['In Progress', 'In review']);
  await save({ ticketStatus: 'In Progress', helpdeskStatus: { connect: [], disconnect: [] } });
  expect(await stored(ticket)).toEqual(['In Progress', 'In review']);
  await save({ ticketStatus: 'Open', helpdeskStatus: { connect: [], disconnect: [] } });
  expect(await stored(ticket)).toEqual(['Open', null]);
  await write({ helpdeskStatus: review.documentId });
  await save({ ticketStatus: 'In Progress', helpdeskStatus: { connect: [], disconnect: [{ documentId: review.documentId }] } });
  expect(await stored(ticket)).toEqual(['In Progress', null]);
});

test('several tickets get one together, and the list is filtered by it beside others', async () => {
  const { documentId: fair } = await app.api('POST', '/ticket-statuses', { name: 'At the fair', kind: 'Open' });
  const tickets = [await open('One'), await open('Two'), await open('Three', { ticketStatus: 'Closed' })];
  const ids = tickets.slice(0, 2).map(({ documentId }) => documentId);
  await app.api('PUT', '/tickets/bulk', { ids, data: { helpdeskStatus: fair } });
  expect(await titles(`status=${fair}`)).toEqual(['One', 'Two']);
  expect((await titles(`status=${fair},Closed`)).filter((title: string) => ['One', 'Two', 'Three'].includes(title))).toHaveLength(3);
  expect(await titles('status=no-such')).toEqual([]);
  const { documentId: view } = await app.api('POST', '/saved-views', { name: 'Fair', filters: { view: 'all', status: fair } });
  await app.api('PUT', '/tickets/bulk', { ids: [ids[0]], data: { ticketStatus: 'Open', helpdeskStatus: null } });
  expect(await titles(`status=${fair}`)).toEqual(['Two']);

  await app.api('DELETE', `/ticket-statuses/${fair}`);
  expect(both(await read(tickets[1]))).toEqual(['Open', null]);
  const [saved] = (await app.api('GET', '/saved-views')).filter(({ documentId }: any) => documentId === view);
  expect(saved).toMatchObject({ missing: ['status'], count: null });
});

test('one that is switched off is given to nobody, and who has it keeps it', async () => {
  const { documentId } = await app.api('POST', '/ticket-statuses', { name: 'Old way', kind: 'Open' });
  const ticket = await open('Kept', { helpdeskStatus: documentId });
  await app.api('PUT', `/ticket-statuses/${documentId}`, { active: false });
  expect(both(await change(ticket, { title: 'Kept on' }))).toEqual(['Open', 'Old way']);
  const other = await app.request('POST', '/tickets', { title: 'Late', helpdeskStatus: documentId });
  expect(other).toMatchObject({ status: 400, body: { error: { message: 'This status is switched off. Choose another one.' } } });
  const direct = app.strapi.documents(TICKET).create({ data: { title: 'Late', helpdeskStatus: documentId } as never });
  await expect(direct).rejects.toThrow('This status is switched off.');
});

test('one that means closed tells the customer as closing does, and wakes what was put off', async () => {
  await app.api('PUT', '/email-templates/ticket-closed', { active: true });
  const { documentId } = await open('To be solved', { contactEmail: 'solved@customer.test' });
  await change({ documentId }, { snooze: { until: null } });
  await app.api('PUT', '/tickets/bulk', { ids: [documentId], data: { helpdeskStatus: solved.documentId } });
  const ticket = await read({ documentId });
  expect([...both(ticket), ticket.snoozedAt]).toEqual(['Closed', 'Solved', null]);
  const emails = app.strapi.db
    .query('plugin::mail-scanner.delivery')
    .count({ where: { ticket: { id: ticket.id }, template: 'ticket-closed' } });
  expect(await emails).toBe(1);
});

test('an answer that is taken back brings it back', async () => {
  const ticket = await open('Taken back', { contactEmail: 'back@customer.test', helpdeskStatus: review.documentId });
  const answer = { text: 'Wait, please.', isPublic: true, ticketStatus: 'Wait For Response', undoable: true };
  const comment = await app.api('POST', `/tickets/${ticket.documentId}/comments`, answer);
  expect(await stored(ticket)).toEqual(['Wait For Response', null]);
  await app.api('POST', `/comments/${comment.documentId}/undo`, {});
  expect(await stored(ticket)).toEqual(['In Progress', 'In review']);
});

test('an answer sets it, gives it back when it is taken back, and refuses one that is switched off', async () => {
  const ticket = await open('Answered', { contactEmail: 'own@customer.test', ticketStatus: 'Wait For Response' });
  const post = (more: object) =>
    app.request('POST', `/tickets/${ticket.documentId}/comments`, { text: 'It is on its way.', isPublic: true, ...more });
  const { body } = await post({ helpdeskStatus: parts.documentId, undoable: true });
  expect(await stored(ticket)).toEqual(['Wait For Response', 'Waiting for parts']);
  const taken = await app.api('POST', `/comments/${body.data.documentId}/undo`, {});
  expect(taken).toMatchObject({ ticketStatus: 'Wait For Response', helpdeskStatus: parts.documentId });
  expect(await stored(ticket)).toEqual(['Wait For Response', null]);

  const later = await post({ helpdeskStatus: review.documentId, sendAt: new Date(Date.now() + 3_600_000).toISOString() });
  expect(await stored(ticket)).toEqual(['Wait For Response', null]);
  await app.api('PUT', `/ticket-statuses/${review.documentId}`, { active: false });
  const refused = await post({ helpdeskStatus: review.documentId });
  expect([refused.status, (await read(ticket)).comments]).toEqual([400, [expect.objectContaining({ isPublic: false })]]);
  // What it meant, where it is not offered any more by then.
  const deliveries = app.strapi.db.query('plugin::mail-scanner.delivery');
  const scheduled: any = await deliveries.findOne({ where: { state: 'scheduled' } as never });
  await deliveries.update({ where: { id: scheduled.id }, data: { sendAt: new Date(Date.now() - 1_000) } as never });
  await sendScheduled(app.strapi);
  expect(await stored(ticket)).toEqual(['In Progress', null]);
  expect(later.status).toBe(201);
  await app.api('PUT', `/ticket-statuses/${review.documentId}`, { active: true });
});

test('a merge that opens the remaining ticket again brings it along', async () => {
  const [source, target] = [await open('Goes', { helpdeskStatus: parts.documentId }), await open('Stays', { ticketStatus: 'Closed' })];
  await app.api('POST', `/tickets/${source.documentId}/merge`, { into: target.documentId });
  expect(await stored(target)).toEqual(['Wait For Response', 'Waiting for parts']);
  expect(await stored(source)).toEqual(['Closed', null]);
});

test('a rule sets it on what it opens and on what it finds, and mail that opens a ticket again ends it', async () => {
  const own = (status: any) => ({ helpdeskStatus: status.documentId, ticketStatus: 'Open' });
  const config = { matchSameSubject: true, reopen: false, onCreate: own(review), onUpdate: own(parts) };
  const scanner = await addScanner(app, server, [{ actions: [CREATE_TICKET[0], { type: 'createOrUpdateTicket', config }] }]);
  const from = 'rule@customer.test';
  const append = (text: string) => server.append('INBOX', mail({ from, subject: 'Saw', text }));
  const run = () => app.api('POST', `/scanners/${scanner.documentId}/run`);
  const find = async () => (await app.api('GET', '/tickets?view=all')).find(({ title }: any) => title === 'Saw');
  await append('It does not cut.');
  await run();
  const ticket = await find();
  expect(both(ticket)).toEqual(['In Progress', 'In review']);
  await append('Still not.');
  await run();
  expect(await stored(ticket)).toEqual(['Wait For Response', 'Waiting for parts']);
  expect((await logged(ticket)).sort()).toEqual(
    [
      ['status', 'In Progress', 'Wait For Response'],
      ['helpdeskStatus', 'In review', 'Waiting for parts'],
    ].sort(),
  );

  const [rule] = await app.api('GET', `/scanners/${scanner.documentId}/rules`);
  const actions = [{ type: 'createOrUpdateTicket', config: { matchSameSubject: true } }];
  await app.api('PUT', `/rules/${rule.documentId}`, { ...rule, actions });
  await append('It cuts again.');
  await run();
  expect(await stored(ticket)).toEqual(['Open', null]);
  expect(await logged(ticket)).toContainEqual(['helpdeskStatus', 'Waiting for parts', null]);
});

test('a status that is gone or switched off is left out of a rule, and the email makes its ticket', async () => {
  const { documentId } = await app.api('POST', '/ticket-statuses', { name: 'Passing', kind: 'In Progress' });
  const config = { onCreate: { helpdeskStatus: documentId } };
  const scanner = await addScanner(app, server, [{ actions: [CREATE_TICKET[0], { type: 'createOrUpdateTicket', config }] }]);
  await app.api('PUT', `/ticket-statuses/${documentId}`, { active: false });
  await server.append('INBOX', mail({ from: 'off@customer.test', subject: 'Off' }));
  await app.api('POST', `/scanners/${scanner.documentId}/run`);
  await app.api('DELETE', `/ticket-statuses/${documentId}`);
  await server.append('INBOX', mail({ from: 'off@customer.test', subject: 'Gone' }));
  await app.api('POST', `/scanners/${scanner.documentId}/run`);
  const tickets = (await app.api('GET', '/tickets?view=all')).filter(({ title }: any) => ['Off', 'Gone'].includes(title));
  expect(tickets.map(both)).toEqual([
    ['Open', null],
    ['Open', null],
  ]);
});

test('a role that may change tickets by REST sets it by its documentId and reads it with its name', async () => {
  const { id: role } = await app.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });
  const permissions = app.strapi.db.query('plugin::users-permissions.permission');
  for (const action of ['ticket.find', 'ticket.update', 'ticket-status.find'])
    await permissions.create({ data: { action: `plugin::mail-scanner.${action}`, role } as never });
  const rest = (method: string, path: string, body?: object) => app.request(method, `/api/mail-scanner/${path}`, body, null);
  const statuses = (await rest('GET', 'ticket-statuses')).body.data;
  expect(statuses).toContainEqual(expect.objectContaining({ documentId: parts.documentId, name: 'Waiting for parts' }));
  expect(statuses[0]).not.toHaveProperty('foldedName');
  const { documentId } = await open('By REST');
  const put = async (data: object) => {
    const answer = await rest('PUT', `tickets/${documentId}?populate=helpdeskStatus`, { data });
    return [answer.status, ...both(answer.body.data ?? {})];
  };
  expect(await put({ helpdeskStatus: parts.documentId })).toEqual([200, 'Wait For Response', 'Waiting for parts']);
  expect(await put({ helpdeskStatus: { disconnect: [parts.documentId] } })).toEqual([200, 'Wait For Response', null]);
  expect(await put({ helpdeskStatus: { connect: [review.documentId] } })).toEqual([200, 'In Progress', 'In review']);
  expect(await put({ ticketStatus: 'Open' })).toEqual([200, 'Open', null]);
});
