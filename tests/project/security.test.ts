import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(__dirname, '../..');
const page = readFileSync(path.join(root, 'docs/security.md'), 'utf8');

/** The rows of the page's tables, without their heads. */
const rows = page.split('\n').filter((line) => line.startsWith('|') && !/^\|(-|\s*Threat)/.test(line));

test('the page has a threat a line', () => {
  expect(rows.length).toBeGreaterThan(40);
});

test.each(rows.map((row) => [row.split('|')[1].trim(), row]))('%s: the page names a test that exists', (_, row) => {
  const [, file, title] = /\| `(tests\/[^`]+\.test\.ts)` "([^"]+)" \|$/.exec(row) ?? [];
  expect(file, 'the row ends with a test').toBeDefined();
  expect(existsSync(path.join(root, file)), file).toBe(true);
  expect(readFileSync(path.join(root, file), 'utf8').includes(title), `${file} has a test "${title}"`).toBe(true);
});
