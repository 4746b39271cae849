import { describe, expect, test } from 'vitest';
import { composed } from '../../server/services/lib/composed';
import { parseMessage } from '../../server/services/message/parse';

const loose = (text: string): string => text.normalize('NFD');

describe('letters and marks that come apart', () => {
  test.each([
    ['a name of a file from a Mac', loose('Müller – Angebot.pdf'), 'Müller – Angebot.pdf'],
    ['Japanese with voiced signs', loose('ガイド.pdf'), 'ガイド.pdf'],
    ['Korean in letters', loose('견적서.hwp'), '견적서.hwp'],
    ['several marks at one letter', loose('Nguyễn Thị Hồng'), 'Nguyễn Thị Hồng'],
    // As NFC has it: a mark for which there is no letter stays.
    ['a mark without a letter of its own', 'q\u0308', 'q\u0308'],
  ])('are composed: %s', (_, text, expected) => {
    expect(composed(text)).toBe(expected);
  });

  test('addresses of the web and tags stay, for they lead elsewhere then', () => {
    const link = `https://shop.example/${loose('Müller')}.pdf`;
    expect(composed(`${loose('für')} ${link} ${loose('über')}`)).toBe(`für ${link} über`);
    expect(composed(`<a href="/${loose('ä')}">${loose('ä')}</a>`)).toBe(`<a href="/${loose('ä')}">ä</a>`);
  });

  test('characters of names that NFC replaces by others stay', () => {
    // U+FA10 and U+FA19 stand in names of Japanese people.
    expect(composed('\ufa10本 \ufa19田')).toBe('\ufa10本 \ufa19田');
    expect(composed('\ufa10本').normalize('NFC')).not.toBe('\ufa10本');
  });

  test('a million tags that begin and never end are looked through once', () => {
    const text = `${'<'.repeat(1_000_000)}${loose('ü')}`;
    const start = process.cpuUsage();
    expect(composed(text).endsWith('ü')).toBe(true);
    expect(process.cpuUsage(start).user).toBeLessThan(1_500_000);
  });
});

test('an email from a Mac has its words composed, and the hash by which ledgers know it stays', async () => {
  const mail = (form: 'NFC' | 'NFD') =>
    Buffer.from(
      [
        'From: =?utf-8?B?' + Buffer.from('Jörg Müller'.normalize(form)).toString('base64') + '?= <joerg@customer.test>',
        'Message-ID: <m1@customer.test>',
        'Subject: =?utf-8?B?' + Buffer.from('Prüfbericht'.normalize(form)).toString('base64') + '?=',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit',
        '',
        'Das Gerät läuft.'.normalize(form),
        '--b',
        "Content-Disposition: attachment; filename*=utf-8''" + encodeURIComponent('Gerät.txt'.normalize(form)),
        'Content-Type: text/plain',
        '',
        'x',
        '--b--',
        '',
      ].join('\r\n'),
    );
  const [apart, whole] = await Promise.all([parseMessage(mail('NFD')), parseMessage(mail('NFC'))]);
  const words = ({ from, subject, text, visibleText, attachments }: typeof apart) => [
    from?.name,
    subject,
    text.trim(),
    visibleText,
    attachments[0].name,
  ];
  expect(words(apart)).toEqual(['Jörg Müller', 'Prüfbericht', 'Das Gerät läuft.', 'Das Gerät läuft.', 'Gerät.txt']);
  expect(words(apart)).toEqual(words(whole));
  expect(apart.contentHash).not.toBe(whole.contentHash);
});
