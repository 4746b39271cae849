#!/usr/bin/env bash
# langdetect 1.0.9 (Python, Debian 12): the same text is French in one call and Romanian in the next, "Hallo" is Finnish, and a number is an exception.
#
# Guess: a text has one language, the same each time; of two words of every day it is right or unknown; text without letters has none.
# Seen:  each call draws lots (DetectorFactory.seed makes them alike): "Merci beaucoup" is fr or ro, "Vielen Dank" de or af, "Can you help me?" en or cy. "No" is Norwegian,
# "Tak" of Danes Swahili, "Hi Anna" Tagalog; a mail with an emoji or a number alone raises.
# Hurts: a ticket goes to another team when it is looked at again; automatic answers go out in Welsh; a job stops at "👍".
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-langdetect >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-langdetect=1.0.9-1 python3-six >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages PYTHONIOENCODING=utf-8

cat >try.py <<'CODE'
import langdetect
def once(text):
    try: return langdetect.detect(text)
    except langdetect.LangDetectException as error: return f'error: {error}'
for text in ['Merci beaucoup', 'Vielen Dank', 'Can you help me?', 'Danke, das geht']:
    print(text, '->', 'several answers in 300 calls' if len({once(text) for _ in range(300)}) > 1 else once(text))
langdetect.DetectorFactory.seed = 0
for text in ['Hallo', 'No', 'Tak', 'Hi Anna', 'Guten Morgen', 'Grazie mille', '12345', '👍']:
    print(text, '->', once(text))
CODE

cat >expected <<'SEEN'
Merci beaucoup -> several answers in 300 calls
Vielen Dank -> several answers in 300 calls
Can you help me? -> several answers in 300 calls
Danke, das geht -> several answers in 300 calls
Hallo -> fi
No -> no
Tak -> sw
Hi Anna -> tl
Guten Morgen -> de
Grazie mille -> it
12345 -> error: No features in text.
👍 -> error: No features in text.
SEEN
python3 try.py | tee seen
diff expected seen && echo 'as described'
