#!/usr/bin/env node
/** Before `npm pack` and `npm publish`, from a bare clone too: installs what is missing and builds again, so that nothing of an earlier build, or of a test's, goes along. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { buildPlugin, install, root } from './prepare.mjs';

// Standard output is npm's own: it prints the name of the package there.
process.stdout.write = process.stderr.write.bind(process.stderr);

await install();
rmSync(path.join(root, 'dist'), { recursive: true, force: true });
await buildPlugin();
