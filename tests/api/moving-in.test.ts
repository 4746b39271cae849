import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compilePattern } from '../../server/services/rule/pattern';
import { defaultTicketNumberPattern, findTicketNumber } from '../../server/services/rule/ticket-number';
import { startSite, type Site } from '../support/desk';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';
import { snippetsOf } from '../support/snippets';

/** What docs/moving-in.md promises to who comes from another helpdesk. */

const PAGE = 'docs/moving-in.md';
const page = readFileSync(PAGE, 'utf8');

let { app, server, sink, stop } = {} as Site;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'moving-in-'));
  ({ app, server, sink, stop } = await startSite());
  await setUpOutgoing(app, sink);
});

afterAll(async () => {
  await stop?.();
  rmSync(folder, { recursive: true, force: true });
});

const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}`);

/** The page's code and its file, as in `strapi console`. */
async function importTickets(): Promise<string> {
  const code = snippetsOf([PAGE]).find(({ language }) => language === 'js')!.code;
  const file = path.join(folder, 'import-tickets.cjs');
  writeFileSync(file, code);
  writeFileSync(path.join(folder, 'tickets.json'), /```json\n([\s\S]*?)```/.exec(page)![1]);
  return createRequire(file)(file)(app.strapi, path.join(folder, 'tickets.json'));
}

test('the import brings tickets with their numbers, people and dates, sends nothing, and is no news to anybody', async () => {
  expect(await importTickets()).toBe('1 of 1 tickets imported');
  const [ticket] = await app.api('GET', '/tickets?view=all');
  expect(ticket).toMatchObject({ ticketNumber: 'Ticket#60123', title: 'The lamp flickers', ticketStatus: 'Wait For Response' });
  expect(ticket.contact.email).toBe('jane@customer.example');
  expect(ticket.conversation.lastMessage).toMatchObject({ author: 'Ada', excerpt: 'Perhaps the batch of May.' });
  expect([ticket.createdAt, ticket.lastActivityAt]).toEqual(['2026-03-02T09:00:00.000Z', '2026-03-02T10:31:00.000Z']);
  const { comments } = await app.api('GET', `/tickets/${ticket.documentId}`);
  const told = comments.map(({ text, isPublic, createdAt }: any) => [text, isPublic, createdAt]);
  expect(told.toSorted((one: any[], other: any[]) => one[2].localeCompare(other[2]))).toEqual([
    ['It flickers since Monday.', true, '2026-03-02T09:00:00.000Z'],
    ['Which bulb is in it?', true, '2026-03-02T10:30:00.000Z'],
    ['Perhaps the batch of May.', false, '2026-03-02T10:31:00.000Z'],
  ]);
  expect(await query('delivery').count()).toBe(0);
  expect(await app.strapi.db.connection('mail_scanner_news').select()).toEqual([]);
  expect(await app.api('GET', '/notices')).toEqual([]);
});

test('it may be run again', async () => {
  expect(await importTickets()).toBe('0 of 1 tickets imported');
  expect([await query('ticket').count(), await query('comment').count(), await query('contact').count()]).toEqual([1, 3, 1]);
});

test('each pattern finds the number in such a subject, and those of new tickets', () => {
  const rows = page
    .split('\n')
    .filter((line) => /^\| (vtiger|Zammad|osTicket)/.test(line))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')));
  expect(rows).toHaveLength(3);
  for (const [, , subject, number, pattern] of rows) {
    const own = /^`(.+)`$/.exec(pattern)?.[1];
    const compiled = own ? compilePattern(own) : defaultTicketNumberPattern('TT');
    expect(`\`${findTicketNumber(compiled, subject.replaceAll('`', ''))}\``).toBe(number);
    expect(findTicketNumber(compiled, 'Re: The lamp [TT1001]')).toBe('TT1001');
  }
});

test('an answer to an email of the old helpdesk joins the imported ticket, a stranger’s does not', async () => {
  const pattern = /^\| Zammad .*`(\\b.+)` \|$/m.exec(page)![1].replaceAll('\\|', '|');
  const actions = [
    { type: 'createContact', config: {} },
    { type: 'createOrUpdateTicket', config: { regex: pattern } },
  ];
  const { documentId } = await addScanner(app, server, [{ actions }]);
  await app.api('PUT', `/scanners/${documentId}`, { active: true });
  const subject = 'Re: The lamp flickers [Ticket#60123]';
  await server.append('INBOX', mail({ from: 'Jane Doe <jane@customer.example>', subject, text: 'The small one.' }));
  await server.append('INBOX', mail({ from: 'eve@other.example', subject, text: 'Let me in.' }));
  await app.api('POST', `/scanners/${documentId}/run`);
  const tickets = await query('ticket').findMany({ populate: { contact: true }, orderBy: { id: 'asc' } });
  expect(tickets.map(({ ticketNumber, contact }: any) => [ticketNumber, contact.email])).toEqual([
    ['Ticket#60123', 'jane@customer.example'],
    ['TT1001', 'eve@other.example'],
  ]);
  expect(await query('comment').count({ where: { ticket: { ticketNumber: 'Ticket#60123' } } })).toBe(4);
});
