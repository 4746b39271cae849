import { describe, expect, test } from 'vitest';
import { parseMessage } from '../../server/services/message/parse';

/** Subjects that were cut where they may not be, invitations that are attached, and files that look as if the letter showed them. */

const parse = (...lines: string[]) => parseMessage(Buffer.from(lines.join('\r\n'), 'latin1'));
const subjectOf = async (subject: string) => (await parse('From: a@b.test', `Subject: ${subject}`, '', 'x')).subject;

/** `Hello 😀 world` */
const encoded = 'SGVsbG8g8J+YgCB3b3JsZA==';

test.each([
  ['in the midst of base64', `=?utf-8?B?${encoded.slice(0, 11)}?=\r\n =?utf-8?B?${encoded.slice(11)}?=`, 'Hello 😀 world'],
  ['in the midst of a quoted byte', '=?utf-8?Q?Gr=C3=BC=C?= =?utf-8?Q?3=9Fe?=', 'Grüße'],
  ['in the midst of a character, which is lost', `=?utf-8?B?${encoded.slice(0, 11)}?=`, 'Hello �'],
  ['before its end', `=?utf-8?B?${encoded.slice(0, 14)}`, 'Hello 😀'],
  ['behind its end, in another charset', '=?utf-8?Q?Citt=E0?=', 'Città'],
])('a subject that was cut %s says what can be read', async (_, subject, words) => {
  expect(await subjectOf(subject)).toBe(words);
});

describe('an invitation', () => {
  const event = [
    'BEGIN:VCALENDAR', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'SUMMARY:Visit', 'DTSTART:20261112T100000Z', 'END:VEVENT', 'END:VCALENDAR',
  ]; // prettier-ignore
  const attached = (type: string, beside: string[] = []) =>
    parse(
      'From: a@b.test', 'Content-Type: multipart/mixed; boundary=q', '', ...beside,
      '--q', `Content-Type: ${type}; name=visit.ics`, 'Content-Disposition: attachment; filename=visit.ics', '', ...event, '--q--',
    ); // prettier-ignore

  test.each(['text/calendar', 'application/ics', 'application/octet-stream'])(
    'that is attached as %s without a word is said',
    async (type) => {
      const { visibleText, attachments } = await attached(type);
      expect(visibleText).toContain('Invitation: Visit\nStart: 2026-11-12 10:00 UTC');
      expect(attachments.map(({ name }) => name)).toEqual(['visit.ics']);
    },
  );

  test('beside words leaves them alone; in the place of words it is no source', async () => {
    expect((await attached('application/octet-stream', ['--q', '', 'See the date.'])).visibleText).toBe('See the date.');
    const { visibleText, attachments } = await parse('From: a@b.test', 'Content-Type: text/plain', '', ...event);
    expect([visibleText, attachments.length]).toEqual(['Invitation: Visit\nStart: 2026-11-12 10:00 UTC', 1]);
  });
});

test.each([
  ['<img src="cid:f@x">', 'application/pdf; name=f.pdf', false],
  ['<img src="cid:f@x">', 'image/heic; name=f.heic', false],
  ['<object data="cid:f@x"></object>', 'image/png; name=f.png', false],
  ['<iframe src="cid:f@x"></iframe>', 'text/html; name=f.html', false],
  ['<img src="cid:f@x">', 'image/png; name=f.png', true],
  ['<img src="cid:f@x">', 'application/octet-stream; name=f.png', true],
  ['<img src="cid:f@x">', 'application/octet-stream; name=image001', true],
])('%s with %s: shown by the letter itself: %s', async (html, type, isShown) => {
  const { attachments } = await parse(
    'From: a@b.test', 'Content-Type: multipart/related; boundary=q', '', '--q', 'Content-Type: text/html', '', `<p>Hi</p>${html}`,
    '--q', `Content-Type: ${type}`, 'Content-ID: <f@x>', '', 'content', '--q--',
  ); // prettier-ignore
  expect(attachments.map(({ inline }) => inline)).toEqual([isShown]);
});

test.each([
  ['image001.png', 'image001.png'],
  ['CID:Lamp@X', 'lamp@x'],
  ['cid: lamp@x ', 'lamp@x'],
  ['cid:the lamp@x', 'the lamp@x'],
  ['cid:a&amp;b@x', 'a&b@x'],
  ['cid:a%20b@x', 'a b@x'],
])('a picture that is named %s is the part %s, and no file beside it', async (src, id) => {
  const { html, attachments } = await parse(
    'From: a@b.test', 'Content-Type: multipart/related; boundary=q', '', '--q', 'Content-Type: text/html', '', `<p>Hi</p><img src="${src}">`,
    '--q', 'Content-Type: image/png; name=f.png', `Content-ID: <${id}>`, '', 'content', '--q--',
  ); // prettier-ignore
  expect(attachments).toMatchObject([{ contentId: id, inline: true }]);
  expect(html).toContain(`src="cid:${id.replace('&', '&amp;')}"`);
});
