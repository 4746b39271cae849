#!/usr/bin/env node
/**
 * `npm run check:engines`: whether the newest version that the range of each dependency, and of theirs, allows runs on each Node that this package
 * names in `engines`. A newer version may ask for a newer Node, and then a site that installs afresh cannot start, or Yarn stops.
 * Without the registry it says so and passes.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import semver from 'semver';

const run = promisify(execFile);
const AT_ONCE = 4;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** Another folder, for the tests of this script. */
const { engines, dependencies = {} } = JSON.parse(readFileSync(path.join(process.argv[2] ?? root, 'package.json'), 'utf8'));

const checked = await walk(dependencies);
const unknown = checked.filter(({ reason }) => reason);
if (checked.length > 0 && unknown.length === checked.length) {
  console.log(`Engines: not checked, since the registry does not answer (${unknown[0].reason}).`);
  process.exit(0);
}
for (const { name, range, reason } of unknown) console.log(`Engines: ${name}@${range} was not checked (${reason}).`);

const unfit = checked.filter(({ node }) => node && !semver.subset(engines.node, node));
for (const { name, range, version, node, by } of unfit)
  console.error(
    `Engines: ${name}@${range}${by} may install ${version}, which asks for Node ${node}; this package promises ${engines.node}.`,
  );
console.log(`Engines: ${checked.length - unknown.length} dependencies checked, ${unfit.length} ask for a Node that is not promised.`);
process.exit(unfit.length > 0 ? 1 : 0);

/** All that would be installed, each in the newest version that the range of who asks for it allows. */
async function walk(wanted) {
  const asked = new Set();
  const found = [];
  let next = Object.entries(wanted).map(([name, range]) => ({ name, range, by: '' }));
  while (next.length > 0) {
    const answers = [];
    for (const chunk of chunks(next.filter(isNew), AT_ONCE)) answers.push(...(await Promise.all(chunk.map(newest))));
    found.push(...answers);
    next = answers.flatMap(({ name, dependencies: theirs }) =>
      Object.entries(theirs).map(([each, range]) => ({ name: each, range, by: ` (for ${name})` })),
    );
  }
  return found;

  function isNew({ name, range }) {
    const key = `${name}@${range}`;
    return !asked.has(key) && asked.add(key);
  }
}

function* chunks(list, size) {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}

/** The newest version in a range, the Node that it asks for and its dependencies; `reason`: why they are not known. */
async function newest({ name, range, by }) {
  try {
    const { stdout } = await run('npm', ['view', `${name}@${range}`, '--json', '--fetch-retries=1', '--fetch-timeout=20000'], {
      maxBuffer: 1e9,
      shell: process.platform === 'win32',
    });
    const [last] = [JSON.parse(stdout)].flat().sort((one, other) => semver.rcompare(one.version, other.version));
    return { name, range, by, version: last.version, node: last.engines?.node, dependencies: last.dependencies ?? {} };
  } catch (error) {
    const reason = /\bE[A-Z0-9]{3,}\b/.exec(`${error.stderr}`)?.[0] ?? error.message.split('\n')[0];
    return { name, range, by, dependencies: {}, reason };
  }
}
