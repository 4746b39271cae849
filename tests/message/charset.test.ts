import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';

import { decodeText } from '../../server/services/message/mime/charset';
import { parseMessage } from '../../server/services/message/parse';
import { samples } from './sentences';

const encoded = (text: string, charset: string): Buffer => {
  const bytes = iconv.encode(text, charset);
  expect(iconv.decode(bytes, charset)).toBe(text);
  return bytes;
};
const message = (head: string, subject: Buffer, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`From: a@a.example\r\n${head}Subject: `), subject, Buffer.from('\r\n\r\n'), body]);

const cases = samples.flatMap(({ language, charsets, subject, text }) => charsets.map((charset) => ({ language, charset, subject, text })));

describe('without a label', () => {
  test.each(cases)('$language in $charset is read', async ({ charset, subject, text }) => {
    const read = await parseMessage(message('', encoded(subject, charset), encoded(text, charset)));
    expect(read).toMatchObject({ subject, text });
  });

  test.each([
    ['Solicitação', 'windows-1252'],
    ['Smørrebrød', 'windows-1252'],
    ['Þjónusta', 'windows-1252'],
    ['Zażółć gęślą', 'windows-1250'],
    ['Příliš žluťoučký', 'windows-1250'],
    ['Αθήνα', 'windows-1253'],
    ['תודה', 'windows-1255'],
    ['Привет', 'koi8-r'],
    ['Срочно', 'windows-1251'],
    ['发票', 'gb18030'],
    ['發票', 'big5'],
    ['カメラ', 'shift_jis'],
    ['문의', 'euc-kr'],
  ])('the single word %s in %s is read', (text, charset) => {
    expect(decodeText(encoded(text, charset), null).text).toBe(text);
  });

  test.each([
    '¡Hola, señor!',
    '¡Ayuda!',
    'Pedido nº 123',
    '2ª vía',
    'Price £50 each',
    '© 2026 Acme',
    'Acme® lamps',
    '100 µm',
    '±5 %',
    '§ 5 Abs. 2',
    '«Bonjour»',
    '25 m²',
    '5½ hours',
    '·.¸¸.·´¯`·.¸¸.·´¯`·.',
  ])('signs among few other letters are read as signs: %s', (text) => {
    expect(decodeText(encoded(text, 'windows-1252'), null).text).toBe(text);
    expect(decodeText(encoded(text, 'windows-1252'), 'us-ascii').text).toBe(text);
  });

  test('what Japanese telephones draw themselves does not make their text Chinese', () => {
    const picture = Buffer.from([0xfc, 0xfc]);
    const text = '電子メール広告社です。今後、広告をご希望されない方はこちらへご連絡ください。必ず本文にメールアドレスをお書き下さい。';
    expect(decodeText(Buffer.concat([picture, encoded(text, 'shift_jis')]), null).text).toContain(text);
  });
});

describe('a label of seven bits on eight', () => {
  test.each([
    ['iso-2022-jp', 'shift_jis', 'ご注文の件'],
    ['iso-2022-jp', 'euc-jp', 'このメールは送信できませんでした。'],
    ['iso-2022-jp', 'utf-8', 'メールボックスが一杯です。'],
    ['iso-2022-kr', 'euc-kr', '안녕하세요 고객님'],
    ['iso-2022-cn', 'gb18030', '您好，请问我的订单'],
  ])('%s that is %s is read', async (label, charset, text) => {
    expect(decodeText(encoded(text, charset), label)).toMatchObject({ text, charset });
    const read = await parseMessage(
      message(`Content-Type: text/plain; charset=${label}\r\n`, encoded(text, charset), encoded(text, charset)),
    );
    expect(read).toMatchObject({ subject: text, text });
  });
});

