#!/usr/bin/env node
/** `npm run outside`: see scripts/outside/outside.ts. */
import { install, root, run } from './prepare.mjs';

await install();
process.exit(await run(process.execPath, ['scripts/run-ts.mjs', 'scripts/outside/outside.ts', ...process.argv.slice(2)], { cwd: root }));
