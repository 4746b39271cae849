import { buffer } from 'node:stream/consumers';
import MailComposer, { type MailComposerOptions } from 'nodemailer/lib/mail-composer';
import { describe, expect, test } from 'vitest';
import { writeAtOnce } from '../../server/services/outgoing/write-at-once';

const TEXTS = {
  'plain English': 'Thank you for your patience.\nThe part comes on Tuesday.\n',
  'some letters with accents': `${'Grüße aus Köln, '.repeat(400)}\n`,
  'another script': `${'Добрый день, как дела? '.repeat(300)}\n`,
  'no blanks at all': '日本語'.repeat(2000),
  'pairs of UTF-16 units': `${'😀'.repeat(500)}\n`,
  'long lines and dots': `${'x'.repeat(3000)} \n.\n..dot\r\n`,
  'line ends of all kinds': 'a\rb\nc\t \r\n trailing  \n\n',
  'a blank at the end': `${'Grüße aus Köln, '.repeat(400)}`,
  nothing: '',
};
const MAIL: MailComposerOptions = {
  from: { name: 'Ä desk', address: 'desk@example.test' },
  to: [{ name: 'Jürgen "Jo" Example', address: 'jo@customer.test' }],
  cc: [{ name: '', address: 'ann@customer.test' }],
  bcc: 'unseen@customer.test',
  subject: 'Re: Grüße aus der Küche, und noch viel mehr als in eine Zeile passt, wirklich [DESK-1]',
  headers: { References: '<a@customer.test> '.repeat(12) },
  messageId: '<1@example.test>',
  date: new Date(0),
  baseBoundary: 'same',
};

const messageOf = (mail: MailComposerOptions) => new MailComposer({ ...MAIL, ...mail }).compile();
const bytesOf = async (message: ReturnType<typeof messageOf>) => (await buffer(message.createReadStream())).toString('latin1');

describe('a mail that is written at once', () => {
  for (const [what, text] of Object.entries(TEXTS))
    test(`has the bytes that nodemailer's streams write: ${what}`, async () => {
      const mail = { text, html: `<p>${text}</p>${text}` };
      const atOnce = messageOf(mail);
      writeAtOnce(atOnce);
      const bytes = await bytesOf(atOnce);
      expect(bytes).toBe(await bytesOf(messageOf(mail)));
      // As when the server has closed the first connection.
      expect(await bytesOf(atOnce)).toBe(bytes);
    });

  test('is one of short texts: files and long texts are read in pieces', () => {
    const files = [{ filename: 'plan.txt', path: '/nowhere/plan.txt' }];
    const isWrittenAtOnce = (mail: MailComposerOptions) => {
      const message = messageOf(mail);
      writeAtOnce(message);
      return Object.hasOwn(message, 'createReadStream');
    };
    expect(isWrittenAtOnce({ text: 'Short.\n', html: '<p>Short.</p>\n' })).toBe(true);
    expect(isWrittenAtOnce({ text: 'Short.\n', html: 'long '.repeat(20_000) })).toBe(false);
    expect(isWrittenAtOnce({ text: 'Short.\n', html: '<p>Short.</p>\n', attachments: files })).toBe(false);
  });
});
