#!/usr/bin/env bash
# MariaDB 10.11 (InnoDB): in a full-text search "+invoice +of" finds nothing at all, and neither does "+write +to +anna", though both stand in the letters.
#
# Guess: words that are too short or too common are not in the index and therefore left out of the question, as MyISAM does (and PostgreSQL).
# Seen:  with InnoDB a required word that is not indexed is a word that no row has, so there is no result. Without plus signs the other words count. MyISAM
# finds with +2026-117 the ticket 2026-118 too; quotes help.
# Hurts: a search field that asks for all words finds nothing for most sentences.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show mariadb-server-core >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root mariadb-server-core=1:10.11.19-0+deb12u1 mariadb-common liburing2 libnuma1 libaio1 libsnappy1v5 libpmem1 libdaxctl1 libndctl6 libsystemd0 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done

export LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu)
mkdir data
ask() { echo "select count(*) into outfile '$work/answer$2' from $1 where match(words) against('$3' in boolean mode);"; }
{
  echo 'create database desk character set utf8mb4;'
  echo 'use desk;'
  for engine in InnoDB MyISAM; do
    echo "create table $engine (id int primary key auto_increment, words text, fulltext (words)) engine=$engine;"
    echo "insert into $engine (words) values ('invoice 2026-117 of November'), ('write to anna'), ('something else'), ('nothing of it'), ('order 2026-118'), ('hello'), ('thanks'), ('offer');"
  done
  number=0
  for engine in InnoDB MyISAM; do
    for words in '+invoice' '+invoice +of' 'invoice of' '+write +to +anna' '+write +anna' '+2026-117' '"2026-117"'; do number=$((number + 1)); ask "$engine" "$number" "$words"; echo "$engine $words" >>asked; done
  done
} >questions
root/usr/sbin/mariadbd --no-defaults --bootstrap --user="$(id -un)" --datadir="$work/data" --lc-messages-dir="$work/root/usr/share/mysql" --skip-log-bin --innodb-buffer-pool-size=16M <questions >log 2>&1 || { tail -n 5 log; exit 1; }

cat >expected <<'SEEN'
InnoDB +invoice -> 1
InnoDB +invoice +of -> 0
InnoDB invoice of -> 1
InnoDB +write +to +anna -> 0
InnoDB +write +anna -> 1
InnoDB +2026-117 -> 1
InnoDB "2026-117" -> 1
MyISAM +invoice -> 1
MyISAM +invoice +of -> 1
MyISAM invoice of -> 1
MyISAM +write +to +anna -> 1
MyISAM +write +anna -> 1
MyISAM +2026-117 -> 2
MyISAM "2026-117" -> 1
SEEN
n=0; while read -r words; do n=$((n + 1)); echo "$words -> $(cat "answer$n")"; done <asked | tee seen
diff expected seen && echo 'as described'
