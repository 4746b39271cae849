import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { mail } from '../support/helpdesk';

/** Lists, groups and rules of mailboxes carry customers' mail; machines write some of what comes. Each gets what it deserves. */

let { app, sink, arrives, stop } = {} as Desk;

beforeAll(async () => {
  ({ app, sink, arrives, stop } = await startDesk());
});

afterAll(() => stop?.());

async function ticketBy(title: string): Promise<any> {
  const found = (await app.api('GET', '/tickets?pageSize=100')).find((ticket: any) => ticket.title === title);
  return found ? app.api('GET', `/tickets/${found.documentId}`) : null;
}

/** Opens a ticket by email, answers it, and returns our email. */
async function answered(subject: string, from = 'jane@customer.test'): Promise<any> {
  await arrives(mail({ from, subject }));
  const { documentId } = await ticketBy(subject);
  await app.api('POST', `/tickets/${documentId}/comments`, {
    text: 'Please try again.',
    isPublic: true,
    ticketStatus: 'Wait For Response',
  });
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  return sink.mails.at(-1)!;
}

const contactOf = (email: string) => app.strapi.documents('plugin::mail-scanner.contact').findFirst({ filters: { email } } as never);

const group = {
  Precedence: 'list',
  'List-Id': '<helpme.example.com>',
  'List-Post': '<https://groups.example.com/helpme>, <mailto:helpme@example.com>',
  'List-Unsubscribe': '<mailto:helpme+unsubscribe@example.com>',
};

describe('a customer writes by way of', () => {
  const carriers: [string, Record<string, string>][] = [
    ['a group', group],
    ['a newsletter system with an identifier for feedback', { Precedence: 'bulk', 'Feedback-ID': '1:mail', 'X-Loop': 'desk' }],
    ['a rule of Outlook that redirects', { 'X-MS-Exchange-Inbox-Rules-Loop': 'info@example.com', 'Resent-From': 'info@example.com' }],
    [
      'a rule of Exchange that forwards',
      {
        'X-MS-Exchange-Generated-Message-Source': 'Mailbox Rules Agent',
        'Auto-Submitted': 'auto-generated',
        'Resent-From': 'i@example.com',
      },
    ],
    ['a distribution group with an empty sender', { 'Return-Path': '<>', 'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply' }],
  ];

  test.each(carriers)('%s: the ticket is opened, and the answer opens it again as a person’s', async (name, headers) => {
    const subject = `Carried by ${name}`;
    const from = `jane-${name.toLowerCase().replace(/\W/g, '-')}@customer.test`;
    const sent = await answered(subject, from);
    await arrives(mail({ from, subject: `Question by ${name}`, headers }));
    expect(await ticketBy(`Question by ${name}`)).toMatchObject({ contact: { email: from }, comments: [{ isAutomatic: false }] });
    await arrives(mail({ from, subject: `Re: ${sent.parsed.subject}`, headers: { ...headers, 'In-Reply-To': sent.parsed.messageId } }));
    expect(await ticketBy(subject)).toMatchObject({ ticketStatus: 'Open', comments: [{}, {}, { isAutomatic: false }] });
  });
});

