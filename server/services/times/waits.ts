import type { ServiceLevels } from '../../../shared/api/service-levels';
import { STATUS, type TriggerWhen } from '../../../shared/vocabulary';
import { afterCounted } from './business-hours';
import type { Measurable } from './facts';
import type { RoundMessage, RawRound } from './rounds';

/** In which states a ticket is, and when time triggers look at it. Pure; moments are milliseconds since 1970. */

/** `due` stands for what comes near and what is missed. */
export type WaitState = Exclude<TriggerWhen, 'dueSoon' | 'overdue'> | 'due';

export const waitStateOf = (when: TriggerWhen): WaitState => (when === 'dueSoon' || when === 'overdue' ? 'due' : when);

export interface Wait {
  state: WaitState;
  since: number;
}

export interface TicketWaits {
  ticket: Measurable;
  waits: Wait[];
}

/** What its conversation and its log say; that somebody put it off, they do not (wait-rows.ts). `rounds` has one at least. */
export function waitsOf(ticket: Measurable, rounds: RawRound[], due: number | null): Wait[] {
  const { status, messages, changes, isRequest, createdAt, lastActivityAt } = ticket;
  const changedAt = (fits: (change: (typeof changes)[number]) => boolean) => changes.findLast(fits)?.at ?? null;
  if (status === STATUS.closed) return [{ state: 'closed', since: changedAt(({ to }) => to === STATUS.closed) ?? lastActivityAt }];

  const answer = messages.findLast(({ by }) => by === 'agent');
  const unanswered = messages.filter((message) => message.by === 'customer' && (!answer || isAfter(message, answer)));
  const waitingSince = status === STATUS.waiting ? (changedAt(({ to }) => to === STATUS.waiting) ?? createdAt) : null;
  const waits: Wait[] = due === null ? [] : [{ state: 'due', since: due }];

  // What the customer wrote before somebody said that we wait for them is dealt with.
  if (waitingSince !== null && !unanswered.some(({ cameAt }) => cameAt > waitingSince)) {
    waits.push({ state: 'waitingForCustomer', since: Math.max(waitingSince, answer?.at ?? 0) });
    return waits;
  }
  const asked = unanswered[0]?.at ?? (isRequest && !answer ? createdAt : null);
  if (asked === null) return waits;
  const since = Math.max(asked, changedAt(({ from }) => from === STATUS.closed) ?? 0);
  waits.push({ state: 'customerWaits', since });
  const round = rounds.at(-1)!;
  if (round.askedAt !== null && round.answeredAt === null) waits.push({ state: 'noFirstAnswer', since });
  return waits;
}

/** Clocks of customers differ from ours by this much at most, and their dates know no milliseconds. */
const CLOCKS_DIFFER_MS = 15 * 60_000;

const isAfter = (message: RoundMessage, answer: RoundMessage): boolean =>
  message.at > answer.at || (message.cameAt > answer.cameAt && answer.at - message.at < CLOCKS_DIFFER_MS);

// ---- When triggers look

export interface TriggerTiming {
  id: number;
  state: TriggerWhen;
  minutes: number;
  countsBusinessHours: boolean;
  startsAt: number;
}

const MINUTE_MS = 60_000;

/** When the state begins that the trigger means. */
export const beginOf = ({ state, minutes }: Pick<TriggerTiming, 'state' | 'minutes'>, since: number): number =>
  state === 'dueSoon' ? since - minutes * MINUTE_MS : since;

/** When its time is up; null for never. */
export function alarmOf(
  { state, minutes, countsBusinessHours }: Omit<TriggerTiming, 'id' | 'startsAt'>,
  since: number,
  { hours }: ServiceLevels,
) {
  if (state === 'dueSoon') return since - minutes * MINUTE_MS;
  return afterCounted(countsBusinessHours ? hours : null, since, minutes * MINUTE_MS);
}

/** When the first of these triggers that was not up at that moment looks at this state; null for none. */
export function nextAlarm(triggers: readonly TriggerTiming[], { state, since }: Wait, levels: ServiceLevels, after: number): number | null {
  const moments = triggers
    .filter((trigger) => waitStateOf(trigger.state) === state && beginOf(trigger, since) > trigger.startsAt)
    .flatMap((trigger) => alarmOf(trigger, since, levels) ?? [])
    .filter((moment) => moment > after);
  return moments.length > 0 ? Math.min(...moments) : null;
}
