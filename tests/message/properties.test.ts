import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { decodeText } from '../../server/services/message/mime/charset';
import { nestsDeeperThan } from '../../server/services/message/html/html';
import { MessageLimitError, parseMessage } from '../../server/services/message/parse';
import { replyText } from '../../server/services/message/reading/reply/reply-text';
import { sanitizeHtml } from '../../server/services/message/html/sanitize';
import { subjectKey } from '../../server/services/message/reading/subject-key';
import { htmlToText, textToLinkedHtml } from '../../server/services/message/html/text';
import { decodeQuotedPrintable } from '../../server/services/message/mime/transfer';
import fc from '../support/properties';

import { mail } from './support';

const words = (text: string): string => text.replace(/\s+/g, ' ').trim();
const prose = fc.array(fc.stringMatching(/^[a-zäöü]{1,9}$/), { minLength: 1, maxLength: 20 }).map((list) => list.join(' '));

describe('reply text', () => {
  test('is never empty when the text is not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        expect(replyText(text) === '').toBe(text.trim() === '');
      }),
    );
  });

  test('shows only what is in the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('', '> quoted', 'On 24.11.2026 08:01, Max wrote:', '-- ', 'words', 'From: a@b.example'), {
          minLength: 1,
          maxLength: 12,
        }),
        (lines) => {
          for (const line of replyText(lines.join('\n')).split('\n')) expect(lines.map((given) => given.trim())).toContain(line.trim());
        },
      ),
    );
  });

  test('keeps every word of a text without quotes', () => {
    fc.assert(
      fc.property(fc.array(prose, { minLength: 1, maxLength: 8 }), (paragraphs) => {
        expect(words(replyText(paragraphs.join('\n\n')))).toBe(words(paragraphs.join(' ')));
      }),
    );
  });

  test('keeps every word above our own line', () => {
    fc.assert(
      fc.property(prose, prose, prose, (answer, inMarker, below) => {
        expect(words(replyText(`${answer}\n\n##- ${inMarker} -##\n\n${below}`))).toBe(words(answer));
      }),
    );
  });

  test('keeps every answer between quotes', () => {
    fc.assert(
      fc.property(fc.array(prose, { minLength: 2, maxLength: 5 }), (answers) => {
        const shown = words(replyText(answers.map((answer) => `> question?\n\n${answer}`).join('\n\n')));
        for (const answer of answers) expect(shown).toContain(words(answer));
      }),
    );
  });
});

describe('text and HTML', () => {
  test('text survives the way to HTML and back', () => {
    fc.assert(
      fc.property(prose, (text) => {
        expect(htmlToText(textToLinkedHtml(text))).toBe(text);
      }),
    );
  });

  test('sanitising twice changes nothing more, but for where a paragraph within a paragraph ends', () => {
    const withoutParagraphs = (html: string) => html.replace(/<\/?p>/g, '');
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('<p>', '</p>', '<b', '>', '<script>', 'x', '"', "'", '<img src=x>', '<svg/onload=1>', '&lt;', '<!--', '-->'),
          { maxLength: 20 },
        ),
        (pieces) => {
          const once = sanitizeHtml(pieces.join(''));
          expect(withoutParagraphs(sanitizeHtml(once))).toBe(withoutParagraphs(once));
          expect(once).not.toMatch(/<(?:script|svg|style|xmp|textarea)|\son\w+=/i);
        },
      ),
    );
  });

  test('depth is counted by what is open', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (depth) => {
        expect(nestsDeeperThan('<div>'.repeat(depth), depth)).toBe(false);
        expect(nestsDeeperThan('<div>'.repeat(depth + 1), depth)).toBe(true);
        expect(nestsDeeperThan('<div></div>'.repeat(500), depth)).toBe(false);
        for (const hidden of ['<style></div></style>', '<!-- </div> -->', '<a title="</div>"></a>'])
          expect(nestsDeeperThan(`<div>${hidden}`.repeat(depth + 1), depth)).toBe(true);
      }),
    );
  });
});

