/**
 * Writes the types that a site imports as one file, which holds what is exported and what that refers to: as one file a source they
 * take 75 kB more of the package.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bundle = await rolldown({
  cwd: root,
  input: 'server/extend.ts',
  external: /^[^./]/,
  plugins: [dts({ cwd: root, tsconfig: 'server/tsconfig.build.json', emitDtsOnly: true })],
});
await bundle.write({ dir: path.join(root, 'dist/server') });
