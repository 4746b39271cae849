#!/usr/bin/env bash
# email-validator 2.3.0 (Python; Pydantic's EmailStr): without a look at the DNS, too, an address ending in .local or .test is refused, and so is one on a host without a dot.
#
# Guess: check_deliverability=False asks for the form alone (RFC 5321 section 4.1.2): scan@printer.local and root@mailhost have it.
# Seen:  "special-use or reserved name", unless one says test_environment (which lets .test through) or empties a list of the module. Quoted names and [192.0.2.1] have switches.
# Hurts: a desk that checks senders with it drops what printers, monitors and servers of the own house write, and each test that uses the reserved names.
#
# Needs Python 3 with pip; the package goes into the temporary folder.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m pip install -qq --disable-pip-version-check --target lib email-validator==2.3.0

cat >try.py <<'CODE'
import sys
sys.path.insert(0, 'lib')
from email_validator import __version__, validate_email
print('email-validator', __version__)
def check(address, **options):
    try: return 'valid, ' + validate_email(address, check_deliverability=False, **options).normalized
    except Exception as error: return 'refused: ' + str(error)
for address in ['anna@example.com', 'scan@printer.local', 'anna@desk.test', 'root@mailhost', 'anna@acme.onion', 'o’neil@example.com']:
    print(address, '->', check(address))
print('anna@desk.test, test_environment ->', check('anna@desk.test', test_environment=True))
print('scan@printer.local, test_environment ->', check('scan@printer.local', test_environment=True))
CODE

cat >expected <<'SEEN'
email-validator 2.3.0
anna@example.com -> valid, anna@example.com
scan@printer.local -> refused: The part after the @-sign is a special-use or reserved name that cannot be used with email.
anna@desk.test -> refused: The part after the @-sign is a special-use or reserved name that cannot be used with email.
root@mailhost -> refused: The part after the @-sign is not valid. It should have a period.
anna@acme.onion -> refused: The part after the @-sign is a special-use or reserved name that cannot be used with email.
o’neil@example.com -> valid, o’neil@example.com
anna@desk.test, test_environment -> valid, anna@desk.test
scan@printer.local, test_environment -> refused: The part after the @-sign is a special-use or reserved name that cannot be used with email.
SEEN
PYTHONIOENCODING=utf-8 python3 try.py 2>&1 | tee seen
diff expected seen && echo 'as described'
