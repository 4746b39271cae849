/**
 * Builds the server half within a second: what Strapi loads and a site's own code imports, and the thread that parses messages.
 * With --source-maps for tests and while developing.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { dependencies, peerDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const outdir = path.join(root, 'dist/server');
const sourcemap = process.argv.includes('--source-maps');

/**
 * What a start needs nothing of, and takes half of its time and memory to load: it is loaded when it is used first. What is made of them as a
 * module is loaded would load them at once, and is made when it is needed, too.
 */
const LOADED_LATE = [
  'imapflow',
  'sanitize-html',
  'entities',
  'iconv-lite',
  'html-to-text',
  'mailparser',
  'markdown-it',
  'nodemailer',
  'openid-client',
  '@azure/msal-node',
  're2js',
  'yazl',
];
const required = `require\\("(?:${LOADED_LATE.join('|')})(?:/lib/[a-z\\d-]+)?"\\)`;
const lateRequire = new RegExp(`(?<==)(?:__toESM\\(${required}\\)|${required})`, 'g');
/** In every Node that this runs on. Unsaid, such an expression is made again each time it is used. */
const supported = { 'regexp-unicode-property-escapes': true };
const LATE = 'const late=load=>{let loaded;return new Proxy({},{get:(_,name)=>(loaded??=load())[name]})};';

// What reads messages is used by both and written once, which esbuild does for ES modules alone: so those become CommonJS afterwards.
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { index: 'strapi-server.ts', 'parse.worker': 'server/parse.worker.ts' },
  outdir,
  chunkNames: 'messages',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  supported,
  format: 'esm',
  charset: 'utf8',
  logLevel: 'warning',
  sourcemap: sourcemap && 'inline',
  write: false,
  external: Object.keys({ ...dependencies, ...peerDependencies }),
  // No dependency of this package: the copy that Strapi itself uses is looked up when it runs.
  alias: { '@strapi/utils': './server/services/platform/strapi-utils.ts' },
});
mkdirSync(outdir, { recursive: true });
// It imports nothing of ours. As an entry beside the others it would be given a chunk for what all three share.
const alone = {
  path: path.join(outdir, 'checkpoint.worker.js'),
  text: readFileSync(path.join(root, 'server/checkpoint.worker.ts'), 'utf8'),
};
for (const { path: file, text } of [...outputFiles, alone]) {
  const { code, map } = await transform(text, {
    loader: 'ts',
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    supported,
    // Dense: the package has some 30 kB less. Names stay, and lines are short, for the sake of stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    // As modules are.
    banner: `"use strict";${LATE}`,
    sourcefile: file,
    sourcemap: sourcemap && 'external',
  });
  // Within their lines, so that the source map holds. One letter beyond ASCII, and V8 holds the whole text in two bytes a letter; esbuild leaves
  // those of regular expressions.
  const lazy = code
    .replace(lateRequire, 'late(()=>$&)')
    .replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  writeFileSync(file, sourcemap ? `${lazy}//# sourceMappingURL=${path.basename(file)}.map\n` : lazy);
  if (sourcemap) writeFileSync(`${file}.map`, map);
}

// Strapi requires `default`, which concerns nobody else; a site imports the rest. TypeScript is told of the module as it is.
writeFileSync(
  path.join(root, 'dist/server/index.d.ts'),
  `import type * as extend from './extend';

declare const strapiServer: typeof extend & { default: object };
export = strapiServer;
`,
);
