#!/usr/bin/env bash
# email-comb 7.4.4: an id that a link of the letter points to is removed, and so is the name of a template variable in a class.
#
# Guess: only classes and ids that no rule of the style sheet and nothing in the letter needs are removed; {{ name }} of a template language stays, as
# the text outside attributes does.
# Seen:  an id without a rule goes even when href="#id" names it; class="a {{ kind }}" becomes "a {{ }}", and %%kind%% goes whole. The option backend
# has to name each kind of brackets.
# Hurts: the table of contents of a letter leads nowhere, and every customer gets the same colour of state.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts email-comb@7.4.4

cat >try.mjs <<'JS'
import { comb } from 'email-comb';
for (const html of ['<a href="#terms">terms</a><h2 id="terms">Terms</h2>', '<style>.a{color:red}</style><p class="a {{ kind }}">x</p>', '<style>.a{color:red}</style><p class="a">x</p><p class="%%kind%%">y</p>', '<style>.a{color:red} .moz-text-html .b{color:blue}</style><p class="a">x</p><p class="b">y</p>'])
  console.log('%s\n  -> %s', html, comb(html).result);
console.log(comb('<style>.a{color:red}</style><p class="a {{ kind }}">x</p>', { backend: [{ heads: '{{', tails: '}}' }] }).result);
JS

cat >expected <<'SEEN'
<a href="#terms">terms</a><h2 id="terms">Terms</h2>
  -> <a href="#terms">terms</a><h2>Terms</h2>
<style>.a{color:red}</style><p class="a {{ kind }}">x</p>
  -> <style>.a{color:red}</style><p class="a {{ }}">x</p>
<style>.a{color:red}</style><p class="a">x</p><p class="%%kind%%">y</p>
  -> <style>.a{color:red}</style><p class="a">x</p><p>y</p>
<style>.a{color:red} .moz-text-html .b{color:blue}</style><p class="a">x</p><p class="b">y</p>
  -> <style>.a{color:red}</style><p class="a">x</p><p>y</p>
<style>.a{color:red}</style><p class="a {{ kind }}">x</p>
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
