#!/usr/bin/env bash
# windows-iana 5.1.0: the present names of some zones have no Windows name.
#
# Guess: Europe/Kyiv (the name since 2022) is found like Europe/Kiev.
# Seen:  nothing for Europe/Kyiv, America/Ciudad_Juarez, Pacific/Kanton and Antarctica/Troll; the way back gives the old names Europe/Kiev
# and Asia/Calcutta first, and "w. europe standard time" in small letters finds nothing.
# Hurts: an invitation for a customer in Ukraine cannot be written for Exchange.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts windows-iana@5.1.0

cat >try.mjs <<'JS'
import { findIana, findWindows } from 'windows-iana';
for (const zone of ['Europe/Berlin', 'Europe/Kiev', 'Europe/Kyiv', 'America/Nuuk', 'America/Ciudad_Juarez', 'Pacific/Kanton', 'Antarctica/Troll']) console.log(zone, '->', findWindows(zone));
for (const name of ['W. Europe Standard Time', 'w. europe standard time', 'India Standard Time', 'FLE Standard Time']) console.log(name, '->', findIana(name)[0]);
console.log('Europe/Kyiv in FLE Standard Time:', findIana('FLE Standard Time').includes('Europe/Kyiv'));
JS

cat >expected <<'SEEN'
Europe/Berlin -> [ 'W. Europe Standard Time' ]
Europe/Kiev -> [ 'FLE Standard Time' ]
Europe/Kyiv -> []
America/Nuuk -> [ 'Greenland Standard Time' ]
America/Ciudad_Juarez -> []
Pacific/Kanton -> []
Antarctica/Troll -> []
W. Europe Standard Time -> Europe/Berlin
w. europe standard time -> undefined
India Standard Time -> Asia/Calcutta
FLE Standard Time -> Europe/Kiev
Europe/Kyiv in FLE Standard Time: false
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
