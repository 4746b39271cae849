/**
 * Runs a TypeScript file of this repository: `node scripts/run-ts.mjs bench/import.ts --json out.json`. It is bundled into a
 * temporary file beside node_modules, so that what it imports is found, and gone afterwards.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [file, ...args] = process.argv.slice(2);
const folder = mkdtempSync(path.join(root, 'node_modules', '.run-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const outfile = path.join(folder, 'run.cjs');
await build({
  absWorkingDir: root,
  entryPoints: [file],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
});
process.argv.splice(1, process.argv.length - 1, path.resolve(root, file), ...args);
process.setSourceMapsEnabled(true);
createRequire(import.meta.url)(outfile);
