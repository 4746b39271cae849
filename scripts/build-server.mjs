/**
 * Builds what `strapi-plugin build` does not: the thread that parses messages, a file of its own beside the server half.
 * With --all the server half as well, within milliseconds, for tests and while developing.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { dependencies, peerDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
  sourcemap: process.argv.includes('--all') ? 'linked' : false,
  external: Object.keys({ ...dependencies, ...peerDependencies }),
};

await build({ ...shared, entryPoints: ['server/parse.worker.ts'], outfile: 'dist/server/parse.worker.js' });
if (process.argv.includes('--all')) {
  await build({ ...shared, entryPoints: ['strapi-server.ts'], outfile: 'dist/server/index.js' });
}
