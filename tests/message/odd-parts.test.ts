import { describe, expect, test } from 'vitest';

import { parseMessage } from '../../server/services/message/parse';
import { sanitizeHtml } from '../../server/services/message/html/sanitize';
import { mail } from './support';

/** A mail byte for byte, from lines. */
const lines = (...all: string[]): Buffer => Buffer.from(all.join('\r\n'), 'latin1');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const withParts = (type: string, ...parts: [head: string, body: string][]): Uint8Array =>
  mail({ 'Content-Type': `${type}; boundary=edge` }, `${parts.map(([head, body]) => `--edge\n${head}\n\n${body}\n`).join('')}--edge--\n`);
const names = (message: { attachments: { name: string }[] }): string[] => message.attachments.map(({ name }) => name);

describe('a text that is not encoded as it says', () => {
  const utf8 = 'Content-Type: text/plain; charset=utf-8';
  const prose = 'Good day,\n\nthe lamp is broken.\n\nAna';
  const long = `The lamp in room five is broken since Monday, for the third time. ${'Please send somebody. '.repeat(6)}Grüße, Ana`;
  const wrapped = (text: string): string => base64(text).replace(/.{76}/g, '$&\n');
  const text = async (encoding: string, body: string): Promise<string> =>
    (await parseMessage(mail({ 'Content-Type': utf8.slice(14), 'Content-Transfer-Encoding': encoding }, body))).text;

  test('plain text that calls itself base64', async () => {
    expect(await text('base64', prose)).toBe(prose);
    expect(await text('base64', `<p>It is broken.</p>`)).toBe('<p>It is broken.</p>');
  });

  test("a gateway's warning before base64", async () => {
    const warning = 'CAUTION: this email comes from outside.\nBe careful!\n\n';
    expect(await text('base64', warning + wrapped(long))).toBe(warning + long);
    expect(await text('base64', warning + base64('It is broken.'))).toBe(`${warning}It is broken.`);
  });

  test('words in base64 alone are base64', async () => {
    expect(await text('base64', base64('It is broken, Ana'))).toBe('It is broken, Ana');
    expect(await text('base64', `\n\n${wrapped(long)}`)).toBe(long);
  });

  test.each(['7bit', '8bit'])('base64 and quoted-printable under the label %s', async (label) => {
    expect(await text(label, wrapped(long))).toBe(long);
    expect(await text(label, 'Gr=C3=BC=C3=9Fe aus dem Zimmer, in dem seit Montag die Lampe nicht mehr=\n leuchtet')).toBe(
      'Grüße aus dem Zimmer, in dem seit Montag die Lampe nicht mehr leuchtet',
    );
  });

  test.each([
    'https://shop.example/?a=1&b=2=\nis the page',
    'a =3D b is what I see, and =20',
    '<a href="x">=C3=BC</a>=\n',
    'SGVsbG8gd29ybGQ',
    `${'A'.repeat(76)}\n${'B'.repeat(50)}\nis what the machine printed`,
  ])('text that only looks encoded stays as it is: %s', async (body) => {
    expect(await text('7bit', body)).toBe(body.trimEnd());
  });

  test('a file whose text looks encoded keeps its bytes', async () => {
    const message = await parseMessage(
      withParts('multipart/mixed', [utf8, 'See file'], [`${utf8}\nContent-Disposition: attachment; filename=key.txt`, wrapped(long)]),
    );
    expect(Buffer.from(message.attachments[0].content).toString().trim()).toBe(wrapped(long).replace(/\n/g, '\r\n'));
  });
});

test.each([
  ['Ana [ana@a.example]', 'Ana'],
  ['Ana <<ana@a.example>>', 'Ana'],
  ['Ana <ana@a.example.>', 'Ana'],
  ['"Ana [Lamps]" <ana@a.example>', 'Ana [Lamps]'],
  ['"Ana <lamps>" <ana@a.example>', 'Ana <lamps>'],
])('a sender in other brackets, or with the dot of an absolute domain, is the same: %s', async (From, name) => {
  expect((await parseMessage(mail({ From }))).from).toEqual({ name, address: 'ana@a.example' });
});

