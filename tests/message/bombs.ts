import type { MessageLimitError } from '../../server/services/message/parse';

import { mail } from './support';

/** Mails made to take a parser down: by their number of things, by their depth, or by patterns that look again and again. */

const nested = (depth: number): string =>
  Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary="b${i}x"\r\n\r\n--b${i}x\r\n`).join('');

const html = (body: string): Uint8Array => mail({ 'Content-Type': 'text/html; charset=utf-8' }, body);

/** As long as what the quote reader looks at. */
const filled = (piece: string): string => piece.repeat(Math.ceil(300_000 / piece.length)).slice(0, 300_000);

/** Beyond a limit, and refused with it. */
export const refused: [name: string, limit: MessageLimitError['limit'], source: () => Uint8Array][] = [
  ['10,000 MIME parts', 'parts', () => mail({ 'Content-Type': 'multipart/mixed; boundary=b' }, '--b\n\nx\n'.repeat(10_000))],
  ['multiparts 500 deep', 'nesting', () => Buffer.from(`From: a@b.example\r\n${nested(500)}`)],
  ['1,000,000 headers', 'headerBytes', () => Buffer.from('X-Header: value\r\n'.repeat(1_000_000))],
  ['a header line of 10 MB', 'headerBytes', () => mail({ 'X-Long': 'x'.repeat(10_000_000) })],
  ['a folded header of 10 MB', 'headerBytes', () => mail({ 'X-Long': 'x\r\n '.repeat(2_500_000) })],
];

/** Within the limits, and read in bounded time. */
export const strange: [name: string, source: () => Uint8Array][] = [
  [
    '10,000 recipients',
    () => mail({ To: Array.from({ length: 10_000 }, (_, i) => `Person ${i} <p${i}@customer.example>`).join(',\r\n ') }),
  ],
  ['10,000 recipients without commas', () => mail({ To: '<a@b.example> '.repeat(10_000) })],
  ['100,000 nested elements', () => html('<div>'.repeat(100_000))],
  ['100,000 nested elements of many names', () => html(Array.from({ length: 100_000 }, (_, i) => `<x${i % 977}>`).join(''))],
  ['100,000 unclosed tags', () => html('<a '.repeat(100_000))],
  ['100,000 unclosed quotes', () => html(`<a href="'>`.repeat(100_000))],
  ['100,000 unclosed styles', () => html('<style>'.repeat(100_000))],
  ['100,000 unclosed comments', () => html('<!--'.repeat(100_000))],
  ['5,000 links', () => html('<a href="http://x.example/">x</a>'.repeat(5000))],
  ['entities of entities', () => html(`<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1000)}">]>${'&b;'.repeat(10_000)}`)],
  ['a million blanks', () => mail({}, ' '.repeat(1_000_000))],
  ['a million line ends', () => mail({}, '\n'.repeat(1_000_000))],
  ['a long line of dashes', () => mail({}, '-'.repeat(500_000))],
  ['a long line of underscores and blanks', () => mail({}, '_ '.repeat(250_000))],
  ['50,000 quote signs a line', () => mail({}, `${'>'.repeat(50_000)}\n`.repeat(10))],
  ['20,000 lines that begin an attribution', () => mail({}, 'On 24 Nov 2026 at 08:01 somebody\n'.repeat(5000))],
  ['5,000 lines that end in a colon', () => mail({}, 'Le 24 novembre 2026 quelque chose :\n'.repeat(5000))],
  ['5,000 labels', () => mail({}, 'From: a@b.example\n'.repeat(5000))],
  ['hashes and dashes', () => mail({}, '##- '.repeat(100_000))],
  ['5,000 encoded words', () => mail({ Subject: '=?utf-8?Q?=C3=BC?=\r\n '.repeat(5000) })],
  ['20,000 open encoded words', () => mail({ Subject: '=?utf-8?Q?'.repeat(20_000) })],
  ['20,000 parameters', () => mail({ 'Content-Type': `text/plain${'; a*0=x'.repeat(20_000)}` })],
  ['20,000 unclosed parameter quotes', () => mail({ 'Content-Type': `text/plain${'; a="x'.repeat(20_000)}` })],
  [
    '50,000 nested comments',
    () => mail({ 'Authentication-Results': '('.repeat(50_000), 'Content-Type': `text/plain${'('.repeat(50_000)}` }),
  ],
  ['100,000 references', () => mail({ References: '<a@b.example> '.repeat(100_000) })],
  ['20,000 uuencoded beginnings', () => mail({}, 'begin 644 a\n'.repeat(20_000))],
  [
    'a bounce that names 5,000 addresses',
    () =>
      mail(
        { From: 'MAILER-DAEMON@mx.example', Subject: 'failure notice', 'Return-Path': '<>' },
        Array.from({ length: 5000 }, (_, i) => `<p${i}@gone.example>:\n550 5.1.1 unknown`).join('\n'),
      ),
  ],
  [
    'a zip bomb, which stays closed',
    () => mail({ 'Content-Type': 'application/zip; name=bomb.zip', 'Content-Transfer-Encoding': 'base64' }, 'UEsDBBQAAAAI'.repeat(1000)),
  ],
  ['an endless subject of prefixes', () => mail({ Subject: 'Re: '.repeat(50_000) })],
  ['100,000 quoted-printable escapes', () => mail({ 'Content-Transfer-Encoding': 'quoted-printable' }, '=C3=BC=\n'.repeat(100_000))],
  ['names with commas', () => mail({ To: 'a, b, c, d '.repeat(10_000) })],
  ['a billion laughs in a text', () => mail({}, `<!DOCTYPE x [<!ENTITY a "ha">]>${'&a;'.repeat(100_000)}`)],
  ['300,000 lone angle brackets', () => html('<'.repeat(300_000))],
  ['tags that are addresses', () => html('<a@b.example>: host said: 550 5.1.1\n'.repeat(8000))],
  ['30,000 images', () => html('<img src="cid:a">'.repeat(30_000))],
  ['rows of 199 underscores', () => mail({}, filled(`${'_'.repeat(199)}\n`))],
  ['rows of 799 underscores', () => mail({}, filled(`${'_'.repeat(799)}\n`))],
  ['rows of underscores with a colon', () => mail({}, filled(`${'_'.repeat(198)}:\n`))],
  ['rows of dashes with a word', () => mail({}, filled(`${'-'.repeat(780)} x\n`))],
  ['an original message with 200 labels', () => mail({}, filled(`-----Original Message-----${'A: '.repeat(200)}\n`))],
  ['attributions without line ends', () => mail({}, filled('On 24 Nov 2026 08:01 a@b.example wrote:   '))],
  ['attributions of many start words', () => mail({}, filled(`${'On '.repeat(120)}24.11.2026 wrote:\n`))],
  ['addresses that never end', () => mail({}, filled(`${'a@'.repeat(190)}:\n`))],
  ['answers that are announced for ever', () => mail({}, filled('answers comments replies see '))],
  ['half markers', () => mail({}, filled('##-\n'))],
  ['markers without an end', () => mail({}, filled(`##-${'a'.repeat(490)}`))],
  ['quotes and answers in turn', () => mail({}, filled('> a\nb\n'))],
  ['signature delimiters', () => mail({}, filled('-- \n'))],
  ['invisible characters', () => mail({}, filled('\u200b>\u200b\n'))],
  ['labels with blanks between', () => mail({ Subject: 'Fwd: x', 'Content-Type': 'text/plain; format=flowed' }, filled('From: \n\n'))],
];
