import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOrCreateContact } from '../../server/services/helpdesk/contacts';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

const COMMENT = 'plugin::mail-scanner.comment';

describe('the inbox API', () => {
  let app: TestStrapi;
  let contact: any;
  let account: any;
  let printer: any;
  let invoice: any;
  let me: number;

  beforeAll(async () => {
    app = await startStrapi();
    me = (await app.api('GET', '/admin/users/me')).id;
    account = await app.strapi
      .documents('plugin::mail-scanner.account')
      .create({ data: { name: 'Northwind Traders', domain: 'northwind.test' } as never });
    contact = await app.strapi
      .documents('plugin::mail-scanner.contact')
      .create({ data: { email: 'jane@northwind.test', firstName: 'Jane', lastName: 'Doe', account: account.id } as never });
    printer = await app.api('POST', '/tickets', { title: 'Printer', contact: contact.id, account: account.id, assignee: me });
    invoice = await app.api('POST', '/tickets', { title: 'Invoice 50% too high', ticketStatus: 'Wait For Response', priority: 'High' });
    await app.api('POST', '/tickets', { title: 'Long ago', ticketStatus: 'Closed', assignee: me });
    await app.strapi
      .documents(COMMENT)
      .create({ data: { ticket: invoice.id, text: 'The Müller order is missing.', isPublic: true, source: 'api' } as never });
  });
  afterAll(async () => {
    await app?.stop();
    removeFolder(app.folder);
  });

  const titles = async (query: string): Promise<string[]> =>
    (await app.api('GET', `/tickets?sort=createdAt:asc&${query}`)).map(({ title }: any) => title);

  /** A comment that came by email. */
  const receive = (ticket: number, text: string, more = {}) =>
    app.strapi.documents(COMMENT).create({
      data: {
        ticket,
        contact: contact.id,
        text,
        visibleText: text,
        isPublic: true,
        source: 'email',
        authorName: 'Jane Doe',
        authorAddress: contact.email,
        ...more,
      } as never,
    });

  test.each([
    ['mine', ['Printer']],
    ['unassigned', ['Invoice 50% too high']],
    ['open', ['Printer']],
    ['waiting', ['Invoice 50% too high']],
    ['all', ['Printer', 'Invoice 50% too high', 'Long ago']],
    ['closed', ['Long ago']],
  ])('the view %s', async (view, expected) => {
    expect(await titles(`view=${view}`)).toEqual(expected);
    expect((await app.api('GET', '/tickets/summary')).views[view]).toBe(expected.length);
  });

  test.each([
    ['a number in small letters', () => printer.ticketNumber.toLowerCase(), ['Printer']],
    ['a number with #', () => `#${printer.ticketNumber}`, ['Printer']],
    ['a number without its prefix', () => printer.ticketNumber.replace(/\D/g, ''), ['Printer']],
    ['the title in other letters', () => 'pRiNT', ['Printer']],
    ['a sign that SQL knows', () => '50%', ['Invoice 50% too high']],
    ['the text of a comment', () => 'müller ORDER', ['Invoice 50% too high']],
    ['an address', () => 'jane@north', ['Printer']],
    ['a whole name', () => 'jane doe', ['Printer']],
    ['an account', () => 'northwind tr', ['Printer']],
    ['what nobody wrote', () => 'quux', []],
  ])('a search finds %s', async (_, words, expected) => {
    expect(await titles(`search=${encodeURIComponent(words())}`)).toEqual(expected);
  });

  test('filters narrow a view down', async () => {
    expect(await titles('view=all&priority=High')).toEqual(['Invoice 50% too high']);
    expect(await titles(`view=all&contact=${contact.documentId}`)).toEqual(['Printer']);
    expect(await titles(`view=all&until=${new Date(Date.now() - 3_600_000).toISOString()}`)).toEqual([]);
    expect((await app.request('GET', '/tickets?since=yesterday')).status).toBe(400);
  });

  test('several tickets change at once, or none does', async () => {
    await app.api('PUT', '/tickets/bulk', { ids: [printer.documentId, invoice.documentId], data: { priority: 'Urgent', assignee: me } });
    expect(await titles('view=mine&priority=Urgent')).toEqual(['Printer', 'Invoice 50% too high']);
    const refused = await app.request('PUT', '/tickets/bulk', { ids: [printer.documentId, 'nothing'], data: { priority: 'Low' } });
    expect(refused.status).toBe(404);
    expect(await titles('view=all&priority=Low')).toEqual([]);
    expect((await app.request('PUT', '/tickets/bulk', { ids: [printer.documentId], data: { threadToken: 'mine' } })).status).toBe(400);
    await app.api('PUT', '/tickets/bulk', { ids: [invoice.documentId], data: { assignee: null } });
    expect(await titles('view=unassigned')).toEqual(['Invoice 50% too high']);
  });

  test('an answer sets the status, too', async () => {
    const comment = await app.api('POST', `/tickets/${printer.documentId}/comments`, {
      text: 'Is it on?',
      isPublic: true,
      ticketStatus: 'Wait For Response',
    });
    expect(comment).toMatchObject({ text: 'Is it on?', authorName: 'Ada Admin', delivery: { state: 'queued' } });
    expect((await app.api('GET', `/tickets/${printer.documentId}`)).ticketStatus).toBe('Wait For Response');
  });

  test('whoever answers without having seen the latest is told, and nothing is written', async () => {
    const { comments } = await app.api('GET', `/tickets/${printer.documentId}`);
    const lastSeen = comments.at(-1).documentId;
    const news = await receive(printer.id, 'It works again!');
    await receive(printer.id, 'I am out of office', { isAutomatic: true });
    const before = await app.strapi.db.query(COMMENT).count();
    const refused = await app.request('POST', `/tickets/${printer.documentId}/comments`, {
      text: 'Try again',
      isPublic: true,
      lastSeen,
      ticketStatus: 'Closed',
    });
    expect(refused.status).toBe(409);
    expect(refused.body.error.details.comments.map(({ documentId }: any) => documentId)).toEqual([news.documentId]);
    expect(await app.strapi.db.query(COMMENT).count()).toBe(before);
    expect((await app.api('GET', `/tickets/${printer.documentId}`)).ticketStatus).toBe('Wait For Response');

    await app.api('POST', `/tickets/${printer.documentId}/comments`, { text: 'Great', isPublic: true, lastSeen: news.documentId });
    // One's own answer from another window is no surprise.
    await app.api('POST', `/tickets/${printer.documentId}/comments`, { text: 'Bye', isPublic: false, lastSeen: news.documentId });
  });

  test('of two answers in the same moment by two people, one is told', async () => {
    const other = await addUser('Other', ['read-tickets', 'reply-to-tickets']);
    const ticket = await app.api('POST', '/tickets', { title: 'Race' });
    const send = (token?: string) =>
      app.request('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Mine', isPublic: false, lastSeen: null }, token);
    const answers = await Promise.all([send(), send(other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test('a ticket says whom an answer would go to, and why it would not be sent', async () => {
    expect((await app.api('GET', `/tickets/${printer.documentId}`)).replyTo).toMatchObject({ problem: 'noSender' });
    await app.api('PUT', '/outgoing-mail', {
      host: '127.0.0.1',
      port: 9,
      encryption: 'none',
      validateCertificate: false,
      username: '',
      fromAddress: 'support@example.com',
      fromName: 'Support',
    });
    const jane = { to: [{ address: 'jane@northwind.test', name: 'Jane Doe' }], cc: [] };
    expect((await app.api('GET', `/tickets/${printer.documentId}`)).replyTo).toEqual({
      from: { address: 'support@example.com', name: 'Support' },
      ...jane,
      all: jane,
      sender: jane,
      problem: null,
    });
    expect((await app.api('GET', `/tickets/${invoice.documentId}`)).replyTo).toMatchObject({ to: [], problem: 'noRecipient' });
  });

  test('what the plugin gives a ticket cannot be written, nor is its secret shown', async () => {
    await app.api('PUT', `/tickets/${printer.documentId}`, { ticketNumber: 'TT1', threadToken: 'guessed', title: 'Printer on fire' });
    const changed = await app.api('GET', `/tickets/${printer.documentId}`);
    expect(changed).toMatchObject({ title: 'Printer on fire', ticketNumber: printer.ticketNumber });
    expect(changed).not.toHaveProperty('threadToken');
    const stored = await app.strapi.db.query('plugin::mail-scanner.ticket').findOne({ where: { id: printer.id } });
    expect(stored.threadToken).not.toBe('guessed');
  });

  test('a title that is changed is found, and the log tells of it', async () => {
    await app.api('PUT', `/tickets/${invoice.documentId}`, { title: 'Invoice without a discount' });
    expect(await titles('view=all&search=discount')).toEqual(['Invoice without a discount']);
    const log = await app.api('GET', `/tickets/${invoice.documentId}/activities`);
    expect(log.filter(({ kind }: any) => kind === 'title')).toMatchObject([
      { detail: { from: 'Invoice 50% too high', to: 'Invoice without a discount' } },
    ]);
  });

  test('assignees are the active administrators, with name and address and nothing else', async () => {
    const assignees = await app.api('GET', '/tickets/assignees');
    expect(assignees).toContainEqual({ id: me, firstname: 'Ada', lastname: 'Admin', email: 'admin@example.com' });
  });

  // The checks of zod and of Strapi's own email field know less than what mail servers deliver to.
  test.each([
    'root@mailhost',
    'r&d@northwind.test',
    'bounce+jane=home.test@list.test',
    'jörg@münchen.test',
    'ann..lee@phone.test',
    'jane@пример.xn--p1ai',
  ])('a customer who writes from %s is a contact, by email and in the panel alike', async (email) => {
    const byEmail = await app.strapi.db.transaction(() => findOrCreateContact(app.strapi, { address: email, name: 'Jo Poe' }));
    expect(byEmail).toMatchObject({ email, firstName: 'Jo' });
    const changed = await app.request('PUT', `/contacts/${byEmail.documentId}`, { email, phone: '1' });
    expect([changed.status, changed.body.data?.phone]).toEqual([200, '1']);
    const opened = await app.request('POST', '/tickets', { title: 'By telephone', contactEmail: email });
    expect(opened.status).toBe(201);
    await app.api('DELETE', `/tickets/${opened.body.data.documentId}`);
    await app.api('DELETE', `/contacts/${byEmail.documentId}`);
  });

  test('an address that is pasted with signs that nobody sees is the address without them', async () => {
    const contact = await app.api('POST', '/contacts', { email: '\u200bjo\u00ad@pasted.test\u2060 ' });
    expect(contact.email).toBe('jo@pasted.test');
    const opened = await app.api('POST', '/tickets', { title: 'By telephone', contactEmail: '\u202ajo@pasted.test\u202c' });
    expect(opened.contact.documentId).toBe(contact.documentId);
    await app.api('DELETE', `/tickets/${opened.documentId}`);
    await app.api('DELETE', `/contacts/${contact.documentId}`);
  });

  test('an address that is pasted with what a text sets around it is the bare address', async () => {
    const pasted = [
      '“jo@pasted.test”',
      '„jo@pasted.test“',
      '«jo@pasted.test»',
      "'jo@pasted.test'",
      "'jo@pasted.test',",
      `"'jo@pasted.test'"`,
      '<jo@pasted.test>,',
      'mailto:jo@pasted.test',
    ];
    for (const email of pasted) {
      const contact = await app.api('POST', '/contacts', { email });
      expect(contact.email).toBe('jo@pasted.test');
      await app.api('DELETE', `/contacts/${contact.documentId}`);
    }
    const other = await app.api('POST', '/contacts', { email: "'t.veer@pasted.test" });
    expect(other.email).toBe("'t.veer@pasted.test");
    expect((await app.request('POST', '/contacts', { email: `${'"'.repeat(1000)}jo@pasted.test` })).status).toBe(400);
    await app.api('DELETE', `/contacts/${other.documentId}`);
  });

  test('contacts and accounts are found, changed and kept apart', async () => {
    const names = async (query: string) => (await app.api('GET', `/contacts?${query}`)).map(({ email }: any) => email);
    const bob = await app.api('POST', '/contacts', { email: 'Bob@Elsewhere.test', firstName: 'Bob', lastName: 'Able' });
    expect(bob).toMatchObject({ email: 'bob@elsewhere.test', account: null, undeliverable: false });
    expect(await names('')).toEqual(['bob@elsewhere.test', 'jane@northwind.test']);
    expect(await names('search=bob able')).toEqual(['bob@elsewhere.test']);
    expect(await names('search=northwind')).toEqual(['jane@northwind.test']);
    expect(await names(`account=${account.documentId}`)).toEqual(['jane@northwind.test']);
    const taken = await app.request('PUT', `/contacts/${bob.documentId}`, { email: 'JANE@northwind.test' });
    expect([taken.status, taken.body.error.details.errors[0].path]).toEqual([400, ['email']]);

    await app.strapi.db
      .query('plugin::mail-scanner.contact')
      .update({ where: { documentId: bob.documentId }, data: { undeliverable: true } });
    expect(await names('undeliverable=true')).toEqual(['bob@elsewhere.test']);
    expect(await app.api('PUT', `/contacts/${bob.documentId}`, { account: account.documentId, phone: '1' })).toMatchObject({
      account: { name: 'Northwind Traders' },
      phone: '1',
      undeliverable: true,
    });
    expect(await app.api('PUT', `/contacts/${bob.documentId}`, { email: 'bob@new.test', account: null })).toMatchObject({
      email: 'bob@new.test',
      account: null,
      undeliverable: false,
    });

    const shop = await app.api('POST', '/accounts', { name: 'The Shop', domain: 'Shop.test', email: '' });
    expect(shop).toMatchObject({ name: 'The Shop', domain: 'shop.test', email: null });
    expect(await app.api('PUT', `/accounts/${shop.documentId}`, { email: 'Office@shop.test' })).toMatchObject({
      name: 'The Shop',
      domain: 'shop.test',
      email: 'office@shop.test',
    });
    expect((await app.api('GET', '/accounts?search=shop')).length).toBe(1);
  });

  test('the lists of people count open tickets, find names without their marks, and come by the last message', async () => {
    const list = (query: string) => app.api('GET', `/contacts?${query}`);
    const emails = async (query: string) => (await list(query)).map(({ email }: any) => email);
    const bjorn = await app.api('POST', '/contacts', { email: 'bm@elsewhere.test', firstName: 'Björn', lastName: 'Müller' });
    const firm = await app.api('POST', '/accounts', { name: 'Käse & Söhne' });
    expect([await emails('search=mueller'), await emails('search=Muller'), await emails('search=bjorn')]).toEqual(
      Array.from({ length: 3 }, () => ['bm@elsewhere.test']),
    );
    expect((await app.api('GET', '/accounts?search=kaese')).map(({ name }: any) => name)).toEqual([firm.name]);

    const ticket = (data: object) => app.strapi.documents('plugin::mail-scanner.ticket').create({ data: data as never });
    const { id, documentId } = await app.strapi.db
      .query('plugin::mail-scanner.contact')
      .findOne({ where: { documentId: bjorn.documentId } });
    const { id: firmId } = await app.strapi.db.query('plugin::mail-scanner.account').findOne({ where: { documentId: firm.documentId } });
    const opened: { documentId: string }[] = [];
    for (const [index, ticketStatus] of ['Open', 'Wait For Response', 'Closed'].entries()) {
      const lastActivityAt = `2030-0${index + 1}-01T00:00:00.000Z`;
      opened.push(await ticket({ title: ticketStatus, ticketStatus, contact: id, account: firmId, lastActivityAt }));
    }
    const numbers = { openTickets: 2, lastMessageAt: '2030-03-01T00:00:00.000Z' };
    const all = await list('sort=lastMessage');
    expect(all[0]).toMatchObject({ documentId, ...numbers });
    expect(all[1].email).toBe('jane@northwind.test');
    // Without any ticket: behind all others, the newest first; and pages go on where the one before ended.
    expect(all.at(-1)).toMatchObject({ lastMessageAt: null, openTickets: 0 });
    const pages = await Promise.all(all.map((_: unknown, index: number) => emails(`sort=lastMessage&pageSize=1&page=${index + 1}`)));
    expect(pages.flat()).toEqual(all.map(({ email }: any) => email));
    expect((await app.api('GET', '/accounts')).find(({ name }: any) => name === firm.name)).toMatchObject(numbers);
    for (const { documentId } of opened) await app.api('DELETE', `/tickets/${documentId}`);
    await app.api('DELETE', `/contacts/${bjorn.documentId}`);
  });

  test('notes on a contact say who wrote them last, and stand in no list', async () => {
    const { documentId } = await app.api('POST', '/contacts', { email: 'noted@elsewhere.test', notes: 'Calls on Mondays.' });
    const noted = await app.api('GET', `/contacts/${documentId}`);
    expect(noted).toMatchObject({ notes: 'Calls on Mondays.', notesBy: 'Ada Admin', notesAt: expect.any(String) });
    // What else is changed says nothing about who wrote them.
    const called = await app.api('PUT', `/contacts/${documentId}`, { phone: '1', notes: 'Calls on Mondays.' });
    expect([called.phone, called.notesAt]).toEqual(['1', noted.notesAt]);
    expect(await app.api('PUT', `/contacts/${documentId}`, { notes: '' })).toMatchObject({ notes: null, notesBy: null, notesAt: null });
    expect((await app.api('GET', '/contacts?search=noted'))[0]).not.toHaveProperty('notes');
    expect((await app.request('PUT', `/contacts/${documentId}`, { notes: 'x'.repeat(10_001) })).status).toBe(400);
    await app.api('DELETE', `/contacts/${documentId}`);
  });

  test('each right is asked for by itself', async () => {
    const reader = await addUser('Reader', ['read-tickets']);
    const replier = await addUser('Replier', ['read-tickets', 'reply-to-tickets']);
    const stranger = await addUser('Stranger', []);
    const url = `/tickets/${printer.documentId}`;
    const status = async (token: string | null, method: string, path: string, body?: unknown) =>
      (await app.request(method, path, body, token)).status;
    for (const path of ['/tickets', '/tickets/summary', '/tickets/assignees', url]) {
      expect([path, await status(null, 'GET', path), await status(stranger, 'GET', path), await status(reader, 'GET', path)]).toEqual([
        path,
        401,
        403,
        200,
      ]);
    }
    expect(await status(reader, 'POST', `${url}/comments`, { text: 'Hi', isPublic: false })).toBe(403);
    expect(await status(reader, 'PUT', '/tickets/bulk', { ids: [printer.documentId], data: { priority: 'Low' } })).toBe(403);
    expect(await status(replier, 'POST', `${url}/comments`, { text: 'Hi', isPublic: false })).toBe(201);
    expect(await status(replier, 'POST', `${url}/comments`, { text: 'Hi', isPublic: false, ticketStatus: 'Closed' })).toBe(403);
  });

  async function addUser(name: string, permissions: string[]): Promise<string> {
    const role = await app.api('POST', '/admin/roles', { name, description: name });
    const granted = permissions.map((uid) => ({ action: `plugin::mail-scanner.${uid}`, subject: null, conditions: [], properties: {} }));
    await app.api('PUT', `/admin/roles/${role.id}/permissions`, { permissions: granted });
    const email = `${name.toLowerCase()}@example.com`;
    const user = await app.api('POST', '/admin/users', { email, firstname: name, lastname: 'Tester', roles: [role.id] });
    await app.api('PUT', `/admin/users/${user.id}`, { password: 'Passw0rd!test', isActive: true });
    const { body } = await app.request('POST', '/admin/login', { email, password: 'Passw0rd!test' }, null);
    return body.data.token ?? body.data.accessToken;
  }
});
