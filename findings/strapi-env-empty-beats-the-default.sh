#!/usr/bin/env bash
# @strapi/utils 5.55.0: an empty variable beats the default of env.int (NaN) and env.bool (false), and "TRUE", "yes" and "1" are false.
#
# Guess: PORT= in a .env file means that no port is set, so the default holds; "TRUE", "yes" and "1" are true, as "1" is for
# parseType of the same package.
# Seen:  only "true" in small letters is true; env.int of "12px" is 12; env.array of an empty variable is one empty word.
# Hurts: a setting that is left empty in the file of a container starts with NaN seconds, or with a check switched off.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @strapi/utils@5.55.0

cat >try.mjs <<'JS'
const { default: utils } = await import('@strapi/utils');
const { env } = utils;
Object.assign(process.env, { EMPTY: '', UPPER: 'TRUE', ONE: '1', YES: 'yes', SMALL: 'true', PIXELS: '12px', WORDS: 'a, b,"c"', DECIMAL: '1.9' });
const shown = (name, make) => { let seen; try { seen = make(); } catch (error) { seen = 'refused: ' + error.message; } console.log(name.padEnd(26), seen); };
shown("env.int('EMPTY', 5)", () => env.int('EMPTY', 5));
shown("env.float('EMPTY', 5)", () => env.float('EMPTY', 5));
shown("env.bool('EMPTY', true)", () => env.bool('EMPTY', true));
shown("env.array('EMPTY', ['x'])", () => env.array('EMPTY', ['x']));
shown("env('EMPTY', 'x')", () => JSON.stringify(env('EMPTY', 'x')));
for (const name of ['SMALL', 'UPPER', 'ONE', 'YES']) shown('env.bool of ' + process.env[name], () => env.bool(name));
shown('env.int of 12px', () => env.int('PIXELS'));
shown('env.int of 1.9', () => env.int('DECIMAL'));
shown('env.array of a, b,"c"', () => env.array('WORDS'));
JS

cat >expected <<'SEEN'
env.int('EMPTY', 5)        NaN
env.float('EMPTY', 5)      NaN
env.bool('EMPTY', true)    false
env.array('EMPTY', ['x'])  [ '' ]
env('EMPTY', 'x')          ""
env.bool of true           true
env.bool of TRUE           false
env.bool of 1              false
env.bool of yes            false
env.int of 12px            12
env.int of 1.9             1
env.array of a, b,"c"      [ 'a', 'b', 'c' ]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