test.each([
  ['Mon, 2 Nov 2026 09:15:00 UTC+0100', '08:15'],
  ['Mon, 2 Nov 2026 09:15:00 GMT+01:00', '08:15'],
  ['Mon, 2 Nov 2026 09:15:00 +01', '08:15'],
  ['Mon, 2 Nov 2026 09:15:00 PM +0100', '20:15'],
  ['Mon, 2 Nov 2026 12:15:00 AM', '00:15'],
  ['Mon, 2 Nov 2026 09:15:00 GMT', '09:15'],
  ['Mon, 2 Nov 2026 09:15:00 +0100 (CET)', '08:15'],
])('the time of a date that is written in a way of its own: %s', async (date, time) => {
  expect((await parseMessage(mail({ Date: date }))).date).toBe(`2026-11-02T${time}:00.000Z`);
});

test.each([
  ['CN="Berg: Lamps; Ana"', 'Berg: Lamps; Ana <ana@a.example>'],
  [`CN="Ana ^'Lamp^' Berg"`, 'Ana "Lamp" Berg <ana@a.example>'],
  ['CN=Ana Berg;ROLE=CHAIR', 'Ana Berg <ana@a.example>'],
  ['X-CN=Nobody', 'ana@a.example'],
])('who invites is named in full: %s', async (parameters, organizer) => {
  const event = `BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Lamp\nORGANIZER;${parameters}:mailto:ana@a.example\nEND:VEVENT\nEND:VCALENDAR\n`;
  expect((await parseMessage(mail({ 'Content-Type': 'text/calendar; charset=utf-8' }, event))).text).toContain(`Organizer: ${organizer}`);
});

describe('a letter of a kind that few programs write', () => {
  const read = (type: string, body: string, encoding = '7bit') =>
    parseMessage(mail({ 'Content-Type': type, 'Content-Transfer-Encoding': encoding }, body));

  test.each([
    ['text/markdown; charset=utf-8', '# Lamp\n\nIt broke.', '# Lamp\n\nIt broke.'],
    ['text/x-unknown', 'It broke.', 'It broke.'],
    ['text/richtext', '<bold>It</bold> broke,<nl>1 <lt> 2.', 'It broke,\n1 < 2.'],
    ['text/rtf', '{\\rtf1\\ansi It \\b broke\\b0 .}', 'It broke.'],
    ['application/xhtml+xml', '<html><body><p>It broke.</p></body></html>', 'It broke.'],
    ['html; charset=utf-8', '<p>It broke.</p>', 'It broke.'],
    ['"text/html"; charset=utf-8', '<p>It broke.</p>', 'It broke.'],
    ['plain/text', 'It broke.', 'It broke.'],
  ])('%s is its text, and no file', async (type, body, text) => {
    expect(await read(type, body)).toMatchObject({ text, attachments: [] });
  });

  test.each(['text/csv', 'text/vcard', 'text/xml', 'application/json'])('%s is a file', async (type) => {
    expect((await read(type, 'a;b')).attachments).toHaveLength(1);
  });

  test('and so is one with a name, or behind a text', async () => {
    expect(names(await read('text/markdown; name=lamp.md', '# Lamp'))).toEqual(['lamp.md']);
    const both = await parseMessage(
      withParts('multipart/mixed', ['Content-Type: text/plain', 'It broke.'], ['Content-Type: text/x-log', 'E42']),
    );
    expect(both).toMatchObject({ text: 'It broke.', attachments: [{ mime: 'text/x-log' }] });
  });

  test.each([
    'quoted printable',
    'Quoted_Printable',
    'quotedprintable',
    '"quoted-printable"',
    '7bit\r\nContent-Transfer-Encoding: quoted-printable',
  ])('its encoding may be misspelled: %s', async (encoding) =>
    expect((await read('text/plain; charset=utf-8', 'L=C3=A4mp', encoding)).text).toBe('Lämp'),
  );

  test.each(['base-64', '"base64"', 'BASE 64', 'base64 (as it should be)'])('and so may %s', async (encoding) => {
    expect((await read('text/plain; charset=utf-8', base64('Die Lämp'), encoding)).text).toBe('Die Lämp');
  });
});

