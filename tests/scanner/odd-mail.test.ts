import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { addScanner, CREATE_TICKET, mail } from '../support/helpdesk';

/** What real mailboxes hold: our own mail, other desks, one email in two mailboxes, numbers of all kinds in a subject. */

let { app, server, sink, arrives, stop } = {} as Desk;

beforeAll(async () => {
  ({ app, server, sink, arrives, stop } = await startDesk());
});

afterAll(() => stop?.());

const tickets = (): Promise<any[]> => app.api('GET', '/tickets?pageSize=100&sort=createdAt:asc');

async function ticketBy(title: string): Promise<any> {
  const found = (await tickets()).find((ticket) => ticket.title === title);
  if (!found) throw new Error(`There is no ticket "${title}".`);
  return app.api('GET', `/tickets/${found.documentId}`);
}

async function answered({ documentId }: { documentId: string }) {
  const answer = { text: 'We look into it.', isPublic: true, ticketStatus: 'Wait For Response' };
  await app.api('POST', `/tickets/${documentId}/comments`, answer);
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  return sink.mails.at(-1)!;
}

test('our own mail in the mailbox is no news, also when the outgoing server gave it another Message-ID', async () => {
  await arrives(mail({ from: 'ann@customer.test', subject: 'A copy for ourselves' }));
  const sent = await answered(await ticketBy('A copy for ourselves'));
  const renamed = sent.raw.replace(/^Message-ID:\s*<[^>]*>/im, 'Message-ID: <0102019-000000@eu-west-1.amazonses.com>');
  expect(await arrives(sent.raw, renamed)).toEqual({ noMatch: 2 });
  const { comments, participants } = await ticketBy('A copy for ourselves');
  expect([comments.length, participants]).toEqual([2, []]);
});

test('our own mail that a group hands back in its own name is no news; what somebody sends again as theirs is', async () => {
  await arrives(mail({ from: 'gil@customer.test', subject: 'Handed back' }));
  const sent = await answered(await ticketBy('Handed back'));
  const as = (from: string, more = '') =>
    sent.raw.replace(/^From: .*$/m, `From: ${from}${more}`).replace(/^Message-ID:\s*<[^>]*>/im, `Message-ID: <${from.length}@group.test>`);
  expect(await arrives(as('Support Desk via Team <team@group.test>', '\r\nX-Original-From: Support Desk <support@example.com>'))).toEqual({
    noMatch: 1,
  });
  expect(await arrives(as('gil@customer.test'))).toEqual({ processed: 1 });
  const { comments, participants } = await ticketBy('Handed back');
  expect([comments.length, participants]).toEqual([3, []]);
});

test('what people at another desk with this plugin answer opens the ticket again', async () => {
  await arrives(mail({ from: 'desk@other.test', subject: 'Desk to desk' }));
  const sent = await answered(await ticketBy('Desk to desk'));
  const headers = { References: sent.parsed.messageId!, 'X-Mail-Scanner': '0123456789abcdef0123456789abcdef' };
  await arrives(mail({ from: 'desk@other.test', subject: `Re: ${sent.parsed.subject}`, text: 'Still broken.', headers }));
  expect(await ticketBy('Desk to desk')).toMatchObject({ ticketStatus: 'Open', comments: [{}, {}, { isAutomatic: false }] });
});

test('one email in two mailboxes is a ticket in each, and they know of each other', async () => {
  const sales = await addScanner(app, server, [{ folders: ['Sales'], actions: CREATE_TICKET }], { name: 'Sales' });
  const source = mail({ from: 'ann@customer.test', to: 'support@example.com, sales@example.com', subject: 'To both of you' });
  await arrives(source);
  await server.createFolder('Sales');
  await server.append('Sales', source);
  expect(await app.api('POST', `/scanners/${sales.documentId}/run`)).toMatchObject({ byOutcome: { processed: 1 } });
  const [first, second, ...others] = (await tickets()).filter(({ title }) => title === 'To both of you');
  expect(others).toEqual([]);
  expect(second.related).toMatchObject({ ticketNumber: first.ticketNumber });
  const [{ reason }] = await app.api('GET', `/messages?ticket=${second.documentId}`);
  expect(reason).toContain(`${first.ticketNumber} has an email with the same Message-ID`);
});

