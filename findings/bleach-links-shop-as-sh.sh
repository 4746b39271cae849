#!/usr/bin/env bash
# bleach 5.0.1 (Python; forums and helpdesks of Django show text with it): anna@example.shop is linked as anna@example.sh, https://desk.example.app/1 is no
# link, and README.md is one.
#
# Guess: what begins with https:// is a link whatever its domain; an address is linked as it stands, to its last letter; of names without https:// those
# with a top-level domain of every day are links.
# Seen:  a list of the top-level domains of 2010 counts, with "https://" before it, too: .app, .dev, .online and all others of the last fifteen years stay text.
# In an address the longest piece that fits is linked: .shop is .sh with "op" behind it, jörg@ is rg@. md and py are countries, so files are links.
# Hurts: a click on a customer's address writes to somebody else; links that customers send cannot be clicked; names of files lead to strangers' sites.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-bleach >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-bleach=5.0.1-2 python3-html5lib python3-webencodings python3-six python3-packaging >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages PYTHONIOENCODING=utf-8

cat >try.py <<'CODE'
import bleach
print('bleach', bleach.__version__)
for text in [
    'https://example.com/1', 'https://desk.example.app/1', 'https://example.dev', 'https://example.online/x', 'http://printer.local/', 'http://localhost:1337/admin', 'http://192.0.2.1/',
    'example.com', 'see README.md', 'run setup.py', 'anna@example.com', 'anna@example.shop', 'anna@example.info', 'anna@example.community', 'jörg@example.com', 'mailto:anna@example.com',
]:
    print(text, '->', bleach.linkify(text, parse_email=True, callbacks=[]))
CODE

cat >expected <<'SEEN'
bleach 5.0.1
https://example.com/1 -> <a href="https://example.com/1">https://example.com/1</a>
https://desk.example.app/1 -> https://desk.example.app/1
https://example.dev -> https://example.dev
https://example.online/x -> https://example.online/x
http://printer.local/ -> http://printer.local/
http://localhost:1337/admin -> http://localhost:1337/admin
http://192.0.2.1/ -> http://192.0.2.1/
example.com -> <a href="http://example.com">example.com</a>
see README.md -> see <a href="http://README.md">README.md</a>
run setup.py -> run <a href="http://setup.py">setup.py</a>
anna@example.com -> <a href="mailto:anna@example.com">anna@example.com</a>
anna@example.shop -> <a href="mailto:anna@example.sh">anna@example.sh</a>op
anna@example.info -> <a href="mailto:anna@example.info">anna@example.info</a>
anna@example.community -> <a href="mailto:anna@example.com">anna@example.com</a>munity
jörg@example.com -> jö<a href="mailto:rg@example.com">rg@example.com</a>
mailto:anna@example.com -> mailto:<a href="mailto:anna@example.com">anna@example.com</a>
SEEN
python3 try.py | tee seen
diff expected seen && echo 'as described'
