import { afterAll, beforeAll, expect, test } from 'vitest';
import { addScanner, CREATE_TICKET, mail } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

let app: TestStrapi;
let server: TestMailServer;
let vip: any;
let hardware: any;

beforeAll(async () => {
  server = await startHoodiecrow();
  app = await startStrapi();
  vip = await app.api('POST', '/tags', { name: ' VIP ', colour: 'red' });
  hardware = await app.api('POST', '/tags', { name: 'Hardware' });
});

afterAll(async () => {
  await app?.stop();
  await server?.stop();
  if (app) removeFolder(app.folder);
});

const open = (title: string, more: object = {}) => app.api('POST', '/tickets', { title, ...more });
const read = (ticket: { documentId: string }) => app.api('GET', `/tickets/${ticket.documentId}`);
const change = (ticket: { documentId: string }, data: object) => app.api('PUT', `/tickets/${ticket.documentId}`, data);
const namesOf = ({ tags }: any): string[] => tags.map(({ name }: any) => name);
const logged = async (ticket: { documentId: string }): Promise<any[]> =>
  (await app.api('GET', `/tickets/${ticket.documentId}/activities`))
    .filter(({ kind }: any) => kind === 'tags')
    .map(({ detail }: any) => detail);

test('a tag has one name, however it is written, and a colour of the list', async () => {
  expect(vip).toEqual({ documentId: expect.any(String), name: 'VIP', colour: 'red' });
  const again = await app.request('POST', '/tags', { name: 'vip' });
  expect(again).toMatchObject({ status: 400, body: { error: { message: 'There is a tag of this name already.' } } });
  expect((await app.request('PUT', `/tags/${hardware.documentId}`, { name: 'vip' })).status).toBe(400);
  expect((await app.request('POST', '/tags', { name: 'Odd', colour: 'pink' })).status).toBe(400);
  expect((await app.request('POST', '/tags', { name: '  ' })).status).toBe(400);
  const direct = app.strapi.documents('plugin::mail-scanner.tag').create({ data: { name: 'ViP' } as never });
  await expect(direct).rejects.toThrow('There is a tag of this name already.');
});

test('of several people who make the same tag at the same moment, one does, and the others are told', async () => {
  const answers = await Promise.all(['Rush', 'rush', ' RUSH'].map((name) => app.request('POST', '/tags', { name })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400]);
  for (const { status, body } of answers) if (status === 400) expect(body.error.message).toBe('There is a tag of this name already.');
  expect((await app.api('GET', '/tags')).filter(({ name }: any) => /rush/i.test(name))).toHaveLength(1);
});

test('a tag is renamed and recoloured; what is left out stays', async () => {
  const { documentId } = await app.api('POST', '/tags', { name: 'Prnter', colour: 'blue' });
  expect(await app.api('PUT', `/tags/${documentId}`, { name: 'Printer' })).toEqual({ documentId, name: 'Printer', colour: 'blue' });
  expect(await app.api('PUT', `/tags/${documentId}`, { colour: 'green' })).toEqual({ documentId, name: 'Printer', colour: 'green' });
  expect((await app.request('POST', '/tags', { name: 'PRNTER' })).status).toBe(201);
  expect((await app.request('PUT', '/tags/no-such', { colour: 'green' })).status).toBe(404);
});

test('tags are given to a ticket and taken from it, beside those that it has, and the log tells', async () => {
  const ticket = await open('Broken printer');
  expect(namesOf(await change(ticket, { addTags: [vip.documentId] }))).toEqual(['VIP']);
  expect(namesOf(await change(ticket, { addTags: [hardware.documentId] }))).toEqual(['Hardware', 'VIP']);
  expect(namesOf(await change(ticket, { removeTags: [vip.documentId] }))).toEqual(['Hardware']);
  expect(await logged(ticket)).toEqual([
    { added: [], removed: ['VIP'] },
    { added: ['Hardware'], removed: [] },
    { added: ['VIP'], removed: [] },
  ]);
  const unknown = await app.request('PUT', `/tickets/${ticket.documentId}`, { addTags: ['no-such'] });
  expect(unknown.status).toBe(400);
  expect(namesOf(await read(ticket))).toEqual(['Hardware']);
});

