/**
 * Clocks go back: somebody sets them, a machine is restored, or on PostgreSQL and MySQL, which keep the times of records without their zone,
 * the process gets another time zone. What was written then lies in the future, and would wait until it is the past again.
 */

/** The clocks of several instances agree to this. */
const CLOCKS_DIFFER_MS = 60_000;

/** What happened later than this (milliseconds since 1970) was written before the clock went back. */
export const latest = (): number => Date.now() + CLOCKS_DIFFER_MS;

/** True for a moment at which something has happened that is yet to come: the clock has gone back since. */
export const isAhead = (moment: Date | string | number): boolean => new Date(moment).getTime() > latest();

/**
 * What asks of a record that the time in this attribute has come. Where the record itself was changed in the future, nobody knows when that
 * would be, and it is now.
 */
export const timeHasCome = (attribute: string): { $or: object[] } => ({
  $or: [{ [attribute]: { $lte: new Date() } }, { [attribute]: { $notNull: true }, updatedAt: { $gt: new Date(latest()) } }],
});