describe('decoding', () => {
  test('UTF-8 is read right whether it is labelled or not', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\x1b\ufeff]/.test(text)),
        fc.constantFrom('utf-8', null, 'us-ascii'),
        (text, label) => {
          fc.pre(label === 'utf-8' || /[^\x00-\x7f]/.test(text));
          expect(decodeText(Buffer.from(text), label).text).toBe(text);
        },
      ),
    );
  });

  test('any bytes under any label give text that PostgreSQL takes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(
          'utf-8',
          'utf-16',
          'gb2312',
          'ks_c_5601-1987',
          'iso-2022-jp',
          'iso-2022-kr',
          'hz-gb-2312',
          'utf-7',
          'windows-1252',
          'nonsense',
          null,
        ),
        (bytes, label) => {
          expect(decodeText(bytes, label).text).not.toMatch(/\0|\p{Cs}/u);
        },
      ),
    );
  });

  test('quoted-printable of any bytes is undone', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const encoded = [...bytes]
          .map((byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`)
          .join('')
          .replace(/(.{72})/g, '$1=\r\n');
        expect([...decodeQuotedPrintable(Buffer.from(encoded))]).toEqual([...bytes]);
      }),
    );
  });
});

describe('the subject key', () => {
  test('is the same for a subject and any answer to it', () => {
    fc.assert(
      fc.property(
        prose,
        fc.array(fc.constantFrom('Re: ', 'AW: ', 'SV: ', 'Fwd: ', 'RE[2]: ', '[TT1001] ', '回复：', 'Odp: ', 'TR : '), { maxLength: 5 }),
        (subject, prefixes) => {
          expect(subjectKey(prefixes.join('') + subject.toUpperCase())).toBe(subjectKey(subject));
        },
      ),
    );
  });
});

describe('the content hash', () => {
  test('does not depend on the transfer encoding, the line ends or the headers added on the way', async () => {
    await fc.assert(
      fc.asyncProperty(prose, async (text) => {
        const fixed = { 'Message-ID': '<a@b.example>', Date: 'Tue, 24 Nov 2026 09:15:00 +0100' };
        const plain = await parseMessage(mail({ ...fixed, 'Content-Type': 'text/plain; charset=utf-8' }, text));
        const base64 = await parseMessage(
          mail(
            { Received: 'from x', ...fixed, 'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': 'base64' },
            Buffer.from(`${text}\n`).toString('base64'),
          ),
        );
        expect(base64.contentHash).toBe(plain.contentHash);
        const other = await parseMessage(mail({ ...fixed, 'Content-Type': 'text/plain; charset=utf-8' }, `${text}x`));
        expect(other.contentHash).not.toBe(plain.contentHash);
      }),
      { numRuns: 50 },
    );
  });
});

// --- mutated mails -------------------------------------------------------------------------------------------------

const fixtures = join(import.meta.dirname, 'fixtures');
const seeds = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.eml'))
  .sort()
  .map((file) => readFileSync(join(fixtures, file)));

/** A small generator of its own, so that a run can be repeated from its number. */
function random(seed: number): (below: number) => number {
  let state = seed + 0x6d2b79f5;
  return (below) => {
    state = Math.imul(state ^ (state >>> 15), state | 1);
    state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
    return ((state ^ (state >>> 14)) >>> 0) % below;
  };
}

function mutated(seed: number): Buffer {
  const next = random(seed);
  let bytes: Buffer = Buffer.from(seeds[next(seeds.length)]);
  for (let count = next(6) + 1; count > 0; count--) {
    const at = next(bytes.length + 1);
    const length = next(60);
    const piece = seeds[next(seeds.length)];
    const other = piece.subarray(next(piece.length), next(piece.length) + length);
    const changes = [
      () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]),
      () => Buffer.concat([bytes.subarray(0, at), other, bytes.subarray(at)]),
      () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - length * 4))]),
      () => Buffer.concat([bytes.subarray(0, at), Buffer.from([next(256), next(256)]), bytes.subarray(at + 2)]),
      () =>
        Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from(['\r\n', '\r\n\r\n', '\n', '=', '--b\r\n', '"', '<', '>', ';', '\0'][next(10)]),
          bytes.subarray(at),
        ]),
      () => bytes.subarray(0, at),
    ];
    bytes = changes[next(changes.length)]();
  }
  return bytes;
}

describe('mutated mails', () => {
  const runs = Number(process.env.FUZZ ?? 1500);

  test(`${runs} of them are read without an exception, a hang or growth of memory`, { timeout: 60_000 + runs * 5 }, async () => {
    let slowest = { ms: 0, seed: 0 };
    let early = 0;
    for (let seed = 0; seed < runs; seed++) {
      const started = performance.now();
      const message = await parseMessage(mutated(seed)).catch((error: unknown) => {
        if (error instanceof MessageLimitError) return null;
        throw new Error(`The mutated mail ${seed} is not read.`, { cause: error });
      });
      const ms = performance.now() - started;
      if (ms > slowest.ms) slowest = { ms, seed };
      if (message !== null) {
        if (message.visibleText === '' && message.text.trim() !== '')
          throw new Error(`The mutated mail ${seed} shows nothing of its text.`);
        structuredClone(message);
      }
      if (seed === Math.floor(runs / 4)) early = process.memoryUsage().heapUsed;
    }
    expect(slowest.ms, `slowest is number ${slowest.seed}`).toBeLessThan(1000);
    expect(process.memoryUsage().heapUsed - early).toBeLessThan(150 * 1024 * 1024);
  });
});
