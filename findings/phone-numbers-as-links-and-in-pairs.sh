#!/usr/bin/env bash
# awesome-phonenumber 7.8.0 (and parseAndKeepRawInput of google-libphonenumber 3.2.47): a tel: link is no number without a region,
# and two numbers in one field are one long number.
#
# Guess: tel:+49-30-123456 (RFC 3966), a number in brackets and a full-width plus tell their country themselves; of "030 123456 /
# 030 123457" the first is taken.
# Seen:  without a region only a plus of ASCII as the very first sign counts, although parse() of the same library of Google reads
# all of them, and although with a region "call 030 123456" is read. The pair becomes a number with twice the digits, cut at the
# limit of 17.
# Hurts: numbers from vCards (TEL;VALUE=uri) and signatures are lost, or one is stored that nobody has.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts awesome-phonenumber@7.8.0 google-libphonenumber@3.2.47

cat >try.mjs <<'JS'
import { parsePhoneNumber } from 'awesome-phonenumber';
import google from 'google-libphonenumber';
const util = google.PhoneNumberUtil.getInstance();
const other = (name, text, region) => { try { const one = util[name](text, region); return util.isValidNumber(one) + ' ' + util.format(one, google.PhoneNumberFormat.E164); } catch (error) { return error.message; } };
for (const [text, region] of [['+49 30 123456'], ['tel:+49-30-123456'], ['＋49 30 123456'], ['(+49) 30 123456'], ['call 030 123456', 'DE'], ['030 123456 / 030 123457', 'DE'], ['030 123456 or 030 123457', 'DE']]) {
  const one = parsePhoneNumber(text, region && { regionCode: region });
  console.log(text, region ?? '', '->', one.valid, one.number?.e164 ?? one.possibility, '| google, raw kept:', other('parseAndKeepRawInput', text, region), '| google:', other('parse', text, region));
}
JS

cat >expected <<'SEEN'
+49 30 123456  -> true +4930123456 | google, raw kept: true +4930123456 | google: true +4930123456
tel:+49-30-123456  -> false invalid-country-code | google, raw kept: Invalid country calling code | google: true +4930123456
＋49 30 123456  -> false invalid-country-code | google, raw kept: Invalid country calling code | google: true +4930123456
(+49) 30 123456  -> false invalid-country-code | google, raw kept: Invalid country calling code | google: true +4930123456
call 030 123456 DE -> true +4930123456 | google, raw kept: true +4930123456 | google: true +4930123456
030 123456 / 030 123457 DE -> false +4930123456030123456 | google, raw kept: false +4930123456030123456 | google: false +4930123456030123456
030 123456 or 030 123457 DE -> false +4930123456030123456 | google, raw kept: false +4930123456030123456 | google: false +4930123456030123456
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
