import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
// @ts-expect-error A script without types.
import { absolute, deadLinks, missingSources, pagesOf, problems, relative, repositoryAddress } from '../../scripts/links.mjs';

const readme = readFileSync('README.md', 'utf8');
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const ADDRESS = 'https://github.com/acme/mail-scanner';
const REPOSITORY = { type: 'git', url: 'git+https://github.com/acme/mail-scanner.git' };
const everyFile = () => true;

test('README and package.json agree, and each link of README leads to a file', () => {
  expect(problems(manifest, readme, existsSync)).toEqual([]);
});

test('each link of each page leads to a file, and to a heading where it names one', () => {
  expect(Object.keys(pagesOf('.'))).toContain('docs/decisions/lease.md');
  expect(deadLinks(pagesOf('.'), existsSync)).toEqual([]);
  const pages = {
    'README.md': '[a](docs/a.md#part-two) [b](docs/b.md) [c](#here) [d](https://x.example)',
    'docs/a.md': '# Part one\n[up](../README.md)',
  };
  expect(deadLinks(pages, (file: string) => file in pages)).toEqual([
    'README.md: docs/a.md#part-two leads to no heading.',
    'README.md: docs/b.md leads to no file.',
    'README.md: #here leads to no heading.',
  ]);
});

test('nothing is published without the address of the repository', () => {
  const { repository: _, ...without } = manifest;
  expect(problems(without, readme, existsSync, { publish: true })).toEqual([
    'package.json names no repository: set it, or every picture and link of README is dead on npm.',
  ]);
  expect(problems({ ...without, repository: REPOSITORY }, readme, existsSync, { publish: true })).toEqual([]);
});

describe('disagreement is told', () => {
  test.each([
    ['a link to another repository', {}, '[docs](https://github.com/other/name/blob/HEAD/docs/a.md)', 'is not in the repository'],
    [
      'a repository in README and none in package.json',
      { repository: undefined },
      `[x](${ADDRESS}/issues)`,
      'that package.json names (none)',
    ],
    ['bugs elsewhere', { bugs: { url: 'https://github.com/other/name/issues' } }, '', 'bugs is https://github.com/other/name/issues'],
    ['a homepage of another repository', { homepage: 'https://gitlab.com/other/name' }, '', 'homepage is'],
    ['a repository that nobody understands', { repository: 'ftp://host/x' }, '', 'should be like "git+https://github.com/owner/name.git"'],
    ['a picture that is absolute already', {}, `![x](${ADDRESS}/raw/HEAD/docs/a.png)`, 'should be written relative'],
  ])('%s', (_, fields, text, problem) => {
    expect(problems({ repository: REPOSITORY, ...fields }, text, everyFile).join('\n')).toContain(problem);
  });

  test('a link to no file is told', () => {
    expect(problems({}, '[x](docs/gone.md#part)', () => false)).toEqual(['README: docs/gone.md#part leads to no file.']);
  });

  test('a homepage of its own and pages of other sites are no disagreement', () => {
    const fields = { repository: REPOSITORY, homepage: 'https://mail-scanner.example.com', bugs: `${ADDRESS}/issues` };
    expect(problems(fields, `[x](${ADDRESS}/issues) [y](https://strapi.io) [z](#several-instances)`, everyFile)).toEqual([]);
  });
});

test.each([
  'git+https://github.com/acme/mail-scanner.git',
  'git@github.com:acme/mail-scanner.git',
  'github:acme/mail-scanner',
  'acme/mail-scanner',
  `${ADDRESS}/`,
])('the repository may be written as %s', (repository) => {
  expect(repositoryAddress({ repository })).toBe(ADDRESS);
});

test('in the packed README, pictures and links lead to the repository; afterwards it is as before', () => {
  const packed = absolute(readme, ADDRESS);
  expect(packed).toContain(`](${ADDRESS}/raw/HEAD/docs/screenshots/tickets.png)`);
  expect(packed).toContain(`](${ADDRESS}/blob/HEAD/docs/oauth.md)`);
  expect(packed).toContain('](#requirements)');
  expect([...packed.matchAll(/\]\((?!https:|#)[^)]*\)/g)].map(([link]) => link)).toEqual([]);
  expect(relative(packed, ADDRESS)).toBe(readme);
});

test('npm builds before it packs, from a bare clone too', () => {
  expect(manifest.scripts.prepack).toContain('scripts/prepack.mjs');
  expect(manifest.scripts.postpack).toContain('links.mjs relative');
  expect(manifest.scripts.prepublishOnly).toContain('links.mjs check --publish');
  // What it prints is npm's: the name of the package, or JSON.
  expect(execFileSync(process.execPath, ['--eval', 'process.argv[1] = "x"; import("./scripts/links.mjs")'], { encoding: 'utf8' })).toBe('');
});

test('a page that names a source or a folder which is not there is found', () => {
  const page = 'scanner/scan.ts and `lib/` are there, `gone.ts` and attic/ are not; https://x.test/a.ts is an address.';
  const paths = ['server/services/scanner/scan.ts', 'server/services/lib/redact.ts'];
  expect(missingSources({ 'docs/a.md': page }, paths)).toEqual([
    'docs/a.md names gone.ts, which is not there.',
    'docs/a.md names attic/, which is not there.',
  ]);
});
