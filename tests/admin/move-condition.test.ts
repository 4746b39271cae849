import { expect, test } from 'vitest';
import { moveCondition } from '../../admin/src/rules/moveCondition';

const group = (...rules: unknown[]) => ({ rules });

test.each([
  ['down in its group', [0], [], 3, group('b', group('c', 'd'), 'a', 'e')],
  ['up in its group', [3], [], 0, group('e', 'a', 'b', group('c', 'd'))],
  ['into a group behind it', [0], [2], 1, group('b', group('c', 'a', 'd'), 'e')],
  ['out of its group', [2, 0], [], 0, group('c', 'a', 'b', group('d'), 'e')],
  ['as a whole group', [2], [], 0, group(group('c', 'd'), 'a', 'b', 'e')],
])('a part moves %s', (_, from, into, index, result) => {
  expect(moveCondition(group('a', 'b', group('c', 'd'), 'e'), from, into, index)).toEqual(result);
});

test.each([
  ['into itself', [1], [1], 0],
  ['into a group of its own', [1], [1, 0], 0],
  ['onto its place', [0], [], 0],
  ['behind itself', [0], [], 1],
])('no part moves %s', (_, from, into, index) => {
  expect(moveCondition(group('a', group(group('b'))), from, into, index)).toBeNull();
});
