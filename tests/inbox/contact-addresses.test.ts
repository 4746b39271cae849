import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOnSqlite } from '../support/database';
import { startSite, type Site } from '../support/desk';
import { addScanner, CREATE_TICKET, mail, setUpOutgoing } from '../support/helpdesk';

/** One person with several addresses, and two contacts who become one. */

let { app, server, sink, stop } = {} as Site;
let scanner: { documentId: string };
let jane: any;
let whenRead: (() => Promise<void>) | null = null;

/** Acts once the batch has read its contacts, and before it writes. */
const pause = {
  type: 'pause',
  label: 'Pause',
  config: { parse: (value: unknown) => value, safeParse: (value: unknown) => ({ success: true, data: value }) },
  describe: () => 'pause',
  async run() {
    const work = whenRead;
    whenRead = null;
    await work?.();
    return [];
  },
};

beforeAll(async () => {
  ({ app, server, sink, stop } = await startSite());
  await setUpOutgoing(app, sink);
  app.strapi.plugin('mail-scanner').service('actions').register(pause);
  scanner = await addScanner(app, server, [{ actions: [{ type: 'pause', config: {} }, ...CREATE_TICKET] }]);
  await app.api('PUT', `/scanners/${scanner.documentId}`, { scanFrom: '2020-01-01T00:00:00.000Z' });
  await receive({ from: 'Jane Doe <jane@home.test>', subject: 'From home' });
  jane = await contact('jane@home.test');
  await app.api('PUT', `/contacts/${jane.documentId}`, { addAddresses: ['Jane@Work.test'] });
}, 120_000);

afterAll(() => stop?.());

async function receive(...mails: Parameters<typeof mail>): Promise<void> {
  for (const input of mails) await server.append('INBOX', mail(input));
  await app.api('POST', `/scanners/${scanner.documentId}/run`);
}

const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
const contact = async (search: string) => (await app.api('GET', `/contacts?search=${search}`))[0];
const ticket = async (title: string) => (await app.api('GET', `/tickets?view=all&search=${encodeURIComponent(title)}`))[0];
const errorsOf = ({ status, body }: { status: number; body: any }) => [status, body.error?.details?.errors?.map(({ path }: any) => path)];

/** Whom a public comment on that ticket reaches. */
async function answered(title: string): Promise<{ to: string[]; cc: string }> {
  const count = sink.mails.length;
  const { documentId } = await ticket(title);
  await app.api('POST', `/tickets/${documentId}/comments`, { text: `About ${title}.`, isPublic: true });
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  const last = (await sink.received(count + 1)).at(-1)!;
  return { to: last.to, cc: JSON.stringify(last.parsed.cc ?? '') };
}

