import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { attachmentName } from '../../server/services/message/mime/attachment-name';
import { parseParameters } from '../../server/services/message/mime/header';
import { parseMessage } from '../../server/services/message/parse';
import { sanitizeHtml } from '../../server/services/message/html/sanitize';
import { subjectKey } from '../../server/services/message/reading/subject-key';
import { htmlToText, textToLinkedHtml } from '../../server/services/message/html/text';

import { mail } from './support';

describe('headers', () => {
  test('a blank in a quoted local part belongs to the address', async () => {
    const { from } = await parseMessage(mail({ From: 'Anna <"anna b"@customer.example>' }));
    expect(from?.address).toBe('"anna b"@customer.example');
  });

  test('a person with a comma in the name is one person', async () => {
    const { to } = await parseMessage(
      mail({ To: '"Doe, Jane" <Jane@Customer.example>, Roe, Max <max@customer.example>, Team: a@b.example, c@d.example;' }),
    );
    expect(to).toEqual([
      { name: 'Doe, Jane', address: 'jane@customer.example' },
      { name: 'Roe, Max', address: 'max@customer.example' },
      { name: '', address: 'a@b.example' },
      { name: '', address: 'c@d.example' },
    ]);
  });

  test('the name of an author whom a list keeps in a header of its own has all its letters', async () => {
    const name = `=?utf-8?B?${Buffer.from('Jiří Müller – Łódź').toString('base64')}?=`;
    const { list } = await parseMessage(
      mail({
        From: 'Lamps <lamps@list.example>',
        'List-Post': '<mailto:lamps@list.example>',
        'X-Original-From': `${name} <jiri@customer.example>`,
      }),
    );
    expect(list?.author).toEqual({ name: 'Jiří Müller – Łódź', address: 'jiri@customer.example' });
  });

  test.each([
    ['Ann via groups.io <ann=customer.example@groups.io>', 'Ann'],
    ['Ann <ann=40customer.example@dmarc.ietf.org>', 'Ann'],
    ['ann=customer.example@groups.io', ''],
  ])('the author whose address a list writes into its own: %s', async (From, name) => {
    const { list } = await parseMessage(mail({ From, 'List-Id': '<lamps.groups.io>', 'List-Post': '<mailto:lamps@groups.io>' }));
    expect(list).toMatchObject({ isInFrom: true, author: { name, address: 'ann@customer.example' } });
  });

  test('an address with a sign of equality that no list carried is what it is', async () => {
    expect(await parseMessage(mail({ From: 'Ann <ann=customer.example@relay.example>' }))).toMatchObject({
      list: null,
      from: { address: 'ann=customer.example@relay.example' },
    });
  });

  test('a name that looks like an address is never taken for one', async () => {
    const { from } = await parseMessage(mail({ From: '"boss@desk.example" <evil@bad.example>' }));
    expect(from?.address).toBe('evil@bad.example');
  });

  test('a character that was cut between two encoded words is whole again', async () => {
    const { subject } = await parseMessage(mail({ Subject: '=?utf-8?B?R3LDvMM=?=\r\n =?utf-8?B?n2U=?= from =?iso-8859-1?Q?K=F6ln?=' }));
    expect(subject).toBe('Grüße from Köln');
  });

  test('8-bit headers without a label are read', async () => {
    const source = Buffer.concat([Buffer.from('Subject: Gr'), Buffer.from([0xfc, 0xdf]), Buffer.from('e\r\n\r\nx')]);
    expect((await parseMessage(source)).subject).toBe('Grüße');
  });

  test('References keep their order, each once, without brackets', async () => {
    const { references, inReplyTo } = await parseMessage(
      mail({ References: '<a@x> <b@x>\r\n\t<a@x> junk', 'In-Reply-To': 'Your message of today <b@x>' }),
    );
    expect(references).toEqual(['a@x', 'b@x']);
    expect(inReplyTo).toEqual(['b@x']);
  });

  test('dates come as ISO 8601, unreadable ones as null', async () => {
    const date = async (value: string): Promise<string | null> => (await parseMessage(mail({ Date: value }))).date;
    expect(await date('Tue, 24 Nov 2026 09:15:00 +0100 (CET)')).toBe('2026-11-24T08:15:00.000Z');
    expect(await date('24 Nov 26 9:15 EST')).toBe('2026-11-24T14:15:00.000Z');
    expect(await date('yesterday')).toBeNull();
  });

  test('a header may be called as a property of every object', async () => {
    const { headers } = await parseMessage(mail({ constructor: 'a', __proto__x: 'b' }));
    expect(headers.constructor).toEqual(['a']);
    expect(headers.tostring).toBeUndefined();
  });
});