describe('the charset that the body names', () => {
  test.each([
    ['Győr', 'windows-1250'],
    ['Međutim', 'iso-8859-2'],
    ['İstanbul', 'iso-8859-9'],
    ['Rēķins', 'windows-1257'],
    ['Нет', 'windows-1251'],
    ['修理', 'shift_jis'],
  ])('helps to read %s in a raw header, which says too little alone', async (word, charset) => {
    const head = `Content-Type: text/plain; charset=${charset}\r\n`;
    const read = await parseMessage(message(head, encoded(word, charset), encoded(word, charset)));
    expect(read).toMatchObject({ subject: word, text: word });
  });

  test('helps to read the name of a file', async () => {
    const part = (type: string, text: string) =>
      Buffer.concat([Buffer.from(`--b\r\n${type}\r\n\r\n`), encoded(text, 'windows-1250'), Buffer.from('\r\n')]);
    const name = encoded('Győr.pdf', 'windows-1250').toString('latin1');
    const file = Buffer.from(`--b\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\nx\r\n--b--\r\n`, 'latin1');
    const source = Buffer.concat([
      Buffer.from('From: a@a.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n'),
      part('Content-Type: text/plain; charset=windows-1250', 'Győr'),
      file,
    ]);
    expect((await parseMessage(source)).attachments[0].name).toBe('Győr.pdf');
  });

  test('does not make UTF-8 anything else', async () => {
    const head = 'Content-Type: text/plain; charset=windows-1251\r\n';
    const read = await parseMessage(message(head, Buffer.from('Grüße aus Győr'), encoded('Привет', 'windows-1251')));
    expect(read.subject).toBe('Grüße aus Győr');
  });
});

describe('a right label is believed', () => {
  test.each([
    ['cp852', 'Zażółć gęślą jaźń'],
    ['IBM852', 'Dvořák'],
    ['cp737', 'Καλημέρα'],
    ['cp775', 'Užsakymas'],
    ['cp857', 'Güneş ışığı'],
    ['cp866', 'Привет'],
    ['viscii', 'Tiếng Việt'],
    ['x-mac-ce', 'Příliš žluťoučký'],
    ['x-mac-centraleurroman', 'Łódź'],
    ['x-mac-croatian', 'Plaćanje'],
    ['x-mac-greek', 'Αθήνα'],
    ['x-mac-turkish', 'Güneş'],
    ['iso-8859-16', 'Bună ziua, ați primit'],
    ['ISO_8859-13', 'Ačiū'],
    ['windows-1258', 'Vi\u00ea\u0323t Nam'],
    ['koi8-u', 'Дякую'],
    ['cp437', 'Über'],
    ['cp850', 'Ação'],
    ['DOS-850', 'Ação'],
    ['cp1250', 'Győr'],
    ['x-cp1251', 'Нет'],
    ['win-1253', 'Αθήνα'],
    ['big5-hkscs', '佢哋喺度'],
    ['ks_c_5601-1987', '똠방각하'],
    ['utf-32', 'Grüße'],
    ['armscii-8', 'Բարեւ'],
    ['georgian-academy', 'გამარჯობა'],
  ])('%s', async (label, text) => {
    const charset = { 'x-mac-ce': 'maccenteuro', 'x-mac-centraleurroman': 'maccenteuro', 'x-mac-croatian': 'maccroatian' }[label];
    const name =
      charset ??
      label
        .replace(/^x-mac-/, 'mac')
        .replace(/^(?:x-|win-|DOS-|ks_c)/, (prefix) => ({ 'x-': '', 'win-': 'windows', 'DOS-': 'cp', ks_c: 'ks_c' })[prefix] ?? '');
    const bytes = encoded(text, name);
    expect(decodeText(bytes, label)).toEqual({ text, charset: expect.any(String), warning: null });
  });

  test('also where two of its letters would be UTF-8', () => {
    expect(decodeText(encoded('Т№ 5', 'windows-1251'), 'windows-1251').text).toBe('Т№ 5');
    expect(decodeText(encoded('联通', 'gbk'), 'gbk').text).toBe('联通');
  });
});

describe('UTF-8 stays UTF-8', () => {
  const withBadByte = (text: string): Buffer => Buffer.concat([Buffer.from(text), Buffer.from([0xfc])]);

  test.each([null, 'utf-8', 'iso-8859-1', 'us-ascii'])('with one damaged byte under the label %s', (label) => {
    const text = 'Grüße aus Köln, schöne Wochen';
    expect(decodeText(withBadByte(text), label)).toMatchObject({ text: `${text}\uFFFD`, charset: 'utf-8' });
  });

  test('when half of a short text is damaged and the label says so', () => {
    expect(decodeText(withBadByte('Tür '), 'utf-8').text).toBe('Tür \uFFFD');
  });

  test('but not when the label alone says so', () => {
    expect(decodeText(Buffer.from('Grüße', 'latin1'), 'utf-8').text).toBe('Grüße');
  });
});

