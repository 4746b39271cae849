import { expect, test } from 'vitest';
// @ts-expect-error A script without types.
import { ownExports } from '../../scripts/own-exports.mjs';

test('what is exported for no other file is named; what another file uses, and what is found by its place, is not', () => {
  const files = {
    'server/one.ts': 'export const used = 1;\nexport interface Alone {}\nexport async function alone() {}\nconst own = 2;\n',
    'server/two.ts': "import { used } from './one';\n",
    'server/extend.ts': 'export const forSites = 1;\n',
  };
  expect(ownExports(files)).toEqual(['server/one.ts: Alone', 'server/one.ts: alone']);
});
