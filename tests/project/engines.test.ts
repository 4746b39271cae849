import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Each version's engines and dependencies, as the registry tells them. */
const PACKAGES: Record<string, Record<string, { engines?: { node: string }; dependencies?: Record<string, string> }>> = {
  steady: { '1.0.0': { engines: { node: '>=18' } }, '1.10.0': { engines: { node: '>=20' }, dependencies: { deep: '^2.0.0' } } },
  hasty: { '1.0.0': { engines: { node: '>=20' } }, '1.0.9': { engines: { node: '>=20' } }, '1.0.10': { engines: { node: '>=22.12' } } },
  deep: { '2.0.0': {}, '2.1.0': { engines: { node: '^22 || ^24' } } },
  calm: { '3.0.0': {} },
};

let registry: Server;
let folder: string;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'engines-'));
  registry = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '').slice(1));
    const known = PACKAGES[name];
    if (!known) return void response.writeHead(404).end('{}');
    const versions = Object.fromEntries(Object.entries(known).map(([version, rest]) => [version, { name, version, dist: {}, ...rest }]));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ name, 'dist-tags': { latest: Object.keys(known).at(-1) }, versions }));
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
});

afterAll(() => {
  registry.close();
  rmSync(folder, { recursive: true, force: true });
});

async function check(dependencies: Record<string, string>, from = url): Promise<{ code: number | null; said: string }> {
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ engines: { node: '>=20.19.0' }, dependencies }));
  const env = { ...process.env, npm_config_registry: from, npm_config_cache: path.join(folder, 'cache') };
  const child = spawn(process.execPath, ['scripts/check-engines.mjs', folder], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

test('a dependency whose range allows a version that asks for a newer Node is named, and the check fails', async () => {
  const { code, said } = await check({ calm: '^3.0.0', hasty: '~1.0.0' });
  expect(said).toContain('hasty@~1.0.0 may install 1.0.10, which asks for Node >=22.12; this package promises >=20.19.0.');
  expect(code).toBe(1);
});

test('a dependency of a dependency counts, too', async () => {
  const { code, said } = await check({ steady: '^1.0.0' });
  expect(said).toContain('deep@^2.0.0 (for steady) may install 2.1.0');
  expect(code).toBe(1);
});

test('a range that ends before that version passes', async () => {
  const { code, said } = await check({ calm: '^3.0.0', hasty: '1.0.9' });
  expect(said).toBe('Engines: 2 dependencies checked, 0 ask for a Node that is not promised.\n');
  expect(code).toBe(0);
});

test('without the registry it says so in one line and passes', async () => {
  const { code, said } = await check({ hasty: '~1.0.0' }, 'http://127.0.0.1:9/');
  expect(said).toBe('Engines: not checked, since the registry does not answer (ECONNREFUSED).\n');
  expect(code).toBe(0);
});
