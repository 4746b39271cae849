import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** Somebody who sees only what is assigned to them, at every door that leads to a ticket. */

const PERMISSIONS = [
  'read-own-tickets',
  'edit-tickets',
  'reply-to-tickets',
  'merge-tickets',
  'delete-tickets',
  'edit-contacts',
  'manage-email-templates',
  'manage-contact-data',
];

let app: TestStrapi;
let token: string;
let me: number;
let mine: any;
let theirs: any;
let unassigned: any;

const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
const call = (method: string, url: string, body?: unknown) => app.request(method, url, body, token);
const data = async (url: string) => (await call('GET', url)).body.data;

async function addUser(name: string, permissions: string[]): Promise<{ id: number; token: string }> {
  const role = await app.api('POST', '/admin/roles', { name, description: name });
  const granted = permissions.map((uid) => ({ action: `plugin::mail-scanner.${uid}`, subject: null, conditions: [], properties: {} }));
  await app.api('PUT', `/admin/roles/${role.id}/permissions`, { permissions: granted });
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
  const user = await app.api('POST', '/admin/users', { email, firstname: name, lastname: 'Tester', roles: [role.id] });
  await app.api('PUT', `/admin/users/${user.id}`, { password: 'Passw0rd!test', isActive: true });
  const { body } = await app.request('POST', '/admin/login', { email, password: 'Passw0rd!test' }, null);
  return { id: user.id, token: body.data.token ?? body.data.accessToken };
}

/** A ticket of a contact of its own, with a comment, a file and an email that could not be sent. */
async function addTicket(name: string, assignee: number | null) {
  const contact = await app.strapi
    .documents('plugin::mail-scanner.contact')
    .create({ data: { email: `${name}@customer.test`, firstName: name, lastName: 'Customer' } as never });
  const ticket: any = await app.strapi
    .documents('plugin::mail-scanner.ticket')
    .create({ data: { title: `Secret of ${name}`, contact: contact.id, assignee } as never });
  const comment: any = await app.strapi
    .documents('plugin::mail-scanner.comment')
    .create({ data: { ticket: ticket.id, contact: contact.id, text: `Words of ${name}`, isPublic: true, source: 'api' } as never });
  const attachment = await query('attachment').create({
    data: {
      comment: comment.id,
      name: `${name}.txt`,
      mime: 'text/plain',
      size: 1,
      hash: 'x',
      storage: 'private',
      key: 'a'.repeat(48),
      inline: false,
    },
  });
  const delivery = await query('delivery').create({
    data: { ticket: ticket.id, comment: comment.id, messageId: `${name}@example.com`, state: 'failed' },
  });
  return { ...ticket, contact, comment, attachment, delivery };
}

