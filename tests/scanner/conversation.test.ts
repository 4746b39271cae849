import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { eventually, mail } from '../support/helpdesk';
import type { TestMailbox } from '../support/mail-server';
import { MAILBOXES } from '../support/mailboxes';

describe.each(MAILBOXES)('a conversation by email ($name)', ({ start }) => {
  let { app, server, sink, scanner, stop } = {} as Desk<TestMailbox>;

  beforeAll(async () => {
    ({ app, server, sink, scanner, stop } = await startDesk(start));
  });

  afterAll(() => stop?.());

  test('an email becomes a ticket, a comment an email, and the answer a comment', async () => {
    await server.append('INBOX', mail({ subject: 'Broken printer', messageId: '<first@customer.test>' }));
    const first = await app.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(first).toMatchObject({ scanned: 1, byOutcome: { processed: 1 }, error: null });
    const [ticket] = await app.api('GET', '/tickets');
    expect(ticket).toMatchObject({
      ticketNumber: 'TT1001',
      title: 'Broken printer',
      ticketStatus: 'Open',
      contact: { email: 'jane@customer.test', firstName: 'Jane', lastName: 'Doe' },
    });
    expect((await server.messages('INBOX'))[0].flags).toContain('\\Seen');

    await app.api('PUT', `/tickets/${ticket.documentId}`, { ticketStatus: 'Closed' });
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Only among us.', isPublic: false });
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Please turn it on.', isPublic: true });
    const [sent] = await sink.received(1);
    expect(sent.to).toEqual(['jane@customer.test']);
    expect(sent.parsed.subject).toContain('TT1001');
    expect(sent.parsed.text).toContain('Please turn it on.');
    expect(sent.raw).not.toContain('Only among us.');
    expect(sent.parsed.inReplyTo).toBe('<first@customer.test>');

    const reply = mail({
      subject: `Re: ${sent.parsed.subject}`,
      text: `It was off, thank you!\n\nOn Mon, Support wrote:\n${sent.parsed.text!.replace(/^/gm, '> ')}`,
      headers: { 'In-Reply-To': sent.parsed.messageId!, References: `<first@customer.test> ${sent.parsed.messageId!}` },
    });
    await server.append('INBOX', reply);
    const second = await app.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(second).toMatchObject({ scanned: 1, byOutcome: { processed: 1 } });
    const after = await app.api('GET', `/tickets/${ticket.documentId}`);
    expect(after.ticketStatus).toBe('Open');
    expect(after.comments).toHaveLength(4);
    expect(after.comments.at(-1)).toMatchObject({
      visibleText: 'It was off, thank you!',
      matchedBy: 'thread',
      isPublic: true,
      source: 'email',
      authorAddress: 'jane@customer.test',
    });
    expect(after.comments.at(-1).text).toContain('Please turn it on.');
    expect(after.comments[2].delivery).toMatchObject({ state: 'sent' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(sink.mails).toHaveLength(1);
    void eventually;
  });

  test('a second scan finds nothing new', async () => {
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ scanned: 0, error: null });
    expect(await app.api('GET', '/tickets')).toHaveLength(1);
  });
});
