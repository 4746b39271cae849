#!/usr/bin/env node
/** `npm run soak -- --minutes N --seed S [--json FILE]`: see scripts/soak/soak.ts. */
import path from 'node:path';
import { install, root, run } from './prepare.mjs';

await install();
await run(process.execPath, ['scripts/build-server.mjs', '--source-maps']);
await run(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'playground']);
const env = { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'error', STRAPI_TELEMETRY_DISABLED: 'true' };
process.exit(await run(process.execPath, ['scripts/run-ts.mjs', 'scripts/soak/soak.ts', ...process.argv.slice(2)], { env }));
