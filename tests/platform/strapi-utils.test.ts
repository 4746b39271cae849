import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** The built server half in sites whose node_modules are laid out in different ways, with stand-ins for Strapi's packages. */

const root = path.resolve(__dirname, '../..');
let site: string;

beforeEach(() => {
  site = mkdtempSync(path.join(tmpdir(), 'layout-'));
});
afterEach(() => rmSync(site, { recursive: true, force: true }));

function install(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(site, folder, name)), { recursive: true });
    writeFileSync(path.join(site, folder, name), text);
  }
}

const pack = (folder: string, code: string) =>
  install(folder, { 'package.json': JSON.stringify({ name: folder.split('node_modules/').at(-1), main: 'index.js' }), 'index.js': code });

/** A stand-in for `@strapi/utils`: its classes tell which copy they are of. */
const utils = (copy: string) =>
  `class ApplicationError extends Error { copy = '${copy}' }
   exports.errors = new Proxy({}, { get: () => ApplicationError });
   exports.sanitize = {};
   exports.z = require(${JSON.stringify(path.join(root, 'node_modules/@strapi/utils'))}).z;`;

/** One for any other package: whatever is taken from it while the plugin loads can be called and made, and holds more of the same. */
const ANYTHING = `const anything = new Proxy(function () {}, {
     get: (of, name) => ({ prototype: of.prototype, [Symbol.toPrimitive]: () => '', [Symbol.iterator]: () => [].values() }[name] ??
       (name === '__esModule' || typeof name === 'symbol' ? undefined : anything)),
     apply: () => anything,
     construct: () => anything,
   });
   module.exports = anything;`;

/** One for `@strapi/strapi`, with what a server half needs while it loads. */
const strapi = `exports.factories = new Proxy({}, { get: () => () => ({}) });`;

/** Loads the plugin as the site does, and says which copy of `@strapi/utils` it refuses with. */
function copyInUse(plugin: string): string {
  mkdirSync(path.join(site, plugin, 'dist'), { recursive: true });
  cpSync(path.join(root, 'package.json'), path.join(site, plugin, 'package.json'));
  cpSync(path.join(root, 'dist/server'), path.join(site, plugin, 'dist/server'), { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies))
    install(`${plugin}/node_modules/${name}`, {
      'package.json': '{}',
      'index.js': ANYTHING,
    });
  install(`${plugin}/node_modules/nodemailer/lib`, {
    'addressparser/index.js': '',
    'mail-composer/index.js': '',
    'base64/index.js': '',
    'qp/index.js': '',
    'mime-funcs/index.js': 'module.exports = {};',
  });
  const { errors } = createRequire(path.join(site, 'package.json'))(path.join(site, plugin, 'dist/server/index.js'));
  return new errors.ValidationError('').copy;
}

test('where everything lies once, the plugin refuses with the classes that Strapi knows', () => {
  pack('node_modules/@strapi/strapi', strapi);
  pack('node_modules/@strapi/core', '');
  pack('node_modules/@strapi/utils', utils('the only one'));
  expect(copyInUse('node_modules/strapi-plugin-mail-scanner')).toBe('the only one');
});

test('where another package has put a newer copy on top, the plugin refuses with the classes of the copy that Strapi’s core has', () => {
  pack('node_modules/@strapi/utils', utils('of another plugin'));
  pack('node_modules/@strapi/strapi', strapi);
  pack('node_modules/@strapi/strapi/node_modules/@strapi/utils', utils('of @strapi/strapi'));
  pack('node_modules/@strapi/core', '');
  pack('node_modules/@strapi/core/node_modules/@strapi/utils', utils('of the core'));
  expect(copyInUse('node_modules/strapi-plugin-mail-scanner')).toBe('of the core');
});

test('where packages see only what they depend on, as with pnpm, the plugin finds the copy by way of Strapi', () => {
  pack('node_modules/.pnpm/utils/node_modules/@strapi/utils', utils('of the core'));
  pack('node_modules/.pnpm/core/node_modules/@strapi/core', '');
  pack('node_modules/.pnpm/strapi/node_modules/@strapi/strapi', strapi);
  link('core/node_modules/@strapi/utils', 'utils/node_modules/@strapi/utils');
  link('strapi/node_modules/@strapi/core', 'core/node_modules/@strapi/core');
  link('plugin/node_modules/@strapi/strapi', 'strapi/node_modules/@strapi/strapi');
  expect(copyInUse('node_modules/.pnpm/plugin/node_modules/strapi-plugin-mail-scanner')).toBe('of the core');
});

function link(from: string, to: string): void {
  const place = path.join(site, 'node_modules/.pnpm', from);
  mkdirSync(path.dirname(place), { recursive: true });
  symlinkSync(path.join(site, 'node_modules/.pnpm', to), place);
}