describe('numbers in a subject', () => {
  test('an answer finds its ticket by the number beside the title, also when the title names another one', async () => {
    await arrives(
      mail({ from: 'bea@customer.test', subject: 'The first request' }),
      mail({ from: 'carl@customer.test', subject: 'Of Carl' }),
    );
    const [hers, carls] = [await ticketBy('The first request'), await ticketBy('Of Carl')];
    // Of the tickets that these titles name, one is a stranger's and one is her own.
    for (const title of [`Is it like ${carls.ticketNumber}?`, `What about ${hers.ticketNumber}?`]) {
      const { ticketNumber } = await app.api('POST', '/tickets', { title, contactEmail: 'bea@customer.test' });
      // A mail program that drops the thread.
      await arrives(mail({ from: 'bea@customer.test', subject: `Re: ${title} [${ticketNumber}]`, text: 'Any news?' }));
      expect((await ticketBy(title)).comments).toMatchObject([{ text: expect.stringContaining('Any news?'), matchedBy: 'ticketNumber' }]);
    }
    for (const title of ['The first request', 'Of Carl']) expect((await ticketBy(title)).comments).toHaveLength(1);
  });

  test('an answer finds its ticket by a number of the days before the prefix was changed', async () => {
    await arrives(mail({ from: 'emil@customer.test', subject: 'Older than its prefix' }));
    const { ticketNumber } = await ticketBy('Older than its prefix');
    for (const ticketPrefix of ['REQ-', 'SUP']) await app.api('PUT', '/settings', { ticketPrefix });
    const headers = { 'Delivered-To': `support+${ticketNumber}@example.com` };
    await arrives(
      mail({ from: 'emil@customer.test', subject: `Re: Is it done? [${ticketNumber}]`, text: 'By its subject.' }),
      mail({ from: 'emil@customer.test', subject: 'Is it done?', text: 'By the address.', headers }),
    );
    expect((await ticketBy('Older than its prefix')).comments).toHaveLength(3);
    const [found] = await app.api('GET', `/tickets?search=${ticketNumber.slice(2)}`);
    expect(found.ticketNumber).toBe(ticketNumber);
    await app.api('PUT', '/settings', { ticketPrefix: 'TT' });
    expect((await app.api('GET', '/settings')).formerTicketPrefixes).toEqual(['SUP', 'REQ-']);
  });

  test('an invoice number is no ticket number, even where both begin with a sign', async () => {
    await app.api('PUT', '/settings', { ticketPrefix: '#' });
    await arrives(mail({ from: 'dora@customer.test', subject: 'The bare number' }));
    const { ticketNumber } = await ticketBy('The bare number');
    expect(ticketNumber).toMatch(/^#\d+$/);
    await arrives(
      mail({ from: 'mallory@evil.test', subject: `Invoice ${ticketNumber}` }),
      mail({ from: 'dora@customer.test', subject: `Re: Order #555 [${ticketNumber}]`, text: 'To my own ticket.' }),
    );
    expect((await ticketBy(`Invoice ${ticketNumber}`)).related).toMatchObject({ ticketNumber });
    const authors = (await ticketBy('The bare number')).comments.map(({ authorAddress }: any) => authorAddress);
    expect(authors).toEqual(['dora@customer.test', 'dora@customer.test']);
    await app.api('PUT', '/settings', { ticketPrefix: 'TT' });
  });
});

test('odd mails become tickets that can be read: empty, without a subject, from 1970 and 2099, to a hundred people', async () => {
  const hundred = Array.from({ length: 100 }, (_, index) => `person${index}@elsewhere.test`).join(', ');
  await arrives(
    mail({ from: 'odd1@customer.test', subject: 'Nothing in it', text: '' }),
    mail({ from: 'odd2@customer.test', subject: '' }),
    mail({ from: 'odd3@customer.test', subject: 'Long ago', headers: { Date: 'Thu, 1 Jan 1970 00:00:00 +0000' } }),
    mail({ from: 'odd4@customer.test', subject: 'Far away', headers: { Date: 'Thu, 31 Dec 2099 23:59:59 +0000' } }),
    mail({ from: 'odd5@customer.test', subject: 'To very many', to: hundred }),
  );
  expect((await ticketBy('Nothing in it')).comments).toHaveLength(1);
  expect(await ticketBy('(no subject)')).toMatchObject({ contact: { email: 'odd2@customer.test' } });
  // The inbox is in the order of arrival, whatever the senders' clocks say.
  for (const title of ['Long ago', 'Far away'])
    expect(Math.abs(Date.parse((await ticketBy(title)).lastActivityAt) - Date.now())).toBeLessThan(60_000);
  const many = await ticketBy('To very many');
  expect(many.participants).toHaveLength(50);
  expect(many.replyTo).toMatchObject({ to: [{ address: 'odd5@customer.test' }], cc: [] });
});

test('a mail whose From is our own address opens a ticket that answers to nobody', async () => {
  await arrives(mail({ from: 'Support <support@example.com>', subject: 'From myself' }));
  expect((await ticketBy('From myself')).replyTo).toMatchObject({ to: [], problem: 'noRecipient' });
});
