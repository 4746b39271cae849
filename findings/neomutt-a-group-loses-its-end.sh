#!/usr/bin/env bash
# NeoMutt 20220429 (Debian 12): the group "Team: a@example.com, b@example.com;" is written without its semicolon, and two addresses given with one are written with
# nothing between them.
#
# Guess: a group is written as it was given (RFC 5322 section 3.4: it ends with a semicolon), and a semicolon between addresses becomes a comma, both as in Mutt 2.2.12,
# whose reader and writer of addresses NeoMutt inherited.
# Seen:  To: Team:  a@example.com, b@example.com, so that an address behind the group seems to be in it; To: a@example.com b@example.com; To: undisclosed-recipients:
# without an end. Each is sent to the right people all the same.
# Hurts: strict readers find nobody in To; others a group that goes on, or one person: the answer to all goes to the wrong people.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show neomutt >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root neomutt=20220429+dfsg1-4.1 mutt=2.2.12-0.1~deb12u2 libgpgme11 libassuan0 libgpg-error0 libidn12 libidn2-0 liblua5.4-0 libnotmuch5 libtokyocabinet9 libkyotocabinet16v5 libncursesw6 libtinfo6 libgssapi-krb5-2 libkrb5-3 libk5crypto3 libkrb5support0 libkeyutils1 libsasl2-2 libgmime-3.0-0 libxapian30 libtalloc2 libgnutls30 libglib2.0-0 libsqlite3-0 liblz4-1 libzstd1 libqdbm14 libunistring2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export LD_LIBRARY_PATH=$(echo "$work"/root/usr/lib/*-linux-gnu):$(echo "$work"/root/lib/*-linux-gnu) HOME=$work LANG=C.UTF-8
printf '#!/bin/sh\n{ echo "recipients: $*" | sed "s/-- //"; sed -n "/^To:/p;/^Cc:/p;/^$/q"; } > sent\n' >send
chmod +x send
printf 'set sendmail="%s/send"\nset from="desk@example.net"\nset copy=no\n' "$work" "$work" >muttrc

cat >try.sh <<'CODE'
for program in mutt neomutt; do
  for to in 'a@example.com, b@example.com' 'Team: a@example.com, b@example.com;' 'Team: a@example.com;, c@example.com' 'c@example.com, Team: a@example.com, b@example.com;' 'a@example.com; b@example.com' 'undisclosed-recipients:;'; do
    printf 'Hello\n' | "$work/root/usr/bin/$program" -F muttrc -s Hello -b d@example.com -- "$to"
    echo "$program, to $to"
    sed 's/^/  /' sent
  done
done
CODE

cat >expected <<'SEEN'
mutt, to a@example.com, b@example.com
  recipients: a@example.com b@example.com d@example.com
  To: a@example.com, b@example.com
mutt, to Team: a@example.com, b@example.com;
  recipients: a@example.com b@example.com d@example.com
  To: Team: a@example.com, b@example.com;
mutt, to Team: a@example.com;, c@example.com
  recipients: a@example.com c@example.com d@example.com
  To: Team: a@example.com;, c@example.com
mutt, to c@example.com, Team: a@example.com, b@example.com;
  recipients: c@example.com a@example.com b@example.com d@example.com
  To: c@example.com, Team: a@example.com, b@example.com;
mutt, to a@example.com; b@example.com
  recipients: a@example.com b@example.com d@example.com
  To: a@example.com, b@example.com
mutt, to undisclosed-recipients:;
  recipients: d@example.com
  To: undisclosed-recipients: ;
neomutt, to a@example.com, b@example.com
  recipients: a@example.com b@example.com d@example.com
  To: a@example.com, b@example.com
neomutt, to Team: a@example.com, b@example.com;
  recipients: a@example.com b@example.com d@example.com
  To: Team:  a@example.com, b@example.com
neomutt, to Team: a@example.com;, c@example.com
  recipients: a@example.com c@example.com d@example.com
  To: Team:  a@example.com c@example.com
neomutt, to c@example.com, Team: a@example.com, b@example.com;
  recipients: c@example.com a@example.com b@example.com d@example.com
  To: c@example.com, Team:  a@example.com, b@example.com
neomutt, to a@example.com; b@example.com
  recipients: a@example.com b@example.com d@example.com
  To: a@example.com b@example.com
neomutt, to undisclosed-recipients:;
  recipients: d@example.com
  To: undisclosed-recipients: 
SEEN
work=$work bash try.sh 2>&1 | tee seen
diff expected seen && echo 'as described'
