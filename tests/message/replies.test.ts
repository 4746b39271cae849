import { describe, expect, test } from 'vitest';

import { parseMessage } from '../../server/services/message/parse';
import { replyText } from '../../server/services/message/reading/reply/reply-text';
import { mail } from './support';

const quoted = '> Hello Maria,\n> \n> please restart the printer.\n> \n> Support';
const marked = `> ##- Please type your reply above this line -##\n${quoted}`;
const written = 'I restarted it twice.\nThe serial number is 4711.';

const visible = async (body: string, headers: Record<string, string> = {}): Promise<string> =>
  (
    await parseMessage(
      mail(
        { To: 'Desk Support <support@desk.example>', Subject: 'Re: Printer', 'Content-Type': 'text/plain; charset=utf-8', ...headers },
        body,
      ),
    )
  ).visibleText;
const visibleHtml = (html: string): Promise<string> => visible(html, { 'Content-Type': 'text/html; charset=utf-8' });

describe("the sender's words stay when an attribution follows them without an empty line", () => {
  test.each([
    'Am Dienstag, dem 24.11.2026 um 08:01 +0100 schrieb Desk Support:',
    'On Tue, Nov 24, 2026 at 08:01:12AM +0100, Desk Support wrote:',
    'Vto 24 nov 2026 klo 08.01 Desk Support kirjoitti:',
    '"Desk Support" <support@desk.example> skrev:',
    'Le mar. 24 nov. 2026 à 08:01, Desk Support\n<support@desk.example> a écrit :',
    'On Tue, 24 Nov 2026 08:01:12 +0100\nDesk Support <support@desk.example> wrote:',
  ])('%s', async (attribution) => {
    expect(await visible(`${written}\n${attribution}\n${marked}`)).toBe(written);
    expect(await visible(`${written}\n${attribution}\n${quoted}`)).toBe(written);
  });
});

describe("the sender's words stay though they look like a program's", () => {
  test('lines with labels above our reply line', async () => {
    const details = 'Serial: 4711\nBought: 2026-11-02 10:15\nWrite to: maria@customer.example';
    expect(await visible(`Here is what you asked for.\n\n${details}\n\n${marked}`)).toContain(details);
  });

  test('lines with labels directly above a header block in an unknown language', async () => {
    const block =
      'Avsnd: Desk Support <support@desk.example>\nDatm: 24.11.2026 08:01\nTl: Maria <maria@customer.example>\nRbrk: Re: Printer\n\nHello';
    expect(await visible(`The lamp is green, thanks.\n\nSerial: 4711\n\n${block}`, { Subject: 'Re: Printer' })).toBe(
      'The lamp is green, thanks.\n\nSerial: 4711',
    );
  });

  const forms = {
    'a web form':
      'From: Maria Lind\nEmail: maria@customer.example\nSubject: Printer\nDate: November 24, 2026 8:01 am\nMessage: It is broken.',
    'a German one':
      'Von: Maria Lind\nE-Mail: maria@customer.example\nDatum: 24.11.2026 08:01\nBetreff: Drucker\nNachricht:\nEr ist kaputt.',
    'a French one': 'Nom : Lind\nDe : maria@customer.example\nDate : 24/11/2026 08:01\nObjet : Imprimante\n\nElle est en panne.',
    'one with a ruler': '-----\nFrom: Maria <maria@customer.example>\nDate: 24 Nov 2026 08:01\nSubject: Printer\n\nIt is broken.',
    'a call note': 'From: Maria Lind (maria@customer.example)\nDate: 24 Nov 2026, 08:01\nPhone: 030 1234\n\nPlease call back.',
    'a recorded call': 'From: 030 1234\nTo: desk@desk.example\nDate: 24 Nov 2026 08:01\nDuration: 0:12\n\nThe printer is broken.',
    'an error in signs of a quote': 'Hello, it says:\n\n> Error 42 in line 3\n> no paper',
    'a comment that a page cites':
      'Maria Lind <maria@customer.example> wrote on 24 Nov 2026 at 08:01:\n\n> The printer is broken.\n\nAnswer here',
    'a comment on a page': 'On 24 Nov 2026 at 08:01, Maria Lind <maria@customer.example> wrote:\n\nThe printer is broken.',
  };

  test.each(Object.entries(forms))('%s that no earlier mail belongs to', async (_, form) => {
    const text = `You have a new message.\n\n${form}`;
    expect(await visible(text, { Subject: 'A message from your site' })).toBe(text);
    const table = `<p>You have a new message.</p><p>${form.replace(/</g, '&lt;').replace(/\n/g, '<br>')}</p>`;
    expect(await visible(table, { Subject: 'A message from your site', 'Content-Type': 'text/html; charset=utf-8' })).toContain(
      form.split('\n').at(-1),
    );
  });

  test.each([{ Subject: 'Re: Printer' }, { Subject: 'Printer [TK1042]' }, { 'In-Reply-To': '<1@desk.example>' }] as Record<
    string,
    string
  >[])('but headers above an earlier mail are no form: %o', async (headers) => {
    const block = 'From: Desk Support <support@desk.example>\nSent: 24 November 2026 08:01\nTo: Maria\nSubject: Printer\n\nHello';
    expect(await visible(`${written}\n\n${block}`, headers)).toBe(written);
  });

  test.each([
    'Sent from my desk, which is much easier to type at than the phone.',
    'Gesendet von meinem Schreibtisch, da tippt es sich viel leichter als unterwegs.',
  ])('a last sentence: %s', async (sentence) => {
    expect(await visible(`It works.\n\n${sentence}`)).toBe(`It works.\n\n${sentence}`);
  });

  test('a list that is indented with tabs', async () => {
    const list = 'I tried:\n\t- another cable\n\t- another socket';
    expect(await visible(`${list}\n\nOn 24 Nov 2026 at 08:01, Desk Support wrote:\n${quoted}`)).toBe(list);
  });
});

