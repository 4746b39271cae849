import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** `npm run release` in a repository of its own, where the long steps (the trial from outside, the release's database) are short ones. */

const root = path.resolve(__dirname, '../..');
const DATABASE = `import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync(\`tests/fixtures/release-\${process.argv[3]}\`, { recursive: true });
writeFileSync(\`tests/fixtures/release-\${process.argv[3]}/database.sql\`, 'select 1;');
`;
const CHANGELOG = '# Changelog\n\n## Unreleased\n\n### Added\n- A bell.\n\n## 0.1.0 - 2026-11-24\n\nFirst release.\n';

let folder: string;
const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');

function release(version: string, env: Record<string, string> = {}): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/release.mjs', version], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, OUTSIDE: '0', ...env },
  });
  return { code: status, said: stdout + stderr };
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'release-'));
  mkdirSync(path.join(folder, 'scripts'));
  for (const name of ['release.mjs', 'prepare.mjs']) cpSync(path.join(root, 'scripts', name), path.join(folder, 'scripts', name));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  write('scripts/run-ts.mjs', DATABASE);
  write('.gitignore', 'node_modules\n');
  write('CHANGELOG.md', CHANGELOG);
  const scripts = { outside: 'node -e "process.exit(Number(process.env.OUTSIDE))"', 'build:tests': 'node -e ""' };
  write('package.json', `${JSON.stringify({ name: 'released', version: '0.1.0', scripts }, null, 2)}\n`);
  git('init', '--quiet');
  git('config', 'user.name', 'Ann');
  git('config', 'user.email', 'ann@example.test');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'All');
  git('tag', 'v0.1.0');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a release has its version, its part of the changelog, its database, a commit and a tag', () => {
  expect(release('0.2.0')).toMatchObject({ code: 0, said: expect.stringContaining('git push --follow-tags') });
  expect(JSON.parse(read('package.json')).version).toBe('0.2.0');
  const today = new Date().toISOString().slice(0, 10);
  expect(read('CHANGELOG.md')).toBe(CHANGELOG.replace('## Unreleased\n', `## Unreleased\n\n## 0.2.0 - ${today}\n`));
  expect(git('status', '--porcelain')).toBe('');
  expect(git('log', '-1', '--format=%s')).toBe('Release 0.2.0');
  expect(git('describe')).toBe('v0.2.0');
  expect(git('show', '--format=', '--name-only', 'HEAD').split('\n')).toContain('tests/fixtures/release-0.2.0/database.sql');
});

test.each([
  ['no version', 'next', {}, () => {}, /Say which version/],
  ['a version that is not above the last one', '0.1.0', {}, () => {}, /not above 0\.1\.0/],
  ['a tag that is there', '0.2.0', {}, () => git('tag', 'v0.2.0'), /tag v0\.2\.0 already/],
  ['changes that are not committed', '0.2.0', {}, () => write('new.txt', 'new'), /not committed/],
  ['a product that fails outside', '0.2.0', { OUTSIDE: '1' }, () => {}, /trial from outside .* failed: nothing was released/],
])('%s is refused, and nothing changes', (_, version, env, prepare, why) => {
  prepare();
  const before = [git('status', '--porcelain'), git('rev-parse', 'HEAD'), git('tag', '--list'), read('CHANGELOG.md')];
  expect(release(version, env)).toMatchObject({ code: 1, said: expect.stringMatching(why) });
  expect([git('status', '--porcelain'), git('rev-parse', 'HEAD'), git('tag', '--list'), read('CHANGELOG.md')]).toEqual(before);
});

test('a changelog that says nothing new is refused', () => {
  write('CHANGELOG.md', CHANGELOG.replace('### Added\n- A bell.\n\n', ''));
  git('commit', '--quiet', '--all', '--message', 'Nothing');
  expect(release('0.2.0')).toMatchObject({ code: 1, said: expect.stringContaining('no entries under') });
});