describe('a further address', () => {
  test('brings mail to its contact, and the answer goes to the address that wrote', async () => {
    await receive({ from: 'Jane Doe <jane@work.test>', subject: 'From work' });
    expect(await ticket('From work')).toMatchObject({ contact: { documentId: jane.documentId } });
    expect((await app.api('GET', '/contacts')).map(({ email }: any) => email)).toEqual(['jane@home.test']);
    expect((await contact('jane@work'))?.documentId).toBe(jane.documentId);
    expect((await answered('From work')).to).toEqual(['jane@work.test']);
    expect((await answered('From home')).to).toEqual(['jane@home.test']);
  });

  test('joins a ticket of its contact by number, and is then written to in place of the other, not beside it', async () => {
    const { ticketNumber, documentId } = await ticket('From home');
    await receive({ from: 'jane@work.test', subject: `More [${ticketNumber}]` });
    const { comments, participants } = await app.api('GET', `/tickets/${documentId}`);
    expect(comments.at(-1)).toMatchObject({ authorAddress: 'jane@work.test' });
    expect(participants ?? []).toEqual([]);
    expect(await answered('From home')).toEqual({ to: ['jane@work.test'], cc: '""' });
    await receive({ from: 'jane@home.test', subject: `And more [${ticketNumber}]` });
    expect((await answered('From home')).to).toEqual(['jane@home.test']);
    // A stranger who names the number has no part in it.
    await receive({ from: 'mallory@elsewhere.test', subject: `Mine [${ticketNumber}]` });
    expect((await ticket('Mine')).documentId).not.toBe(documentId);
  });

  test('is one contact’s at most, whoever asks, and none of our own', async () => {
    const bob = await app.api('POST', '/contacts', { email: 'bob@home.test' });
    const change = (data: object) => app.request('PUT', `/contacts/${bob.documentId}`, data);
    expect(errorsOf(await change({ addAddresses: ['new@home.test', 'JANE@work.test'] }))).toEqual([400, [['addAddresses', '1']]]);
    expect(errorsOf(await change({ addAddresses: ['jane@home.test'] }))).toEqual([400, [['addAddresses', '0']]]);
    expect(errorsOf(await change({ addAddresses: ['Support@example.com'] }))).toEqual([400, [['addAddresses', '0']]]);
    expect(errorsOf(await change({ addAddresses: ['nobody'] }))).toEqual([400, [['addAddresses', '0']]]);
    expect(errorsOf(await change({ email: 'jane@work.test' }))).toEqual([400, [['email']]]);
    expect(errorsOf(await app.request('POST', '/contacts', { email: 'jane@work.test' }))).toEqual([400, [['email']]]);
    // What was refused has left nothing behind.
    expect((await app.api('GET', `/contacts/${bob.documentId}`)).furtherAddresses).toEqual([]);
    await app.api('DELETE', `/contacts/${bob.documentId}`);
  });

  test('changes places with the first one, is offered to who writes, and opens a ticket for its contact', async () => {
    const changed = await app.api('PUT', `/contacts/${jane.documentId}`, { email: 'jane@work.test' });
    expect(changed).toMatchObject({ email: 'jane@work.test', furtherAddresses: [{ email: 'jane@home.test', undeliverable: false }] });
    await app.api('PUT', `/contacts/${jane.documentId}`, { email: 'jane@home.test' });
    const { documentId } = await ticket('From work');
    const offered = await app.api('GET', `/tickets/${documentId}/people?search=jane`);
    expect(offered.map(({ address }: any) => address)).toEqual(expect.arrayContaining(['jane@home.test', 'jane@work.test']));
    const opened = await app.api('POST', '/tickets', { title: 'By hand', contactEmail: 'jane@work.test' });
    expect(opened.contact.documentId).toBe(jane.documentId);
    expect((await answered('By hand')).to).toEqual(['jane@work.test']);
  });

  test('is told undeliverable by itself, until mail comes from there', async () => {
    await query('contact').updateMany({ where: { email: 'jane@work.test' }, data: { undeliverable: true } });
    expect(await app.api('GET', `/contacts/${jane.documentId}`)).toMatchObject({
      undeliverable: false,
      furtherAddresses: [{ email: 'jane@work.test', undeliverable: true }],
    });
    await receive({ from: 'jane@work.test', subject: 'I am here' });
    expect(await app.api('GET', `/contacts/${jane.documentId}`)).toMatchObject({ furtherAddresses: [{ undeliverable: false }] });
  });

  test('that is removed is written to no more', async () => {
    await app.api('PUT', `/contacts/${jane.documentId}`, { removeAddresses: ['jane@work.test'] });
    expect((await answered('From work')).to).toEqual(['jane@home.test']);
    await app.api('PUT', `/contacts/${jane.documentId}`, { addAddresses: ['jane@work.test'] });
  });
});

