#!/usr/bin/env bash
# @strapi/design-system 2.2.4: a MultiSelect whose values are numbers shows none of them, cannot take one back, and adds the new one as a string.
#
# Guess: options may have numbers as values (their type is string | number): what is given comes back as it was given, and a second click takes it away.
# Seen:  of value [1, 2] nothing is shown and nothing is ticked; a click on the first gives [1, 2, "1"]. With strings all is well.
# Hurts: a list of people or records by their ids only grows, saves each one twice, and breaks what compares with ===.
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
import userEvent from '@testing-library/user-event';
import * as ds from '@strapi/design-system';
const h = React.createElement;
const user = userEvent.setup({ pointerEventsCheck: 0, document });
const options = (Option, values) => values.map((value) => h(Option, { key: value, value }, `No. ${value}`));
const lines = [];
const tries = [
  ['MultiSelect', ds.MultiSelect, options(ds.MultiSelectOption, [1, 2]), [1, 2], 0],
  ['MultiSelect', ds.MultiSelect, options(ds.MultiSelectOption, [1, 2]), [1], 1],
  ['MultiSelect', ds.MultiSelect, options(ds.MultiSelectOption, ['1', '2']), ['1', '2'], 0],
];
// The first click of all is lost in jsdom.
for (const [name, Select, children, value, click] of [tries[0], ...tries]) {
  let given = 'nothing';
  document.body.innerHTML = '<div id="root"></div>';
  const select = h(Select, { 'aria-label': 'People', value, onChange: (next) => { given = JSON.stringify(next); } }, children);
  await act(async () => createRoot(document.getElementById('root')).render(h(ds.DesignSystemProvider, { locale: 'en', theme: ds.lightTheme }, select)));
  const box = document.querySelector('[role=combobox]');
  const shown = box.textContent;
  await act(() => user.click(box));
  await act(() => user.click(document.querySelectorAll('[role=option]')[click]));
  lines.push(`${name} with ${JSON.stringify(value)} shows ${JSON.stringify(shown)}; a click on number ${click + 1} gives ${given}`);
}
console.log(lines.slice(1).join('\n'));
process.exit(0);
JS
node node_modules/esbuild-wasm/bin/esbuild try.mjs --bundle --platform=node --format=esm --main-fields=module,main --outfile=bundled.mjs --log-level=error \
  --external:jsdom --alias:@strapi/design-system=./node_modules/@strapi/design-system/dist/index.mjs \
  --banner:js='import { createRequire } from "node:module"; const require = createRequire(import.meta.url);'

cat >expected <<'SEEN'
MultiSelect with [1,2] shows ""; a click on number 1 gives [1,2,"1"]
MultiSelect with [1] shows ""; a click on number 2 gives [1,"2"]
MultiSelect with ["1","2"] shows "No. 1No. 2"; a click on number 1 gives ["2"]
SEEN
node bundled.mjs 2>/dev/null | tee seen
diff expected seen && echo 'as described'
