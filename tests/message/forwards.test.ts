import { describe, expect, test } from 'vitest';

import { parseMessage } from '../../server/services/message/parse';
import { mail } from './support';

const words = 'Guten Tag,\n\ndie Lampe blinkt: für 100 € ist das zu wenig.\n\nJörg Müller';
const note = 'Please take this one.\n\nBea';
const customer = 'Jörg Müller <joerg@customer.example>';
const expected = { from: { name: 'Jörg Müller', address: 'joerg@customer.example' }, subject: 'Die Lampe blinkt', text: words };

async function forwarded(body: string, subject = 'Fwd: Die Lampe blinkt', headers: Record<string, string> = {}) {
  const message = await parseMessage(
    mail({ From: 'Bea <bea@desk.example>', Subject: subject, 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body),
  );
  return message.forwarded;
}

describe("a colleague's forward names the customer and holds their words alone", () => {
  test.each([
    [
      'Roundcube',
      '-------- Zrbl Blarg --------',
      [
        'Rbrk: Die Lampe blinkt',
        'Datm: 2026-11-24 08:01',
        `Vn: ${customer}`,
        'Nch: Bea <bea@desk.example>',
        'Dch: Otto <otto@customer.example>',
      ],
    ],
    [
      'Thunderbird',
      '-------- Weitergeleitete Nachricht --------',
      [
        'Betreff: \tDie Lampe blinkt',
        'Datum: \tTue, 24 Nov 2026 08:01:12 +0100',
        `Von: \t${customer}`,
        'An: \tBea <bea@desk.example>',
        'Kopie (CC): \tOtto <otto@customer.example>',
      ],
    ],
    [
      'Claws',
      'Zrbl blarg knut:',
      ['Datm: Tue, 24 Nov 2026 08:01:12 +0100', `Vn: ${customer}`, 'Nch: Bea <bea@desk.example>', 'Rbrk: Die Lampe blinkt'],
    ],
    ['Outlook', '', [`Vn: ${customer}`, 'Snd: Dienstag, 24. November 2026 08:01', 'Nch: Bea <bea@desk.example>', 'Rbrk: Die Lampe blinkt']],
    [
      'K-9 in Armenian',
      '-------- Zrbl --------',
      [
        `Ումից՝ ${customer}`,
        'Ուղարկուած՝ 24.11.2026 08:01',
        'Ում՝ Bea <bea@desk.example>',
        'Cc՝ Otto <otto@customer.example>',
        'Վերնագիր՝ Die Lampe blinkt',
      ],
    ],
  ])('%s, in whatever language', async (_, separator, header) => {
    expect(await forwarded(`${note}\n\n${separator}\n${header.join('\n')}\n\n${words}\n`)).toEqual(expected);
  });

  test('a table whose cells became lines', async () => {
    const table = ['SUBJECT:', 'Die Lampe blinkt', 'DATE:', '2026-11-24 08:01', 'FROM:', customer, 'TO:', 'Bea <bea@desk.example>'];
    const rows = table.map((cell, i) => `  \t\t${cell}${i % 2 === 1 ? '\n' : ''}`).join('\n');
    expect(await forwarded(`${note}\n\n-------- Original Message --------\n\n${rows}\n\n${words}`)).toEqual(expected);
  });

  const source = `From: ${customer}\nTo: Bea <bea@desk.example>\nCc: Otto <otto@customer.example>\nSubject: Die Lampe blinkt\nDate: Tue, 24 Nov 2026 08:01:12 +0100\nMessage-ID: <lamp@customer.example>\nContent-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable`;

  test.each([
    ['----- Weitergeleitete Nachricht von X -----', '----- Ende weitergeleitete Nachricht -----'],
    [`----- Zrbl ${customer} -----`, '----- Knut zrbl -----'],
  ])('mutt, without its end mark: %s', async (begin, end) => {
    const body = `${note}\n\n${begin}\n\n${source}\n\n${words}\n\n${end}\n`;
    expect(await forwarded(body, '[joerg@customer.example: Die Lampe blinkt]')).toEqual(expected);
  });

  const encodedHeader = source.replace('Jörg Müller', '=?utf-8?q?J=C3=B6rg_M=C3=BCller?=');
  const encodedWords = words.replace(/[^\x00-\x7f]/g, (character) =>
    [...Buffer.from(character)].map((byte) => `=${byte.toString(16).toUpperCase()}`).join(''),
  );

  test.each([
    ['bsd-mailx', 'From joerg@customer.example Tue Nov 24 08:01:12 2026'],
    ['nmh', '------- Forwarded Message\n'],
    ['s-nail', '-------- Original Message --------'],
  ])('%s forwards the source, and it is decoded', async (_, separator) => {
    expect(await forwarded(`${note}\n\n${separator}\n${encodedHeader}\n\n${encodedWords}`)).toEqual(expected);
  });

  test('nmh marks dashes, which is undone', async () => {
    const body = `${note}\n\n------- Forwarded Message\n\n${source}\n\n- - one\n- - two\n\n------- End of Forwarded Message\n`;
    expect((await forwarded(body))?.text).toBe('- one\n- two');
  });

  test('a list in a mail forwarded by another program stays a list', async () => {
    expect((await forwarded(`${note}\n\n-------- Original Message --------\n${source}\n\n- one\n- two`))?.text).toBe('- one\n- two');
  });

  test('an attached mail, with its own words', async () => {
    const body = `--b\nContent-Type: text/plain; charset=utf-8\n\n${note}\n--b\nContent-Type: message/rfc822\n\n${encodedHeader}\n\n${encodedWords}\n--b--\n`;
    expect(await forwarded(body, 'Lamp', { 'Content-Type': 'multipart/mixed; boundary=b' })).toEqual(expected);
  });

  test.each(['application/octet-stream; name="Lampe.eml"', 'text/plain; name="Lampe.EML"'])(
    'an attached mail that is a file: %s',
    async (type) => {
      const file = Buffer.from(`${encodedHeader}\n\n${encodedWords}`).toString('base64');
      const head = `Content-Type: ${type}\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64`;
      const body = `--b\nContent-Type: text/plain; charset=utf-8\n\n${note}\n--b\n${head}\n\n${file}\n--b--\n`;
      expect(await forwarded(body, 'Lamp', { 'Content-Type': 'multipart/mixed; boundary=b' })).toEqual(expected);
    },
  );

  test("lines with labels at the beginning of the customer's words are theirs", async () => {
    const text = `Serial: 4711\nBought: 2026-11-02\n\n${words}`;
    const header = `From: ${customer}\nDate: Tue, 24 Nov 2026 08:01\nSubject: Die Lampe blinkt\nTo: bea@desk.example`;
    expect((await forwarded(`${note}\n\nBegin forwarded message:\n\n${header}\n\n${text}`))?.text).toBe(text);
  });

  test('the quote signs of Apple Mail are no words of the customer, and what stands below them is none', async () => {
    const cited = (text: string): string => text.replace(/^/gm, '> ').replace(/ +$/gm, '');
    const body = `${note}\n\nBegin forwarded message:\n\n${cited(`${source}\n\n- one\n\n> two\n- three`)}\n\nMax, Support`;
    expect((await forwarded(body))?.text).toBe('- one\n\n> two\n- three');
  });

  test('a reply that quotes such lines is no forward', async () => {
    expect(await forwarded(`${note}\n\n${source}\n\n${words}`, 'Re: Die Lampe blinkt')).toBeNull();
  });

  test.each(['Zpráva – změna účtu', 'Für 100 € – „kürzer“', 'Ďalšia Łódź'])(
    'signs of several alphabets in the header stay: %s',
    async (subject) => {
      const name = 'Jiří Müller';
      const header = `Betreff: ${subject}\nDatum: Tue, 24 Nov 2026 08:01\nVon: ${name} <jiri@customer.example>\nAn: Bea <bea@desk.example>`;
      const found = await forwarded(`${note}\n\n-------- Weitergeleitete Nachricht --------\n${header}\n\n${words}`, 'Fwd: Lamp');
      expect(found).toMatchObject({ from: { name, address: 'jiri@customer.example' }, subject });
    },
  );

  test('the address of a recipient on a line of its own is none of the words', async () => {
    const header = `Betreff: Die Lampe blinkt\nVon: ${customer}\nDatum: Tue, 24 Nov 2026 08:01\nAn: Bea <bea@desk.example>, Otto Lang`;
    const body = `${note}\n\n-------- Weitergeleitete Nachricht --------\n${header}\n<otto@customer.example>\n\n\n${words}`;
    expect(await forwarded(body)).toEqual(expected);
  });
});
