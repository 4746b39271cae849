import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetViewsOfNobody } from '../../server/services/operations/views-of-nobody';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** Lists of tickets under a name. */

let app: TestStrapi;
let eve: { id: number; token: string };

beforeAll(async () => {
  app = await startStrapi();
  eve = await addAgent('Eve', ['read-own-tickets', 'edit-tickets']);
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

async function addAgent(firstname: string, permissions: string[]): Promise<{ id: number; token: string }> {
  const role = await app.api('POST', '/admin/roles', { name: firstname, description: '' });
  const granted = permissions.map((uid) => ({ action: `plugin::mail-scanner.${uid}`, subject: null, conditions: [], properties: {} }));
  await app.api('PUT', `/admin/roles/${role.id}/permissions`, { permissions: granted });
  const email = `${firstname.toLowerCase()}@example.com`;
  const { id } = await app.api('POST', '/admin/users', { email, firstname, lastname: 'Tester', roles: [role.id] });
  await app.api('PUT', `/admin/users/${id}`, { password: 'Passw0rd!test', isActive: true });
  const { body } = await app.request('POST', '/admin/login', { email, password: 'Passw0rd!test' }, null);
  return { id, token: body.data.token ?? body.data.accessToken };
}

const save = (name: string, filters: object = {}, more: object = {}) => app.api('POST', '/saved-views', { name, filters, ...more });
const viewsOf = async (token?: string): Promise<any[]> => (await app.request('GET', '/saved-views', undefined, token)).body.data;
const namesOf = async (token?: string) => (await viewsOf(token)).map(({ name }) => name);
const asEve = (method: string, path: string, body?: unknown) => app.request(method, path, body, eve.token);
const remove = (...views: { documentId: string }[]) =>
  Promise.all(views.map(({ documentId }) => app.api('DELETE', `/saved-views/${documentId}`)));

test('a list is saved under a name, for oneself or for the team, and finds what its filters find', async () => {
  const tag = await app.api('POST', '/tags', { name: 'Export' });
  const ticket = await app.api('POST', '/tickets', { title: 'Customs', addTags: [tag.documentId], priority: 'Urgent' });
  await app.api('POST', '/tickets', { title: 'Other' });
  const filters = { view: 'all', tag: tag.documentId, priority: 'Urgent,High', sort: 'createdAt:asc' };
  const own = await save(' Export, urgent ', filters);
  const teams = await save('All of export', { view: 'all', tag: tag.documentId }, { isShared: true });
  expect(own).toEqual({ documentId: expect.any(String), name: 'Export, urgent', isShared: false, filters, missing: [], count: null });
  expect(await namesOf()).toEqual(['All of export', 'Export, urgent']);
  expect(await namesOf(eve.token)).toEqual(['All of export']);
  const found = await app.api('GET', `/tickets?${new URLSearchParams(own.filters)}`);
  expect(found.map(({ documentId }: any) => documentId)).toEqual([ticket.documentId]);
  await remove(own, teams);
});

test('a view whose tag, person or account was removed says so', async () => {
  const tag = await app.api('POST', '/tags', { name: 'Fair' });
  const bob = await addAgent('Bob', []);
  const account = await app.api('POST', '/accounts', { name: 'Northwind' });
  const contact = await app.api('POST', '/contacts', { email: 'ann@northwind.test' });
  const named = { tag: tag.documentId, assignee: String(bob.id), account: account.documentId, contact: contact.documentId };
  const view = await save('Of the fair', { view: 'all', ...named });
  const nobodys = await save('Of nobody', { view: 'all', assignee: 'none' });
  expect(view.missing).toEqual([]);
  await app.api('DELETE', `/tags/${tag.documentId}`);
  expect((await viewsOf())[0].missing).toEqual(['tag']);
  await app.api('DELETE', `/admin/users/${bob.id}`);
  await app.strapi.documents('plugin::mail-scanner.account').delete({ documentId: account.documentId });
  await app.strapi.documents('plugin::mail-scanner.contact').delete({ documentId: contact.documentId });
  expect((await viewsOf()).map(({ missing }) => missing)).toEqual([['assignee', 'contact', 'account', 'tag'], []]);
  expect(await app.api('GET', `/tickets?${new URLSearchParams(view.filters)}`)).toEqual([]);
  await remove(view, nobodys);
});

test('the number of tickets is told where it is counted already, of what this person sees', async () => {
  await app.api('POST', '/tickets', { title: "Eve's", assignee: eve.id, ticketStatus: 'In Progress' });
  const inProgress = await save('In progress', { view: 'all', status: 'In Progress,Wait For Response' }, { isShared: true });
  const eves = await save("Eve's", { view: 'open', assignee: String(eve.id) });
  const nobodys = await save('Nobody', { view: 'open', assignee: 'none' });
  const searched = await save('Searched', { view: 'all', search: 'customs' });
  expect((await viewsOf()).map(({ name, count }) => [name, count])).toEqual([
    ['In progress', 1],
    ["Eve's", 1],
    ['Nobody', 2],
    ['Searched', null],
  ]);
  for (const { count, filters } of (await viewsOf()).filter((view) => view.count !== null))
    expect((await app.request('GET', `/tickets?${new URLSearchParams(filters)}`)).body.meta.pagination.total).toBe(count);
  await app.api('POST', '/tickets', { title: "Not Eve's", ticketStatus: 'In Progress' });
  expect((await viewsOf())[0].count).toBe(2);
  expect((await viewsOf(eve.token))[0].count).toBe(1);
  await remove(inProgress, eves, nobodys, searched);
});

test('the order is the one that somebody has put them in, each kind by itself', async () => {
  const own = [await save('One'), await save('Two'), await save('Three')];
  const teams = [await save('First', {}, { isShared: true }), await save('Second', {}, { isShared: true })];
  const order = [own[2].documentId, own[0].documentId];
  await app.api('PUT', '/saved-views/order', { isShared: false, order });
  expect(await namesOf()).toEqual(['First', 'Second', 'Three', 'One', 'Two']);
  await app.api('PUT', '/saved-views/order', { isShared: true, order: [teams[1].documentId, own[1].documentId, 'no-such'] });
  expect(await namesOf()).toEqual(['Second', 'First', 'Three', 'One', 'Two']);
  const shared = await app.api('PUT', `/saved-views/${own[0].documentId}`, { isShared: true });
  expect(shared).toMatchObject({ name: 'One', isShared: true });
  expect(await namesOf()).toEqual(['Second', 'First', 'One', 'Three', 'Two']);
  await remove(...own, ...teams);
});

test("another person's own views are out of reach, and those of the team need a permission", async () => {
  const own = await save('Mine alone');
  const teams = await save('For all', { view: 'open' }, { isShared: true });
  for (const [method, path, body] of [
    ['PUT', `/saved-views/${own.documentId}`, { name: 'Taken over' }],
    ['DELETE', `/saved-views/${own.documentId}`],
  ] as const)
    expect((await asEve(method, path, body)).status).toBe(404);
  for (const [method, path, body] of [
    ['POST', '/saved-views', { name: 'Of Eve', isShared: true, filters: {} }],
    ['PUT', `/saved-views/${teams.documentId}`, { name: 'Changed' }],
    ['PUT', `/saved-views/${teams.documentId}`, { isShared: false }],
    ['PUT', '/saved-views/order', { isShared: true, order: [] }],
    ['DELETE', `/saved-views/${teams.documentId}`],
  ] as const)
    expect((await asEve(method, path, body)).status, `${method} ${path}`).toBe(403);
  const eves = (await asEve('POST', '/saved-views', { name: 'Mine alone', filters: { view: 'mine' } })).body.data;
  expect((await asEve('PUT', `/saved-views/${eves.documentId}`, { isShared: true })).status).toBe(403);
  expect(await namesOf(eve.token)).toEqual(['For all', 'Mine alone']);
  expect(await namesOf()).toEqual(['For all', 'Mine alone']);
  await remove(own, teams);
});

test('a name stands for one view, and a filter that is written wrong is refused', async () => {
  const view = await save('Orders');
  const answers = await Promise.all(
    ['Returns', 'returns ', 'RETURNS'].map((name) => app.request('POST', '/saved-views', { name, filters: {} })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400]);
  const [returns] = answers.filter(({ status }) => status === 201).map(({ body }) => body.data);
  const taken = await app.request('PUT', `/saved-views/${view.documentId}`, { name: 'returns' });
  expect(taken).toMatchObject({ status: 400, body: { error: { message: 'There is a view of this name already.' } } });
  expect(await app.api('PUT', `/saved-views/${view.documentId}`, { name: 'ORDERS' })).toMatchObject({ name: 'ORDERS' });
  for (const body of [
    { name: ' ', filters: {} },
    { name: 'a'.repeat(61), filters: {} },
    { name: 'Wrong', filters: { priorty: 'High' } },
    { name: 'None' },
  ])
    expect((await app.request('POST', '/saved-views', body)).status).toBe(400);
  expect((await app.request('PUT', '/saved-views/no-such', { name: 'Other' })).status).toBe(404);
  await remove(view, returns);
});

test('the views of somebody who is gone go, and those of others and of the team stay', async () => {
  const { id, token } = await addAgent('Gus', ['read-tickets', 'manage-shared-views']);
  await app.request('POST', '/saved-views', { name: 'Of Gus', filters: {} }, token);
  await app.request('POST', '/saved-views', { name: 'From Gus', filters: {}, isShared: true }, token);
  const own = await save('Still here');
  await app.api('DELETE', `/admin/users/${id}`);
  await forgetViewsOfNobody(app.strapi);
  const rows = await app.strapi.db.connection('mail_scanner_views').select('name');
  expect(rows.map(({ name }: any) => name).sort()).toEqual(['From Gus', 'Mine alone', 'Still here']);
  await remove(own);
});
