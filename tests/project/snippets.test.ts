import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configDefaults, validateConfig } from '../../server/services/settings/config';
import { PAGES_WITH_CODE, snippetsOf } from '../support/snippets';

/** What README and the pages beside it show is compiled as in an app that create-strapi-app made: its compilerOptions, and nothing generated yet. */

const root = path.resolve(__dirname, '../..');
const snippets = snippetsOf();

const TYPESCRIPT_APP = {
  compilerOptions: {
    module: 'CommonJS',
    moduleResolution: 'Node',
    lib: ['ES2020'],
    target: 'ES2019',
    strict: true,
    skipLibCheck: true,
    forceConsistentCasingInFileNames: true,
    incremental: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    noEmitOnError: true,
    noImplicitThis: true,
    outDir: 'dist',
    rootDir: '.',
  },
  include: ['./', './**/*.ts', './**/*.js', 'src/**/*.json'],
  exclude: ['node_modules/', 'dist/'],
};

const JAVASCRIPT_APP = {
  compilerOptions: { module: 'nodenext', moduleResolution: 'nodenext', target: 'ES2021', checkJs: true, allowJs: true, skipLibCheck: true },
};

let folder: string;

beforeAll(() => {
  // Beside node_modules, so that what it imports is found.
  folder = mkdtempSync(path.join(root, 'node_modules', '.readme-'));
  // The types that the package ships.
  execFileSync(process.execPath, ['scripts/build-types.mjs'], { cwd: root });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(app: string, files: { file: string; code: string }[]): string {
  const target = path.join(folder, app);
  for (const { file, code } of [{ file: 'package.json', code: '{"name":"app","private":true}' }, ...files]) {
    mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
    writeFileSync(path.join(target, file), code);
  }
  return target;
}

/** What the compiler complains about in the app's own files. */
function compile(target: string, config: string): string {
  return compileAll(target, config)
    .split('\n')
    .filter((line) => /^(src|config)\//.test(line))
    .join('\n');
}

function compileAll(target: string, config: string): string {
  try {
    return execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', config, '--noEmit'], {
      cwd: target,
      encoding: 'utf8',
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

test('each snippet begins with the path of its file, in TypeScript and in JavaScript', () => {
  const files = (language: string) => snippets.filter((snippet) => snippet.language === language).map(({ file }) => file);
  expect(files('ts').length).toBeGreaterThan(4);
  expect(files('js')).toEqual(files('ts').map((file) => file.replace(/\.ts$/, '.js')));
  expect(files('ts')).not.toContain('');
});

test('no other page shows a file of a site, which nothing would compile', () => {
  const others = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !PAGES_WITH_CODE.includes(`docs/${name}`))
    .filter((name) => /^```(ts|js)\n\/\/ src\//m.test(readFileSync(path.join(root, 'docs', name), 'utf8')));
  expect(others).toEqual([]);
  expect(new Set(snippets.map(({ file }) => file.split('.')[0]))).toEqual(
    new Set([
      'config/plugins',
      'config/admin',
      'src/api/helpdesk/routes/helpdesk',
      'src/api/helpdesk/controllers/helpdesk',
      'src/index',
      'src/newsletters',
      'src/import-tickets',
      'src/extensions/mail-scanner/strapi-server',
    ]),
  );
});

test('the extension that is shown adds its attribute and keeps the others', () => {
  const { code } = snippets.find(({ file }) => file === 'src/extensions/mail-scanner/strapi-server.js')!;
  const exported: { exports?: (plugin: object) => unknown } = {};
  new Function('module', code)(exported);
  const plugin = (attributes: object) => ({ contentTypes: { ticket: { schema: { attributes } } } });
  const title = { type: 'string' };
  expect(exported.exports!(plugin(Object.freeze({ title })))).toEqual(plugin({ title, branch: { type: 'string' } }));
});

test('the snippets compile in a new TypeScript app', () => {
  const files = snippets.filter(({ language }) => language === 'ts');
  const target = write('ts', [...files, { file: 'tsconfig.json', code: JSON.stringify(TYPESCRIPT_APP) }]);
  expect(compile(target, 'tsconfig.json')).toBe('');
  // A mistake in what they hand to the plugin is found, so they are not merely untyped.
  writeFileSync(
    path.join(target, 'src/index.ts'),
    files.find(({ file }) => file === 'src/index.ts')!.code.replace('context.message', 'context.mesage'),
  );
  expect(compile(target, 'tsconfig.json')).toContain("'mesage'");
}, 120_000);

test('the snippets pass in a new JavaScript app, which is checked as well', () => {
  const files = snippets.filter(({ language }) => language === 'js');
  const target = write('js', [...files, { file: 'jsconfig.json', code: JSON.stringify(JAVASCRIPT_APP) }]);
  expect(compile(target, 'jsconfig.json')).toBe('');
}, 120_000);

test('both languages say the same', async () => {
  for (const { file, code } of snippets.filter(({ language }) => language === 'ts')) {
    const { outputText } = ts.transpileModule(code.replace(/^\/\/.*\n/, ''), {
      compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
    });
    const asCommonJs = outputText
      .replace(/^import (\{.*\}) from ('.*');$/gm, 'const $1 = require($2);')
      .replace(/^export default /m, 'module.exports = ');
    const javascript = snippets.find((snippet) => snippet.file === file.replace(/\.ts$/, '.js'));
    expect(await plain(asCommonJs), file).toBe(await plain(javascript!.code.replace(/^\/\/.*\n/, '')));
  }
});

test('the parts of config/plugins that other pages show are ones that the plugin takes', () => {
  const parts = snippetsOf(['docs/oauth.md', 'docs/operations.md']).filter(({ code }) => code.includes("'mail-scanner':"));
  expect(parts).toHaveLength(2);
  for (const { code } of parts) {
    const plugins = new Function('env', `return {${code.replace(/^\/\/.*/, '')}}`);
    const { config } = plugins((name: string) => `the value of ${name}, which is long`)['mail-scanner'];
    expect(Object.keys(configDefaults())).toEqual(expect.arrayContaining(Object.keys(config)));
    expect(() => validateConfig({ ...configDefaults(), ...config })).not.toThrow();
  }
});

test('all other code that the pages show can be parsed', () => {
  const pages = ['README.md', ...readdirSync(path.join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? `docs/${name}` : []))];
  const whole = snippetsOf(pages).filter(({ code }) => !/^(\/\/.*\n)?'mail-scanner':/.test(code));
  expect(whole.length).toBeGreaterThan(snippets.length);
  for (const { code, language } of whole) {
    const { diagnostics } = ts.transpileModule(code, { fileName: `shown.${language}`, reportDiagnostics: true });
    expect(diagnostics!.map(({ messageText }) => messageText)).toEqual([]);
  }
});

/** Without what a formatter may choose. */
const plain = async (code: string): Promise<string> =>
  (await prettier.format(code, { parser: 'babel', singleQuote: true, printWidth: 140 })).replace(/\n\s*\n/g, '\n');