describe('who is it', () => {
  const forged = 'mx.forged.example; dmarc=pass; spf=pass; dkim=pass';
  const own =
    'mx.desk.example (comment; dmarc=pass) 1; spf=fail smtp.mailfrom=a@b.example; dkim=fail header.d=x.example; dkim=pass header.d=b.example; dmarc=fail (p=reject) header.from=b.example';

  test('the topmost Authentication-Results counts when none is configured', async () => {
    const source = Buffer.from(`Authentication-Results: ${own}\r\nAuthentication-Results: ${forged}\r\nFrom: a@b.example\r\n\r\nx`);
    expect((await parseMessage(source)).authenticity).toEqual({ spf: 'fail', dkim: 'pass', dmarc: 'fail', authservId: 'mx.desk.example' });
  });

  test('only the trusted authserv-id is believed, wherever its header stands', async () => {
    const source = Buffer.from(`Authentication-Results: ${forged}\r\nAuthentication-Results: ${own}\r\nFrom: a@b.example\r\n\r\nx`);
    expect((await parseMessage(source, { trustedAuthservIds: ['MX.desk.example'] })).authenticity.dmarc).toBe('fail');
    expect((await parseMessage(source, { trustedAuthservIds: ['other.example'] })).authenticity).toEqual({
      spf: 'none',
      dkim: 'none',
      dmarc: 'none',
      authservId: null,
    });
  });

  test('Exchange Online leaves the authserv-id out', async () => {
    const { authenticity } = await parseMessage(
      mail({
        'Authentication-Results':
          'spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=b.example; dkim=pass header.d=b.example;dmarc=pass action=none',
      }),
    );
    expect(authenticity).toEqual({ spf: 'pass', dkim: 'pass', dmarc: 'pass', authservId: '' });
  });
});

describe('no HTML of a stranger does anything', () => {
  test.each([
    'script',
    'style',
    'textarea',
    'xmp',
    'svg',
    'math',
    'noscript',
    'iframe',
    'object',
    'form',
    'template',
    'link',
    'meta',
    'base',
  ])('<%s> does not survive', (tag) => {
    expect(sanitizeHtml(`<p>a</p><${tag} onload="x()" src="y" href="z"><img src=x onerror=alert(1)></${tag}>`)).not.toMatch(
      new RegExp(`<${tag}|on\\w+=`, 'i'),
    );
  });

  test('styles do not place anything over the page and fetch nothing', () => {
    const html = sanitizeHtml(
      '<div style="position:fixed;top:0;color:red;background:url(http://x.example/a);width:100vw;margin-left:-500px;z-index:9">x</div>',
    );
    expect(html).toBe('<div style="color:red">x</div>');
  });

  test.each(['margin-left:1px url(x)', 'padding-top:1px url(x)', 'border:url(x)', 'border-left:1px solid URL(x)'])(
    'no style names an address: %s',
    (style) => {
      expect(sanitizeHtml(`<div style="${style}">x</div>`)).toBe('<div>x</div>');
    },
  );

  test.each([
    'http:/admin',
    'https:/admin',
    'http:admin',
    'https:\\\\evil.example',
    'http:///',
    'https://',
    '/admin',
    'admin',
    'ftp://x.example/',
    'data:text/html,x',
  ])('a link to %s leads nowhere: a browser would complete it from the page that it stands on, or do something else', (href) => {
    const rest = 'rel="noopener noreferrer nofollow" target="_blank"';
    expect(sanitizeHtml(`<a href="${href}">x</a>`)).toBe(`<a ${rest}>x</a>`);
    expect(sanitizeHtml(`<blockquote cite="${href}">x</blockquote><img src="${href}">`)).toBe('<blockquote>x</blockquote><img />');
  });

  test.each(['http://shop.example', 'HTTPS://shop.example/a?b#c', 'mailto:ann@shop.example', 'tel:+1555'])('a link to %s stays', (href) => {
    expect(sanitizeHtml(`<a href="${href}">x</a>`)).toContain(`href="${href}"`);
  });

  test('remote images wait, cid images stay, tracking by other attributes goes', () => {
    const html = sanitizeHtml(
      '<img src="//t.example/x.gif"><img src="https://t.example/y.gif" srcset="https://t.example/z.gif 2x"><img src="cid:a@b"><img data-remote-src="javascript:x"><a href="javascript:x()" ping="https://t.example">a</a>',
    );
    expect(html).toBe(
      '<img data-remote-src="https://t.example/x.gif" /><img data-remote-src="https://t.example/y.gif" /><img src="cid:a@b" /><img /><a rel="noopener noreferrer nofollow" target="_blank">a</a>',
    );
  });

  test('text becomes HTML that shows it as it is', () => {
    expect(textToLinkedHtml('1 < 2\nsee https://x.example/?a=1&b=2.')).toBe(
      '<p>1 &lt; 2<br>see <a href="https://x.example/?a=1&amp;b=2">https://x.example/?a=1&amp;b=2</a>.</p>',
    );
  });

  test('HTML becomes text with its paragraphs, lists and quotes', () => {
    expect(
      htmlToText('<title>t</title><p>Gr&uuml;&szlig;e</p><ul><li>a<li>b</ul><blockquote>c<br>d</blockquote><table><tr><td>1<td>2</table>'),
    ).toBe('Grüße\n\n- a\n- b\n\n> c\n> d\n\n1 2');
  });

  test.each([
    ['<ol><li>a<li>b</ol>', '1. a\n2. b'],
    ['<del>20</del><ins>25</ins> Euro, <s>old</s>, <b><strike>7</strike></b>8', '20 25 Euro, old, 7 8'],
    ['<ol start="3"><li>c</li><li value="7">g</li><li>h</li></ol>', '3. c\n7. g\n8. h'],
    ['<ol><li><p>a</p></li><li><div>b</div></li></ol><p>c</p>', '1. a\n2. b\n\nc'],
    ['<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>', '- a\n  1. b\n  2. c\n- d'],
    ['<ul><li></li><li><br>a</li></ul>', '- a'],
    ['<blockquote><ol><li><p>a</p><li>b</ol></blockquote>', '> 1. a\n> 2. b'],
    ['<details><summary>More</summary>text</details>', 'More\ntext'],
  ])('lists keep their numbers and their items in one piece: %s', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });
});