describe('the plain text beside HTML', () => {
  const html = '<h1>Lamp</h1><p>The lamp in room five is broken since Monday. Please send somebody before noon. Thank you, Ana Berg</p>';
  const alternatives = async (plain: string, rich = html): Promise<{ text: string; visibleText: string }> =>
    parseMessage(
      withParts(
        'multipart/alternative',
        ['Content-Type: text/plain; charset=utf-8', plain],
        ['Content-Type: text/html; charset=utf-8', rich],
      ),
    );

  test.each([
    'Your mail program cannot show HTML. Use another one to see what was sent.',
    'Diese Nachricht ist im HTML-Format. Ihr Programm kann sie nicht anzeigen.',
    'このメールはHTML形式です。',
    'x',
    '*',
    'Read it in your browser: https://news.example/lamp/room/five/broken',
    '<html><body><h1>Lamp</h1><p>The lamp is broken.</p></body></html>',
    '<!-- letter of the desk --><table><tr><td>The lamp is broken.</td></tr></table>',
  ])('is left out where it is not the letter: %s', async (plain) => {
    const read = await alternatives(plain);
    expect(read.text).toContain('The lamp in room five is broken since Monday.');
    expect(read.visibleText).not.toContain(plain);
  });

  test.each([
    'The lamp is broken.',
    'Lamp broken since Monday, Ana',
    'I read <html> in the <body> of the page.',
    'Das steht nicht darin, aber es ist ein ganzer Brief. '.repeat(12).trim(),
  ])('stays where it may be: %s', async (plain) => {
    expect((await alternatives(plain)).text).toBe(plain);
  });

  test('stays where the HTML says little', async () => {
    expect((await alternatives('The lamp is broken.', '<img src="https://a.example/x.png"><p>Hello</p>')).text).toBe('The lamp is broken.');
    expect(
      (await alternatives('Gr\u00fc\u00dfe', '<p>Gr&uuml;&szlig;e aus dem Zimmer mit der Lampe, die heute wieder nicht brennt</p>')).text,
    ).toBe('Gr\u00fc\u00dfe');
  });
});

describe('headers that break the rules', () => {
  test('two lines that are no field do not end the headers', async () => {
    const message = await parseMessage(
      lines(
        'Received: from a by b',
        'scanned by the gateway',
        'no virus found',
        'From: Ana <ana@a.example>',
        'Subject: Lamp',
        '',
        'It broke.',
      ),
    );
    expect(message).toMatchObject({ from: { address: 'ana@a.example' }, subject: 'Lamp', text: 'It broke.' });
  });

  test('text that follows the headers without an empty line is text, also when it has a colon', async () => {
    const message = await parseMessage(lines('From: ana@a.example', 'Subject: Lamp', 'Good day,', 'Note: the lamp is broken.', 'Ana'));
    expect(message).toMatchObject({ subject: 'Lamp', text: 'Good day,\nNote: the lamp is broken.\nAna' });
  });

  test.each([
    ['an empty line', '\r\n'],
    ['several empty lines', '\r\n\n\r\n'],
    ['a byte order mark', '\u00ef\u00bb\u00bf'],
  ])('%s before the first header is passed over', async (_, start) => {
    const message = await parseMessage(lines(`${start}From: Ana <ana@a.example>`, 'Subject: Lamp', '', 'It broke.'));
    expect(message).toMatchObject({ from: { address: 'ana@a.example' }, subject: 'Lamp', text: 'It broke.' });
  });

  test('text behind an empty line stays text when there are no headers', async () => {
    expect((await parseMessage(lines('', 'Good day,', 'the lamp broke.'))).text).toBe('Good day,\nthe lamp broke.');
  });

  test('Message-IDs written as encoded words are Message-IDs', async () => {
    const message = await parseMessage(
      mail({
        'In-Reply-To': '=?utf-8?q?=3Cone=40desk=2Eexample=3E?=',
        References: `<zero@desk.example> =?utf-8?q?=3Ca-very-long-name?=\r\n =?utf-8?q?-in-two-words=40desk=2Eexample=3E?=`,
      }),
    );
    expect(message.inReplyTo).toEqual(['one@desk.example']);
    expect(message.references).toEqual(['zero@desk.example', 'a-very-long-name-in-two-words@desk.example']);
  });

  test.each([
    [`"'Arthur' via Support" <s@a.example>`, `'Arthur' via Support`],
    [`'Ana Lima' <s@a.example>`, 'Ana Lima'],
    [`"'Ana' and 'Rui'" <s@a.example>`, `'Ana' and 'Rui'`],
    [`"'t Hart, Jan" <s@a.example>`, `'t Hart, Jan`],
    [`"Rui \\"Zé\\" Lima" <s@a.example>`, 'Rui "Zé" Lima'],
    [`"O'Neil" <s@a.example>`, `O'Neil`],
  ])('the name of %s keeps its quotes', async (From, name) => {
    expect((await parseMessage(mail({ From }))).from?.name).toBe(name);
  });

  test.each(['Novità', 'СЕРВЕР', 'TOMÁŠ', 'à la carte', 'Voilà'])(
    'the raw UTF-8 word %s is whole in subject, name and file name',
    async (word) => {
      const message = await parseMessage(
        withParts('multipart/mixed', ['Content-Type: text/plain', 'See.'], [`Content-Disposition: attachment; filename=${word}`, 'x']),
      );
      expect(names(message)).toEqual([word]);
      const named = await parseMessage(mail({ From: `${word} <a@a.example>`, Subject: word }));
      expect(named).toMatchObject({ subject: word, from: { name: word, address: 'a@a.example' } });
    },
  );
});