test('several tickets get and lose tags together, and the list is filtered by one', async () => {
  const { documentId: tag } = await app.api('POST', '/tags', { name: 'Fair', colour: 'purple' });
  const tickets = [await open('One'), await open('Two')];
  const ids = tickets.map(({ documentId }) => documentId);
  await app.api('PUT', '/tickets/bulk', { ids, data: { addTags: [tag, vip.documentId] } });
  const list = await app.api('GET', `/tickets?view=all&tag=${tag}`);
  expect(list.map(({ title }: any) => title).sort()).toEqual(['One', 'Two']);
  expect(list[0].tags).toEqual([{ documentId: tag, name: 'Fair', colour: 'purple' }, vip]);
  await app.api('PUT', '/tickets/bulk', { ids: [ids[0]], data: { removeTags: [tag] } });
  expect((await app.api('GET', `/tickets?view=all&tag=${tag}`)).map(({ title }: any) => title)).toEqual(['Two']);
});

test('a tag that is deleted is gone from every ticket, and the tickets stay', async () => {
  const { documentId } = await app.api('POST', '/tags', { name: 'Passing' });
  const ticket = await open('Kept', { addTags: [documentId, vip.documentId] });
  expect(namesOf(await read(ticket))).toEqual(['Passing', 'VIP']);
  await app.api('DELETE', `/tags/${documentId}`);
  expect(namesOf(await read(ticket))).toEqual(['VIP']);
});

test('a merge unites the tags of both tickets', async () => {
  const [target, source] = [
    await open('Stays', { addTags: [vip.documentId] }),
    await open('Goes', { addTags: [vip.documentId, hardware.documentId] }),
  ];
  await app.api('POST', `/tickets/${source.documentId}/merge`, { into: target.documentId });
  expect(namesOf(await read(target))).toEqual(['Hardware', 'VIP']);
  expect(await logged(target)).toEqual([{ added: ['Hardware'], removed: [] }]);
});

test('a site that opens tags reads them by REST', async () => {
  const { id: role } = await app.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });
  await app.strapi.db
    .query('plugin::users-permissions.permission')
    .create({ data: { action: 'plugin::mail-scanner.tag.find', role } as never });
  const { status, body } = await app.request('GET', '/api/mail-scanner/tags', undefined, null);
  expect([status, body.data]).toEqual([200, expect.arrayContaining([expect.objectContaining({ name: 'VIP' })])]);
});

test('a rule gives tags to the ticket that it opens, and to one that it finds', async () => {
  const tagging = (...tags: string[]) => ({ type: 'setTags', config: { tags } });
  const scanner = await addScanner(app, server, [
    {
      name: 'Tagged',
      actions: [
        CREATE_TICKET[0],
        { type: 'createOrUpdateTicket', config: { matchSameSubject: true } },
        tagging(vip.documentId, hardware.documentId),
      ],
    },
  ]);
  const from = 'jane@customer.test';
  for (const messageId of ['<tag-1@customer.test>', '<tag-2@customer.test>'])
    await server.append('INBOX', mail({ from, subject: 'Toner', text: `It is empty ${messageId.length}`, messageId }));
  expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 2 } });
  const [ticket, ...others] = (await app.api('GET', '/tickets?view=all')).filter(({ title }: any) => title === 'Toner');
  expect(others).toEqual([]);
  expect(namesOf(ticket)).toEqual(['Hardware', 'VIP']);
  expect(await logged(ticket)).toEqual([{ added: expect.arrayContaining(['VIP', 'Hardware']), removed: [] }]);

  await change(ticket, { removeTags: [vip.documentId] });
  await app.api('DELETE', `/tags/${hardware.documentId}`);
  await server.append('INBOX', mail({ from, subject: 'Toner', text: 'Still empty', messageId: '<tag-3@customer.test>' }));
  await app.api('POST', `/scanners/${scanner.documentId}/run`);
  expect(namesOf(await read(ticket))).toEqual(['VIP']);
  const [{ reason }] = await app.api('GET', '/messages');
  expect(reason).toContain('A tag that this rule sets is not there any more.');
});
