#!/usr/bin/env node
/** Before `npm pack` and `npm publish`, from a bare clone too: installs and builds what is missing, so that no package goes without `dist`. */
import { buildPlugin, install } from './prepare.mjs';

// Standard output is npm's own: it prints the name of the package there.
process.stdout.write = process.stderr.write.bind(process.stderr);

await install();
await buildPlugin();
