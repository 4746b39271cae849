import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(__dirname, '../..');

test('the package holds what users need and nothing else', () => {
  const [{ files }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const names: string[] = files.map(({ path: name }: { path: string }) => name);
  expect(names.filter((name) => !name.startsWith('dist/')).sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
  expect(names).toContain('dist/server/parse.worker.js');
  expect(names).toContain('dist/server/index.js');
  expect(names.filter((name) => /(^|\/)(tests?|fixtures?|playground|bench)\//i.test(name))).toEqual([]);
});
