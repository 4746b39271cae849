import type { Digest } from '../../../shared/api/notices';

const QUARTER_MS = 15 * 60_000;
/** Two days: where summer time begins, an hour is left out of one of them. */
const QUARTERS = 2 * 24 * 4;

/** The next beginning of this hour by the clock of that time zone, later than `now`; both in milliseconds since 1970. Pure. */
export function nextDigest({ hour, timeZone }: Digest, now: number): number {
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone });
  const isIt = (moment: number) => Number(clock.format(moment)) === hour;
  // Time zones differ from UTC by quarters of an hour.
  const first = Math.floor(now / QUARTER_MS) * QUARTER_MS;
  let moment = first + QUARTER_MS;
  while (moment < first + QUARTERS * QUARTER_MS && (!isIt(moment) || isIt(moment - QUARTER_MS))) moment += QUARTER_MS;
  return moment;
}
