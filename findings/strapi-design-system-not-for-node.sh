#!/usr/bin/env bash
# @strapi/design-system 2.2.4: Node can neither import nor require it; only a bundler finds its ES module.
#
# Guess: a package with "main" (CommonJS) and "module" (ES module) can be required and imported, as @strapi/icons can be imported; a unit test renders a button in Node.
# Seen:  its package.json says "type": "module" and has no "exports", so that Node takes dist/index.js, which is CommonJS, for an ES module.
# Hurts: component tests of a plugin's admin half die at the first import until the runner is told to bundle the package or to prefer "module".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @strapi/design-system@2.2.4 @strapi/icons@2.2.4 react@18.3.1 \
  react-dom@18.3.1 react-router-dom@6.30.3 styled-components@6.4.3

cat >try.cjs <<'JS'
const { type, main, module: es, exports: entries } = require('./node_modules/@strapi/design-system/package.json');
console.log(JSON.stringify({ type, main, module: es, exports: entries ?? null }));
const shown = async (how, name, load) => console.log(how, name, await load().then(() => 'loaded', (error) => `refused: ${error.name}`));
(async () => {
  await shown('import ', '@strapi/icons', () => import('@strapi/icons'));
  await shown('import ', '@strapi/design-system', () => import('@strapi/design-system'));
  await shown('require', '@strapi/design-system', async () => require('@strapi/design-system'));
})();
JS

cat >expected <<'SEEN'
{"type":"module","main":"./dist/index.js","module":"./dist/index.mjs","exports":null}
import  @strapi/icons loaded
import  @strapi/design-system refused: ReferenceError
require @strapi/design-system refused: ReferenceError
SEEN
node try.cjs | tee seen
diff expected seen && echo 'as described'
