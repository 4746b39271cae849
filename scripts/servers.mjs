#!/usr/bin/env node
/** `npm run servers [-- NAME …]`: see scripts/servers/servers.ts. */
import path from 'node:path';
import { install, root, run } from './prepare.mjs';

await install();
await run(process.execPath, ['scripts/build-server.mjs', '--all']);
await run(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'playground']);
const env = { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'fatal', STRAPI_TELEMETRY_DISABLED: 'true' };
process.exit(await run(process.execPath, ['scripts/run-ts.mjs', 'scripts/servers/servers.ts', ...process.argv.slice(2)], { env }));
