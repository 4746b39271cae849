import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/helpdesk';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** One change of all tickets of a list. */

const TICKET = 'plugin::mail-scanner.ticket';
let app: TestStrapi;
/** How long each change takes. */
let pauseMs = 0;

beforeAll(async () => {
  app = await startStrapi({ env: { LOG_LEVEL: 'error' } });
  app.strapi.db.lifecycles.subscribe({
    models: [TICKET],
    async beforeUpdate({ params }: any) {
      await sleep(pauseMs);
      const row = await app.strapi.db.query(TICKET).findOne({ select: ['title'], where: params.where });
      if (row?.title === 'Locked') throw new Error('The site has locked this one.');
    },
  } as never);
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

async function openSome(count: number, data: object = {}): Promise<void> {
  for (let number = 0; number < count; number += 1)
    await app.strapi.documents(TICKET).create({ data: { title: `Order ${number}`, ...data } as never });
}
const count = (where: object) => app.strapi.db.query(TICKET).count({ where });
const change = (filter: object, data: object, token?: string) => app.request('PUT', '/tickets/bulk', { filter, data }, token);
const ended = (id: string, token?: string) =>
  eventually(async () => {
    const { body } = await app.request('GET', `/work/${id}`, undefined, token);
    return body.data.endedAt && body.data;
  }, 60_000);

async function signIn(name: string, permissions: string[]): Promise<{ id: number; token: string }> {
  const role = await app.strapi.service('admin::role')!.create({ name, description: name });
  const granted = permissions.map((uid) => ({ action: `plugin::mail-scanner.${uid}`, subject: null, properties: {}, conditions: [] }));
  await app.strapi.service('admin::role')!.assignPermissions(role.id, granted);
  const email = `${name.toLowerCase()}@example.com`;
  const user = { email, password: 'Passw0rd!role', firstname: name, lastname: '', isActive: true, registrationToken: null };
  const { id } = await app.strapi.service('admin::user')!.create({ ...user, roles: [role.id] });
  const { body } = await app.request('POST', '/admin/login', { email, password: user.password }, null);
  return { id, token: body.data.token ?? body.data.accessToken };
}

test('all tickets of a list are changed, and none that comes into it afterwards', async () => {
  await openSome(45);
  await openSome(3, { priority: 'Low' });
  pauseMs = 2;
  const { status, body } = await change({ view: 'open', priority: 'Normal' }, { priority: 'High' });
  expect(status).toBe(202);
  expect(body.data).toMatchObject({ kind: 'bulkChange', state: 'running', total: 45, scanner: null });
  await openSome(2);
  expect(await ended(body.data.id)).toMatchObject({ state: 'done', done: 45, tickets: { changed: 45, gone: 0, failed: 0 }, error: null });
  expect(await Promise.all(['High', 'Normal', 'Low'].map((priority) => count({ priority })))).toEqual([45, 2, 3]);
});

test('one that cannot be changed is counted with its reason, and the others go on', async () => {
  pauseMs = 0;
  await openSome(1, { title: 'Locked', priority: 'Urgent' });
  await openSome(4, { priority: 'Urgent' });
  const { body } = await change({ view: 'all', priority: 'Urgent' }, { ticketStatus: 'Closed' });
  expect(await ended(body.data.id)).toMatchObject({
    state: 'done',
    tickets: { changed: 4, gone: 0, failed: 1 },
    error: expect.stringContaining('locked'),
  });
  expect(await count({ priority: 'Urgent', ticketStatus: 'Closed' })).toBe(4);
});

test('who sees their own tickets alone changes those, and others are not told of it', async () => {
  const { id, token } = await signIn('Narrow', ['read-own-tickets', 'edit-tickets']);
  const { token: colleague } = await signIn('Wide', ['read-tickets', 'edit-tickets', 'run-scanners']);
  await openSome(3, { assignee: id });
  const { body } = await change({ view: 'all' }, { priority: 'Low' }, token);
  expect(await ended(body.data.id, token)).toMatchObject({ total: 3, tickets: { changed: 3 } });
  expect(await count({ priority: 'Low' })).toBe(6);
  expect((await app.request('GET', `/work/${body.data.id}`, undefined, colleague)).status).toBe(404);
  expect((await app.request('POST', `/work/${body.data.id}/stop`, {}, colleague)).status).toBe(404);
  const { token: blind } = await signIn('Blind', ['edit-tickets']);
  expect((await change({ view: 'all' }, { priority: 'Low' }, blind)).body.data.total).toBe(0);
});

test('a change is stopped between its slices', async () => {
  await openSome(120, { ticketStatus: 'Wait For Response' });
  // The connection that was idle meanwhile may just be closed.
  await app.request('GET', '/work').catch(() => {});
  pauseMs = 60;
  const { body } = await change({ view: 'waiting' }, { ticketStatus: 'Closed' });
  // As another instance would: SQLite has little time for requests meanwhile.
  await app.strapi.db.connection('mail_scanner_work').where({ id: body.data.id }).update({ stop_asked_at: Date.now() });
  const { state, tickets } = await ended(body.data.id);
  expect([state, tickets.changed % 20]).toEqual(['stopped', 0]);
  expect(tickets.changed).toBeLessThan(120);
  expect(await count({ ticketStatus: 'Wait For Response' })).toBe(120 - tickets.changed);
}, 120_000);

test('without tickets or a list to change, the request is refused', async () => {
  expect((await app.request('PUT', '/tickets/bulk', { data: { priority: 'Low' } })).status).toBe(400);
  expect((await change({ view: 'nowhere' }, { priority: 'Low' })).status).toBe(400);
  // A name written wrong would mean all tickets.
  expect((await change({ prioritty: 'Low' }, { ticketStatus: 'Closed' })).status).toBe(400);
  expect((await app.request('PUT', '/tickets/bulk', { ids: ['a'], filter: {}, data: { priority: 'Low' } })).status).toBe(400);
});