beforeAll(async () => {
  app = await startStrapi();
  ({ id: me, token } = await addUser('Own Only', PERMISSIONS));
  mine = await addTicket('mine', me);
  theirs = await addTicket('theirs', (await app.api('GET', '/admin/users/me')).id);
  unassigned = await addTicket('unassigned', null);
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

const others = (): any[] => [theirs, unassigned];

describe('who sees only their own tickets', () => {
  test.each([
    '',
    '?view=all',
    '?view=unassigned',
    '?view=open',
    '?assignee=none',
    '?search=secret',
    '?search=words',
    '?search=customer.test',
    '?sort=ticketNumber:asc',
  ])('finds no other in the list %s', async (list) => {
    const answer = await call('GET', `/tickets${list}`);
    expect(answer.status).toBe(200);
    const rest = answer.body.data.filter(({ documentId }: any) => documentId !== mine.documentId);
    expect(rest).toEqual([]);
    expect(answer.body.meta.pagination.total).toBe(answer.body.data.length);
  });

  test('finds no other by its number, its contact or its assignee', async () => {
    for (const { ticketNumber, contact } of others()) {
      expect(await data(`/tickets?search=${ticketNumber}`)).toEqual([]);
      expect(await data(`/tickets?contact=${contact.documentId}`)).toEqual([]);
    }
    expect((await data(`/tickets?search=${mine.ticketNumber}`)).length).toBe(1);
  });

  test('counts their own alone', async () => {
    expect(await data('/tickets/summary')).toMatchObject({
      views: { mine: 1, unassigned: 0, open: 1, all: 1 },
      toAnswer: 1,
      failedDeliveries: 1,
    });
  });

  test('who sees all is told of their own alone where they ask for that, and nobody is told of more', async () => {
    const all = (await app.api('GET', '/tickets/summary')).views;
    const own = (await app.api('GET', '/tickets/summary?own=true')).views;
    expect([all.all, all.mine, own.all, own.open, own.unassigned]).toEqual([3, 1, 1, 1, 0]);
    expect((await data('/tickets/summary?own=true')).views).toMatchObject({ mine: 1, all: 1 });
    const starts = new Date(Date.now() - 3_600_000).toISOString();
    expect(await app.api('GET', `/tickets/opened?own=true&starts=${starts}`)).toMatchObject([{ count: 1 }]);
    expect(await app.api('GET', `/tickets/opened?starts=${starts}`)).toMatchObject([{ count: 3 }]);
    expect((await call('GET', '/tickets/summary?own=false')).status).toBe(400);
  });

  test('opens theirs and no other, nor its files and emails', async () => {
    expect((await call('GET', `/tickets/${mine.documentId}`)).status).toBe(200);
    for (const { documentId, attachment, delivery } of others()) {
      expect((await call('GET', `/tickets/${documentId}`)).status).toBe(404);
      const file = await call('GET', `/attachments/${attachment.documentId}`);
      expect([file.status, file.body.error?.message]).toEqual([404, 'There is no such file, or not any more.']);
      expect((await call('POST', `/deliveries/${delivery.documentId}/retry`)).status).toBe(404);
    }
    for (const { comment, delivery } of others()) {
      expect((await call('GET', `/comments/${comment.documentId}/source`)).status).toBe(404);
      expect(
        (await call('GET', `/comments/${comment.documentId}/picture?url=${encodeURIComponent('https://example.com/a.png')}`)).status,
      ).toBe(404);
      expect((await call('POST', `/deliveries/${delivery.documentId}/cancel`)).status).toBe(404);
    }
    expect((await call('POST', '/deliveries/retry')).body.data.retried).toBe(1);
    expect(await query('delivery').count({ where: { state: 'failed' } })).toBe(2);
    expect((await data('/deliveries')).map(({ messageId }: any) => messageId)).toEqual(['mine@example.com']);
    expect(await data(`/deliveries?ticket=${theirs.documentId}`)).toEqual([]);
  });

  test('changes and answers no other, alone or with their own', async () => {
    for (const { documentId } of others()) {
      expect((await call('PUT', `/tickets/${documentId}`, { priority: 'Low' })).status).toBe(404);
      expect((await call('POST', `/tickets/${documentId}/comments`, { text: 'Hi', isPublic: false })).status).toBe(404);
      expect(
        (await call('PUT', '/tickets/bulk', { ids: [mine.documentId, documentId], data: { priority: 'Low', assignee: me } })).status,
      ).toBe(404);
    }
    expect(await query('ticket').count({ where: { priority: 'Low' } })).toBe(0);
    expect((await call('PUT', `/tickets/${mine.documentId}`, { priority: 'High' })).status).toBe(200);
  });

  test('reads no other by tying it to their own', async () => {
    for (const tie of ['contact', 'account', 'related', 'scanner'])
      expect((await call('PUT', `/tickets/${mine.documentId}`, { [tie]: 1 })).status).toBe(403);
    expect((await call('POST', '/tickets', { title: 'A way in', related: theirs.id })).status).toBe(403);
    expect((await call('PUT', `/tickets/${mine.documentId}`, { contactEmail: 'theirs@customer.test' })).status).toBe(403);
    expect((await call('PUT', `/tickets/${mine.documentId}`, { contactEmail: 'mine@customer.test' })).status).toBe(200);
    await query('ticket').update({ where: { id: mine.id }, data: { related: theirs.id } });
    expect(JSON.stringify((await call('GET', `/tickets/${mine.documentId}`)).body)).not.toContain('Secret of theirs');
    expect(JSON.stringify((await call('GET', '/tickets')).body)).not.toContain('Secret of theirs');
    await query('ticket').update({ where: { id: mine.id }, data: { related: null } });
  });

  test('merges, splits, deletes and looks through no other', async () => {
    for (const { documentId, comment } of others()) {
      expect((await call('POST', `/tickets/${documentId}/merge`, { into: mine.documentId })).status).toBe(404);
      expect((await call('POST', `/tickets/${mine.documentId}/merge`, { into: documentId })).status).toBe(404);
      expect((await call('POST', `/tickets/${documentId}/split`, { comment: comment.documentId })).status).toBe(404);
      expect((await call('POST', `/tickets/${mine.documentId}/split`, { comment: comment.documentId })).status).toBe(400);
      expect((await call('GET', `/tickets/${documentId}/activities`)).status).toBe(404);
      expect((await call('DELETE', `/tickets/${documentId}`)).status).toBe(404);
    }
    expect((await call('GET', `/tickets/${mine.documentId}/activities`)).status).toBe(200);
    // One of their own that was merged leads to a ticket that is not theirs.
    const merged = await addTicket('merged', me);
    await query('ticket').update({ where: { id: merged.id }, data: { mergedInto: theirs.id } });
    expect((await call('POST', `/tickets/${mine.documentId}/merge`, { into: merged.documentId })).status).toBe(404);
    await app.api('DELETE', `/tickets/${merged.documentId}`);
    // Where a ticket of others points to theirs or theirs to it, the number is all that they learn.
    await query('ticket').update({ where: { id: mine.id }, data: { splitFrom: theirs.id } });
    await query('ticket').update({ where: { id: theirs.id }, data: { splitFrom: mine.id } });
    const { body } = await call('GET', `/tickets/${mine.documentId}`);
    expect([body.data.splitFrom, body.data.splitInto]).toEqual([{ ticketNumber: theirs.ticketNumber }, []]);
    for (const { id } of [mine, theirs]) await query('ticket').update({ where: { id }, data: { splitFrom: null } });
  });

  test('sees the people of their own tickets and no others', async () => {
    expect((await data('/contacts')).map(({ email }: any) => email)).toEqual(['mine@customer.test']);
    expect(await data('/contacts?search=theirs')).toEqual([]);
    // A ticket of somebody else's is no number of theirs, and none in their order.
    const hidden = await query('ticket').create({
      data: { title: 'Hidden', contact: mine.contact.id, assignee: null, lastActivityAt: '2031-01-01T00:00:00.000Z' },
    });
    const [seen] = await data('/contacts?sort=lastMessage');
    const [whole] = await app.api('GET', '/contacts?sort=lastMessage');
    expect([seen.openTickets, whole.openTickets, whole.lastMessageAt]).toEqual([1, 2, '2031-01-01T00:00:00.000Z']);
    expect(seen.lastMessageAt).not.toBe(whole.lastMessageAt);
    await query('ticket').delete({ where: { id: hidden.id } });
    expect((await call('GET', `/contacts/${mine.contact.documentId}`)).status).toBe(200);
    const account: any = await app.strapi.documents('plugin::mail-scanner.account').create({ data: { name: 'Of theirs' } as never });
    await query('ticket').update({ where: { id: theirs.id }, data: { account: account.id } });
    expect(await data('/accounts')).toEqual([]);
    expect((await call('GET', `/accounts/${account.documentId}`)).status).toBe(404);
    expect((await call('PUT', `/accounts/${account.documentId}`, { name: 'Changed' })).status).toBe(404);
    expect((await call('PUT', `/contacts/${mine.contact.documentId}`, { account: account.documentId })).status).toBe(400);
    for (const { contact } of others()) {
      expect((await call('GET', `/contacts/${contact.documentId}`)).status).toBe(404);
      expect((await call('PUT', `/contacts/${contact.documentId}`, { firstName: 'Changed' })).status).toBe(404);
    }
    expect((await call('PUT', `/contacts/${mine.contact.documentId}`, { firstName: 'Changed' })).status).toBe(200);
    for (const [method, path] of [
      ['GET', '/export'],
      ['GET', '/erasure'],
      ['DELETE', ''],
    ])
      expect((await call(method, `/contacts/${mine.contact.documentId}${path}`)).status).toBe(403);
  });

  test('sees no other in the preview of a template', async () => {
    const preview = await call('POST', '/email-templates/change-comments/preview', { ticket: theirs.documentId });
    expect(preview.status).toBe(404);
    expect((await call('POST', '/email-templates/change-comments/preview', {})).body.data.html).toContain('mine');
  });

  test('keeps a ticket that they open, and loses one that they give away', async () => {
    const { body } = await call('POST', '/tickets', { title: 'Opened by hand' });
    expect((await call('GET', `/tickets/${body.data.documentId}`)).status).toBe(200);
    expect((await call('PUT', `/tickets/${body.data.documentId}`, { assignee: null })).status).toBe(200);
    expect((await call('GET', `/tickets/${body.data.documentId}`)).status).toBe(404);
  });

  test('gives tags to a ticket that they open, which tell nothing of others', async () => {
    const { documentId } = await app.api('POST', '/tags', { name: 'Own' });
    const { status, body } = await call('POST', '/tickets', { title: 'Tagged by hand', addTags: [documentId] });
    expect([status, body.data?.tags]).toMatchObject([201, [{ name: 'Own' }]]);
  });

  test('sees all with the wider permission beside it', async () => {
    const { token: both } = await addUser('Both', ['read-tickets', 'read-own-tickets']);
    expect((await app.request('GET', `/tickets/${theirs.documentId}`, undefined, both)).status).toBe(200);
  });
});

describe('narrow permissions', () => {
  const roles: [string, string[], [method: string, url: () => string, body: unknown, status: number][]][] = [
    [
      'Dispatcher',
      ['read-tickets', 'assign-tickets'],
      [
        ['PUT', () => `/tickets/${theirs.documentId}`, { assignee: null }, 200],
        ['PUT', () => '/tickets/bulk', { ids: ['ID'], data: { assignee: null } }, 200],
        ['PUT', () => `/tickets/${theirs.documentId}`, { assignee: null, ticketStatus: 'Closed' }, 403],
        ['PUT', () => '/tickets/bulk', { ids: ['ID'], data: { ticketStatus: 'Closed' } }, 403],
        ['POST', () => `/tickets/${theirs.documentId}/comments`, { text: 'x', isPublic: false }, 403],
        ['POST', () => '/tickets', { title: 'x' }, 403],
      ],
    ],
    [
      'Note taker',
      ['read-tickets', 'write-internal-notes'],
      [
        ['POST', () => `/tickets/${theirs.documentId}/comments`, { text: 'x', isPublic: false }, 201],
        ['POST', () => `/tickets/${theirs.documentId}/comments`, { text: 'x', isPublic: true }, 403],
        ['POST', () => `/tickets/${theirs.documentId}/comments`, { text: 'x', isPublic: false, ticketStatus: 'Closed' }, 403],
        ['PUT', () => `/tickets/${theirs.documentId}`, { assignee: null }, 403],
        ['POST', () => `/deliveries/${theirs.delivery.documentId}/retry`, {}, 403],
      ],
    ],
  ];

  test.each(roles)('%s does what the name says and no more', async (name, permissions, attempts) => {
    const user = await addUser(name, permissions);
    for (const [method, url, body, status] of attempts) {
      const sent = JSON.parse(JSON.stringify(body).replace('"ID"', JSON.stringify(theirs.documentId)));
      const answer = await app.request(method, url(), sent, user.token);
      expect([method, url(), sent, answer.status]).toEqual([method, url(), sent, status]);
    }
  });
});
