#!/usr/bin/env bash
# @strapi/utils 5.55.0: the GraphQL names of an enumeration's values can be empty, begin with a digit, or be the same for two values.
#
# Guess: toRegressedEnumValue() makes a name that GraphQL allows (a letter or "_" first), another for each value, or refuses the value.
# Seen:  "2nd level" is 2nd_level, Japanese and "---" are nothing, "C++" and "C#" are both C; umlauts are written out in German for all languages.
# Hurts: a site whose states are called so starts without GraphQL, or answers one state for two.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @strapi/utils@5.55.0

cat >try.mjs <<'JS'
import utils from '@strapi/utils';
for (const value of ['Wait For Response', '2nd level', 'C++', 'C#', 'Größe', '対応中', '---', '_internal']) console.log(`${value}: ${JSON.stringify(utils.strings.toRegressedEnumValue(value))}`);
JS

cat >expected <<'SEEN'
Wait For Response: "Wait_For_Response"
2nd level: "2nd_level"
C++: "C"
C#: "C"
Größe: "Groesse"
対応中: ""
---: ""
_internal: "internal"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
