import { describe, expect, test } from 'vitest';

import { parseMessage } from '../../server/services/message/parse';

/** What PHP's mail() makes where each line end becomes two: the header ends at its first empty line. */
const torn = (...lines: string[]): Buffer =>
  Buffer.from(['To: desk@desk.example', 'Subject: Lamp', 'From: Form <form@shop.example>', '', ...lines].join('\n'));
const pdf = Buffer.from('%PDF-1.4 a bill').toString('base64');
const parts = ['--edge', 'Content-Type: text/plain; charset=utf-8', '', 'The lamp blinks.', '--edge'];
const file = ['Content-Type: application/pdf; name="bill.pdf"', 'Content-Transfer-Encoding: base64', '', pdf];

describe('what empty lines tore off a header still says what the body is', () => {
  test.each([
    ['one empty line', ['MIME-Version: 1.0', 'Content-Type: multipart/mixed;', ' boundary="edge"', '']],
    [
      'one behind each',
      ['Reply-To: ann@customer.example', '', 'MIME-Version: 1.0', '', 'Content-Type: multipart/mixed; boundary=edge', '', ''],
    ],
  ])('a file is a file: %s', async (_, header) => {
    const message = await parseMessage(torn(...header, ...parts, ...file, '--edge--'));
    expect(message).toMatchObject({ from: { address: 'form@shop.example' }, text: 'The lamp blinks.' });
    expect(message.attachments).toMatchObject([{ name: 'bill.pdf', mime: 'application/pdf', size: 15 }]);
  });

  test('an answer goes to the address that stands there', async () => {
    const message = await parseMessage(
      torn('Reply-To: Ann <ann@customer.example>', '', 'Content-Type: text/html', '', '<p>The lamp blinks.</p>'),
    );
    expect(message).toMatchObject({
      replyTo: [{ address: 'ann@customer.example' }],
      text: 'The lamp blinks.',
      html: '<p>The lamp blinks.</p>',
    });
  });

  test('a part whose header begins with an empty line is what it says', async () => {
    const message = await parseMessage(torn('Content-Type: multipart/mixed; boundary=edge', '', ...parts, '', ...file, '--edge--'));
    expect(message.attachments).toMatchObject([{ name: 'bill.pdf', size: 15 }]);
  });

  test('an attached email is read whole, as Outlook on the web writes some', async () => {
    const inner = [
      'From: Ann <ann@customer.example>',
      'Subject: Bill',
      '',
      'Content-Type: multipart/mixed; boundary=inner',
      'MIME-Version: 1.0',
      '',
    ];
    const body = ['--inner', 'Content-Type: text/plain', '', 'Too much.', '--inner--'];
    const message = await parseMessage(
      torn('Content-Type: multipart/mixed; boundary=edge', '', ...parts, 'Content-Type: message/rfc822', '', ...inner, ...body, '--edge--'),
    );
    expect(message.forwarded).toMatchObject({ from: { address: 'ann@customer.example' }, text: 'Too much.' });
  });

  test.each([
    ['a mail that somebody pasted', ['Subject: Old', 'Content-Type: multipart/mixed; boundary=edge', '', ...parts, '--edge--']],
    ['a line about headers', ['Content-Type: text/html', '', 'is what your newsletter lacks.']],
    ['a boundary that does not come', ['Content-Type: multipart/mixed; boundary=edge', '', 'This is all I see.']],
    ['a field of another kind', ['Note: the lamp is broken.', 'Content-Type: text/html', '', '<p>Ann</p>']],
  ])('%s is text', async (_, lines) => {
    expect(await parseMessage(torn(...lines))).toMatchObject({ text: lines.join('\n'), attachments: [] });
  });
});
