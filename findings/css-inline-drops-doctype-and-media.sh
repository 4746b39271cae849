#!/usr/bin/env bash
# css-inline 0.21.2: the rest of the style sheet and the words of the doctype are dropped; a mail for telephones is one for desks again.
#
# Guess: rules that cannot stand in an attribute (@media, :hover) stay in a style element, as with juice, and the doctype is not
# touched.
# Seen:  both are gone; the XHTML doctype becomes <!DOCTYPE html>, so that old programs lay the letter out in another mode. A part
# of a letter comes back as a whole document.
# Hurts: the layout for small screens is lost without a warning.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @css-inline/css-inline@0.21.2 juice@11.1.1 inline-css@4.0.3

cat >try.mjs <<'JS'
import { inline } from '@css-inline/css-inline';
import juice from 'juice';
const letter = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html><head><style>p{color:red}a:hover{color:blue}@media (max-width:400px){p{margin:0}}</style></head><body><p>x</p></body></html>';
for (const [name, made] of [['css-inline', inline(letter)], ['juice', juice(letter)]]) console.log(name, '| doctype:', /^<!DOCTYPE[^>]*>/i.exec(made)?.[0] ?? 'none', '| @media:', made.includes('@media'), '| :hover:', made.includes(':hover'));
console.log(inline('<style>p{color:red}</style><p>x</p>'));
console.log(juice('<style>p{color:red}</style><p>x</p>'));
JS

cat >expected <<'SEEN'
css-inline | doctype: <!DOCTYPE html> | @media: false | :hover: false
juice | doctype: <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"> | @media: true | :hover: true
<html><head></head><body><p style="color: red;">x</p></body></html>
<p style="color: red;">x</p>
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
