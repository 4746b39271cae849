#!/usr/bin/env bash
# mjml 5.4.1: the lines of a template language between two components are dropped without an error.
#
# Guess: {{#if order}} between two mj-text stays where it is, or is told as an error (validation is on).
# Seen:  it is gone, with no error in the list; inside a component and in attributes such words stay. An unknown component is told.
# Hurts: the condition of a template is lost, and each customer gets the paragraph that was meant for some.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mjml@5.4.1

cat >try.mjs <<'JS'
import mjml from 'mjml';
const made = async (body) => { const { html, errors } = await mjml('<mjml><mj-body><mj-section><mj-column>' + body + '</mj-column></mj-section></mj-body></mjml>'); return [html, errors.map((one) => one.message)]; };
for (const body of ['{{#if order}}<mj-text>Your order</mj-text>{{/if}}', '<mj-text>{{#if order}}Your order{{/if}}</mj-text>', '<mj-raw>{{#if order}}</mj-raw><mj-text>Your order</mj-text><mj-raw>{{/if}}</mj-raw>', '<mj-button href="{{link}}">x</mj-button>', 'plain words', '<mj-nothing>x</mj-nothing>']) {
  const [html, errors] = await made(body);
  console.log(body, '\n  ', ['{{#if order}}', '{{link}}', 'plain words'].filter((word) => html.includes(word)).join(' ') || 'nothing of it', '| errors:', errors.join('; ') || 'none');
}
JS

cat >expected <<'SEEN'
{{#if order}}<mj-text>Your order</mj-text>{{/if}} 
   nothing of it | errors: none
<mj-text>{{#if order}}Your order{{/if}}</mj-text> 
   {{#if order}} | errors: none
<mj-raw>{{#if order}}</mj-raw><mj-text>Your order</mj-text><mj-raw>{{/if}}</mj-raw> 
   {{#if order}} | errors: none
<mj-button href="{{link}}">x</mj-button> 
   {{link}} | errors: none
plain words 
   nothing of it | errors: none
<mj-nothing>x</mj-nothing> 
   nothing of it | errors: Element mj-nothing doesn't exist or is not registered
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
