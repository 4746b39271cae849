#!/usr/bin/env node
/** `npm run bench [-- --only import|lists|send|idle] [--json FILE]`: installs and builds what is missing, then measures. */
import path from 'node:path';
import { install, root, run } from './prepare.mjs';

await install();
await run(process.execPath, ['scripts/build-server.mjs', '--source-maps']);
await run(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'playground']);
const env = { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'error', STRAPI_TELEMETRY_DISABLED: 'true' };
const BENCHES = { import: 'bench/import.ts', lists: 'bench/list.ts', send: 'bench/send.ts', idle: 'bench/idle.ts' };
const at = process.argv.indexOf('--only');
const wanted = at < 0 ? Object.keys(BENCHES) : process.argv[at + 1].split(',');
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}". There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(1);
}
for (const name of wanted) {
  const code = await run(process.execPath, ['--expose-gc', 'scripts/run-ts.mjs', BENCHES[name], ...process.argv.slice(2)], { env });
  if (code !== 0) process.exit(code);
}
