import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import chokidar, { type FSWatcher } from 'chokidar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepOutOfGit } from '../../server/services/storage/private-folder';
import { addScanner, eventually } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { appDir, removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** The private folder lies in the site, as by default: the site is a git repository and `strapi develop` watches it. */

let app: TestStrapi;
let server: TestMailServer;
let watcher: FSWatcher;
let site: string;
let folder: string;
const seen: string[] = [];

beforeAll(async () => {
  site = mkdtempSync(path.join(appDir, 'site-'));
  // Brackets in a name are no pattern.
  folder = path.join(site, 'private [a] (1)/mail-scanner');
  execFileSync('git', ['init', '--quiet'], { cwd: site });
  server = await startHoodiecrow();
  app = await startStrapi({ env: { MAIL_SCANNER_PRIVATE_FOLDER: path.relative(appDir, folder) } });
  // As `strapi develop` does it, which adds to this list patterns of its own.
  watcher = chokidar.watch(site, {
    ignoreInitial: true,
    ignored: [/\/\.git\//, ...app.strapi.config.get<string[]>('admin.watchIgnoreFiles', [])],
  });
  watcher.on('all', (event, file) => event !== 'addDir' && seen.push(path.relative(site, file)));
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
});

afterAll(async () => {
  await watcher?.close();
  await app?.stop();
  await server?.stop();
  if (app) removeFolder(app.folder);
  rmSync(site, { recursive: true, force: true });
});

const withAttachment = [
  'From: Anna <anna@customer.test>',
  'To: support@example.com',
  'Subject: The invoice',
  'Message-ID: <invoice@customer.test>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'See the file.',
  '--b',
  'Content-Type: text/csv; name=invoice.csv',
  'Content-Disposition: attachment; filename=invoice.csv',
  '',
  'a;b',
  '--b--',
  '',
].join('\r\n');

test('an email with an attachment changes nothing that `strapi develop` watches, nor what git sees', async () => {
  const scanner = await addScanner(app, server);
  await server.append('INBOX', withAttachment);
  expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ scanned: 1, failed: [] });
  expect(readdirSync(folder, { recursive: true }).some((name) => /[0-9a-f]{48}$/.test(String(name)))).toBe(true);
  // A change that is watched, to know that the watcher has told all that came before.
  writeFileSync(path.join(site, 'watched.ts'), '');
  await eventually(async () => seen.includes('watched.ts'));
  expect(seen).toEqual(['watched.ts']);
  const status = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], { cwd: site, encoding: 'utf8' });
  expect(status).toBe('?? watched.ts\n');
});

test('what a site writes into the .gitignore of the folder stays, and a folder of an earlier release gets one', async () => {
  const own = path.join(folder, '.gitignore');
  writeFileSync(own, '*\n!keep\n');
  await keepOutOfGit(app.strapi);
  expect(readFileSync(own, 'utf8')).toBe('*\n!keep\n');
  rmSync(own);
  await keepOutOfGit(app.strapi);
  expect(readFileSync(own, 'utf8')).toBe('*\n');
});

test('a site without attachments gets no folder', async () => {
  rmSync(folder, { recursive: true });
  await keepOutOfGit(app.strapi);
  expect(existsSync(folder)).toBe(false);
  mkdirSync(folder, { recursive: true });
});