describe('a group that writes itself into From', () => {
  const from = "'Rita Sole' via Helpme <helpme@example.com>";

  test('has a contact of each customer, and is no contact and no participant itself', async () => {
    await arrives(
      mail({
        from,
        to: 'helpme@example.com',
        subject: 'Wrong colour',
        headers: { ...group, 'X-Original-From': 'Rita Sole <rita@bank.test>' },
      }),
      mail({
        from: 'Sam Bond via Helpme <helpme@example.com>',
        to: 'helpme@example.com',
        subject: 'Wrong size',
        headers: { ...group, 'Reply-To': 'Sam Bond <sam@bank.test>' },
      }),
    );
    expect(await ticketBy('Wrong colour')).toMatchObject({
      contact: { email: 'rita@bank.test', firstName: 'Rita', lastName: 'Sole' },
      participants: [],
      comments: [{ authorAddress: 'rita@bank.test', verified: false }],
    });
    expect(await ticketBy('Wrong size')).toMatchObject({ contact: { email: 'sam@bank.test' }, participants: [] });
    expect(await contactOf('helpme@example.com')).toBeNull();
  });

  test('of somebody else proves nobody: a number alone joins no ticket by it', async () => {
    await arrives(mail({ from: 'vera@customer.test', subject: 'Vera asks' }));
    const { ticketNumber } = await ticketBy('Vera asks');
    const headers = { 'List-Id': '<x.evil.test>', 'List-Post': '<mailto:x@evil.test>', 'X-Original-From': 'vera@customer.test' };
    await arrives(mail({ from: 'Vera via X <x@evil.test>', subject: `About [${ticketNumber}]`, headers }));
    expect((await ticketBy('Vera asks')).comments).toHaveLength(1);
  });

  test('wraps the original: its author, text and thread count, and the footer is folded', async () => {
    const list = { ...group, 'List-Post': '<mailto:wrap@lists.test>', 'List-Unsubscribe': '<mailto:wrap-leave@lists.test>' };
    const original = mail({ from: 'Cara <cara@strict.test>', subject: 'Door stands open', text: 'The door does not close.' });
    const footer = '_______________________________________________\r\nWrap mailing list\r\nTo unsubscribe write to wrap-leave@lists.test';
    const parts = ['--w', 'Content-Type: message/rfc822', '', original, '--w', 'Content-Type: text/plain', '', footer, '--w--'];
    await arrives(
      mail({
        from: 'Cara via Wrap <wrap@lists.test>',
        subject: 'Door stands open',
        text: parts.join('\r\n'),
        headers: { ...list, 'Content-Type': 'multipart/mixed; boundary=w' },
      }),
    );
    const { comments, contact } = await ticketBy('Door stands open');
    expect(contact.email).toBe('cara@strict.test');
    expect(comments[0].visibleText).toBe('The door does not close.');
  });
});

describe('words about absence', () => {
  test.each(['Out of office', 'Frånvaro: Otto', 'OOO', 'Auto: winter tyres', 'Abwesenheit', 'Re: Automatic reply: My question'])(
    '"%s" is a person’s without a mark of a machine',
    async (subject) => {
      await arrives(mail({ from: 'parent@family.test', subject, headers: { 'In-Reply-To': '<old@family.test>' } }));
      expect(await ticketBy(subject)).toMatchObject({ comments: [{ isAutomatic: false }] });
    },
  );

  test.each(['Out of Office AutoReply: Offer', '[Auto-Reply] Offer', 'Anna Berg is out of the office', 'Vacation reply'])(
    '"%s" to an email is an absence note',
    async (subject) => {
      await arrives(mail({ from: 'away@family.test', subject, headers: { 'In-Reply-To': '<old@family.test>' } }));
      expect(await ticketBy(subject)).toBeNull();
    },
  );

  test('an absence note from another address joins, and its sender becomes no participant', async () => {
    const sent = await answered('Away for long');
    const headers = { 'In-Reply-To': sent.parsed.messageId, 'Auto-Submitted': 'auto-replied (vacation)', 'Return-Path': '<>' };
    await arrives(mail({ from: 'private@home.test', subject: `Auto: ${sent.parsed.subject}`, headers }));
    expect(await ticketBy('Away for long')).toMatchObject({
      ticketStatus: 'Wait For Response',
      participants: [],
      comments: [{}, {}, { isAutomatic: true }],
    });
  });
});