describe('a contact that is merged', () => {
  let old: any;

  test('moves all that is theirs, and leads to the other', async () => {
    await receive({ from: 'J. Doe <jd@old.test>', subject: 'From the old one' });
    old = await contact('jd@old');
    await app.api('PUT', `/contacts/${old.documentId}`, { addAddresses: ['jd@older.test'], phone: '7', notes: 'Of the old one.' });
    await app.api('PUT', `/contacts/${jane.documentId}`, { notes: 'Of Jane.' });
    expect(await app.api('GET', `/contacts/${old.documentId}/merge`)).toEqual({
      tickets: 1,
      comments: 1,
      addresses: ['jd@old.test', 'jd@older.test'],
    });
    const merged = await app.api('POST', `/contacts/${old.documentId}/merge`, { into: jane.documentId });
    expect(merged).toMatchObject({ documentId: jane.documentId, firstName: 'Jane', phone: '7', notes: 'Of Jane.\n\nOf the old one.' });
    expect(merged.furtherAddresses.map(({ email }: any) => email).sort()).toEqual(['jane@work.test', 'jd@old.test', 'jd@older.test']);
    expect((await app.api('GET', `/contacts/${old.documentId}`)).documentId).toBe(jane.documentId);
    expect((await ticket('From the old one')).contact.documentId).toBe(jane.documentId);
    expect(await query('comment').count({ where: { contact: { documentId: old.documentId } } })).toBe(0);
    expect((await answered('From the old one')).to).toEqual(['jd@old.test']);
    await receive({ from: 'jd@older.test', subject: 'From the oldest one' });
    expect((await ticket('From the oldest one')).contact.documentId).toBe(jane.documentId);
  });

  test('is offered to who edits contacts: of the same name, or with the same name of a mailbox in one account', async () => {
    const account = await app.api('POST', '/accounts', { name: 'Alike', domain: 'alike.test' });
    const add = (email: string, more: object = {}) => app.api('POST', '/contacts', { email, ...more });
    const one = await add('kim.lo@alike.test', { firstName: 'Kim', lastName: 'Lo', account: account.documentId });
    await add('kim.lo@alike.example', { account: account.documentId });
    await add('kim.lot@alike.test', { account: account.documentId });
    await add('kim.lo@elsewhere.test');
    await add('kl@private.test', { firstName: 'Kim', lastName: 'Lo' });
    await add('other@private.test', { firstName: 'Kim', lastName: 'Low' });
    const alike = await app.api('GET', `/contacts/${one.documentId}/alike`);
    expect(alike.map(({ email }: any) => email).sort()).toEqual(['kim.lo@alike.example', 'kl@private.test']);
    const ticket = await app.api('POST', '/tickets', { title: 'Of Kim', contactEmail: 'kl@private.test' });
    const { documentId } = alike.find(({ email }: any) => email === 'kl@private.test');
    await app.api('POST', `/contacts/${documentId}/merge`, { into: one.documentId });
    expect((await app.api('GET', `/contacts/${one.documentId}/alike`)).map(({ email }: any) => email)).toEqual(['kim.lo@alike.example']);
    const log = await app.api('GET', `/tickets/${ticket.documentId}/activities`);
    expect(log).toContainEqual(
      expect.objectContaining({
        kind: 'contact',
        actorKind: 'user',
        detail: { from: 'kl@private.test', to: 'kim.lo@alike.test', isMerge: true },
      }),
    );
  });

  test('is not merged twice, nor with itself, nor by who sees only their own tickets', async () => {
    const merge = (from: string, into: string) => app.request('POST', `/contacts/${from}/merge`, { into });
    expect((await merge(jane.documentId, jane.documentId)).status).toBe(400);
    expect((await merge(old.documentId, jane.documentId)).status).toBe(400);
    expect((await merge(jane.documentId, 'nobody')).status).toBe(404);
  });

  // On SQLite, whoever is in a transaction is alone.
  if (!isOnSqlite)
    test('loses no mail that is being written down meanwhile', async () => {
      await receive({ from: 'twin@home.test', subject: 'The first of the twin' });
      const twin = await contact('twin@home');
      whenRead = async () => void (await app.api('POST', `/contacts/${twin.documentId}/merge`, { into: jane.documentId }));
      await receive({ from: 'twin@home.test', subject: 'Meanwhile' });
      expect((await ticket('Meanwhile')).contact.documentId).toBe(jane.documentId);
      expect(await query('ticket').count({ where: { contact: { documentId: twin.documentId } } })).toBe(0);
    });

  test('is handed over and deleted with all addresses', async () => {
    const plan = await app.api('GET', `/contacts/${old.documentId}/erasure`);
    expect(plan.deleted.tickets).toBe(await query('ticket').count({ where: { contact: { documentId: jane.documentId } } }));
    await app.api('DELETE', `/contacts/${jane.documentId}`);
    expect(await query('contact').count({ where: { email: { $containsi: 'j' } } })).toBe(0);
    for (const email of ['jane@', 'jd@'])
      expect(await query('message').count({ where: { fromAddress: { $containsi: email } } }), email).toBe(0);
  });
});

