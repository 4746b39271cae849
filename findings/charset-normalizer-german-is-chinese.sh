#!/usr/bin/env bash
# charset-normalizer 3.5.2 (Python; what requests guesses with): a German sentence in Latin-1 is read as Big5, "100 €" as Cyrillic and "Déjà vu" with Arabic letters.
#
# Guess: of a sentence or two in western letters windows-1252 or Latin-1 comes out, or something that reads the same.
# Seen:  big5hkscs, cp1125 and cp1006, with other letters in the place of ü, €, é and à. Where it says windows-1250 the words happen to be right.
# Hurts: a letter whose program names no charset becomes unreadable, and neither a warning nor a replacement sign tells of it.
#
# Needs Python 3 with pip; the package goes into the temporary folder.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m pip install -qq --disable-pip-version-check --target lib charset-normalizer==3.5.2

cat >try.py <<'CODE'
import sys
sys.path.insert(0, 'lib')
from charset_normalizer import __version__, from_bytes
print('charset-normalizer', __version__)
for text, charset in [
    ('Der Drucker ist kaputt, bitte prüfen Sie das.', 'latin-1'), ('Preis: 100 €', 'cp1252'), ('Déjà vu', 'latin-1'), ('Grüße aus Köln', 'latin-1'),
    ("Bonjour, le colis n'est pas arrivé.", 'latin-1'), ('Grüße', 'utf-8'),
]:
    best = from_bytes(text.encode(charset)).best()
    print(f'{text} ({charset}) -> {best.encoding}: {best}')
CODE

cat >expected <<'SEEN'
charset-normalizer 3.5.2
Der Drucker ist kaputt, bitte prüfen Sie das. (latin-1) -> big5hkscs: Der Drucker ist kaputt, bitte pr㘹en Sie das.
Preis: 100 € (cp1252) -> cp1125: Preis: 100 А
Déjà vu (latin-1) -> cp1006: Dﻠjﻓ vu
Grüße aus Köln (latin-1) -> cp1250: Grüße aus Köln
Bonjour, le colis n'est pas arrivé. (latin-1) -> cp1250: Bonjour, le colis n'est pas arrivé.
Grüße (utf-8) -> utf_8: Grüße
SEEN
PYTHONIOENCODING=utf-8 python3 try.py 2>&1 | tee seen
diff expected seen && echo 'as described'
