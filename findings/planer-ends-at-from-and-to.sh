#!/usr/bin/env bash
# planer 1.2.0: a letter ends at a line that begins with "From:", and quotes below a line of Gmail in Spanish, Italian or Swedish stay.
#
# Guess: a header block needs at least a sender with an address and a date; the lines of Gmail are known in the big languages.
# Seen:  of a travel plan ("From: Berlin", "To: Hamburg") only the greeting remains; Spanish, Italian and Swedish quotes are not found.
# Hurts: orders and bookings arrive empty, and long threads are stored again with each answer.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts planer@1.2.0

cat >try.mjs <<'JS'
import planer from 'planer';
const texts = ['Hello,\n\nFrom: Berlin\nTo: Hamburg\n\nis my journey. Please book it.\n', 'Danke.\n\nAm 01.06.2026 um 10:00 schrieb Desk <desk@example.com>:\n> Hallo\n',
  'Gracias.\n\nEl lun, 1 jun 2026 a las 10:00, Desk (<desk@example.com>) escribió:\n\n> Hola\n', 'Grazie.\n\nIl giorno lun 1 giu 2026 alle ore 10:00 Desk <desk@example.com> ha scritto:\n\n> Ciao\n',
  'Tack.\n\nDen mån 1 juni 2026 kl 10:00 skrev Desk <desk@example.com>:\n\n> Hej\n'];
for (const text of texts) console.log(JSON.stringify(text), '->', JSON.stringify(planer.extractFrom(text, 'text/plain')));
JS

cat >expected <<'SEEN'
"Hello,\n\nFrom: Berlin\nTo: Hamburg\n\nis my journey. Please book it.\n" -> "Hello,"
"Danke.\n\nAm 01.06.2026 um 10:00 schrieb Desk <desk@example.com>:\n> Hallo\n" -> "Danke."
"Gracias.\n\nEl lun, 1 jun 2026 a las 10:00, Desk (<desk@example.com>) escribió:\n\n> Hola\n" -> "Gracias.\n\nEl lun, 1 jun 2026 a las 10:00, Desk (<desk@example.com>) escribió:\n\n> Hola"
"Grazie.\n\nIl giorno lun 1 giu 2026 alle ore 10:00 Desk <desk@example.com> ha scritto:\n\n> Ciao\n" -> "Grazie.\n\nIl giorno lun 1 giu 2026 alle ore 10:00 Desk <desk@example.com> ha scritto:\n\n> Ciao"
"Tack.\n\nDen mån 1 juni 2026 kl 10:00 skrev Desk <desk@example.com>:\n\n> Hej\n" -> "Tack.\n\nDen mån 1 juni 2026 kl 10:00 skrev Desk <desk@example.com>:\n\n> Hej"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
