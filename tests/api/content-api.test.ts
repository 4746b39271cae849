import { afterAll, beforeAll, expect, test } from 'vitest';
import { hideTypesFromGraphql } from '../../server/content-api';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** What a site's roles and API tokens reach of ours through Strapi's REST and GraphQL. */

let app: TestStrapi;

beforeAll(async () => {
  app = await startStrapi();
  const contact = await app.strapi
    .documents('plugin::mail-scanner.contact')
    .create({ data: { email: 'jane@customer.test', firstName: 'Jane', notes: 'For the team alone.', notesBy: 'Ada' } as never });
  const ticket = { title: 'Broken printer', contact: contact.id, description: 'It does not print.' };
  await app.strapi.documents('plugin::mail-scanner.ticket').create({ data: ticket as never });
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

const permissions = () => app.strapi.db.query('plugin::users-permissions.permission');

async function allowPublic(action: string): Promise<void> {
  const { id } = await app.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });
  await permissions().create({ data: { action, role: id } as never });
}

const tickets = async () => (await app.request('GET', '/api/mail-scanner/tickets?populate=*', undefined, null)).body.data;

test('what a site opened in the first release stays open', async () => {
  await allowPublic('plugin::mail-scanner.content-ticket.find');
  await app.stop();
  app = await startStrapi({ folder: app.folder });
  expect(await permissions().count({ where: { action: { $contains: 'mail-scanner.content-' } } })).toBe(0);
  expect(await tickets()).toMatchObject([{ title: 'Broken printer' }]);
});

test('a ticket comes with its contact when the role may see contacts, too', async () => {
  expect((await tickets())[0]).not.toHaveProperty('contact');
  await allowPublic('plugin::mail-scanner.contact.find');
  const [{ contact }] = await tickets();
  expect(contact).toMatchObject({ email: 'jane@customer.test', firstName: 'Jane' });
  // What the team notes of somebody is for nobody else.
  expect(Object.keys(contact).filter((name) => name.startsWith('notes'))).toEqual([]);
});

test('what makes a thread unguessable cannot be written', async () => {
  const secretOf = async (title: string) =>
    (await app.strapi.db.query('plugin::mail-scanner.ticket').findOne({ select: ['threadToken'], where: { title } })).threadToken;
  const before = await secretOf('Broken printer');
  await allowPublic('plugin::mail-scanner.ticket.update');
  await allowPublic('plugin::mail-scanner.ticket.create');
  const [{ documentId }] = await tickets();
  const data = { threadToken: 'guessable', priority: 'High' };
  expect((await app.request('PUT', `/api/mail-scanner/tickets/${documentId}`, { data }, null)).status).toBe(200);
  expect((await app.request('POST', '/api/mail-scanner/tickets', { data: { ...data, title: 'New' } }, null)).status).toBe(201);
  expect(await secretOf('Broken printer')).toBe(before);
  expect(await secretOf('New')).toMatch(/^[0-9a-f]{32}$/);
});

test('the role editor offers the six types and no part of the admin API', async () => {
  const offered = app.strapi.plugin('users-permissions').service('users-permissions').getActions()['plugin::mail-scanner'].controllers;
  // The pages for customers ask no role: what their link holds says who may come.
  const { rating, 'customer-ticket': customerTicket, ...types } = offered as Record<string, object>;
  expect(Object.keys(customerTicket).sort()).toEqual(['answer', 'close', 'file', 'page', 'show']);
  expect(Object.keys(rating).sort()).toEqual(['save', 'show']);
  expect(Object.fromEntries(Object.entries(types).map(([name, actions]) => [name, Object.keys(actions).sort()]))).toEqual(
    Object.fromEntries(
      ['account', 'comment', 'contact', 'tag', 'team', 'ticket', 'ticket-status'].map((name) => [
        name,
        ['create', 'delete', 'find', 'findOne', 'update'],
      ]),
    ),
  );
});

test('GraphQL shows the same five types', () => {
  const hidden: string[] = [];
  const extension = { shadowCRUD: (uid: string) => ({ disable: () => hidden.push(uid.replace('plugin::mail-scanner.', '')) }) };
  hideTypesFromGraphql({ plugin: (name: string) => (name === 'graphql' ? { service: () => extension } : undefined) } as never);
  const all = Object.keys(app.strapi.plugin('mail-scanner').contentTypes);
  expect(all.filter((name) => !hidden.includes(name)).sort()).toEqual([
    'account',
    'comment',
    'contact',
    'tag',
    'team',
    'ticket',
    'ticket-status',
  ]);
});
