import { describe, expect, test } from 'vitest';

import { parseMessage } from '../../server/services/message/parse';
import { readCompressedRtf } from '../../server/services/message/formats/rtf';
import { decompressRtf } from '../../server/services/message/formats/rtf-compression';

import { mail } from './support';

/** The example of [MS-OXRTFCP] §4.1. */
const example = Buffer.from(
  '2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423 20af32068656c090020627705b06c647d0a800fa0'.replace(/\s/g, ''),
  'hex',
);
/** [MS-OXRTFCP] §4.2: a run that reads what it writes. */
const crossing = Buffer.from('1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0', 'hex');

/** RTF as a property's value, without compression. */
function stored(rtf: string): Buffer {
  const body = Buffer.from(rtf, 'latin1');
  const header = Buffer.alloc(16);
  header.writeUInt32LE(body.length + 12, 0);
  header.writeUInt32LE(body.length, 4);
  header.write('MELA', 8, 'latin1');
  return Buffer.concat([header, body]);
}

describe('compressed RTF', () => {
  test('is unpacked as the specification says', () => {
    expect(decompressRtf(example)?.toString('latin1')).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
    expect(decompressRtf(crossing)?.toString('latin1')).toBe('{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}');
    expect(readCompressedRtf(example)).toEqual({ html: null, text: 'hello world' });
  });

  test('that is damaged gives what can be read, or nothing, and never throws', () => {
    for (let length = 0; length < example.length; length++) expect(() => readCompressedRtf(example.subarray(0, length))).not.toThrow();
    expect(readCompressedRtf(Buffer.from('not rtf at all, but long enough'))).toBeNull();
  });

  test('gives back the HTML that was wrapped into it', () => {
    const rtf =
      '{\\rtf1\\ansi\\ansicpg1251\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss Arial;}{\\f1\\fnil\\fcharset136 MingLiU;}}' +
      '{\\*\\htmltag19 <html>}{\\*\\htmltag50 <body>}\\pard\\plain\\f0 {\\*\\htmltag64 <p>}' +
      "\\htmlrtf {\\b\\htmlrtf0 {\\*\\htmltag84 <b>}\\'cf\\'f0\\'e8\\'e2\\'e5\\'f2{\\*\\htmltag92 </b>}\\htmlrtf }\\htmlrtf0 " +
      '{\\*\\htmltag84 &amp;}\\htmlrtf &\\htmlrtf0  \\u8364?5 \\{x\\}\\htmlrtf\\par\\htmlrtf0\r\n{\\*\\htmltag72 </p>}{\\*\\htmltag58 </body>}{\\*\\htmltag27 </html>}}';
    expect(readCompressedRtf(stored(rtf))).toEqual({ html: '<html><body><p><b>Привет</b>&amp; €5 {x}</p></body></html>', text: null });
  });

  test('without HTML gives its words, without fonts and pictures', () => {
    const rtf =
      '{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\colortbl;\\red0\\green0\\blue0;}{\\*\\generator Riched20;}Dear all,\\par\r\nplease \\b call\\b0  me.{\\pict 0102}\\par Ann}';
    expect(readCompressedRtf(stored(rtf))?.text).toBe('Dear all,\nplease call me.\nAnn');
  });

  test('of Word has what it says of formulas, and the heads of its pages, for no reader', () => {
    const rtf =
      '{\\rtf1\\ansi{\\mmathPr\\mmathFont34\\mbrkBin0\\mlMargin0}{\\headerr Draft}Dear all,\\par{\\shppict{\\pict 0102}}{\\nonshppict old}call me.}';
    expect(readCompressedRtf(stored(rtf))?.text).toBe('Dear all,\ncall me.');
  });

  test('keeps the blanks that have a width, joined letters, and the cells of a table in a table', () => {
    const rtf =
      '{\\rtf1\\ansi Room\\emspace 12\\enspace a\\qmspace b, \\u1606?\\u1605?\\u1740?\\zwnj \\u1583?\\par pens\\nestcell 3\\nestcell{\\*\\nesttableprops\\nestrow}{\\nonesttables\\par}ink\\nestcell 5\\cell\\row}';
    expect(readCompressedRtf(stored(rtf))?.text).toBe('Room\u200312\u2002a\u2005b, نمی\u200cد\npens\t3\t\nink\t5');
  });

  test('is the body of a winmail.dat that has no other', async () => {
    const message = await parseMessage(
      mail(
        { 'Content-Type': 'application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding': 'base64' },
        tnefWithRtf(example).toString('base64'),
      ),
    );
    expect(message.text).toBe('hello world');
    expect(message.attachments).toEqual([]);
  });

  test('of a million groups is read in bounded time', () => {
    const started = performance.now();
    readCompressedRtf(stored(`{\\rtf1 ${'{\\b '.repeat(300_000)}${"\\'e4".repeat(300_000)}`));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

/** [MS-OXTNEF]: the signature, and the message's properties with PidTagRtfCompressed as the only one. */
function tnefWithRtf(rtf: Buffer): Buffer {
  const padded = Buffer.concat([rtf, Buffer.alloc((4 - (rtf.length % 4)) % 4)]);
  const properties = Buffer.concat([words32(1), Buffer.from([0x02, 0x01, 0x09, 0x10]), words32(1), words32(rtf.length), padded]);
  const head = Buffer.concat([words32(0x223e9f78), Buffer.from([0, 0])]);
  const attribute = Buffer.concat([Buffer.from([1, 0x03, 0x90, 0x06, 0x00]), words32(properties.length), properties, Buffer.from([0, 0])]);
  return Buffer.concat([head, attribute]);
}

function words32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