describe('an account that is merged', () => {
  const accounts = async (): Promise<string[]> => (await app.api('GET', '/accounts?search=Acme')).map(({ name }: any) => name);
  const accountOf = async (address: string) => (await contact(address)).account?.documentId;
  let acme: any;
  let old: any;

  beforeAll(async () => {
    acme = await app.api('POST', '/accounts', { name: 'Acme', email: 'office@acme.test' });
    old = await app.api('POST', '/accounts', { name: 'Acme Ltd', domain: 'acme.test', email: 'old@acme.test' });
    const older = await app.api('POST', '/accounts', { name: 'Acme of old', domain: 'acme.example' });
    await app.api('POST', `/accounts/${older.documentId}/merge`, { into: old.documentId });
    await receive({ from: 'ann@acme.test', subject: 'From Acme' });
  });

  test('moves its contacts and tickets, whose log tells it, and what the other one lacks', async () => {
    expect(await accountOf('ann@acme.test')).toBe(old.documentId);
    expect(await app.api('GET', `/accounts/${old.documentId}/merge`)).toEqual({
      tickets: 1,
      contacts: 1,
      domains: ['acme.test', 'acme.example'],
    });
    const merged = await app.api('POST', `/accounts/${old.documentId}/merge`, { into: acme.documentId });
    expect(merged).toMatchObject({ name: 'Acme', domain: 'acme.test', email: 'office@acme.test', furtherDomains: ['acme.example'] });
    expect(await accounts()).toEqual(['Acme']);
    expect(await accountOf('ann@acme.test')).toBe(acme.documentId);
    const { documentId, account } = await ticket('From Acme');
    expect(account.documentId).toBe(acme.documentId);
    expect(await app.api('GET', `/tickets/${documentId}/activities`)).toContainEqual(
      expect.objectContaining({ kind: 'account', actorKind: 'user', detail: { from: 'Acme Ltd', to: 'Acme', isMerge: true } }),
    );
  });

  test('leads to the other: by its page, by its domains, and where somebody chooses it', async () => {
    expect(await app.api('GET', `/accounts/${old.documentId}`)).toMatchObject({ documentId: acme.documentId });
    expect(await app.api('PUT', `/accounts/${old.documentId}`, { name: 'Acme Inc' })).toMatchObject({ documentId: acme.documentId });
    await receive({ from: 'bea@acme.example', subject: 'By the oldest domain' });
    await receive({ from: 'cid@acme.test', subject: 'By the old domain' });
    await app.api('POST', '/tickets', { title: 'Opened here', contactEmail: 'dan@acme.example' });
    for (const title of ['By the oldest domain', 'By the old domain', 'Opened here'])
      expect((await ticket(title)).account.documentId, title).toBe(acme.documentId);
    await app.api('POST', '/contacts', { email: 'eve@elsewhere.test', account: old.documentId });
    expect(await accountOf('eve@elsewhere.test')).toBe(acme.documentId);
  });

  test('is not merged twice, nor with itself', async () => {
    const merge = (from: string, into: string) => app.request('POST', `/accounts/${from}/merge`, { into });
    expect((await merge(acme.documentId, acme.documentId)).status).toBe(400);
    expect((await merge(old.documentId, acme.documentId)).status).toBe(400);
    expect((await merge(acme.documentId, 'none')).status).toBe(404);
  });

  test('takes along what a rule gives to it, and mail that is being written down meanwhile', async () => {
    const { id } = await query('account').findOne({ where: { documentId: old.documentId } });
    const [rule] = await app.api('GET', `/scanners/${scanner.documentId}/rules`);
    const naming = [CREATE_TICKET[0], { type: 'createOrUpdateTicket', config: { onCreate: { account: id } } }];
    await app.api('PUT', `/rules/${rule.documentId}`, { actions: naming });
    await receive({ from: 'fay@elsewhere.test', subject: 'By a rule' });
    expect((await ticket('By a rule')).account.documentId).toBe(acme.documentId);
    await app.api('PUT', `/rules/${rule.documentId}`, { actions: [{ type: 'pause', config: {} }, ...CREATE_TICKET] });
    // On SQLite, whoever is in a transaction is alone.
    if (isOnSqlite) return;
    const late = await app.api('POST', '/accounts', { name: 'Late', domain: 'late.test' });
    whenRead = async () => void (await app.api('POST', `/accounts/${late.documentId}/merge`, { into: acme.documentId }));
    await receive({ from: 'gus@late.test', subject: 'Meanwhile, too' });
    expect((await ticket('Meanwhile, too')).account.documentId).toBe(acme.documentId);
    expect(await accountOf('gus@late.test')).toBe(acme.documentId);
  });
});
