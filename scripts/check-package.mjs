/**
 * What the package is to others, asked of the tarball that npm makes: publint, and are-the-types-wrong for each way to import it; how large
 * it is; and what it adds to the first load of a site's panel, whose other files come when a page of ours is opened. Part of `npm run lint`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { buildPlugin, root } from './prepare.mjs';

const MOST_BYTES = 1_000_000;
/** Of the panel's first load, compressed. */
const MOST_FIRST_BYTES = 30_000;

/** The panel's half is a module for bundlers, and no Node program requires it. */
const isMeant = ({ kind, entrypoint }) => kind === 'CJSResolvesToESM' && entrypoint === './strapi-admin';

await buildPlugin();
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const tarball = pack();
const first = firstLoad('index.mjs').reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
const { types, problems } = await checkPackage(createPackageFromTarballData(tarball));
const { messages } = await publint({ pack: { tarball: tarball.buffer } });

const found = [
  ...(types ? [] : ['are-the-types-wrong finds no types.']),
  ...problems.filter((problem) => !isMeant(problem)).map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`),
  ...messages.map((message) => `publint: ${formatMessage(message, manifest, { color: false })}`),
  ...(tarball.length > MOST_BYTES ? [`The package has more than ${kB(MOST_BYTES)}.`] : []),
  ...(first > MOST_FIRST_BYTES ? [`The first load of a panel grows by more than ${kB(MOST_FIRST_BYTES)}.`] : []),
];
console.log(`The package has ${kB(tarball.length)}; the first load of a panel grows by ${kB(first)}.`);
for (const problem of found) console.error(problem);
process.exit(found.length > 0 ? 1 : 0);

function kB(bytes) {
  return `${Math.round(bytes / 1000)} kB`;
}

/** The tarball, without the scripts that run before: what is built is there. */
function pack() {
  const folder = mkdtempSync(path.join(tmpdir(), 'mail-scanner-package-'));
  try {
    const options = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(execFileSync('npm', options, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    // A copy with a buffer of its own: of a pooled one, `buffer` holds more than the tarball.
    return new Uint8Array(readFileSync(path.join(folder, filename)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file of the panel's half and those that it imports at once; `import()` waits until a page is opened. */
function firstLoad(name, seen = new Set()) {
  const file = path.join(root, 'dist/admin', name);
  if (seen.has(file)) return [];
  seen.add(file);
  const imported = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^'"(;]*['"]\.\/([^'"]+)['"]/gm)].map(([, other]) => other);
  return [file, ...imported.flatMap((other) => firstLoad(other, seen))];
}
