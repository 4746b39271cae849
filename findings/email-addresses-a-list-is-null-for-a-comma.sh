#!/usr/bin/env bash
# email-addresses 5.0.0: a list with a comma at its end, or with one sender such as Anna [Ltd] <anna@example.com>, is null as a whole, and "Anna" Berg is AnnaBerg.
#
# Guess: an empty place in a list is skipped (RFC 5322 section 4.4 allows it, and "strict" is an option of its own that is off); of a list with one odd address the
# others are there; words of a name have a blank between them, and a quoted local part keeps its quotes.
# Seen:  null for a comma too many, a semicolon, brackets or an @ in a name, an address as its own name, and a dot at the end of a local part; "anna b"@example.com has
# the address "anna b@example.com", which is none; undisclosed-recipients:; is a group of nobody, as it should be.
# Hurts: code that asks list?.length finds no recipients, and everybody in Cc is left out of the answer for one of them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund email-addresses@5.0.0

cat >try.mjs <<'CODE'
import emailAddresses from 'email-addresses';
for (const list of [
  'a@example.com, b@example.com', 'a@example.com, b@example.com,', '<a@example.com>, , <b@example.com>', 'a@example.com; b@example.com', 'a@example.com, Anna [Ltd] <b@example.com>', 'a@example.com, Anna @ Lamp <b@example.com>',
  'a@example.com, b@example.com <b@example.com>', 'a@example.com, Anna <anna.@example.com>', '"Anna" Berg <a@example.com>', '"anna b"@example.com', 'undisclosed-recipients:;', 'a@example.com, jörg@example.com',
]) {
  const read = emailAddresses.parseAddressList(list);
  console.log(list, '->', read === null ? 'null' : JSON.stringify(read.map((one) => [one.name, one.address ?? one.addresses])));
}
CODE

cat >expected <<'SEEN'
a@example.com, b@example.com -> [[null,"a@example.com"],[null,"b@example.com"]]
a@example.com, b@example.com, -> null
<a@example.com>, , <b@example.com> -> null
a@example.com; b@example.com -> null
a@example.com, Anna [Ltd] <b@example.com> -> null
a@example.com, Anna @ Lamp <b@example.com> -> null
a@example.com, b@example.com <b@example.com> -> null
a@example.com, Anna <anna.@example.com> -> null
"Anna" Berg <a@example.com> -> [["AnnaBerg","a@example.com"]]
"anna b"@example.com -> [[null,"anna b@example.com"]]
undisclosed-recipients:; -> [["undisclosed-recipients",[]]]
a@example.com, jörg@example.com -> [[null,"a@example.com"],[null,"jörg@example.com"]]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
