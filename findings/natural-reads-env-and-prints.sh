#!/usr/bin/env bash
# natural 8.1.1: importing the library reads the .env file of the working folder into process.env, and prints lines to standard output.
#
# Guess: importing a stemmer changes nothing outside itself and prints nothing.
# Seen:  dotenv is called from within the library, several times; each call prints a line with a tip, of changing words.
# Hurts: a command whose output another program reads (JSON, CSV, the answer of a hook) is broken by the import, and settings of a
# .env that was meant for another program hold.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts natural@8.1.1

cat >try.mjs <<'JS'
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-'));
writeFileSync(path.join(folder, '.env'), 'DESK_COLOUR=blue\n');
const program = 'import ' + JSON.stringify(import.meta.resolve('natural')) + '; console.error(process.env.DESK_COLOUR); process.exit(0);';
const { stdout, stderr } = spawnSync('node', ['--input-type=module', '-e', program], { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH } });
rmSync(folder, { recursive: true });
console.log('DESK_COLOUR after the import:', stderr.trim());
console.log('lines on standard output:', stdout.trim().split('\n').length, '- such as those of dotenv:', stdout.includes('injected env'));
JS

cat >expected <<'SEEN'
DESK_COLOUR after the import: blue
lines on standard output: 5 - such as those of dotenv: true
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
