#!/usr/bin/env bash
# quill-delta-to-html 0.12.1: a link to example.com leads to "unsafe:example.com", so do HTTPS:// in capitals and pictures inside the letter (cid:), and
# centred text is not.
#
# Guess: what has a scheme that runs something is taken away, all else stays; formats are written as style, since letters have no style sheet of Quill.
# Seen:  only http, https, mailto, tel and some more in small letters, data:image, # and / are known, and "unsafe:" is put in front of the rest. Alignment,
# size and font are classes (ql-…) unless inlineStyles is set; mentions vanish.
# Hurts: customers get answers with dead links and broken pictures, and without the layout that the editor showed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts quill-delta-to-html@0.12.1

cat >try.mjs <<'JS'
import { QuillDeltaToHtmlConverter } from 'quill-delta-to-html';
const line = (attributes) => ({ insert: '\n', attributes });
const link = (link) => [{ insert: 'x', attributes: { link } }, line()];
for (const [name, ops] of Object.entries({ https: link('https://example.com'), HTTPS: link('HTTPS://example.com'), 'no scheme': link('example.com'), sip: link('sip:anna@example.com'), cid: [{ insert: { image: 'cid:1@example.com' } }, line()], centre: [{ insert: 'x' }, line({ align: 'center' })], large: [{ insert: 'x', attributes: { size: 'large' } }, line()], mention: [{ insert: { mention: { value: 'Anna' } } }, line()] })) {
  console.log(name, '->', new QuillDeltaToHtmlConverter(ops, {}).convert(), ['centre', 'large'].includes(name) ? '| inlineStyles ' + new QuillDeltaToHtmlConverter(ops, { inlineStyles: true }).convert() : '');
}
JS

cat >expected <<'SEEN'
https -> <p><a href="https://example.com" target="_blank">x</a></p> 
HTTPS -> <p><a href="unsafe:HTTPS://example.com" target="_blank">x</a></p> 
no scheme -> <p><a href="unsafe:example.com" target="_blank">x</a></p> 
sip -> <p><a href="unsafe:sip:anna@example.com" target="_blank">x</a></p> 
cid -> <p><img class="ql-image" src="unsafe:cid:1@example.com"/></p> 
centre -> <p class="ql-align-center">x</p> | inlineStyles <p style="text-align:center">x</p>
large -> <p><span class="ql-size-large">x</span></p> | inlineStyles <p><span style="font-size: 1.5em">x</span></p>
mention -> <p></p> 
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