test('a table of bars is what the sender wrote, a quote with bars is not', async () => {
  const table = '| Lamp | Room |\n| ---- | ---- |\n| red  | 5    |';
  const attribution = 'On 24 Nov 2026 at 08:01, Desk Support <support@desk.example> wrote:';
  expect(await visible(`${table}\n\n${attribution}\n${quoted}`)).toBe(table);
  expect(await visible(`Here they are:\n\n${table}\n\n${attribution}\n${quoted}`)).toBe(`Here they are:\n\n${table}`);
  expect(await visible(`${written}\n\n${attribution}\n${quoted.replace(/^> /gm, '| ')}`)).toBe(written);
});

describe('a quote is folded', () => {
  const body = 'Hello Maria,\n\nplease restart the printer.\n\nSupport';
  const author = 'Desk Support <support@desk.example>';
  test.each([
    ['of one column', `${author} \n24/11/2026 08:01\n\nTo\nMaria <maria@customer.example>\ncc\n\nSubject\nPrinter\n\n\n${body}`],
    [
      'with the address to answer to',
      `${author}\nSent by: ${author}\n24/11/26 08:01\nPlease respond to\n${author}\n\nTo\nMaria\ncc\n\nSubject\nPrinter\n\n${body}`,
    ],
    ['in German', `${author}\n24.11.2026 08:01\n\nAn\nMaria\nKopie\n\nThema\nDrucker\n\n${body}`],
    [
      'of two columns',
      `\n     Desk Support                          \n     <support@desk.exa                  To   \n     mple>            Maria           \n     24/11/2026 08:01                   cc   \n                                   Subject   \n                      Printer         \n\n${body}`,
    ],
  ])('below the table of Lotus Notes %s', async (_, quote) => {
    expect(await visible(`${written}\n\n\n${quote}`, { 'In-Reply-To': '<1@desk.example>' })).toBe(written);
    const cells = quote.replace(/</g, '&lt;').replace(/\n/g, '<br>');
    const html = await visible(`<p>${written.replace('\n', '<br>')}</p><br>${cells}`, {
      'Content-Type': 'text/html; charset=utf-8',
      'In-Reply-To': '<1@desk.example>',
    });
    if (!quote.includes('     ')) expect(html).toBe(written);
  });

  test('but a list of who gets what stays', async () => {
    const list = 'Anna <anna@customer.example>\nwants two of them.\n\nTo\nBerlin\n\nSubject\nto change';
    expect(await visible(`${written}\n\n${list}`, { 'In-Reply-To': '<1@desk.example>' })).toBe(`${written}\n\n${list}`);
  });

  const moments = [
    '24.11.2026 08:01',
    '2026-11-24, 08∶01',
    '24 listopadu 2026, 8:01',
    '٢٤‏/١١‏/٢٠٢٦ ٨:٠١ ص',
    '24/11/2569 08:01',
    '۱۴۰۵/۹/۳ ۸:۰۱',
  ];
  test.each(moments)('below a line in an unknown language with a date, a time and a colon: %s', async (moment) => {
    expect(await visible(`${written}\n\nZrbl ${moment} knut Desk Support blarg:\n${quoted}`)).toBe(written);
  });

  test('below a line that names who was answered and when, and ends without a colon', async () => {
    expect(await visible(`${written}\n\n24.11.2026 08:01 zrbl Desk Support blarg\n${quoted}`)).toBe(written);
  });

  test('with what notmuch says of its other part', async () => {
    const attribution = 'On Tue, 24 Nov 2026 08:01:12 +0100, Desk Support <support@desk.example> wrote:';
    expect(await visible(`${written}\n\n${attribution}\n${quoted}\nNon-text part: text/html`)).toBe(written);
    expect(await visible(`${attribution}\n${quoted}\nNon-text part: text/html\n\n${written}`)).toBe(written);
  });

  test('when it is indented with tabs, as s-nail does it', async () => {
    const tabs = marked.replace(/^> /gm, '\t');
    expect(await visible(`Desk Support <support@desk.example> wrote:\n\n${tabs}\n\n${written}`)).toBe(written);
    expect(await visible(`${written}\n\nDesk Support <support@desk.example> wrote:\n\n${tabs.replace(/.*##.*\n/, '')}`)).toBe(written);
  });

  test('when it is the indented source of our mail, as bsd-mailx does it', async () => {
    const source =
      '\tFrom: Desk Support <support@desk.example>\n\tTo: Maria <maria@customer.example>\n\tSubject: Re: Printer\n\tMIME-Version: 1.0\n\n\tHello Maria,\n\n\tplease restart it.';
    expect(await visible(`${written}\n\n${source}`)).toBe(written);
    expect(await visible(`${source}\n\n${written}`)).toBe(written);
  });

  test('when its sign has the initials of who is quoted', () => {
    const initials = quoted.replace(/^>/gm, 'DS>');
    expect(replyText(`${written}\n\nOn 24 Nov 2026 at 08:01, Desk Support wrote:\n${initials}`)).toBe(written);
    expect(replyText(`A> B means that A is larger.\n\n${written}`)).toContain('A> B');
  });

  test('though the line of a phone stands above it and the answer below', async () => {
    expect(await visible(`Sent from my iPhone\n\n> On 24 Nov 2026, at 08:01, Desk Support wrote:\n>\n${quoted}\n\n${written}`)).toBe(
      written,
    );
  });

  test('though the answer stands below a signature', async () => {
    const attribution = 'On Tue, Nov 24, 2026 at 08:01:12AM +0100, Desk Support wrote:';
    expect(await visible(`${attribution}\n${quoted}\n\n-- \nMaria Beispiel\nMill Lane 1\n\n${written}`)).toBe(written);
  });
});

