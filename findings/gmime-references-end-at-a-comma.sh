#!/usr/bin/env bash
# GMime 3.2.13 (mu, notmuch, Pan and Balsa read mail with it): References end at the first comma, and dates with "+01:00", "GMT+0100" or "10.00.00" are another time.
#
# Guess: what stands in angle brackets is an id, whatever is between; a zone with a colon, or with letters before it, is +0100, or the date is refused; 69 is
# 1969 (RFC 5322 section 4.3: 50 to 99 are of the last century).
# Seen:  of <a@x>, <b@x> only the first is left; ids without brackets are none; +01:00 and GMT+0100 are UTC, CET too; with dots in the time it is midnight; the
# second 60, which RFC 5322 section 3.3 allows, makes no date at all.
# Hurts: an answer whose program puts commas hangs below the first letter instead of the last; letters stand an hour off, or at midnight, in the order of a thread.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show gir1.2-gmime-3.0 >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root gir1.2-gmime-3.0=3.2.13+dfsg-2 libgmime-3.0-0=3.2.13+dfsg-2 python3-gi gir1.2-glib-2.0 libgirepository-1.0-1 libgpgme11 libgpg-error0 libassuan0 libidn2-0 libunistring2 libglib2.0-0 libpcre2-8-0 libffi8 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
type /usr/bin/python3 >/dev/null 2>&1 || { echo 'this script needs python3 of Debian'; exit 2; }
libs=$(echo "$work"/root/usr/lib/*-linux-gnu)
python() { LD_LIBRARY_PATH=$libs GI_TYPELIB_PATH=$libs/girepository-1.0 PYTHONPATH=$work/root/usr/lib/python3/dist-packages TZ=UTC /usr/bin/python3 "$@"; }

cat >try.py <<'CODE'
import gi
gi.require_version('GMime', '3.0')
from gi.repository import GMime
GMime.init()
for text in ['<a@x> <b@x>', '<a@x>, <b@x>', '<a@x><b@x>', 'a@x b@x', '<a@x> (of Monday) <b@x>', 'Your letter of Monday <a@x>']:
    ids = GMime.References.parse(None, text)
    print('References:', text, '->', ' '.join(ids.get_message_id(at) for at in range(ids.length())) or 'none')
for text in [
    'Mon, 2 Nov 2026 10:00:00 +0100', 'Mon, 2 Nov 2026 10:00:00 +01:00', 'Mon, 2 Nov 2026 10:00:00 GMT+0100', 'Mon, 2 Nov 2026 10:00:00 CET', 'Mon, 2 Nov 2026 10:00:00 EDT',
    'Mon, 2 Nov 2026 10.00.00 +0100', 'Wed, 31 Dec 2008 23:59:60 +0000', 'Sun, 2 Nov 69 10:00:00 +0000', '2026-11-02T10:00:00+01:00',
]:
    date = GMime.utils_header_decode_date(text)
    print('Date:', text, '->', date.format('%Y-%m-%d %H:%M:%S %z') if date else 'none')
CODE

cat >expected <<'SEEN'
References: <a@x> <b@x> -> a@x b@x
References: <a@x>, <b@x> -> a@x
References: <a@x><b@x> -> a@x b@x
References: a@x b@x -> none
References: <a@x> (of Monday) <b@x> -> a@x b@x
References: Your letter of Monday <a@x> -> a@x
Date: Mon, 2 Nov 2026 10:00:00 +0100 -> 2026-11-02 10:00:00 +0100
Date: Mon, 2 Nov 2026 10:00:00 +01:00 -> 2026-11-02 10:00:00 +0000
Date: Mon, 2 Nov 2026 10:00:00 GMT+0100 -> 2026-11-02 10:00:00 +0000
Date: Mon, 2 Nov 2026 10:00:00 CET -> 2026-11-02 10:00:00 +0000
Date: Mon, 2 Nov 2026 10:00:00 EDT -> 2026-11-02 10:00:00 -0400
Date: Mon, 2 Nov 2026 10.00.00 +0100 -> 2026-11-02 00:00:00 +0100
Date: Wed, 31 Dec 2008 23:59:60 +0000 -> none
Date: Sun, 2 Nov 69 10:00:00 +0000 -> 2069-11-02 10:00:00 +0000
Date: 2026-11-02T10:00:00+01:00 -> none
SEEN
python try.py | tee seen
diff expected seen && echo 'as described'
