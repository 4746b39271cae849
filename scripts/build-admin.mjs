/**
 * Builds the panel's half as a library, which the site's own build of its panel takes in. `strapi-plugin build` cannot do it: it
 * leaves out of the bundle what is a dependency or a peer, and what the panel shares with Strapi must be neither.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build as bundle, transform } from 'esbuild';
import license from 'rollup-plugin-license';
import { build } from 'vite';
import { valuesOnly } from './values-only.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { dependencies, peerDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/**
 * What Strapi's panel brings in one exact version, which the site's panel has to hold once. A range on one of them, even as a peer,
 * lets npm put a newer copy on top, and then Strapi's own packages get a copy each.
 */
const FROM_STRAPI = ['@strapi/design-system', '@strapi/icons', 'react-intl'];

const outside = [...Object.keys({ ...dependencies, ...peerDependencies }), ...FROM_STRAPI];
const outDir = path.join(root, 'dist/admin');

/**
 * Vite keeps the line breaks and the indent of a library, for the sake of marks that let a bundler drop unused code. Nothing here is
 * unused, and without them the package has 70 kB less.
 */
const dense = {
  name: 'dense',
  renderChunk: { order: 'post', handler: (code) => transform(code, { minifyWhitespace: true, charset: 'utf8' }) },
};

/** What is taken into the bundle goes with its licence, as the licences ask. One that asks for more than that ends the build. */
const licences = license({
  thirdParty: {
    allow: { test: '(MIT OR ISC OR BSD-2-Clause OR BSD-3-Clause OR Apache-2.0 OR 0BSD)', failOnUnlicensed: true, failOnViolation: true },
    output: { file: path.join(outDir, 'LICENSES.txt') },
  },
});

/** The codes of what the server says, in their order. */
async function sentenceCodes() {
  const options = {
    entryPoints: [path.join(root, 'shared/sentences/catalogue.ts')],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  };
  const [{ text }] = (await bundle(options)).outputFiles;
  const { SENTENCES } = await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
  return Object.keys(SENTENCES);
}

rmSync(outDir, { recursive: true, force: true });
await build({
  root,
  configFile: false,
  logLevel: 'error',
  plugins: [valuesOnly({ server: await sentenceCodes() }), react(), dense, licences],
  build: {
    outDir,
    minify: 'esbuild',
    target: 'es2020',
    lib: {
      entry: path.join(root, 'strapi-admin.tsx'),
      formats: ['es'],
      fileName: () => 'index.mjs',
    },
    rollupOptions: {
      external: (id) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
      output: { interop: 'auto', exports: 'named' },
    },
  },
});

// All that somebody outside may know of this half.
writeFileSync(
  path.join(outDir, 'strapi-admin.d.mts'),
  `import type { StrapiApp } from '@strapi/strapi/admin';

declare const plugin: StrapiApp['appPlugins'][string];
export default plugin;
`,
);
