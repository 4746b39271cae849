#!/usr/bin/env bash
# @strapi/design-system 2.2.4: the heads of a Table are cells to a screen reader, its rows hold buttons that Tab does not reach, and the page one is on is no current page.
#
# Guess: Th is a columnheader, so that each cell is read with its column; buttons in cells are in the order of Tab; the link of the present page has aria-current="page".
# Seen:  Th has role="gridcell" like Td; all buttons get tabindex -1, and the arrows lead to them; aria-current is "true", and a link for "previous" without a target has no role of a link.
# Hurts: who hears a list of tickets hears "Open, High, Anna" and not what these are; a test or a script that goes by Tab never comes to "Delete".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @strapi/design-system@2.2.4 @strapi/icons@2.2.4 react@18.3.1 \
  react-dom@18.3.1 react-router-dom@6.30.3 styled-components@6.4.3 esbuild-wasm@0.25.12 jsdom@26.1.0

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
const row = (Cell, ...cells) => h(ds.Tr, {}, ...cells.map((cell, at) => h(Cell, { key: at }, cell)));
const table = h(ds.Table, { colCount: 2, rowCount: 2 }, h(ds.Thead, {}, row(ds.Th, 'Status', 'Actions')), h(ds.Tbody, {}, row(ds.Td, 'Open', [h('button', { key: 1 }, 'Edit'), h('button', { key: 2 }, 'Delete')])));
const pages = h(ds.Pagination, { activePage: 1, pageCount: 2 }, h(ds.PreviousLink, {}, 'Previous'), h(ds.PageLink, { number: 1 }, 'Page 1'), h(ds.NextLink, {}, 'Next'));
document.body.innerHTML = '<div id="root"></div>';
await act(async () => createRoot(document.getElementById('root')).render(h(ds.DesignSystemProvider, { locale: 'en', theme: ds.lightTheme }, table, pages)));
for (const one of document.querySelectorAll('th, td, button, nav a')) {
  const said = ['role', 'scope', 'tabindex', 'href', 'aria-current', 'aria-disabled'].filter((name) => one.hasAttribute(name)).map((name) => `${name}=${one.getAttribute(name)}`);
  console.log(`<${one.localName}> ${[...one.childNodes].map((node) => node.textContent)[0]}: ${said.join(' ')}`);
}
process.exit(0);
JS
node node_modules/esbuild-wasm/bin/esbuild try.mjs --bundle --platform=node --format=esm --main-fields=module,main --outfile=bundled.mjs --log-level=error \
  --external:jsdom --alias:@strapi/design-system=./node_modules/@strapi/design-system/dist/index.mjs \
  --banner:js='import { createRequire } from "node:module"; const require = createRequire(import.meta.url);'

cat >expected <<'SEEN'
<th> Status: role=gridcell tabindex=0
<th> Actions: role=gridcell tabindex=-1
<td> Open: role=gridcell tabindex=-1
<td> Edit: role=gridcell
<button> Edit: tabindex=-1
<button> Delete: tabindex=-1
<a> Previous: tabindex=-1 aria-disabled=true
<a> Page 1: aria-current=true aria-disabled=false
<a> Next: aria-disabled=false
SEEN
node bundled.mjs 2>/dev/null | tee seen
diff expected seen && echo 'as described'
