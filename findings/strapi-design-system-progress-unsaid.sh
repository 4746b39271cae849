#!/usr/bin/env bash
# @strapi/design-system 2.2.4: ProgressBar tells a screen reader no value, and a bar with a `max` is filled as if that were 100.
#
# Guess: <ProgressBar value={40} max={50} /> is a progressbar with aria-valuenow 40, four fifths full. It is built on Radix, which does both.
# Seen:  the value reaches the bar's drawing alone: aria-valuenow is missing and the state is "indeterminate"; 40 of 50 is drawn as 40 of 100.
# Hurts: who does not see the bar hears "busy" until the end, and work with a known number of steps never looks done.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
# A bundler, because Node itself cannot load the package.
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @strapi/design-system@2.2.4 @strapi/icons@2.2.4 react@18.3.1 \
  react-dom@18.3.1 react-router-dom@6.30.3 styled-components@6.4.3 esbuild-wasm@0.25.12

cat >try.mjs <<'JS'
import React from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { DesignSystemProvider, lightTheme, ProgressBar } from '@strapi/design-system';
for (const props of [{ value: 40 }, { value: 40, max: 50 }, { value: 50, max: 50 }]) {
  const bar = React.createElement(ProgressBar, props);
  const html = renderToStaticMarkup(React.createElement(DesignSystemProvider, { locale: 'en', theme: lightTheme }, bar));
  const said = ['aria-valuemax', 'aria-valuenow', 'data-state'].map((name) => `${name} ${new RegExp(`${name}="([^"]*)"`).exec(html)?.[1] ?? 'missing'}`);
  console.log(`${JSON.stringify(props)}: ${said.join(', ')}, the empty part ${/translate3D\(-?(\d+)%/.exec(html)?.[1]} %`);
}
JS
node node_modules/esbuild-wasm/bin/esbuild try.mjs --bundle --platform=node --format=cjs --main-fields=module,main --outfile=bundled.cjs --log-level=error \
  --alias:@strapi/design-system=./node_modules/@strapi/design-system/dist/index.mjs

cat >expected <<'SEEN'
{"value":40}: aria-valuemax 100, aria-valuenow missing, data-state indeterminate, the empty part 60 %
{"value":40,"max":50}: aria-valuemax 50, aria-valuenow missing, data-state indeterminate, the empty part 60 %
{"value":50,"max":50}: aria-valuemax 50, aria-valuenow missing, data-state indeterminate, the empty part 50 %
SEEN
node bundled.cjs | tee seen
diff expected seen && echo 'as described'
