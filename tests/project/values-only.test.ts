import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Rollup } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { valuesOnly } from '../../scripts/values-only.mjs';
import { SENTENCES } from '../../shared/sentences/catalogue';

/** The package holds a translation's values alone: what the panel loads of a language is what its file says all the same. */

const server = Object.keys(SENTENCES);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.resolve('node_modules/.values-'));
  cpSync('admin/src/translations', path.join(folder, 'translations'), { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesIn = (place: string) => readdirSync(path.join(folder, place)).filter((name) => name.endsWith('.json'));
const textsOf = (file: string): Record<string, string> => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));

/** What a bundle of these files exports, and its code. */
async function bundled(files: string[]): Promise<{ texts: Record<string, string>[]; code: string }> {
  const entry = path.join(folder, 'entry.js');
  const lines = files.map((file, index) => `import t${index} from './${file}';`);
  writeFileSync(entry, `${lines.join('\n')}\nexport default [${files.map((_, index) => `t${index}`)}];`);
  const plugins = [valuesOnly({ server })];
  const lib = { entry, formats: ['es' as const], fileName: 'bundle' };
  const result = await build({ root: folder, configFile: false, logLevel: 'silent', plugins, build: { write: false, minify: false, lib } });
  const [{ output }] = result as Rollup.RollupOutput[];
  const { default: texts } = await import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`);
  return { texts, code: output[0].code };
}

test('each language has its texts under their keys, and the keys are there once', async () => {
  const files = ['translations', 'translations/server'].flatMap((place) => filesIn(place).map((name) => `${place}/${name}`));
  expect(files).toHaveLength(11);
  const { texts, code } = await bundled(files);
  expect(texts).toEqual(files.map(textsOf));
  expect(code.split('"mailbox.connect"')).toHaveLength(2);
});

test('a text that is missing stops the build', async () => {
  const file = 'translations/server/sv.json';
  const { 'mailbox.connect': gone, ...rest } = textsOf(file);
  writeFileSync(path.join(folder, file), JSON.stringify(rest));
  await expect(bundled([file])).rejects.toThrow('mailbox.connect');
  writeFileSync(path.join(folder, file), JSON.stringify({ 'mailbox.connect': gone, ...rest }));
});
