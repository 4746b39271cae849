#!/usr/bin/env node
/** `npm run bench [-- --json FILE]`: installs and builds what is missing, then measures. */
import path from 'node:path';
import { install, root, run } from './prepare.mjs';

await install();
await run(process.execPath, ['scripts/build-server.mjs', '--source-maps']);
await run(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'playground']);
const env = { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'error', STRAPI_TELEMETRY_DISABLED: 'true' };
for (const file of ['bench/import.ts', 'bench/list.ts', 'bench/idle.ts']) {
  const code = await run(process.execPath, ['--expose-gc', 'scripts/run-ts.mjs', file, ...process.argv.slice(2)], { env });
  if (code !== 0) process.exit(code);
}
