#!/usr/bin/env bash
# local-crontab 0.1.8: half past nine in India becomes 3:00 UTC, and half past midnight on Monday 18:00 on Monday; crontzconvert 1.1.1 takes the 31st for the
# last of the month.
#
# Guess: 09:30 in Kolkata is 4:00 UTC, 00:30 on Monday 19:00 on Sunday, and the first of a month the last of the one before, which cron cannot say.
# Seen:  local-crontab loses half hours, and changes hours and months but never days. crontzconvert writes six fields and L, which crond does not know; the
# evening of the 31st becomes the morning of each 1st, and for zones with summer time it takes the offset of the day on which it is asked.
# Hurts: reports of the week and of the month run a day late, or in months in which they should not.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts local-crontab@0.1.8 crontzconvert@1.1.1

cat >try.mjs <<'JS'
import crontz from 'crontzconvert';
import local from 'local-crontab';
for (const [plan, zone] of [['30 9 * * 1-5', 'Asia/Kolkata'], ['30 0 * * 1', 'Asia/Kolkata'], ['0 8 1 * *', 'Asia/Tokyo'], ['0 8 1 1 *', 'Asia/Tokyo'], ['0 23 31 * *', 'America/Bogota']]) console.log(plan, zone, '-> local-crontab', local(plan, zone).join('; '), '| crontzconvert', crontz.convert(plan, zone, 'UTC'));
JS

cat >expected <<'SEEN'
30 9 * * 1-5 Asia/Kolkata -> local-crontab 0 3 * * 1-5 | crontzconvert 0 0 4 * * 1-5
30 0 * * 1 Asia/Kolkata -> local-crontab 0 18 * * 1 | crontzconvert 0 0 19 * * 0
0 8 1 * * Asia/Tokyo -> local-crontab 0 23 1 * * | crontzconvert 0 0 23 L * *
0 8 1 1 * Asia/Tokyo -> local-crontab 0 23 1 1 * | crontzconvert 0 0 23 L 12 *
0 23 31 * * America/Bogota -> local-crontab 0 4 31 * * | crontzconvert 0 0 4 1 * *
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
