import { expect, test } from 'vitest';
import { isAnsweringMachine } from '../../server/services/message/reading/machines/written-by-machine';
import { parseMessage } from '../../server/services/message/parse';
import { mail } from './support';

/** Reports of delivery in the forms that mail systems really have. */

const parse = (...lines: string[]) => parseMessage(Buffer.from(lines.join('\r\n')));

const report = (fields: string[], words = 'Sorry.', type = 'message/delivery-status') =>
  parse(
    'Return-Path: <>', 'From: MAILER-DAEMON@mx.test', 'To: desk@example.com', 'Subject: Undelivered', 'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=r', '',
    '--r', '', words, '--r', `Content-Type: ${type}`, '', 'Reporting-MTA: dns; mx.test', '', ...fields, '--r--', '',
  ); // prettier-ignore

test.each([
  ['utf-8; nobody-\\x{F6}@other.test', 'message/global-delivery-status'],
  ['utf-8; nobody-ö@other.test', 'message/global-delivery-status'],
  ['rfc822; nobody-\\303\\266@other.test', 'message/delivery-status'],
])('a recipient with letters beyond ASCII is read as it was written to: %s', async (recipient, type) => {
  const { bounce } = await report([`Final-Recipient: ${recipient}`, 'Action: failed', 'Status: 5.1.1'], 'Sorry.', type);
  expect(bounce!.recipients.map(({ address }) => address)).toEqual(['nobody-ö@other.test']);
});

test('a notice of the DragonFly Mail Agent blames the address of its own sentence, not the copy in the returned headers', async () => {
  const { bounce } = await parse(
    'Return-Path: <>', 'X-Original-To: <gone@other.test>', 'From: MAILER-DAEMON <>', 'To: desk@example.com', 'Subject: Mail delivery failed', '',
    'There was an error delivering your mail to <gone@other.test>.', '', '550 5.1.1 <gone@other.test>: User unknown', '',
    'Message headers follow.', '', 'Received: from user', 'To: gone@other.test', 'Cc: fine@other.test', 'Message-ID: <ours@example.com>',
  ); // prettier-ignore
  expect(bounce).toMatchObject({ recipients: [{ address: 'gone@other.test', dead: true }], originalMessageIds: ['ours@example.com'] });
});

test('a sentence about the original message does not cut off the reason', async () => {
  const words = ['The original message was received on Sat, 28 Nov 2026', '', '<busy@other.test>:', ' <<< 421 4.7.0 Come back later'].join(
    '\r\n',
  );
  const { bounce } = await report(['Final-Recipient: rfc822; busy@other.test', 'Action: delayed', 'Status: 4.0.0'], words);
  expect(bounce!.recipients[0]).toMatchObject({
    delayed: true,
    status: '4.7.0',
    replyCode: '421',
    reason: expect.stringContaining('Come back later'),
  });
});