describe('names', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\bill.pdf', 'bill.pdf'],
    ['a\r\nb\0.txt', 'ab.txt'],
    ['exe.\u202efdp.txt', 'exe.fdp.txt'],
    ['...', 'attachment.pdf'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(146)}.pdf`],
  ])('%j is a safe file name', (raw, safe) => expect(attachmentName(raw, 'application/pdf')).toBe(safe));

  test.each([
    ['image/jpeg', 'image.jpg'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'attachment.docx'],
    ['application/octet-stream', 'attachment.bin'],
    ['application/x-nobody-knows', 'attachment.bin'],
  ])('a file without a name gets one of its kind: %s', (mime, name) => expect(attachmentName(undefined, mime)).toBe(name));

  test('a file whose name is its kind alone gets a name, too', () => {
    expect(attachmentName('.eml', 'message/rfc822')).toBe('message.eml');
    expect(attachmentName('.pdf', 'application/pdf')).toBe('attachment.pdf');
    expect(attachmentName('.htaccess', 'text/plain')).toBe('htaccess');
  });

  test.each([
    [`filename*="=?utf-8?Q?l=C3=A4mp.pdf?="`, 'lämp.pdf'],
    [`filename*=utf-8'l%C3%A4mp.pdf`, 'lämp.pdf'],
    [`filename*=utf-8''l%C3%A4mp.pdf`, 'lämp.pdf'],
    [`filename*=o'neil%20bill.pdf`, `o'neil bill.pdf`],
  ])('a name that is encoded in a way of its own is read: %s', (raw, name) => {
    expect(parseParameters(`attachment; ${raw}`).params.filename).toBe(name);
  });

  test.each([
    ['Re: AW: [TT1001] Hello  World', 'hello world'],
    ['RE[2]: SV: Fwd: 回复：Order', 'order'],
    ['TT1001: Printer', 'printer'],
    ['(Ticket #42) Printer', 'printer'],
    ['Report (March 2026)', 'report (march 2026)'],
    ['[friends] Party', '[friends] party'],
    ['Re: ', ''],
    ['İade TALEBİ', 'iade talebi'],
    ['[EXTERNAL] RE: Printer', 'printer'],
    ['Re: [Ext] Printer', 'printer'],
    ['AW: [External Email] Re: [TT1001] Printer', 'printer'],
    ['*****SPAM***** Re: Printer', 'printer'],
    ['{Spam?} Printer', 'printer'],
    ['[External drive] is full', '[external drive] is full'],
    ['Spam in my folder', 'spam in my folder'],
  ])('the subject %j is about %j', (subject, key) => expect(subjectKey(subject)).toBe(key));
});

describe('a parsed message', () => {
  test('crosses to another thread with no more bytes than it has', async () => {
    const message = await parseMessage(mail({ 'Content-Type': 'application/pdf; name=a.pdf' }, 'content'.repeat(1000)));
    const [attachment] = structuredClone(message).attachments;
    expect(attachment.content.byteLength).toBe(attachment.size);
    expect(attachment.content.buffer.byteLength).toBe(attachment.size);
  });

  test('limits can be set', async () => {
    const source = mail({ 'Content-Type': 'multipart/mixed; boundary=b' }, '--b\n\n1\n--b\n\n2\n--b--');
    await expect(parseMessage(source, { maxParts: 2 })).rejects.toThrow('more than 2 MIME parts');
  });
});

const corpora = join(import.meta.dirname, '../../../shared/corpora');
const isThere = statSync(corpora, { throwIfNoEntry: false })?.isDirectory() === true;

describe.skipIf(!isThere)('real mails (only where the corpora are)', () => {
  test('are all read, and never shown as nothing', async () => {
    const files = readdirSync(corpora, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.eml'));
    for (const file of files) {
      const message = await parseMessage(readFileSync(join(corpora, file)));
      expect(message.visibleText !== '' || message.text.trim() === '', file).toBe(true);
    }
  });
});
