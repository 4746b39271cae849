/** Moments that people choose for what is to happen later, by the clock of their browser. */

const MORNING_HOUR = 9;
const MONDAY = 1;

function morningIn(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING_HOUR);
}

/** What is offered, each with a moment after now. */
export function offeredMoments(now: Date): { key: 'inHours' | 'tomorrow' | 'monday'; at: Date }[] {
  const daysToMonday = (MONDAY - now.getDay() + 7) % 7 || 7;
  return [
    { key: 'inHours', at: new Date(now.getTime() + 3 * 3_600_000) },
    { key: 'tomorrow', at: morningIn(now, 1) },
    // On a Sunday that is tomorrow.
    ...(daysToMonday === 1 ? [] : [{ key: 'monday' as const, at: morningIn(now, daysToMonday) }]),
  ];
}

/** As a field for date and time holds it: the browser's own time, without its zone. */
export function fieldValueOf(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