describe('a text with lines of another charset', () => {
  const letter = 'Grüße aus Köln\nJörg Müller\n';
  const footer = 'Geschäftsführer: Änne Groß\nAmtsgericht Gießen\n';
  const utf8 = Buffer.from(letter);

  test.each(['utf-8', null, 'us-ascii', 'iso-8859-1', 'windows-1252'])("a gateway's footer, under the label %s", (label) => {
    const source = Buffer.concat([utf8, encoded(footer, 'windows-1252')]);
    expect(decodeText(source, label)).toMatchObject({ text: letter + footer, charset: 'utf-8' });
    const turned = Buffer.concat([encoded(letter, 'windows-1252'), Buffer.from(footer)]);
    expect(decodeText(turned, label).text).toBe(letter + footer);
  });

  test('in another script', () => {
    const russian = 'Коммерческий директор Юрий Соколов\n';
    expect(decodeText(Buffer.concat([utf8, encoded(russian, 'windows-1251')]), 'utf-8').text).toBe(letter + russian);
  });

  test('a damaged line is no line of another charset', () => {
    const damaged = Buffer.concat([utf8, Buffer.from('Füße'), Buffer.from([0xc3]), Buffer.from(' und Hände\n')]);
    expect(decodeText(damaged, 'utf-8').text).toBe(`${letter}Füße\uFFFD und Hände\n`);
  });

  test.each(['gb18030', 'shift_jis', 'windows-1251', 'koi8-r'])('a text of one charset is none: %s', (charset) => {
    const sample = samples.find(({ charsets }) => charsets.includes(charset))!;
    const source = Buffer.concat([encoded(`${sample.text}\n`, charset), Buffer.from([0xd1, 0x80, 0x0a])]);
    expect(decodeText(source, 'utf-8').text.startsWith(sample.text)).toBe(true);
  });
});

describe('ISO-2022', () => {
  const word = (codes: string): string => `=?ISO-2022-JP?B?${Buffer.from(`\x1b$B${codes}\x1b(B`, 'latin1').toString('base64')}?=`;

  test('words beside each other join without a sign of damage', async () => {
    const read = await parseMessage(Buffer.from(`Subject: ${word('F|K\\')}\r\n ${word('8l')}\r\n\r\n`));
    expect(read.subject).toBe('日本語');
  });

  test.each([
    ['iso-2022-jp-1', '\x1b$(D0!\x1b(B.', '丂.'],
    ['iso-2022-jp-2', '\x1b$A::WV\x1b$(CGQ19\x1b(B', '汉字한국'],
    ['iso-2022-jp-2', 'Gr\x1b.A\x1bN|\x1bN_e', 'Grüße'],
    ['iso-2022-jp-2', '\x1b.F\x1bNa', 'α'],
    ['iso-2022-jp', '\x1b(I6@\x1b(B', 'ｶﾀ'],
    ['iso-2022-kr', '\x1b$)C\x0eGQ19\x0f.', '한국.'],
    ['iso-2022-cn', '\x1b$)A\x0e::WV\x0f.', '汉字.'],
  ])('%s with %j is %s', (label, bytes, text) => {
    expect(decodeText(Buffer.from(bytes, 'latin1'), label).text).toBe(text);
  });
});

describe('character references', () => {
  test.each([
    ['&nbsp;&NBSP;|', '\u00a0\u00a0|'],
    ['&Scaron;&scaron;&zcaron;&rarr;&check;', 'Ššž→✓'],
    ['&#128;&#x96;', '€–'],
    ['&copy 2026 &unknown; & more', '© 2026 &unknown; & more'],
    ['&#0;&#xd800;', '\uFFFD\uFFFD'],
  ])('%s', async (html, text) => {
    const read = await parseMessage(Buffer.from(`Content-Type: text/html\r\n\r\n<p>x${html}x</p>`));
    expect(read.text).toBe(`x${text}x`);
  });
});
