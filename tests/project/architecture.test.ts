import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** The rule that forbids it, the folder that imports, and what. */
const CROSSINGS = [
  ['pure-rooms', 'server/services/message', '../../scanner/scan'],
  ['layer-settings', 'server/services/settings', '../../outgoing/speech'],
  ['layer-scanner', 'server/services/scanner', '../../inbox/viewer'],
  ['layer-outgoing', 'server/services/outgoing', '../../../controllers/limit'],
  ['every-file-has-a-layer', 'server/services/attic', '../../lib/redact'],
  ['features-apart', 'admin/src/inbox', '../../scanners/ScannerForm'],
  ['features-apart', 'admin/src/shared', '../../inbox/list/TicketTable'],
  ['api-stands-below', 'admin/src/api', '../../inbox/list/TicketTable'],
] as const;

test('an import that crosses a wall, climbs a layer or comes from a room without a layer is found', () => {
  const folders = CROSSINGS.map(([, room, target]) => {
    const folder = path.join(root, room, 'crossing');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'crossing.ts'), `import '${target}';\n`);
    return folder;
  });
  try {
    const { output } = cruise();
    for (const [rule, room] of CROSSINGS) expect(output).toContain(`error ${rule}: ${room}/crossing/`);
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true });
    rmSync(path.join(root, 'server/services/attic'), { recursive: true });
  }
});

test('each room stands in the table of the rooms', () => {
  const rooms = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8').split('## The rooms')[1].split('## The layers')[0];
  const folders = ['server', 'server/services', 'shared', 'admin/src', 'admin/src/inbox', 'server/services/message'].flatMap((parent) =>
    readdirSync(path.join(root, parent), { withFileTypes: true }).filter((entry) => entry.isDirectory()),
  );
  expect(folders.map(({ name }) => name).filter((name) => !new RegExp(`(^|\\s)${name}/`, 'm').test(rooms))).toEqual([]);
});