test.each([
  ['as it is', (notice: string) => notice],
  ['in the envelope of SNS', (notice: string) => JSON.stringify({ Type: 'Notification', MessageId: '1', Message: notice })],
  ['with lines that a gateway wrapped', (notice: string) => notice.replace('"status"', '\r\n"status"').replace('gone@', 'go\r\nne@')],
])('a notice of Amazon SES is read %s', async (_, wrap) => {
  const notice = JSON.stringify({
    notificationType: 'Bounce',
    bounce: {
      bounceType: 'Permanent',
      bouncedRecipients: [{ emailAddress: 'gone@other.test', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 unknown user' }],
    },
    mail: { commonHeaders: { messageId: '<ours@example.com>' } },
  });
  const { bounce } = await parse('From: no-reply@sns.amazonaws.com', 'Subject: AWS Notification', '', wrap(notice));
  expect(bounce).toMatchObject({ recipients: [{ address: 'gone@other.test', dead: true }], originalMessageIds: ['ours@example.com'] });
});

test('the mark of vacation(1) is an absence note’s', async () => {
  const { automatic } = await parse(
    'From: anna@other.test',
    'Delivered-By-The-Graces-Of: The Vacation program',
    'Subject: away',
    '',
    'I am away.',
  );
  expect(automatic).toMatchObject({ kind: 'auto-reply' });
});

test.each(['clerk@exchange-office.test', 'guard@barracuda.test', 'Post Office <counter@lowertown.test>'])(
  'a complaint about a delivery by %s is a person’s',
  async (from) => {
    const { automatic, bounce } = await parse(
      `From: ${from}`,
      'Subject: Delivery problem',
      '',
      'My parcel could not be delivered: house 404 does not exist.',
    );
    expect([automatic, bounce]).toEqual([null, null]);
  },
);

const GROUP = ['Return-Path: <>', 'X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply'];

test.each([
  ['Money Exchange Ltd <desk@money.test>', [], 'The parcel 550 could not be delivered.'],
  ['Express Mail Delivery <info@courier.test>', [], 'We could not deliver the parcel at 404 Mill Lane. Write to boss@courier.test.'],
  ['System Administrator <it@firm.test>', [], 'Mails to you are rejected with 550. Please help us.'],
  ['Gil (Mimecast) <gil@guard.test>', [], 'The order 550 was not delivered.'],
  ['Ed <ed@firm.test>', ['Return-Path: <>'], 'The parcel could not be delivered to 404 Mill Street.'],
  [
    'Flo <flo@firm.test>',
    GROUP,
    'It was not delivered.\r\n\r\n-----Original Message-----\r\nFrom: desk@example.com\r\nThe parcel 404 was not delivered.',
  ],
  ['Ann <postmaster@school.test>', [], 'Your mails are rejected by us since Monday: 550 at every attempt.'],
])('a complaint of a person is no bounce, whatever the name and the way: %s', async (from, headers, words) => {
  const message = await parse(`From: ${from}`, 'To: desk@example.com', 'Subject: Delivery problem', ...headers, '', words);
  expect(message.bounce).toBeNull();
  expect(isAnsweringMachine(message)).toBe(false);
});

test('a report that somebody attaches to a letter is a file, and the letter a person’s', async () => {
  const { automatic, attachments } = await parse(
    'From: Cy <cy@customer.test>', 'To: desk@example.com', 'Subject: My mail comes back', 'Content-Type: multipart/mixed; boundary=q', '',
    '--q', '', 'Delivery to your shop has failed, see the report.', '--q', 'Content-Type: message/delivery-status', '',
    'Reporting-MTA: dns; mx.test', '', 'Final-Recipient: rfc822; shop@example.com', 'Action: failed', 'Status: 5.1.1', '--q--',
  ); // prettier-ignore
  expect(automatic).toBeNull();
  expect(attachments).toHaveLength(1);
});

test.each([
  ['Echec de remise du message', "Votre message n'a pas pu être remis à gone@other.test"],
  ['Zpráva je nedoručitelná', 'Zprávu nelze doručit: gone@other.test'],
  ['E-postmeldingen kunne ikke leveres', 'gone@other.test finnes ikke'],
])('a report in another language is one: %s', async (subject, words) => {
  const { bounce } = await parse('From: postmaster@mx.test', 'To: desk@example.com', `Subject: ${subject}`, '', words);
  expect(bounce?.recipients).toMatchObject([{ address: 'gone@other.test' }]);
});

/** Exim 4.96 writes Action, then who it is about; RFC 3464 leaves the order of the fields open. */
test.each([
  ['Action first', ['Action: delayed', 'Final-Recipient: rfc822;anna@other.test', 'Status: 4.0.0']],
  ['Status first', ['Status: 4.0.0', 'Action: delayed', 'Original-Recipient: rfc822;anna@other.test', 'Final-Recipient: rfc822;a@in.test']],
  ['the recipient first', ['Final-Recipient: rfc822;anna@other.test', 'Action: delayed', 'Status: 4.0.0']],
])('what became of each recipient stays with that one: %s', async (_, ofAnna) => {
  const failed = ofAnna.map((line) => line.replace(/anna|a@/, (name) => name.replace('a', 'b')).replace('delayed', 'failed'));
  const { bounce } = await report([...ofAnna, '', ...failed.map((line) => line.replace('4.0.0', '5.1.1'))]);
  expect(bounce!.recipients.map(({ address, delayed, status }) => [address, delayed, status])).toEqual([
    ['anna@other.test', true, '4.0.0'],
    ['bnna@other.test', false, '5.1.1'],
  ]);
});

test('what is said once before several recipients is of none of them', async () => {
  const two = ['Final-Recipient: rfc822;anna@other.test', 'Final-Recipient: rfc822;bob@other.test'];
  const { bounce } = await report(['Action: failed', ...two]);
  expect(bounce!.recipients.map(({ address }) => address)).toEqual(['anna@other.test', 'bob@other.test']);
});

test.each([
  'AUTO: Berg, Anna is out of the office. (returning 05/01/2027)',
  'AUTO: Anna Berg ist außer Haus (Rückkehr am 05.01.2027)',
  'AUTO : Anne Petit est absent(e). (retour 05/01/2027)',
])('an absence note of Notes has no mark but its subject: %s', async (subject) => {
  const note = await parseMessage(mail({ Subject: `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=` }, 'I am back on Tuesday.'));
  expect(note.automatic?.kind).toBe('auto-reply');
});

test.each(['Anna Berg/SALES/LAMPS is out of the office', 'Berg, Anna is out of the office until Monday'])(
  'a name may be a path of Domino, or turned round: %s',
  async (subject) => {
    const note = await parseMessage(mail({ Subject: subject, 'Auto-Submitted': 'auto-generated' }, 'I am back on Tuesday.'));
    expect(note.automatic?.kind).toBe('auto-reply');
    expect((await parseMessage(mail({ Subject: subject }, 'Who takes her calls?'))).automatic).toBeNull();
  },
);

test.each(['Auto: Räder (Termin 05.01.2027)', 'AUTO: rear lamp', 'Re: AUTO: Anna Berg is out of the office (returning 05.01.2027)'])(
  'a person writes of a car, or answers an absence note: %s',
  async (subject) => {
    const letter = await parseMessage(mail({ Subject: `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=` }, 'When may I come?'));
    expect(letter.automatic).toBeNull();
  },
);

test.each(['Read: Lamp', 'Gelesen: Lampe', 'Okundu: Lamba', '읽음: 램프', 'Đã đọc: Đèn'])(
  'a receipt without a report is one: %s',
  async (subject) => {
    const Subject = `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`;
    const kindOf = async (headers: Record<string, string>) =>
      (await parseMessage(mail({ Subject, ...headers }, 'It was read.'))).automatic?.kind;
    expect(await kindOf({ 'Return-Path': '<>' })).toBe('receipt');
    expect(await kindOf({ 'Content-Class': 'urn:content-classes:mdn' })).toBe('receipt');
    expect(await kindOf({})).toBeUndefined();
  },
);

test.each(['收件人：anna@other.test', '宛先（anna@other.test）は存在しません。', '无法投递，anna@other.test，原因：用户不存在'])(
  'signs of East Asia beside an address are none of it: %s',
  async (line) => {
    const headers = {
      From: 'MAILER-DAEMON@mx.test',
      'Return-Path': '<>',
      Subject: 'Failure notice',
      'Content-Type': 'text/plain; charset=utf-8',
    };
    const { bounce } = await parseMessage(mail(headers, `${line}\n\n550 5.1.1 User unknown`));
    expect(bounce?.recipients.map(({ address }) => address)).toEqual(['anna@other.test']);
  },
);

test('bulk mail from nobody is an answer of a program, unless a list or a group carried it', async () => {
  const kindOf = async (headers: Record<string, string>) =>
    (await parseMessage(mail({ 'Return-Path': '<>', ...headers }, 'Thank you.'))).automatic?.kind;
  expect(await kindOf({ Subject: 'Thank you for your mail', Precedence: 'bulk' })).toBe('auto-reply');
  expect(await kindOf({ Precedence: 'bulk', 'List-Id': '<lamps.shop.example>' })).toBe('mailing-list');
  expect(await kindOf({ Precedence: 'bulk', 'List-Unsubscribe': '<https://shop.example/u>' })).toBe('bulk');
  expect(await kindOf({})).toBe('bulk');
});

test('a provider that reports in the name of an address nobody reads needs no code; a person does', async () => {
  const returned = 'Content-Type: message/rfc822\r\n\r\nFrom: desk@example.com\r\nMessage-ID: <ours@example.com>\r\n\r\nHello';
  const words = 'Content-Type: text/plain\r\n\r\nYour mail could not be delivered to: <gone@other.test>\r\nAs their mailbox is full.';
  const from = async (address: string) =>
    (
      await parse(
        `From: ${address}`, 'To: desk@example.com', 'Subject: =?utf-8?B?44Oh44O844Or44Ko44Op44O86YCa55+l?=', 'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=r', '', '--r', words, '--r', returned, '--r--', '',
      )
    ).bounce; // prettier-ignore
  expect(await from('no-reply@provider.test')).toMatchObject({
    recipients: [{ address: 'gone@other.test' }],
    originalMessageIds: ['ours@example.com'],
  });
  expect(await from('hanako@provider.test')).toBeNull();
});

test.each([
  ['of Gmail', 'text/vnd.google.email-reaction+json', '{"emoji":"👍","version":1}', 'inline'],
  ['of RFC 9078', 'text/plain; charset=utf-8', '👍', 'reaction'],
])('a reaction %s to an email says no more than a receipt', async (_, type, body, disposition) => {
  const parts = [
    '--r',
    'Content-Type: text/plain; charset=utf-8',
    '',
    '👍',
    '--r',
    `Content-Type: ${type}`,
    `Content-Disposition: ${disposition}`,
    '',
    body,
  ];
  const headers = ['From: ann@other.test', 'Subject: Re: Lamp', 'MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=r'];
  const reaction = await parse(...headers, 'In-Reply-To: <ours@example.com>', '', ...parts, '--r--');
  expect(reaction).toMatchObject({ automatic: { kind: 'receipt', reasons: ['reaction'] }, attachments: [] });
  expect(reaction.text).toContain('👍');
});

test('an answer of a program that says so in a header of its own is one', async () => {
  const note = await parseMessage(mail({ 'X-Autoresponse': 'yes', 'In-Reply-To': '<ours@example.com>' }, 'We got your mail.'));
  expect(note.automatic).toMatchObject({ kind: 'auto-reply' });
});

test('of OpenSMTPD’s list of recipients, the reason ends where its words to all begin; given up is given up, though it says "delayed"', async () => {
  const words = ['    A message is delayed for more than 0 seconds for the following', '    list of recipients:', '',
    'gone@other.test: 550 5.1.1 No such person', 'busy@other.test: Envelope expired', '',
    '    Please note that this is only a temporary failure report.', '    You DO NOT NEED to re-send the message to these recipients.', '',
    '    Below is a copy of the original message:'].join('\r\n'); // prettier-ignore
  const fields = (address: string, action: string, status: string) => [
    `Final-Recipient: rfc822; ${address}`,
    `Action: ${action}`,
    `Status: ${status}`,
    '',
  ];
  const { bounce } = await report(
    [...fields('gone@other.test', 'failed', '5.0.0'), ...fields('busy@other.test', 'delayed', '4.4.7')],
    words,
  );
  expect(bounce!.recipients).toMatchObject([
    { reason: 'gone@other.test: 550 5.1.1 No such person', status: '5.1.1', dead: true },
    { reason: 'busy@other.test: Envelope expired', delayed: false },
  ]);
});

test('the centre of a telephone company that reports on a picture message is a mail system, without a code', async () => {
  const headers = { From: 'MMSC Administrator <admin@mms.example>', 'Return-Path': '<>', Subject: 'Undeliverable Message' };
  const words =
    'Message could not be delivered to mobile.\nError: No valid recipients for this MM\n\nOriginal Message:\nFrom: us <desk@example.com>\nTo: 5550100@mms.example\nSubject: Your order\n';
  expect((await parseMessage(mail(headers, words))).bounce).toMatchObject({ recipients: [{ address: '5550100@mms.example' }] });
});
