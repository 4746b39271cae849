/**
 * `npm run release -- 0.2.0`: makes a release of what is committed, and publishes nothing. It refuses what is not to be released: a version that
 * is none or not above the last one, a tag that is there, changes that are not committed, a changelog without entries, and a product that `npm run
 * outside` does not find whole. Then it writes the version and the changelog, keeps the release's database for the test of upgrades, commits and tags.
 * A pushed tag is published by .github/workflows/publish.yml.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import semver from 'semver';
import { root, run } from './prepare.mjs';

const UNRELEASED = '## Unreleased\n';

const [version] = process.argv.slice(2);
const file = (name) => path.join(root, name);
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

function refuse(why) {
  console.error(why);
  process.exit(1);
}

if (!semver.valid(version) || version !== semver.clean(version)) refuse('Say which version it is to be: npm run release -- 0.2.0');
const { version: last } = JSON.parse(readFileSync(file('package.json'), 'utf8'));
const isReleased = git('tag', '--list', `v${last}`) !== '' || existsSync(file(`tests/fixtures/release-${last}`));
if (isReleased ? !semver.gt(version, last) : semver.lt(version, last))
  refuse(`${version} is not above ${last}, the version of package.json.`);
if (git('tag', '--list', `v${version}`) !== '') refuse(`There is a tag v${version} already.`);
if (git('status', '--porcelain') !== '')
  refuse('There are changes that are not committed. A release is what is committed: commit them, or put them away.');
const changelog = readFileSync(file('CHANGELOG.md'), 'utf8');
const at = changelog.indexOf(UNRELEASED);
const entries = at < 0 ? '' : changelog.slice(at + UNRELEASED.length).split(/^## /m)[0];
if (!/^- /m.test(entries)) refuse('CHANGELOG.md has no entries under "## Unreleased". Say what changes for those who use it.');

console.log('Trying it from outside …');
if ((await run('npm', ['run', '--silent', 'outside'])) !== 0)
  refuse('The trial from outside (npm run outside) failed: nothing was released and nothing was changed.');

const today = new Date().toISOString().slice(0, 10);
writeFileSync(file('CHANGELOG.md'), changelog.replace(UNRELEASED, `${UNRELEASED}\n## ${version} - ${today}\n`));
const steps = [
  ['npm', ['version', version, '--no-git-tag-version', '--allow-same-version', '--ignore-scripts']],
  ['npm', ['run', '--silent', 'build:tests']],
  [process.execPath, ['scripts/run-ts.mjs', 'scripts/release-fixture.ts', version]],
];
for (const [command, args] of steps)
  if ((await run(command, args)) !== 0)
    refuse(`${[command, ...args].join(' ')} failed. To go back: git checkout . && git clean -d tests/fixtures`);
git('add', '--all');
git('commit', '--quiet', '--message', `Release ${version}`);
git('tag', '--annotate', `v${version}`, '--message', `Release ${version}`);
console.log(`v${version} is tagged. To publish it: git push --follow-tags`);
