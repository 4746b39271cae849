import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { kinds } from './meant-differences';
import { differences, mailsIn, reasonOf } from './two-readers';

/** Our own fixtures, and real emails where a folder of them is given. */
const folders = [
  path.join(import.meta.dirname, 'fixtures'),
  process.env.CORPORA ?? path.resolve(process.cwd(), '../shared/corpora'),
].filter((folder) => existsSync(folder));

describe.each(folders)('our reader beside mailparser in %s', (folder) => {
  test('each difference is meant: it stands in meant-differences.ts with its reason', { timeout: 120_000 }, async () => {
    const unexplained: string[] = [];
    for (const file of mailsIn(folder)) {
      for (const difference of await differences(folder, file)) {
        if (reasonOf(difference) === null)
          unexplained.push(`${file}, ${difference.aspect}: ${difference.ours.slice(0, 80)} | ${difference.theirs.slice(0, 80)}`);
      }
    }
    expect(unexplained).toEqual([]);
  });
});

test('text that only one reader loses is no meant difference', () => {
  const lost = {
    file: 'x.eml',
    aspect: 'text',
    ours: '',
    theirs: 'It broke.',
    source: Buffer.from('Subject: x\r\n\r\nIt broke.'),
  } as const;
  expect(reasonOf(lost)).toBeNull();
  expect(reasonOf({ ...lost, aspect: 'subject' })).toBeNull();
  expect(reasonOf({ ...lost, aspect: 'from', theirs: 'a@a.example' })).toBeNull();
});

test('each kind of difference has one reason', () => {
  expect(new Set(kinds.map(({ reason }) => reason)).size).toBe(kinds.length);
});
