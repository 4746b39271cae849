import { describe, expect, test } from 'vitest';

import { MultilineReader } from '../../server/services/mailbox/pop3-multiline';
import fc from '../support/properties';

/** What a server puts on the wire for a message: dots stuffed after each CRLF, ended by a line with a dot. */
function stuffed(content: Buffer): Buffer {
  const lines = content.toString('latin1').split('\r\n');
  return Buffer.from(`${lines.map((line) => (line.startsWith('.') ? `.${line}` : line)).join('\r\n')}\r\n.\r\n`, 'latin1');
}

/** Feeds pieces; gives the content and what stands behind the end. */
function read(pieces: Buffer[], maxBytes = Infinity): { content: string; rest: string; length: number } | null {
  const reader = new MultilineReader(maxBytes);
  for (let i = 0; i < pieces.length; i++) {
    const used = reader.push(pieces[i]!);
    if (used === null) continue;
    return {
      content: reader.content().toString('latin1'),
      rest: Buffer.concat([pieces[i]!.subarray(used), ...pieces.slice(i + 1)]).toString('latin1'),
      length: reader.length,
    };
  }
  return null;
}

const cut = (bytes: Buffer, ...at: number[]): Buffer[] => [0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? bytes.length));

describe('a multi-line POP3 answer', () => {
  const message = Buffer.from(
    'Subject: dots\r\n\r\n.\r\n..\r\n.hidden\r\nbare\n.\nline feeds\r\r\n.\rno end\r\n\r\nlast\xff\x80',
    'latin1',
  );
  const wire = Buffer.concat([stuffed(message), Buffer.from('+OK next answer\r\n')]);
  const expected = { content: `${message.toString('latin1')}\r\n`, rest: '+OK next answer\r\n', length: message.length + 2 };

  test('comes out as it went in, wherever the network cuts it in two', () => {
    for (let at = 0; at <= wire.length; at++) expect(read(cut(wire, at)), `cut at ${at}`).toEqual(expected);
  });

  test('comes out as it went in when it arrives byte by byte', () => {
    expect(read([...wire].map((byte) => Buffer.from([byte])))).toEqual(expected);
  });

  test('comes out as it went in, wherever the network cuts it in three around its end', () => {
    for (let a = wire.length - 25; a < wire.length; a++)
      for (let b = a; b < wire.length; b++) expect(read(cut(wire, a, b)), `cut at ${a} and ${b}`).toEqual(expected);
  });

  test('comes out as it went in for any bytes at all', () => {
    const bytes = fc
      .array(fc.constantFrom('.', '\r', '\n', '\r\n', '\r\n.', 'a'), { maxLength: 40 })
      .map((parts) => Buffer.from(parts.join(''), 'latin1'));
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(60), { maxLength: 3 }), (content, cuts) => {
        const sent = stuffed(content);
        const at = cuts.filter((cutAt) => cutAt <= sent.length).sort((a, b) => a - b);
        expect(read(cut(sent, ...at))?.content).toBe(`${content.toString('latin1')}\r\n`);
      }),
      { numRuns: 2000 },
    );
  });

  test('may be empty', () => {
    expect(read([Buffer.from('.\r\n+OK')])).toEqual({ content: '', rest: '+OK', length: 0 });
  });

  test('has not ended before its last line', () => {
    for (const unfinished of ['', 'text', 'text\r\n', 'text\r\n.', 'text\r\n.\r', 'text\r\n..\r\n', 'text.\r\n', 'text\n.\n'])
      expect(read([Buffer.from(unfinished)]), JSON.stringify(unfinished)).toBeNull();
  });

  test('is read to its end but kept only up to the limit', () => {
    expect(read([stuffed(Buffer.from('0123456789')), Buffer.from('+OK')], 4)).toEqual({ content: '0123', rest: '+OK', length: 12 });
  });
});
