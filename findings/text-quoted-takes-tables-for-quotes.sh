#!/usr/bin/env bash
# Text::Quoted 2.10 (Perl; Request Tracker folds quotes with it): tables, Markdown headings and what was typed at a prompt are quotes.
#
# Guess: a quote is marked by ">", or by initials and ">" (AB>), or by ":" or "|" over a whole paragraph.
# Seen:  a single line that begins with "#", "%", "|" or "=>" is a quote, and so is one with a word and ">" ("mysql> …"); "C:\>" and "-->" are none.
# The marks are taken off the text, so that "# one" in a pasted shell script is "one".
# Hurts: what a customer pastes (a table, a script, the session of a database) is folded away as something that the desk wrote itself.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libtext-quoted-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libtext-quoted-perl=2.10-2 libtext-autoformat-perl >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5

cat >try.pl <<'CODE'
use strict; use warnings; use Text::Quoted;
sub show { join ' ', map { ref $_ eq 'ARRAY' ? '[' . show($_) . ']' : $_->{empty} ? '' : ($_->{quoter} // '') . '"' . ($_->{text} =~ s/\n/\\n/gr) . '"' } @{ $_[0] } }
for ("new\n> old\n>> older\nend", "AB> old\nnew", "| Pen | 5 |\n| Ink | 7 |", "# Steps\nOpen it.", "% of the users see it", ":port was missing", "mysql> select 1;\nERROR 1045", "sh-5.2> ls", "=> then it stops", "C:\\> dir", "--> then it stops", "\$ ls", "* Pen\n* Ink") { print s/\n/\\n/gr, '  ->  ', show(extract($_)), "\n"; }
CODE

cat >expected <<'SEEN'
new\n> old\n>> older\nend  ->  "new" [>"old" [>>"older"]] "end"
AB> old\nnew  ->  [AB>"old"] "new"
| Pen | 5 |\n| Ink | 7 |  ->  [|"Pen | 5 |\nInk | 7 |"]
# Steps\nOpen it.  ->  [#"Steps"] "Open it."
% of the users see it  ->  [%"of the users see it"]
:port was missing  ->  ":port was missing"
mysql> select 1;\nERROR 1045  ->  [mysql>"select 1;"] "ERROR 1045"
sh-5.2> ls  ->  "sh-5.2> ls"
=> then it stops  ->  [=>"then it stops"]
C:\> dir  ->  "C:\> dir"
--> then it stops  ->  "--> then it stops"
$ ls  ->  "$ ls"
* Pen\n* Ink  ->  "* Pen\n* Ink"
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
