#!/usr/bin/env bash
# VitePress 1.6.4: two pages whose names differ in their letters' case alone cannot be built, also where the file system tells them apart.
#
# Guess: SECURITY.md (as GitHub wants it) and security.md become SECURITY.html and security.html, as other site generators do on Linux.
# Seen:  the build of the pages' code succeeds, then rendering fails: it looks for a module that is not there (ERR_MODULE_NOT_FOUND).
# Hurts: docs that put the repository's SECURITY.md or CHANGELOG.md beside pages of their own stop building, with a message that names neither file.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts vitepress@1.6.4

build() {
  local how=0
  npx vitepress build "$1" >log 2>&1 || how=$?
  echo "$1: exit $how $(grep -o 'ERR_MODULE_NOT_FOUND' log | head -1)"
}
mkdir apart same && echo '# Home' | tee apart/index.md >same/index.md
echo '# Report a hole' | tee apart/SECURITY.md >same/SECURITY.md
echo '# How it is kept safe' | tee apart/safety.md >same/security.md
[ "$(ls same | wc -l)" = 3 ] || { echo 'skipped: this file system does not tell the two names apart'; exit 0; }

{ build apart; build same; } | tee seen
cat >expected <<'SEEN'
apart: exit 0 
same: exit 1 ERR_MODULE_NOT_FOUND
SEEN
diff expected seen && echo 'as described'
