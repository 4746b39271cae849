#!/usr/bin/env bash
# @strapi/design-system 2.2.4: east of Greenwich a DatePicker that is handed its own date back shows the day before, and loses a day each time the field is left.
#
# Guess: value and onChange speak of the same day: what onChange gives can be kept and given back, as with any controlled field.
# Seen:  onChange gives midnight in the zone of the browser, value is read in UTC. In Berlin the tenth is shown as the ninth, and leaving the field reports that
# as the new choice; in New York all is well, which is why nobody there sees it.
# Hurts: a due date or a filter "since" moves to the past by itself, for half of the world, whenever somebody tabs through the form.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @strapi/design-system@2.2.4 @strapi/icons@2.2.4 react@18.3.1 \
  react-dom@18.3.1 react-router-dom@6.30.3 styled-components@6.4.3 esbuild-wasm@0.25.12 jsdom@26.1.0

cat >page.mjs <<'JS'
import { JSDOM } from 'jsdom';
const { window } = new JSDOM('<!doctype html><div id="root"></div>', { pretendToBeVisual: true, url: 'http://localhost/' });
const nothing = class { observe() {} unobserve() {} disconnect() {} };
Object.assign(window, { ResizeObserver: nothing, IntersectionObserver: nothing });
for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name];
Object.assign(globalThis, { window, document: window.document, Event: window.Event, CustomEvent: window.CustomEvent, IS_REACT_ACT_ENVIRONMENT: true });
JS
cat >try.mjs <<'JS'
import './page.mjs';
import React from 'react';
import { createRoot } from 'react-dom/client';
import { act } from 'react-dom/test-utils';
import { DatePicker, DesignSystemProvider, lightTheme } from '@strapi/design-system';
const chosen = [];
function Due() {
  const [day, setDay] = React.useState(new Date(Date.UTC(2026, 10, 10)));
  const onChange = (date) => { chosen.push(date.toDateString()); setDay(date); };
  return React.createElement(DatePicker, { locale: 'de', value: day, onChange });
}
const page = React.createElement(DesignSystemProvider, { locale: 'de', theme: lightTheme }, React.createElement(Due));
await act(async () => createRoot(document.getElementById('root')).render(page));
const field = document.querySelector('input');
console.log(`${process.env.TZ}: shows ${field.value}`);
for (let time = 1; time <= 3; time += 1) {
  await act(async () => { field.focus(); field.blur(); });
  console.log(`  left for the ${time}. time: onChange got ${chosen.at(-1)}, the field shows ${field.value}`);
}
process.exit(0);
JS
node node_modules/esbuild-wasm/bin/esbuild try.mjs --bundle --platform=node --format=esm --main-fields=module,main --outfile=bundled.mjs --log-level=error \
  --external:jsdom --alias:@strapi/design-system=./node_modules/@strapi/design-system/dist/index.mjs \
  --banner:js='import { createRequire } from "node:module"; const require = createRequire(import.meta.url);'

cat >expected <<'SEEN'
Europe/Berlin: shows 10.11.2026
  left for the 1. time: onChange got Tue Nov 10 2026, the field shows 09.11.2026
  left for the 2. time: onChange got Mon Nov 09 2026, the field shows 08.11.2026
  left for the 3. time: onChange got Sun Nov 08 2026, the field shows 07.11.2026
America/New_York: shows 10.11.2026
  left for the 1. time: onChange got Tue Nov 10 2026, the field shows 10.11.2026
  left for the 2. time: onChange got Tue Nov 10 2026, the field shows 10.11.2026
  left for the 3. time: onChange got Tue Nov 10 2026, the field shows 10.11.2026
SEEN
{ TZ=Europe/Berlin node bundled.mjs; TZ=America/New_York node bundled.mjs; } 2>/dev/null | tee seen
diff expected seen && echo 'as described'
