/**
 * Builds the server half within a second: what Strapi loads and a site's own code imports, and the thread that parses messages.
 * With --source-maps for tests and while developing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { dependencies, peerDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

await build({
  absWorkingDir: root,
  entryPoints: { index: 'strapi-server.ts', 'parse.worker': 'server/parse.worker.ts' },
  outdir: 'dist/server',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
  sourcemap: process.argv.includes('--source-maps') ? 'linked' : false,
  external: Object.keys({ ...dependencies, ...peerDependencies }),
  // No dependency of this package: the copy that Strapi itself uses is looked up when it runs.
  alias: { '@strapi/utils': './server/services/platform/strapi-utils.ts' },
});

// Strapi requires `default`, which concerns nobody else; a site imports the rest. TypeScript is told of the module as it is.
writeFileSync(
  path.join(root, 'dist/server/index.d.ts'),
  `import type * as extend from './server/extend';

declare const strapiServer: typeof extend & { default: object };
export = strapiServer;
`,
);