describe('a mail system', () => {
  test('that tells of a delivery writes nothing that customers read, and takes no part', async () => {
    const sent = await answered('Delivered well');
    const report = [
      '--r', '', 'Your message was delivered.', '--r', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.test', '',
      'Final-Recipient: rfc822; jane@customer.test', 'Action: delivered', 'Status: 2.0.0', '--r--',
    ].join('\r\n'); // prettier-ignore
    const headers = {
      References: sent.parsed.messageId,
      'Auto-Submitted': 'auto-generated',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=r',
    };
    await arrives(mail({ from: 'Mailer-Daemon@mx.test', subject: 'Delivery Status Notification', text: report, headers }));
    expect(await ticketBy('Delivered well')).toMatchObject({
      participants: [],
      comments: [{}, {}, { isPublic: false, isAutomatic: true }],
    });
  });

  test('without an address that reports of somebody else’s email is left alone, and is no failure', async () => {
    const text =
      'There was an error delivering your mail to <nobody@other.test>.\n\n550 5.1.1 <nobody@other.test>: User unknown\n\nMessage headers follow.\n\nReceived: from user\nTo: nobody@other.test\nMessage-ID: <foreign@elsewhere.test>';
    const headers = { 'Return-Path': '<>', 'X-Original-To': '<nobody@other.test>' };
    expect(await arrives(mail({ from: 'MAILER-DAEMON <>', subject: 'Mail delivery failed', text, headers }))).toEqual({ processed: 1 });
    expect(await ticketBy('Mail delivery failed')).toBeNull();
  });
});

