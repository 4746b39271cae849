import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

/** What mail is read, written and fetched with: half of what the server half would take to load. */
const WHEN_USED = ['imapflow', 'sanitize-html', 'html-to-text', 'markdown-it', 'openid-client', 'nodemailer', 'entities', 're2js'];

test('a start loads nothing that only mail needs', () => {
  const program = `
    const own = require('./dist/server/index.js');
    console.log(JSON.stringify(Object.keys(require.cache)));
    process.exit(typeof own.registerAction === 'function' ? 0 : 1);`;
  const output = execFileSync(process.execPath, ['-e', program], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const loaded = (JSON.parse(output) as string[]).map((file) => file.split(path.sep).join('/'));
  expect(loaded.some((file) => file.endsWith('/dist/server/messages.js'))).toBe(true);
  const early = WHEN_USED.filter((name) => loaded.some((file) => file.includes(`/node_modules/${name}/`)));
  expect(early).toEqual([]);
});
