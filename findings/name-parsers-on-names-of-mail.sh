#!/usr/bin/env bash
# humanparser 2.7.0 and parse-full-name 1.2.7: family names such as Ma are academic titles, and a title behind the comma is a first name.
#
# Guess: "Yo Ma" is Yo and Ma; "Berg, Dr. Anna" (the way of Exchange) has the first name Anna; a single name is a first name.
# Seen:  humanparser: no family name for Ma and V, "Dr." as the first name. parse-full-name: the single name is the family name, and
# MCDONALD becomes Mcdonald.
# Hurts: "Hello Dr.," and "Hello ," stand at the top of the answers.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts humanparser@2.7.0 parse-full-name@1.2.7

cat >try.mjs <<'JS'
import humanparser from 'humanparser';
import { parseFullName } from 'parse-full-name';
const shown = (one) => Object.entries(one).filter(([key, value]) => value?.length && key !== 'fullName' && key !== 'error').map(([key, value]) => key + '=' + value).join(' ');
for (const name of ['Yo Ma', 'Anna V', 'Berg, Anna', 'Berg, Dr. Anna', 'Prof. Dr. Anna Berg', 'Anna', 'ANNA MCDONALD', 'Josep Puig i Cadafalch']) console.log(name, '\n  humanparser    ', shown(humanparser.parseName(name)), '\n  parse-full-name', shown(parseFullName(name)));
JS

cat >expected <<'SEEN'
Yo Ma 
  humanparser     suffix=Ma firstName=Yo 
  parse-full-name first=Yo last=Ma
Anna V 
  humanparser     suffix=V firstName=Anna 
  parse-full-name first=Anna last=V
Berg, Anna 
  humanparser     lastName=Berg firstName=Anna 
  parse-full-name first=Anna last=Berg
Berg, Dr. Anna 
  humanparser     lastName=Berg firstName=Dr. middleName=Anna 
  parse-full-name title=Dr. first=Anna last=Berg
Prof. Dr. Anna Berg 
  humanparser     salutation=Prof. firstName=Dr. lastName=Berg middleName=Anna 
  parse-full-name title=Prof., Dr. first=Anna last=Berg
Anna 
  humanparser     firstName=Anna 
  parse-full-name last=Anna
ANNA MCDONALD 
  humanparser     firstName=ANNA lastName=MCDONALD 
  parse-full-name first=Anna last=Mcdonald
Josep Puig i Cadafalch 
  humanparser     firstName=Josep lastName=Cadafalch middleName=Puig i 
  parse-full-name first=Josep middle=Puig i last=Cadafalch
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
