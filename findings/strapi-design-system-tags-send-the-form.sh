#!/usr/bin/env bash
# @strapi/design-system 2.2.4: the button that takes a tag out of a MultiSelect has no name, and sends the form around it; so does the cross of an Alert.
#
# Guess: with `withTags` each tag has a button "Remove Billing", as the clear button of a SingleSelect has a name; buttons of a design system that are not for sending
# have type="button".
# Seen:  the button holds a picture alone (axe: button-name). A Tag, a tag in a MultiSelect and the cross of an Alert have no type, so that a click submits; Button, IconButton,
# TextButton and the clear button of a SingleSelect do not.
# Hurts: to take back one recipient or one tag sends the answer; who hears the page hears "button, button, button".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @strapi/design-system@2.2.4 @strapi/icons@2.2.4 react@18.3.1 \
  react-dom@18.3.1 react-router-dom@6.30.3 styled-components@6.4.3 esbuild-wasm@0.25.12 jsdom@26.1.0 @testing-library/user-event@14.6.1 @testing-library/dom@10.4.1

cat >page.mjs <<'JS'
import { JSDOM } from 'jsdom';
const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true, url: 'http://localhost/' });
const nothing = class { observe() {} unobserve() {} disconnect() {} };
Object.assign(window, { ResizeObserver: nothing, IntersectionObserver: nothing });
Object.assign(window.HTMLElement.prototype, { scrollIntoView() {}, hasPointerCapture: () => false, releasePointerCapture() {} });
for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name];
Object.assign(globalThis, { window, document: window.document, Event: window.Event, CustomEvent: window.CustomEvent, IS_REACT_ACT_ENVIRONMENT: true });
JS
cat >try.mjs <<'JS'
import './page.mjs';
import React from 'react';
import { createRoot } from 'react-dom/client';
import { act } from 'react-dom/test-utils';
import * as ds from '@strapi/design-system';
const h = React.createElement;
const option = h(ds.MultiSelectOption, { value: 'a' }, 'Billing');
const parts = {
  'MultiSelect withTags': h(ds.MultiSelect, { withTags: true, value: ['a'], onChange() {} }, option),
  'SingleSelect, clear': h(ds.SingleSelect, { value: 'a', onClear() {}, onChange() {} }, h(ds.SingleSelectOption, { value: 'a' }, 'Billing')),
  'Tag with a label': h(ds.Tag, { label: 'Remove Billing', icon: h('i'), onClick() {} }, 'Billing'),
  'Alert, its cross': h(ds.Alert, { title: 'Sent', closeLabel: 'Close', onClose() {} }, 'To Anna'),
  IconButton: h(ds.IconButton, { label: 'More' }, h('i')),
  Button: h(ds.Button, {}, 'Preview'),
};
for (const [name, part] of Object.entries(parts)) {
  let sent = 0;
  document.body.innerHTML = '<div id="root"></div>';
  const form = h('form', { onSubmit: (event) => { event.preventDefault(); sent += 1; } }, part);
  await act(async () => createRoot(document.getElementById('root')).render(h(ds.DesignSystemProvider, { locale: 'en', theme: ds.lightTheme }, form)));
  const button = document.querySelector('button');
  await act(async () => button.click());
  console.log(`${name}: the button is called ${JSON.stringify(button.getAttribute('aria-label') || button.textContent)}; a click ${sent ? 'sends the form' : 'sends nothing'}`);
}
process.exit(0);
JS
node node_modules/esbuild-wasm/bin/esbuild try.mjs --bundle --platform=node --format=esm --main-fields=module,main --outfile=bundled.mjs --log-level=error \
  --external:jsdom --alias:@strapi/design-system=./node_modules/@strapi/design-system/dist/index.mjs \
  --banner:js='import { createRequire } from "node:module"; const require = createRequire(import.meta.url);'

cat >expected <<'SEEN'
MultiSelect withTags: the button is called ""; a click sends the form
SingleSelect, clear: the button is called "Clear"; a click sends nothing
Tag with a label: the button is called "Remove Billing"; a click sends the form
Alert, its cross: the button is called "Close"; a click sends the form
IconButton: the button is called "More"; a click sends nothing
Button: the button is called "Preview"; a click sends nothing
SEEN
node bundled.mjs 2>/dev/null | tee seen
diff expected seen && echo 'as described'
