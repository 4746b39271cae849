import { expect, test } from 'vitest';
import { domainOf } from '../../server/services/lib/address';
import { escapeHtml, textToHtml } from '../../server/services/lib/html';
import { inPieces } from '../../server/services/lib/pieces';
import { retry } from '../../server/services/lib/retry';

test('the domain of an address follows its last @, and a text without one is a domain', () => {
  expect(domainOf('ada@example.com')).toBe('example.com');
  expect(domainOf('"ada@home"@example.com')).toBe('example.com');
  expect(domainOf('example.com')).toBe('example.com');
});

test('text in HTML closes neither an element nor an attribute, and keeps its lines', () => {
  expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;');
  expect(textToHtml('one\r\ntwo\nthree')).toBe('one<br>\ntwo<br>\nthree');
});

test('a list in pieces is whole and in order, and an empty one asks for nothing', () => {
  const list = Array.from({ length: 1001 }, (_, index) => index);
  expect(inPieces(list).map((piece) => piece.length)).toEqual([500, 500, 1]);
  expect(inPieces(list).flat()).toEqual(list);
  expect(inPieces([])).toEqual([]);
});

test('work is tried again as often as it is worth it, and the last error is the one that is told', async () => {
  const failing = (failures: number) => {
    const calls: number[] = [];
    const work = async () => {
      calls.push(calls.length + 1);
      if (calls.length <= failures) throw new Error(`attempt ${calls.length}`);
      return calls.length;
    };
    return { calls, work };
  };
  const options = { attempts: 3, stepMs: 1, isWorthIt: (error: unknown) => (error as Error).message.startsWith('attempt') };

  expect(await retry(failing(2).work, options)).toBe(3);
  await expect(retry(failing(9).work, options)).rejects.toThrow('attempt 3');

  const hopeless = failing(9);
  await expect(retry(hopeless.work, { ...options, isWorthIt: () => false })).rejects.toThrow('attempt 1');
  expect(hopeless.calls).toHaveLength(1);
});
