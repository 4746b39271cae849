import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadPgBoss } from '../../server/services/engine/pg-boss-package';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A file of a site that has this version of pg-boss installed; null: none. */
function siteWith(version: string | null, code = 'export const PgBoss = 1;'): string {
  const site = mkdtempSync(path.join(tmpdir(), 'site-'));
  folders.push(site);
  if (version) {
    const folder = path.join(site, 'node_modules/pg-boss');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ version, type: 'module', main: './index.js' }));
    writeFileSync(path.join(folder, 'index.js'), code);
  }
  return path.join(site, 'plugin.js');
}

test.each(['12.0.0', '12.18.1', '12.37.9', '11.40.0', '13.0.0', '12.38.0-beta.1'])(
  'pg-boss %s, which does not work or was not tried, is refused with what to install',
  async (version) => {
    await expect(loadPgBoss(siteWith(version))).rejects.toThrow(
      `config/plugins, mail-scanner: the engine "pg-boss" needs pg-boss ^12.38.0, and ${version} is installed: npm install pg-boss@^12.38.0`,
    );
  },
);

test.each(['12.38.0', '12.38.1', '12.40.0'])('pg-boss %s is taken', async (version) => {
  expect(await loadPgBoss(siteWith(version))).toMatchObject({ PgBoss: 1 });
});

test('without pg-boss, the sentence says what to install', async () => {
  await expect(loadPgBoss(siteWith(null))).rejects.toThrow('and it is not installed: npm install pg-boss@^12.38.0');
});

test('one that Node cannot load says so', async () => {
  await expect(loadPgBoss(siteWith('12.38.0', 'throw new Error("no such builtin");'))).rejects.toThrow(
    /pg-boss 12\.38\.0 cannot be loaded with Node \d+.*: no such builtin/,
  );
});

test('docs/configuration.md names the range that package.json names', () => {
  const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(readFileSync('docs/configuration.md', 'utf8')).toContain(`npm install pg-boss@${peerDependencies['pg-boss']}`);
});
