import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../support/desk';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';

let { app, server, sink, stop } = {} as Site;
let scanner: { documentId: string };
let messages: string[];

const JANE = 'Jane Doe <jane.doe@private.test>';
const TOM = 'Tom Baker <tom@northwind.test>';
/** Whatever points to Jane and was hers; not the other person's address that holds hers, and not her first name in others' words. */
const TRACES = /jane doe|(?<!a)jane\.doe@private\.test|i am jane|divorce|my lawyer|lawyer\.txt|SECRET/i;

const withFile = (name: string, content: string) => ({
  text: [
    '--part',
    'Content-Type: text/plain',
    '',
    'Please see what my lawyer says.',
    '--part',
    `Content-Type: text/plain; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    '',
    content,
    '--part--',
  ].join('\n'),
  headers: { 'Content-Type': 'multipart/mixed; boundary=part' },
});

beforeAll(async () => {
  ({ app, server, sink, stop } = await startSite());
  await setUpOutgoing(app, sink);
  app.strapi.plugin('mail-scanner').service('actions').register(refuse);
  const refused = { combinator: 'and', rules: [{ field: 'subject', operator: 'contains', value: 'cannot be handled' }] };
  scanner = await addScanner(app, server, [{ name: 'Refuse', conditions: refused, actions: [{ type: 'refuse', config: {} }] }, {}]);
  await app.api('PUT', '/settings', { keepSources: 'all' });
  messages = [
    // Her own request.
    mail({ from: JANE, subject: 'My divorce', messageId: '<own@private.test>', ...withFile('lawyer.txt', 'SECRET-OF-JANE') }),
    // A request of hers into which Tom, in copy, writes.
    mail({
      from: JANE,
      to: 'support@example.com, tom@northwind.test',
      subject: 'About Jane and Tom',
      text: 'I am Jane and write this.',
      messageId: '<both@private.test>',
    }),
    mail({
      from: TOM,
      subject: 'Re: About Jane and Tom',
      text: 'And I am Tom.\n\nOn Monday, jane.doe@private.test wrote:\n> I am Jane and write this.',
      headers: { References: '<both@private.test>' },
    }),
    // Tom's request, with Jane in copy, who answers with a file.
    mail({
      from: TOM,
      to: 'support@example.com, jane.doe@private.test',
      subject: 'Invoice of Tom',
      text: 'Where is it?',
      messageId: '<toms@northwind.test>',
    }),
    mail({
      from: JANE,
      subject: 'Re: Invoice of Tom',
      ...withFile('lawyer.txt', 'SECRET-TWO'),
      headers: { 'Content-Type': 'multipart/mixed; boundary=part', References: '<toms@northwind.test>' },
    }),
    // One that has failed, and one of somebody else.
    mail({ from: JANE, subject: 'This cannot be handled' }),
    mail({ from: 'Joann <ajane.doe@private.test.example>', subject: 'Of another person' }),
  ];
  await server.appendAll('INBOX', messages);
  expect(await run()).toMatchObject({ byOutcome: { processed: 6, failed: 1 } });
  await answer('My divorce', 'Dear Jane, we understand.');
  await answer('My divorce', 'A difficult customer, this Jane.', false);
  await answer('Invoice of Tom', 'Here it is, Tom and Jane.');
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  await sink.received(2);
  const { documentId } = await contactOf('jane.doe@private.test');
  await app.api('PUT', `/contacts/${documentId}`, { notes: 'Ask about my lawyer first.' });
});

afterAll(() => stop?.());

const refuse = {
  type: 'refuse',
  label: 'Refuse',
  config: { parse: (value: unknown) => value, safeParse: (value: unknown) => ({ success: true, data: value }) },
  describe: () => 'refuse',
  run: async () => Promise.reject(new Error('Not today.')),
};

const run = () => app.api('POST', `/scanners/${scanner.documentId}/run`);
const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
const contactOf = (email: string) => query('contact').findOne({ where: { email } });
const ticketOf = (title: string) => query('ticket').findOne({ where: { title } });
const answer = async (title: string, text: string, isPublic = true) =>
  app.api('POST', `/tickets/${(await ticketOf(title)).documentId}/comments`, { text, isPublic });
const files = () =>
  readdirSync(path.join(app.folder, 'private'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.length === 48)
    .map((entry) => path.join(entry.parentPath, entry.name));

/** The archive, its checksums checked. */
async function download(query = ''): Promise<{ data: any; text: string; read(file: string): Promise<string> }> {
  const { documentId } = await contactOf('jane.doe@private.test');
  const { token } = (await app.request('POST', '/admin/login', { email: 'admin@example.com', password: 'Passw0rd!test' }, null)).body.data;
  const response = await fetch(`${app.base}/mail-scanner/contacts/${documentId}/export${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.headers.get('content-disposition')).toContain('attachment');
  const archive = await JSZip.loadAsync(await response.arrayBuffer(), { checkCRC32: true });
  const read = (file: string) => archive.file(file)!.async('string');
  const text = await read('contact.json');
  return { data: JSON.parse(text), text, read };
}

describe('an export of a contact', () => {
  test('holds their requests, what they wrote elsewhere, the emails sent to them, and every file', async () => {
    const { data, read } = await download();
    expect(data.contact).toMatchObject({ email: 'jane.doe@private.test', firstName: 'Jane', lastName: 'Doe' });
    expect(data.tickets).toMatchObject([
      {
        title: 'My divorce',
        comments: [{ attachments: [{ name: 'lawyer.txt' }] }, { text: 'Dear Jane, we understand.' }],
        emailsSent: [{ subject: expect.stringContaining('My divorce'), state: 'sent' }],
      },
    ]);
    expect(await read(data.tickets[0].comments[0].attachments[0].file)).toContain('SECRET-OF-JANE');
    expect(data.conversationsWithOthers).toHaveLength(2);
    expect(data.emailsReceived.map(({ subject }: { subject: string }) => subject).sort()).toEqual([
      'About Jane and Tom',
      'My divorce',
      'Re: Invoice of Tom',
      'This cannot be handled',
    ]);
    expect(await read(data.emailsReceived[0].file)).toContain('From: Jane Doe <jane.doe@private.test>');
  });

  test('leaves out what others wrote, and internal notes unless they are asked for', async () => {
    const { text } = await download();
    expect(text).not.toContain('And I am Tom.');
    expect(text).not.toContain('Where is it?');
    expect(text).not.toContain('"title": "Invoice of Tom"');
    expect(text).not.toContain('difficult customer');
    expect(text).not.toContain('Ask about my lawyer');
    const withNotes = await download('?internal=true');
    expect(withNotes.text).toContain('difficult customer');
    expect(withNotes.data.contact).toMatchObject({ notes: 'Ask about my lawyer first.', notesBy: expect.any(String) });
  });
});

describe('a contact that is deleted with all data', () => {
  let plan: any;

  test('is shown first what would go', async () => {
    const { documentId } = await contactOf('jane.doe@private.test');
    const before = await query('comment').count();
    plan = await app.api('GET', `/contacts/${documentId}/erasure`);
    expect(plan).toMatchObject({
      deleted: { tickets: 1, comments: 3, attachments: 1, emails: 1 },
      anonymised: { tickets: 2, comments: 2, attachments: 1 },
      scanLog: { messages: 4, sources: 4 },
      ticketNumbers: { deleted: ['TT1001'], anonymised: ['TT1002', 'TT1003'] },
    });
    expect(await query('comment').count()).toBe(before);
  });

  test('leaves nothing: no row of any table and no file tells of them', async () => {
    const { documentId } = await contactOf('jane.doe@private.test');
    expect(await app.api('DELETE', `/contacts/${documentId}`)).toEqual(plan);
    const { connection } = app.strapi.db;
    const tables = (await app.strapi.db.dialect.schemaInspector.getTables()).filter((name) => /^mail_scanner_(?!search_)/.test(name));
    expect(tables.length).toBeGreaterThan(20);
    for (const name of tables) {
      const rows: object[] = await connection(name).select('*');
      // Quotations in what others wrote are theirs; the address is taken out of them all the same.
      const told = rows.filter((row) => TRACES.test(JSON.stringify(row).replaceAll('> I am Jane and write this.', '')));
      expect(told, name).toEqual([]);
    }
    // The raw sources of what others wrote are theirs.
    const sources = files().map((file) => readFileSync(file, 'utf8'));
    expect(sources.filter((source) => TRACES.test(source) && !source.includes('From: Tom'))).toEqual([]);
    expect(sources.length).toBeGreaterThan(0);
    expect(await query('contact').count({ where: { email: 'ajane.doe@private.test.example' } })).toBe(1);
  });

  test('takes nothing from others: their words, and the conversation in order', async () => {
    const toms = await ticketOf('Invoice of Tom');
    const { comments, participants } = await app.api('GET', `/tickets/${toms.documentId}`);
    expect(comments.map(({ text }: { text: string }) => text.trim())).toEqual(['Where is it?', '[removed]', 'Here it is, Tom and Jane.']);
    expect(comments[1]).toMatchObject({ authorName: '[removed]', authorAddress: null, contact: null, attachments: [] });
    expect(JSON.stringify(participants)).not.toContain('jane');

    const both = await query('ticket').findOne({ where: { ticketNumber: 'TT1002' }, populate: { contact: true } });
    expect(both).toMatchObject({ title: 'TT1002', description: null, contact: null });
    const [, tomsWords] = (await app.api('GET', `/tickets/${both.documentId}`)).comments;
    expect(tomsWords.text).toContain('And I am Tom.');
    expect(tomsWords.text).toContain('On Monday, [removed] wrote:');
  });

  test('does not come back with the next scan, though the emails are still in the mailbox', async () => {
    await app.strapi.db.connection('mail_scanner_messages').update({ uid_validity: 'before' });
    await app.strapi.db.connection('mail_scanner_folder_states').update({ uid_validity: 'before' });
    const tickets = await query('ticket').count();
    await server.appendAll('INBOX', messages);
    expect((await run()).byOutcome.processed).toBeUndefined();
    expect(await query('ticket').count()).toBe(tickets);
    expect(await contactOf('jane.doe@private.test')).toBeNull();
    expect(await app.api('POST', '/messages/retry')).toMatchObject({ tried: 0 });
    expect(await app.api('GET', '/messages?outcome=failed')).toEqual([]);
  });

  test('sends nobody anything again, and answers of others still find their ticket', async () => {
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    expect(sink.mails).toHaveLength(2);
    const toms = await ticketOf('Invoice of Tom');
    const [delivery] = await query('delivery').findMany({ where: { ticket: { id: toms.id } } });
    await server.append('INBOX', mail({ from: TOM, subject: 'Re: thanks', headers: { References: `<${delivery.messageId}>` } }));
    await run();
    expect((await app.api('GET', `/tickets/${toms.documentId}`)).comments).toHaveLength(4);
  });
});