describe('marks of an editor around an attribution', () => {
  const quote = '<blockquote type="cite"><p>Hello Maria,</p><p>please restart the printer.</p></blockquote>';
  const attribution = 'Zrbl 24.11.2026 08:01 knut Desk Support:';

  test('hold for the last of neighbours, since Thunderbird gives them to what is typed above it too', async () => {
    const typed = '<div class="moz-cite-prefix">I restarted it.</div><div class="moz-cite-prefix"><br></div>';
    expect(await visibleHtml(`${typed}<div class="moz-cite-prefix">${attribution}<br></div>${quote}<p><br></p>`)).toBe('I restarted it.');
  });

  test('do not hide what Roundcube lets people type into them', async () => {
    expect(await visibleHtml(`<p id="reply-intro">I restarted it.</p><p>Twice.</p><p>${attribution}</p>${quote}`)).toBe(
      'I restarted it.\n\nTwice.',
    );
  });

  test('do not hide a sentence where the attribution was deleted', async () => {
    expect(await visibleHtml(`<div class="moz-cite-prefix">I restarted it.</div>${quote}`)).toBe('I restarted it.');
  });
});

describe('answers between the quotes', () => {
  const between = `On 24 Nov 2026 at 08:01, Desk Support wrote:\n> Is the lamp green?\n\nYes.\n\n> Does it print?\n\nNo.\n\n> Support`;

  test('are shown with what they answer, and without the rest of the quote', async () => {
    expect(await visible(between)).toBe('> Is the lamp green?\n\nYes.\n\n> Does it print?\n\nNo.');
  });
});

describe('programs that introduce an earlier mail in a form of their own', () => {
  test.each(['david®', 'David.fx12', 'Tobit.InfoCenter', 'david® - by Tobit'])('Tobit David: %s', async (name) => {
    const people = 'Re: Printer (21-Okt-2026 6:47)\nVon:   Desk Support\nAn:  maria@customer.example';
    expect(await visible(`${written}\n\n Original Message   processed by ${name}\n${people}\n\nPlease restart it.\n`)).toBe(written);
    const table = '<table><tr><td>Re: Printer</td><td>21. Oktober 2026</td></tr><tr><td>Von</td><td>Desk</td></tr></table>';
    expect(
      await visibleHtml(
        `<p>It works.</p><div><b>Original Message</b> &nbsp; processed by <b>${name}</b></div>${table}<p>Please restart it.</p>`,
      ),
    ).toBe('It works.');
  });

  test('a sentence with its words is none', async () => {
    const text = 'The original message processed by David was lost.\nPlease look for it.';
    expect(await visible(text)).toBe(text);
  });

  test.each([
    'From:\t"Desk Support" <support@desk.example>\nTo:\tMaria <maria@customer.example>\nDate:\tMon, Apr 29, 2026 4:20 PM\nSubject:\tPrinter',
    'Von:\n"Desk Support" <support@desk.example>\nAn:\nMaria <maria@customer.example>\nDatum:\nMo., 29.04.2026 16:20\nBetreff:\nPrinter',
  ])('HCL Verse', async (block) => {
    expect(await visible(`${written}\n\nDesk Support --- Re: Printer --- \n\n${block}\n\nPlease restart it.\n`)).toBe(written);
  });

  test('dashes in a line of a letter are no ruler', async () => {
    const text = 'Monday --- it was green --- and red later ---\n\nTuesday too.';
    expect(await visible(text)).toBe(text);
  });
});
