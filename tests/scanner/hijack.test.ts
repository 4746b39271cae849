import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { mail } from '../support/helpdesk';

/** Ways into a conversation, or out of one, that are not one's own. Numbers and forged senders: see rules.test.ts. */

let { app, sink, arrives, stop } = {} as Desk;

beforeAll(async () => {
  ({ app, sink, arrives, stop } = await startDesk());
});

afterAll(() => stop?.());

async function ticketBy(title: string): Promise<any> {
  const found = (await app.api('GET', `/tickets?search=${encodeURIComponent(title)}`)).find((ticket: any) => ticket.title === title);
  return app.api('GET', `/tickets/${found.documentId}`);
}

const authorsOf = (ticket: any): (string | null)[] => ticket.comments.map(({ authorAddress }: any) => authorAddress);

/** Answers a ticket and gives the Message-ID that the customer sees. */
async function answered(documentId: string): Promise<string> {
  await app.api('POST', `/tickets/${documentId}/comments`, { text: 'We look into it.', isPublic: true });
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  return sink.mails.at(-1)!.parsed.messageId!;
}

test('a stranger who answers a customer’s email, read in an archive, does not get into the ticket; people in copy do', async () => {
  const id = '<known-from-an-archive@customer.test>';
  await arrives(mail({ from: 'alice@customer.test', subject: 'Where is my order', messageId: id, headers: { Cc: 'bob@partner.test' } }));
  const subject = 'Re: Where is my order';
  await arrives(
    mail({ from: 'mallory@evil.test', subject: `${subject} (mallory)`, headers: { References: id } }),
    mail({ from: 'bob@partner.test', subject: `${subject} (bob)`, headers: { 'In-Reply-To': id } }),
  );
  const ticket = await ticketBy('Where is my order');
  expect(authorsOf(ticket)).toEqual(['alice@customer.test', 'bob@partner.test']);
  expect(ticket.participants).not.toContain('mallory@evil.test');
  expect((await ticketBy(`${subject} (mallory)`)).related).toMatchObject({ ticketNumber: ticket.ticketNumber });
});

test('an email under the Message-ID of another does not draw the answers to that one to itself', async () => {
  const id = '<original-1@customer.test>';
  await arrives(mail({ from: 'carol@customer.test', subject: 'My invoice', messageId: id }));
  await arrives(mail({ from: 'mallory@evil.test', subject: 'A trap', messageId: id }));
  await arrives(
    mail({ from: 'carol@customer.test', subject: 'Re: My invoice', text: 'I forgot the number.', headers: { 'In-Reply-To': id } }),
  );
  expect(authorsOf(await ticketBy('My invoice'))).toEqual(['carol@customer.test', 'carol@customer.test']);
  expect(authorsOf(await ticketBy('A trap'))).toEqual(['mallory@evil.test']);
});

test('an email under the Message-ID of another does not draw its answers within one scan, either', async () => {
  const id = '<original-2@customer.test>';
  await arrives(
    mail({ from: 'dora@customer.test', subject: 'My contract', messageId: id }),
    mail({ from: 'mallory@evil.test', subject: 'Another trap', messageId: id }),
    mail({ from: 'dora@customer.test', subject: 'Re: My contract', headers: { 'In-Reply-To': id } }),
  );
  expect(authorsOf(await ticketBy('My contract'))).toEqual(['dora@customer.test', 'dora@customer.test']);
});

test('an email under a Message-ID of ours does not draw the customer’s answer to itself', async () => {
  await arrives(mail({ from: 'erin@customer.test', subject: 'My password' }));
  const ticket = await ticketBy('My password');
  const ours = await answered(ticket.documentId);
  const thread = ours.replace(/^<([0-9a-f]{32})\.[0-9a-f]+@/, '<$1@');
  expect(thread).not.toBe(ours);
  await arrives(
    mail({ from: 'mallory@evil.test', subject: 'Ours', messageId: ours }),
    mail({ from: 'mallory@evil.test', subject: 'The thread', messageId: thread }),
  );
  await arrives(
    mail({ from: 'erin@private.test', subject: 'From another address', headers: { 'In-Reply-To': ours } }),
    mail({ from: 'erin@customer.test', subject: 'By the thread', headers: { References: thread } }),
  );
  expect(authorsOf(await ticketBy('My password'))).toEqual(['erin@customer.test', null, 'erin@private.test', 'erin@customer.test']);
});

test('an answer of which only the quoted text is left finds its ticket by the mark in it; a stranger who quotes it does not', async () => {
  await arrives(mail({ from: 'mark@customer.test', subject: 'A kettle', messageId: '<kettle@customer.test>' }));
  const { documentId, ticketNumber } = await ticketBy('A kettle');
  await answered(documentId);
  const { html, text } = sink.mails.at(-1)!.parsed;
  const [mark] = /\[ref:[0-9a-z]+\.[0-9a-f]{32}\]/.exec(String(html))!;
  const { threadToken } = await app.strapi.db.query('plugin::mail-scanner.ticket').findOne({ where: { documentId } });
  // Who could read the token there would need no part in the ticket.
  expect(`${html}${text}`).not.toContain(threadToken);
  // No reader sees it, and a list of emails shows what stands at the beginning.
  expect(text).not.toContain('[ref:');
  expect(String(html).indexOf(mark)).toBeGreaterThan(String(html).indexOf('We look into it.'));
  const quoting = (from: string, subject: string) =>
    mail({
      from,
      subject,
      text: `<p>It whistles.</p><blockquote type="cite">${/<body[^>]*>([\s\S]*)<\/body>/.exec(String(html))![1]}</blockquote>`,
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
    });
  // As a program has it that makes text of what it quotes.
  const asText = mail({
    from: 'mark@customer.test',
    subject: 'Tea time',
    text: `And drips.\n\n> We look into it.\n> ${mark.toUpperCase().replace('REF', 'ref')}`,
  });
  const forged = mail({ from: 'mark@customer.test', subject: 'A made-up mark', text: mark.replace(/[0-9a-f]{32}/, 'a'.repeat(32)) });
  await arrives(quoting('mark@customer.test', 'About my kitchen'), asText, quoting('mallory@evil.test', 'A stolen mark'), forged);
  const ticket = await ticketBy('A kettle');
  expect(authorsOf(ticket)).toEqual(['mark@customer.test', null, 'mark@customer.test', 'mark@customer.test']);
  expect(ticket.comments.slice(2).map(({ visibleText }: any) => visibleText)).toEqual(['It whistles.', 'And drips.']);
  expect(JSON.stringify(ticket.comments)).not.toContain('[ref:');
  expect(await ticketBy('A made-up mark')).toMatchObject({ related: null });
  expect((await ticketBy('A stolen mark')).related).toMatchObject({ ticketNumber });
  expect(ticket.participants).not.toContain('mallory@evil.test');
});
