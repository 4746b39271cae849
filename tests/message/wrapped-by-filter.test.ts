import { describe, expect, test } from 'vitest';
import { parseMessage } from '../../server/services/message/parse';

/** A filter that takes a customer's answer for spam packs it into a report: SpamAssassin 4.0 with `report_safe` 1 and 2, amavis 2.13. */

const original = (from = 'Ana Lime <ana@customer.test>', id = 'answer-1@customer.test') =>
  [
    'Return-Path: <ana@customer.test>', `From: ${from}`, 'To: desk@example.com', 'Subject: Re: Lamp', `Message-ID: <${id}>`,
    'In-Reply-To: <ours-1@example.com>', 'References: <first@customer.test> <ours-1@example.com>', 'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=o', '', '--o', '', 'It is dark again.', '', '> Is it bright?',
    '--o', 'Content-Type: application/pdf; name=lamp.pdf', 'Content-Disposition: attachment', '', 'pdf', '--o--',
  ].join('\r\n'); // prettier-ignore

const packed = (type: string, inner = original(), more: string[] = []) =>
  parseMessage(
    Buffer.from(
      [
        'From: Ana Lime <ana@customer.test>', 'To: desk@example.com', 'Subject: *****SPAM***** Re: Lamp', 'Message-Id: <answer-1@customer.test>',
        'X-Spam-Flag: YES', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="----------=_6B"', '',
        '------------=_6B', 'Content-Type: text/plain; charset=UTF-8', '', 'This mail may be spam. (14.6 points)', '',
        '------------=_6B', `Content-Type: ${type}`, 'Content-Disposition: attachment', '', inner, '', ...more, '------------=_6B--', '',
      ].join('\r\n'),
    ),
  ); // prettier-ignore

describe('what a filter packed into its report', () => {
  test.each(['message/rfc822; x-spam-type=original', 'message/global; x-spam-type=original', 'text/plain; x-spam-type=original'])(
    'is read as the customer wrote it, with the mark of the filter: %s',
    async (type) => {
      const message = await packed(type);
      expect(message).toMatchObject({
        from: { address: 'ana@customer.test' },
        subject: '*****SPAM***** Re: Lamp',
        inReplyTo: ['ours-1@example.com'],
        references: ['first@customer.test', 'ours-1@example.com'],
        visibleText: 'It is dark again.',
        attachments: [{ name: 'lamp.pdf' }],
        forwarded: null,
      });
      expect(message.headers['x-spam-flag']).toEqual(['YES']);
    },
  );

  test.each([
    ['another author', original('Rob <rob@other.test>')],
    ['another mail', original(undefined, 'other@customer.test')],
  ])('stays a file where it is of %s', async (_, inner) => {
    const message = await packed('message/rfc822; x-spam-type=original', inner);
    expect(message.visibleText).toContain('may be spam');
    expect(message.attachments).toHaveLength(1);
    expect(message.inReplyTo).toEqual([]);
  });

  test('stays a file where the filter does not say so, and beside other files', async () => {
    const file = ['------------=_6B', 'Content-Type: application/zip; name=a.zip', '', 'zip'];
    expect((await packed('message/rfc822')).visibleText).toContain('may be spam');
    expect((await packed('message/rfc822; x-spam-type=original', original(), file)).attachments).toHaveLength(2);
  });
});