describe('a bounce', () => {
  /** A report about our email `id`. */
  const report = (id: string, fields: string[], words: string, from = 'MAILER-DAEMON@mx.test') =>
    mail({
      from,
      subject: 'Undelivered Mail Returned to Sender',
      text: [
        '--r', 'Content-Type: text/plain; charset=utf-8', '', words, '--r', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.test', '',
        ...fields, '--r', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${id}`, '--r--',
      ].join('\r\n'), // prettier-ignore
      headers: { 'Return-Path': '<>', 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=r' },
    });

  async function bounced(name: string, fields: (address: string) => string[], words = 'Sorry.') {
    const address = `${name}@customer.test`;
    const sent = await answered(`Bounce of ${name}`, address);
    await arrives(report(sent.parsed.messageId, fields(address), words));
    const { comments, contact } = await ticketBy(`Bounce of ${name}`);
    return { state: comments[1].delivery.state, lastError: comments[1].delivery.lastError, dead: contact.undeliverable === true };
  }

  test('with a general status counts what its text says: the address is dead', async () => {
    const fields = (address: string) => [`Final-Recipient: rfc822; ${address}`, 'Action: failed', 'Status: 5.0.0'];
    expect(await bounced('general', fields, 'general@customer.test: 550 5.1.1 User unknown')).toMatchObject({
      state: 'failed',
      dead: true,
    });
    const bare = (address: string) => [...fields(address), 'Diagnostic-Code: smtp; 550 No such user here'];
    expect(await bounced('bare', bare)).toMatchObject({ state: 'failed', dead: true });
  });

  test.each([
    ['given-up', 'Status: 5.4.7', 'smtp; could not connect for five days'],
    ['spam', 'Status: 5.1.1', 'smtp; 550 5.1.1 rejected as spam'],
    ['other', 'Status: 5.1.1', 'smtp; 550 5.1.1 <somebody@else.test>: User unknown'],
    ['policy', 'Status: 5.0.0', 'smtp; 550 Message content rejected'],
  ])('that is about something else (%s) leaves the address alive', async (name, status, diagnostic) => {
    const fields = (address: string) => [`Final-Recipient: rfc822; ${address}`, 'Action: failed', status, `Diagnostic-Code: ${diagnostic}`];
    expect(await bounced(name, fields)).toMatchObject({ state: 'failed', dead: false });
  });

  test('whose time has expired is final, although the report says delayed; with a time for the next attempt it is a delay', async () => {
    const fields = (address: string) => [`Final-Recipient: rfc822; ${address}`, 'Action: delayed', 'Status: 4.4.7'];
    expect(await bounced('expired', fields, 'Envelope expired')).toMatchObject({ state: 'failed', dead: false });
    const retried = (address: string) => [...fields(address), 'Will-Retry-Until: Thu, 26 Nov 2026 09:15:00 +0000'];
    expect(await bounced('retried', retried)).toMatchObject({ state: 'sent', lastError: expect.stringContaining('Delayed') });
  });

  test('of an alias in copy is a matter of the copy: Original-Recipient is whom we wrote to', async () => {
    await arrives(mail({ from: 'ann@customer.test', subject: 'With an alias', headers: { Cc: 'copy@alias.test' } }));
    const { documentId } = await ticketBy('With an alias');
    await app.api('POST', `/tickets/${documentId}/comments`, {
      text: 'Hello both.', isPublic: true, to: [{ address: 'ann@customer.test' }], cc: [{ address: 'copy@alias.test' }], ticketStatus: 'Wait For Response',
    }); // prettier-ignore
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    const sent = sink.mails.at(-1)!;
    const fields = [
      'Final-Recipient: rfc822; member@else.test',
      'Original-Recipient: rfc822;copy@alias.test',
      'Action: failed',
      'Status: 5.1.1',
    ];
    await arrives(report(sent.parsed.messageId!, fields, 'member@else.test (expanded from copy@alias.test): unknown'));
    expect(await ticketBy('With an alias')).toMatchObject({
      ticketStatus: 'Wait For Response',
      comments: [{}, { delivery: { state: 'sent', lastError: expect.stringContaining('Bounced in copy') } }, {}],
    });
  });
});

describe('certified mail of Italy', () => {
  const provider = 'posta-certificata@pec.provider.test';
  const certified = (head: string[], ...parts: string[]): string =>
    [
      'To: support@example.com',
      `Message-ID: <${Math.random().toString(36).slice(2)}@pec.provider.test>`,
      ...head,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=edge',
      '',
      ...parts.map((part) => `--edge\r\n${part}\r\n`),
      '--edge--',
      '',
    ].join('\r\n');

  test('a ticket is of who wrote it, and not of the provider that packed it', async () => {
    const original = 'From: Ann Petri <ann@pec.shop.test>\r\nSubject: La lampada\r\nMessage-ID: <l1@pec.shop.test>\r\n\r\nNon funziona.';
    const head = [
      `From: "Per conto di: ann@pec.shop.test" <${provider}>`,
      'Subject: POSTA CERTIFICATA: La lampada',
      'X-Trasporto: posta-certificata',
    ];
    await arrives(
      certified(head, 'Content-Type: text/plain\r\n\r\nMessaggio', `Content-Type: message/rfc822; name="postacert.eml"\r\n\r\n${original}`),
    );
    expect(await ticketBy('La lampada')).toMatchObject({ contact: { email: 'ann@pec.shop.test' }, comments: [{ text: 'Non funziona.' }] });
    expect(await contactOf(provider)).toBeNull();
  });

  test('receipts open no ticket, and one of failure is told on the email', async () => {
    const sent = await answered('Certified answer', 'bea@pec.shop.test');
    const receipt = (kind: string, subject: string) =>
      certified(
        [
          `From: ${provider}`,
          `Subject: ${subject}: Certified answer`,
          `X-Ricevuta: ${kind}`,
          `X-Riferimento-Message-ID: ${sent.parsed.messageId}`,
        ],
        'Content-Type: text/plain\r\n\r\nRicevuta',
        `Content-Type: application/xml; name="daticert.xml"\r\n\r\n<postacert errore="no-dest"><dati><consegna>bea@pec.shop.test</consegna></dati></postacert>`,
      );
    await arrives(receipt('accettazione', 'ACCETTAZIONE'));
    await arrives(receipt('avvenuta-consegna', 'CONSEGNA'));
    expect(await ticketBy('Certified answer')).toMatchObject({ ticketStatus: 'Wait For Response' });
    await arrives(receipt('errore-consegna', 'AVVISO DI MANCATA CONSEGNA'));
    expect(await ticketBy('Certified answer')).toMatchObject({ ticketStatus: 'Open' });
    expect(await contactOf('bea@pec.shop.test')).toMatchObject({ undeliverable: true });
    expect(await contactOf(provider)).toBeNull();
    expect((await app.api('GET', '/tickets?pageSize=100')).filter(({ title }: any) => /ACCETTAZIONE|CONSEGNA/.test(title))).toEqual([]);
  });
});