describe('parts that break the rules', () => {
  test('a multipart with the boundary of the one around it loses nothing of what follows', async () => {
    const message = await parseMessage(
      mail(
        { 'Content-Type': 'multipart/mixed; boundary=edge' },
        [
          '--edge\nContent-Type: multipart/alternative; boundary=edge\n\n',
          '--edge\nContent-Type: text/plain\n\nHello\n--edge\nContent-Type: text/html\n\n<b>Hello</b>\n--edge--\n',
          '--edge\nContent-Type: application/pdf; name=bill.pdf\n\nx\n--edge--\n',
        ].join(''),
      ),
    );
    expect(message.text).toBe('Hello');
    expect(message.html).toContain('<b>Hello</b>');
    expect(names(message)).toEqual(['bill.pdf']);
  });

  test.each(['multipart/*', 'multipart', 'Multipart/ Mixed'])('%s is a multipart', async (type) => {
    const message = await parseMessage(withParts(type, ['Content-Type: text/plain', 'Hello'], ['Content-Type: image/*; name=a.png', 'x']));
    expect(message.text).toBe('Hello');
    expect(names(message)).toEqual(['a.png']);
  });

  test('base64 that was encoded in pieces is decoded to its end', async () => {
    const body = `${base64('The first piece.')}\n${base64(' The second piece!')}\n${base64(' The third.')}`;
    expect(base64('The first piece.')).toContain('=');
    const message = await parseMessage(mail({ 'Content-Type': 'text/plain', 'Content-Transfer-Encoding': 'base64' }, body));
    expect(message.text).toBe('The first piece. The second piece! The third.');
  });

  test('a footer in plain text behind base64 is shown as it is', async () => {
    const body = `${base64('Our answer.')}\n-- \nList of friends: friends@a.example`;
    const message = await parseMessage(mail({ 'Content-Type': 'text/plain', 'Content-Transfer-Encoding': 'base64' }, body));
    expect(message.text).toBe('Our answer.\n-- \nList of friends: friends@a.example');
  });

  test.each([
    '\n-- \nList of friends: friends@a.example',
    '\n_______\nUnsubscribe here',
    '\n\nMitteilung\nvon der Liste: https://a.example/list',
    '\r\n\r\nThis mail was checked\r\n',
  ])('a footer behind base64 that needs no padding is shown as it is: %j', async (footer) => {
    const body = base64('Hello Anna!!');
    expect(body).not.toContain('=');
    const text = async (source: string, type = 'text/plain') =>
      await parseMessage(mail({ 'Content-Type': type, 'Content-Transfer-Encoding': 'base64' }, source));
    expect((await text(body + footer)).text).toBe(`Hello Anna!!${footer.replaceAll('\r', '')}`.trimEnd());
    expect((await text(`${base64('Hello A')}\n${body}${footer}`)).text).toBe(`Hello AHello Anna!!${footer.replaceAll('\r', '')}`.trimEnd());
    // Base64 of which a line is damaged goes on behind it: that is no footer.
    const long = base64('x'.repeat(60));
    expect((await text(`${long}\n${body} !\n${long}`)).text).toBe(`${'x'.repeat(60)}Hello Anna!!${'x'.repeat(60)}`);
  });

  test('a damaged winmail.dat is told and attached as it came', async () => {
    const whole = Buffer.from('789f3e2201000102900600ffff', 'hex'); // an attribute that promises more bytes than there are
    const part = `Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64`;
    const message = await parseMessage(
      withParts('multipart/mixed', ['Content-Type: text/plain', 'See the file.'], [part, whole.toString('base64')]),
    );
    expect(names(message)).toEqual(['winmail.dat']);
    expect(message.warnings.join()).toContain('winmail.dat is damaged');
  });

  test('HTML that shows nothing does not hide the text of an invitation', async () => {
    const calendar = 'BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Visit\nDTSTART:20260301T100000Z\nEND:VEVENT\nEND:VCALENDAR';
    const message = await parseMessage(
      withParts(
        'multipart/alternative',
        ['Content-Type: text/plain', ''],
        ['Content-Type: text/html', '<html><head><title>Visit</title></head><body><p>&nbsp;</p></body></html>'],
        ['Content-Type: text/calendar; method=REQUEST', calendar],
      ),
    );
    expect(message.text).toBe('Invitation: Visit\nStart: 2026-03-01 10:00 UTC');
    expect(message.html).toBeNull();
  });

  test('the styles that Word hides in a comment do not make HTML too deep', async () => {
    const style = '<w:LsdException Locked="false" Priority="99" Name="Table Grid 1"/>';
    const html = `<!--[if gte mso 9]><xml><w:LatentStyles>${style.repeat(371)}</w:LatentStyles></xml><![endif]--><p>The <b>lamp</b> blinks.</p>`;
    const message = await parseMessage(mail({ 'Content-Type': 'text/html' }, html));
    expect(message).toMatchObject({ html: '<p>The <b>lamp</b> blinks.</p>', warnings: [] });
    const open = `${'<div>'.repeat(400)}<!-- ${'<b>'.repeat(5)} The lamp blinks.`;
    expect((await parseMessage(mail({ 'Content-Type': 'text/html' }, open))).html).toBeNull();
  });

  test('a file of a Mac is one file, without what its Finder notes', async () => {
    const noted = 'Content-Type: application/applefile; name="bill.pdf"\nContent-Transfer-Encoding: base64\n\nAAUWBwACAAA=';
    const file = 'Content-Type: application/pdf; name="bill.pdf"\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQ=';
    const both = `--fork\n${noted}\n--fork\n${file}\n--fork--`;
    const message = await parseMessage(
      withParts(
        'multipart/mixed',
        ['Content-Type: text/plain', 'See the bill.'],
        ['Content-Type: multipart/appledouble; boundary=fork', both],
      ),
    );
    expect(message.attachments).toMatchObject([{ name: 'bill.pdf', mime: 'application/pdf' }]);
  });

  test('HTML that is only a picture is shown', async () => {
    const message = await parseMessage(mail({ 'Content-Type': 'text/html' }, '<p><img src="cid:a"></p>'));
    expect(message.html).toContain('cid:a');
  });

  test('AMP and watch forms are neither shown nor attached; a named file is', async () => {
    const message = await parseMessage(
      withParts(
        'multipart/alternative',
        ['Content-Type: text/plain', 'Hello'],
        ['Content-Type: text/x-amp-html', '<html amp4email>Hello</html>'],
        ['Content-Type: text/watch-html', '<b>Hello</b>'],
        ['Content-Type: text/csv; name=list.csv', 'a,b'],
        ['Content-Type: text/html', '<p>Hello</p>'],
      ),
    );
    expect(message).toMatchObject({ text: 'Hello', html: '<p>Hello</p>' });
    expect(names(message)).toEqual(['list.csv']);
  });

  test('a file that a link leads to is a file; a picture that is shown, also inside of a link, is inline', async () => {
    const html = '<a href="cid:doc"><b>Offer</b></a> <a href="cid:pic"><img src="cid:pic"></a>';
    const message = await parseMessage(
      withParts(
        'multipart/related',
        ['Content-Type: text/html', html],
        ['Content-Type: application/pdf; name=offer.pdf\nContent-ID: <doc>', 'x'],
        ['Content-Type: image/png; name=pic.png\nContent-ID: <pic>', 'x'],
      ),
    );
    expect(message.attachments.map(({ name, inline }) => [name, inline])).toEqual([
      ['offer.pdf', false],
      ['pic.png', true],
    ]);
  });

  test('a large picture inside of the HTML becomes an inline attachment, and the HTML is shown', async () => {
    const picture = Buffer.alloc(1_700_000, 7);
    const html = `<p>Look:</p><img alt="x" src="data:image/png;base64,${picture.toString('base64')}"><p>Broken.</p>`;
    const message = await parseMessage(mail({ 'Content-Type': 'text/html' }, html));
    const [{ content, contentId, ...attachment }] = message.attachments;
    expect(attachment).toMatchObject({ name: 'image.png', mime: 'image/png', inline: true });
    expect(Buffer.from(content).equals(picture)).toBe(true);
    expect(message.html).toContain(`src="cid:${contentId}"`);
    expect(message.text).toBe('Look:\n\nBroken.');
  });

  test('a small picture inside of the HTML stays there', async () => {
    const message = await parseMessage(mail({ 'Content-Type': 'text/html' }, '<p>Look:</p><img src="data:image/png;base64,AAAA">'));
    expect(message.html).toContain('data:image/png;base64,AAAA');
    expect(message.attachments).toEqual([]);
  });

  test.each(['svg', 'math', 'style', 'title', 'select', 'object'])('an unclosed <%s> loses nothing of what follows', (name) => {
    expect(sanitizeHtml(`<p>Before</p><${name}><p>After</p>`)).toContain('<p>After</p>');
    expect(sanitizeHtml(`<p>Before</p><${name}>hidden</${name}><p>After</p>`)).toBe('<p>Before</p><p>After</p>');
  });
});

