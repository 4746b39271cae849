#!/usr/bin/env bash
# Node 20 (seen in 20.20.2): with hour12: true noon is "0:05 PM" in German, French and British English, and with hour12: false midnight is "24:05" in American.
#
# Guess: hour12 asks for the clock of twelve hours, with twelve at noon as everybody who uses it writes, or for that of 24 hours from 0 to 23, in each language.
# Seen:  hour12: true gives 0 to 11 where the language itself has 24 hours (German, French, Spanish, Japanese and seven more of those tried), and hour12: false gives
# 1 to 24 where it has twelve. hourCycle 'h12' and 'h23' are what one means; Node 26 gives twelve and zero for all.
# Hurts: "we call you at 0:05 pm"; a time of midnight that is put together from its parts, 24:05, is no time, or one of the day after.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >try.mjs <<'CODE'
const times = ['2026-11-02T00:05Z', '2026-11-02T12:05Z', '2026-11-02T13:05Z'];
const show = (language, options) => times.map((time) => new Intl.DateTimeFormat(language, { timeZone: 'UTC', hour: 'numeric', minute: '2-digit', ...options }).format(new Date(time)).replace(/[\u00a0\u202f]/g, ' ')).join(', ');
for (const language of ['en-US', 'en-CA', 'en-AU', 'en-IN', 'ko', 'en-GB', 'de', 'fr', 'es', 'it', 'pt-BR', 'nl', 'sv', 'ru', 'zh', 'ja'])
  console.log(`${language.padEnd(5)} hour12 true: ${show(language, { hour12: true })} | false: ${show(language, { hour12: false })} | h12: ${show(language, { hourCycle: 'h12' })} | h23: ${show(language, { hourCycle: 'h23' })}`);
CODE

cat >expected <<'SEEN'
en-US hour12 true: 12:05 AM, 12:05 PM, 1:05 PM | false: 24:05, 12:05, 13:05 | h12: 12:05 AM, 12:05 PM, 1:05 PM | h23: 00:05, 12:05, 13:05
en-CA hour12 true: 12:05 a.m., 12:05 p.m., 1:05 p.m. | false: 24:05, 12:05, 13:05 | h12: 12:05 a.m., 12:05 p.m., 1:05 p.m. | h23: 00:05, 12:05, 13:05
en-AU hour12 true: 12:05 am, 12:05 pm, 1:05 pm | false: 24:05, 12:05, 13:05 | h12: 12:05 am, 12:05 pm, 1:05 pm | h23: 00:05, 12:05, 13:05
en-IN hour12 true: 12:05 am, 12:05 pm, 1:05 pm | false: 24:05, 12:05, 13:05 | h12: 12:05 am, 12:05 pm, 1:05 pm | h23: 00:05, 12:05, 13:05
ko    hour12 true: AM 12:05, PM 12:05, PM 1:05 | false: 24:05, 12:05, 13:05 | h12: AM 12:05, PM 12:05, PM 1:05 | h23: 00:05, 12:05, 13:05
en-GB hour12 true: 0:05 am, 0:05 pm, 1:05 pm | false: 0:05, 12:05, 13:05 | h12: 12:05 am, 12:05 pm, 1:05 pm | h23: 0:05, 12:05, 13:05
de    hour12 true: 0:05 AM, 0:05 PM, 1:05 PM | false: 0:05, 12:05, 13:05 | h12: 12:05 AM, 12:05 PM, 1:05 PM | h23: 0:05, 12:05, 13:05
fr    hour12 true: 0:05 AM, 0:05 PM, 1:05 PM | false: 0:05, 12:05, 13:05 | h12: 12:05 AM, 12:05 PM, 1:05 PM | h23: 0:05, 12:05, 13:05
es    hour12 true: 0:05 a. m., 0:05 p. m., 1:05 p. m. | false: 0:05, 12:05, 13:05 | h12: 12:05 a. m., 12:05 p. m., 1:05 p. m. | h23: 0:05, 12:05, 13:05
it    hour12 true: 0:05 AM, 0:05 PM, 1:05 PM | false: 0:05, 12:05, 13:05 | h12: 12:05 AM, 12:05 PM, 1:05 PM | h23: 0:05, 12:05, 13:05
pt-BR hour12 true: 0:05 AM, 0:05 PM, 1:05 PM | false: 0:05, 12:05, 13:05 | h12: 12:05 AM, 12:05 PM, 1:05 PM | h23: 0:05, 12:05, 13:05
nl    hour12 true: 0:05 a.m., 0:05 p.m., 1:05 p.m. | false: 0:05, 12:05, 13:05 | h12: 12:05 a.m., 12:05 p.m., 1:05 p.m. | h23: 0:05, 12:05, 13:05
sv    hour12 true: 0:05 fm, 0:05 em, 1:05 em | false: 0:05, 12:05, 13:05 | h12: 12:05 fm, 12:05 em, 1:05 em | h23: 0:05, 12:05, 13:05
ru    hour12 true: 0:05 AM, 0:05 PM, 1:05 PM | false: 0:05, 12:05, 13:05 | h12: 12:05 AM, 12:05 PM, 1:05 PM | h23: 0:05, 12:05, 13:05
zh    hour12 true: 上午0:05, 下午0:05, 下午1:05 | false: 0:05, 12:05, 13:05 | h12: 上午12:05, 下午12:05, 下午1:05 | h23: 0:05, 12:05, 13:05
ja    hour12 true: 午前0:05, 午後0:05, 午後1:05 | false: 0:05, 12:05, 13:05 | h12: 午前12:05, 午後12:05, 午後1:05 | h23: 0:05, 12:05, 13:05
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
