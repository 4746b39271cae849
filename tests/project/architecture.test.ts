import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(__dirname, '../..');

function cruise(): { ok: boolean; output: string } {
  try {
    const args = [
      path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'server',
      'admin/src',
      'strapi-server.ts',
      'strapi-admin.tsx',
    ];
    return { ok: true, output: execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }) };
  } catch (error) {
    return { ok: false, output: String((error as { stdout?: string }).stdout) };
  }
}

test('no room imports what it may not know', () => {
  const { ok, output } = cruise();
  expect(ok, output).toBe(true);
});

test.each([
  ['pure-rooms', 'server/services/message', '../../scanner/scan'],
  ['features-apart', 'admin/src/inbox', '../../scanners/ScannerForm'],
  ['features-apart', 'admin/src/shared', '../../inbox/list/TicketTable'],
  ['api-stands-below', 'admin/src/inbox/api', '../../list/TicketTable'],
])('an import that crosses a wall is found: %s, from %s to %s', (rule, room, target) => {
  const folder = mkdtempSync(path.join(root, room, 'crossing-'));
  writeFileSync(path.join(folder, 'crossing.ts'), `import '${target}';\n`);
  try {
    expect(cruise().output).toContain(rule);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
