import type { Core } from '@strapi/strapi';
import { UID } from '../uids';
import { isAhead, latest } from '../storage/clock';
import { STATUS } from '../../../shared/vocabulary';

/**
 * Tickets that somebody has put off: until a moment, or until the customer answers, which ends it in any case. Whether a ticket is put off is
 * asked of the clock by each query, so that it is back in that moment; a task clears the two attributes a little later and notes that in
 * the log. A ticket that was put off in the future (the clock has gone back since) is back.
 */

interface Snooze {
  snoozedAt?: Date | string | null;
  snoozedUntil?: Date | string | null;
}

/** What a ticket gets to be back. */
export const AWAKE = { snoozedAt: null, snoozedUntil: null } as const;

/** What a ticket gets to be put off until that moment; null: until the customer answers. */
export const asleepUntil = (until: Date | null): { snoozedAt: Date; snoozedUntil: Date | null } => ({
  snoozedAt: new Date(),
  snoozedUntil: until,
});

const isOver = (): object[] => [{ snoozedUntil: { $lte: new Date() } }, { snoozedAt: { $gt: new Date(latest()) } }];

/** As many as a statement names. */
const NAMED = 500;

/**
 * What is asked of a ticket that is not put off. The others are few: they are looked up first and left out by their ids, so that a list reads
 * what its indexes hold, as if there were none.
 */
export async function whereAwake(strapi: Core.Strapi): Promise<object> {
  const asleep = await strapi.db.query(UID.ticket).findMany({
    select: ['id'],
    where: isOn(),
    // As its index has them.
    orderBy: { snoozedAt: 'desc' },
    limit: NAMED + 1,
  });
  if (asleep.length === 0) return {};
  if (asleep.length <= NAMED) return { id: { $notIn: asleep.map(({ id }) => id) } };
  return { $or: [{ snoozedAt: { $null: true } }, ...isOver()] };
}

/** What is asked of a ticket that is put off. */
export const whereAsleep = (): object => ({ ticketStatus: { $ne: STATUS.closed }, ...isOn() });

const isOn = (): object => ({
  snoozedAt: { $notNull: true, $lte: new Date(latest()) },
  $or: [{ snoozedUntil: { $null: true } }, { snoozedUntil: { $gt: new Date() } }],
});

/** What is asked of a ticket that was put off and is back by the clock. */
export const whereJustAwake = (): object => ({ snoozedAt: { $notNull: true }, $or: isOver() });

/** The same of a ticket that was read. */
export const isAsleep = ({ snoozedAt, snoozedUntil }: Snooze): boolean =>
  Boolean(snoozedAt) && !isAhead(snoozedAt!) && (!snoozedUntil || new Date(snoozedUntil) > new Date());

/**
 * Completes what a door writes: with a moment alone the ticket is put off from now on, without the beginning there is no end, and a ticket
 * that is closed comes back when it is opened.
 */
export function completeSnooze(data: Snooze & { ticketStatus?: string }): void {
  if (data.ticketStatus === STATUS.closed) Object.assign(data, AWAKE);
  if (data.snoozedUntil && data.snoozedAt === undefined) data.snoozedAt = new Date();
  if (data.snoozedAt === null) data.snoozedUntil = null;
}
