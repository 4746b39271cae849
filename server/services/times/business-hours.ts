import type { BusinessHours } from '../../../shared/api/service-levels';

/**
 * Time as a team has it. Pure, in milliseconds since 1970. A moment is within a span when the clock on the wall says so: on the day on which
 * clocks go forward a span may be an hour shorter, and when they go back an hour longer.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** No target is further away than that. */
const MOST_DAYS = 3_660;

/** How much of the team's time lies between two moments; with null, all of it. */
export function countedMs(hours: BusinessHours | null, from: number, to: number): number {
  if (to <= from) return 0;
  if (!hours) return to - from;
  let sum = 0;
  const last = localDay(hours.timeZone, to);
  for (let day = localDay(hours.timeZone, from); day <= last; day += 1)
    for (const [start, end] of spansOf(hours, day)) sum += Math.max(0, Math.min(end, to) - Math.max(start, from));
  return sum;
}

/** The moment at which this much of the team's time has passed; null where that is further away than ten years. */
export function afterCounted(hours: BusinessHours | null, from: number, ms: number): number | null {
  if (!hours) return from + ms;
  let left = ms;
  const first = localDay(hours.timeZone, from);
  for (let day = first; day < first + MOST_DAYS; day += 1)
    for (const [start, end] of spansOf(hours, day)) {
      const begin = Math.max(start, from);
      if (end <= begin) continue;
      if (left <= end - begin) return begin + left;
      left -= end - begin;
    }
  return null;
}

// ---- The spans of a day

const spans = new WeakMap<BusinessHours, Map<number, [start: number, end: number][]>>();

/** Those of a day of the calendar, counted from 1970-01-01. */
function spansOf(hours: BusinessHours, day: number): [start: number, end: number][] {
  let known = spans.get(hours);
  if (!known) spans.set(hours, (known = new Map()));
  let found = known.get(day);
  if (!found) known.set(day, (found = readSpans(hours, day)));
  return found;
}

function readSpans({ timeZone, days, holidays }: BusinessHours, day: number): [start: number, end: number][] {
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (holidays.some((holiday) => holiday.date === date)) return [];
  // 1970-01-01 was a Thursday.
  return days[(day + 3) % 7].map(({ from, to }) => [
    momentOf(timeZone, day * DAY_MS + minutesOf(from) * MINUTE_MS, 'first'),
    momentOf(timeZone, day * DAY_MS + minutesOf(to) * MINUTE_MS, 'last'),
  ]);
}

/** Minutes since midnight, of "09:30". */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

// ---- Time zones

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    const digits = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
    formats.set(timeZone, (format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', era: 'short', ...digits })));
  }
  return format;
}

/** What the clock on the wall is ahead of UTC at that moment. */
export function offsetAt(timeZone: string, moment: number): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const wall = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return wall - Math.floor(moment / 1000) * 1000;
}

/** Which day of the calendar it is, counted from 1970-01-01. */
export const localDay = (timeZone: string, moment: number): number => Math.floor((moment + offsetAt(timeZone, moment)) / DAY_MS);

/** When a day of the calendar begins. */
export const startOfLocalDay = (timeZone: string, day: number): number => momentOf(timeZone, day * DAY_MS, 'first');

/**
 * When the clock on the wall shows that time, given as if it were UTC. A time that comes twice, where clocks go back, is the first or the
 * last of them; one that never comes, where they go forward, is when they do.
 */
function momentOf(timeZone: string, wall: number, which: 'first' | 'last'): number {
  const [before, after] = [offsetAt(timeZone, wall - DAY_MS), offsetAt(timeZone, wall + DAY_MS)];
  const moments = [wall - before, wall - after].filter((moment) => moment + offsetAt(timeZone, moment) === wall);
  if (moments.length > 0) return which === 'first' ? Math.min(...moments) : Math.max(...moments);
  return changeBetween(timeZone, wall - DAY_MS - before, wall + DAY_MS - after);
}

/** When the clock was changed, somewhere between these two moments. */
export function changeBetween(timeZone: string, from: number, to: number): number {
  const before = offsetAt(timeZone, from);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