describe('a calendar with several events', () => {
  const textOf = async (...lines: string[]): Promise<string> =>
    (await parseMessage(mail({ 'Content-Type': 'text/calendar' }, ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\n')))).text;
  const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];

  test('says each of them', async () => {
    const two = [event('SUMMARY:Fair', 'DTSTART:20260301T100000Z'), event('SUMMARY:Visit', 'DTSTART:20260302T100000Z', 'LOCATION:Hall 2')];
    expect(await textOf('METHOD:PUBLISH', ...two.flat())).toBe(
      'Event: Fair\nStart: 2026-03-01 10:00 UTC\n\nEvent: Visit\nStart: 2026-03-02 10:00 UTC\nWhere: Hall 2',
    );
  });

  test('says which one of a row is at another time', async () => {
    const moved = event('SUMMARY:Fair', 'RECURRENCE-ID:20260308T100000Z', 'DTSTART:20260309T100000Z');
    expect(await textOf(...event('SUMMARY:Fair', 'DTSTART:20260301T100000Z', 'RRULE:FREQ=WEEKLY'), ...moved)).toContain(
      'Repeats: freq weekly\n\nEvent: Fair\nInstead of: 2026-03-08 10:00 UTC\nStart: 2026-03-09 10:00 UTC',
    );
    expect(await textOf(...event('SUMMARY:Fair', 'RECURRENCE-ID:20260308T100000Z', 'DTSTART:20260308T100000Z'))).not.toContain('Instead');
  });

  test('says how many more there are than anybody reads', async () => {
    const text = await textOf(...Array.from({ length: 25 }, (_, i) => event(`SUMMARY:Visit ${i}`)).flat());
    expect(text).toContain('Visit 19\n\n… 5 more');
  });
});

describe('a calendar says', () => {
  const invitation = async (...event: string[]): Promise<string> => {
    const calendar = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'SUMMARY:Fair', ...event, 'END:VEVENT', 'END:VCALENDAR'].join('\n');
    return (await parseMessage(mail({ 'Content-Type': 'text/calendar' }, calendar))).text.replace(/^Event: Fair\n?/, '');
  };

  test.each([
    ['a single whole day without an end', ['DTSTART;VALUE=DATE:20260228', 'DTEND;VALUE=DATE:20260301'], 'Start: 2026-02-28'],
    ['the last of several whole days', ['DTSTART;VALUE=DATE:20260228', 'DTEND;VALUE=DATE:20260303'], 'Start: 2026-02-28\nEnd: 2026-03-02'],
    ['the last of whole days by their number', ['DTSTART;VALUE=DATE:20260228', 'DURATION:P1W'], 'Start: 2026-02-28\nEnd: 2026-03-06'],
    [
      'the end that a duration gives, in its zone',
      ['DTSTART;TZID=Europe/Lisbon:20260228T233000', 'DURATION:PT1H30M'],
      'Start: 2026-02-28 23:30 Europe/Lisbon\nEnd: 2026-03-01 01:00 Europe/Lisbon',
    ],
    [
      'an end as it stands',
      ['DTSTART:20260228T100000Z', 'DTEND:20260228T110000Z'],
      'Start: 2026-02-28 10:00 UTC\nEnd: 2026-02-28 11:00 UTC',
    ],
  ])('%s', async (_, event, text) => {
    expect(await invitation(...event)).toBe(text);
  });
});

test('an answer to an invitation says what it is, and why', async () => {
  const event = ['SUMMARY:Visit', 'ATTENDEE;PARTSTAT=DECLINED;CN="Petri, Ann":mailto:ann@a.example', 'COMMENT:I am ill\\, sorry.'];
  const calendar = ['BEGIN:VCALENDAR', 'METHOD:REPLY', 'BEGIN:VEVENT', ...event, 'END:VEVENT', 'END:VCALENDAR'].join('\n');
  const message = await parseMessage(mail({ 'Content-Type': 'text/calendar; method=REPLY' }, calendar));
  expect(message.text).toBe('Answer to an invitation: Visit\nAnswer: declined, Petri, Ann <ann@a.example>\n\nI am ill, sorry.');
});

describe('signed mail that is wrapped (S/MIME)', () => {
  const element = (tag: number, ...content: Buffer[]): Buffer => {
    const body = Buffer.concat(content);
    return Buffer.concat([Buffer.from([tag, 0x82, body.length >> 8, body.length & 0xff]), body]);
  };
  const oid = (hex: string): Buffer => Buffer.concat([Buffer.from([0x06, hex.length / 2]), Buffer.from(hex, 'hex')]);
  const wrapped = (text: string): Buffer => {
    const data = element(0x30, oid('2a864886f70d010701'), element(0xa0, element(0x04, Buffer.from(text))));
    const signed = element(0x30, Buffer.from([2, 1, 1]), element(0x31), data, element(0x31));
    return element(0x30, oid('2a864886f70d010702'), element(0xa0, signed));
  };
  const read = (type: string, content: Buffer) =>
    parseMessage(mail({ 'Content-Type': type, 'Content-Transfer-Encoding': 'base64' }, content.toString('base64')));

  test.each(['application/pkcs7-mime; smime-type=signed-data; name=smime.p7m', 'application/octet-stream; name="smime.p7m"'])(
    'is read as %s',
    async (type) => {
      const message = await read(type, wrapped('Content-Type: text/plain\r\n\r\nGood day'));
      expect(message.text).toBe('Good day');
      expect(message.warnings).toEqual([]);
    },
  );

  test('is read when the text inside has no headers, also when its first line looks like one', async () => {
    const message = await read('application/octet-stream; name=smime.p7m', wrapped('Note: the lamp broke.\r\n\r\nAna'));
    expect(message.text).toBe('Note: the lamp broke.\n\nAna');
  });

  test('is told to be encrypted when it is, whatever its label', async () => {
    const encrypted = element(0x30, oid('2a864886f70d010703'), element(0xa0));
    expect((await read('application/octet-stream; name=smime.p7m', encrypted)).warnings.join()).toContain('encrypted');
    expect((await read('application/octet-stream; name=backup.p7m', Buffer.from('none'))).warnings).toEqual([]);
  });
});

describe('a multipart that is not as it says', () => {
  const html = 'Content-Type: text/html';
  const text = 'Content-Type: text/plain';

  test.each(['=_abc', '=_ab', 'other'])('its lines have another boundary than %s', async (boundary) => {
    const body = `--=_abd\n${text}\n\nHello\n--=_abd\nContent-Type: application/pdf; name=a.pdf\n\n%PDF\n--=_abd--\n`;
    const message = await parseMessage(mail({ 'Content-Type': `multipart/mixed; boundary="${boundary}"` }, body));
    expect(message.text).toBe('Hello');
    expect(names(message)).toEqual(['a.pdf']);
  });

  test.each(['Bye\n--other--\n', 'Bye\n-----------\n\nPS', 'Bye\n--edge--\n\n\n'])('text without parts stays text: %s', async (body) => {
    const message = await parseMessage(mail({ 'Content-Type': 'multipart/mixed; boundary=edge' }, body));
    expect(message.text).toBe(body.trimEnd());
  });

  test.each(['related', 'mixed', 'alternative'])('an empty one stands before the text of a multipart/%s', async (subtype) => {
    const message = await parseMessage(
      withParts(`multipart/${subtype}`, ['Content-Type: multipart/related; boundary=inner', '--inner--'], [text, 'Hello']),
    );
    expect(message).toMatchObject({ visibleText: 'Hello', attachments: [] });
  });

  test('an empty text before the HTML of a multipart/related', async () => {
    const message = await parseMessage(withParts('multipart/related', [text, ''], [html, '<p>Hello</p>']));
    expect(message).toMatchObject({ text: 'Hello', html: '<p>Hello</p>', attachments: [] });
    const log = await parseMessage(withParts('multipart/mixed', [text, ''], [`${text}; name=log.txt`, 'error 5']));
    expect(names(log)).toEqual(['log.txt']);
  });
});

test.each([
  ['=?UTF-8?Q?Where is it? Größe 5??=', 'Where is it? Größe 5?'],
  ['=?utf-8?Q?Where?_Gr=C3=B6=C3=9F?= =?utf-8?Q?e_5?=', 'Where? Größe 5'],
  ['=?utf-8?B?R3LDtsOfZQ==?= and =?utf-8?Q?Gr=C3=B6=C3=9Fe?=', 'Größe and Größe'],
  ['=?utf-8?Q?Gr=C3=B6=C3=9F?= =?utf-8?Q??= =?utf-8?Q?e?=', 'Größe'],
])('encoded words with a question mark in them: %s', async (Subject, subject) => {
  expect((await parseMessage(mail({ Subject }))).subject).toBe(subject);
});

describe.each(['related', 'mixed'])('a text and its HTML beside each other in a multipart/%s', (subtype) => {
  const text: [string, string] = ['Content-Type: text/plain', 'The lamp is dark.\n\nAna'];
  const html: [string, string] = ['Content-Type: text/html', '<p>The <b>lamp</b> is dark.</p><p>Ana</p><img src="cid:p1">'];
  const picture: [string, string] = [
    'Content-Type: image/png; name=p.png\nContent-ID: <p1>\nContent-Transfer-Encoding: base64',
    'iVBORw0K',
  ];
  const read = async (...parts: [string, string][]) => {
    const message = await parseMessage(withParts(`multipart/${subtype}`, ...parts));
    return { ...message, names: names(message) };
  };

  test('are one letter, in either order', async () => {
    for (const parts of [
      [text, html, picture],
      [html, text, picture],
    ])
      // prettier-ignore
      expect(await read(...parts)).toMatchObject({
        text: 'The lamp is dark.\n\nAna',
        html: expect.stringMatching(/^<p>The <b>lamp<\/b> is dark/),
        names: ['p.png'],
      });
  });

  test('are both shown where they say other things', async () => {
    const { text: shown, names: files } = await read(
      text,
      ['Content-Type: text/html', '<p>This email is meant for nobody but you.</p>'],
      picture,
    );
    expect([shown, files]).toEqual(['The lamp is dark.\n\nAna\n\nThis email is meant for nobody but you.', ['p.png']]);
  });
});
