import type { DueFor, Target } from '../../../shared/api/service-levels';
import { STATUS } from '../../../shared/vocabulary';
import { afterCounted, countedMs } from './business-hours';
import type { BusinessHours } from '../../../shared/api/service-levels';

/**
 * How long a customer waited, out of what is known of a ticket. Pure; moments are milliseconds since 1970. A round goes from the opening
 * of a ticket to its closing. A customer who opens a closed ticket again begins a new one; whoever does so without a word of the customer's
 * goes on with the old one, which was closed too early.
 */

export interface RoundMessage {
  at: number;
  /** When it came in here, by our clock. */
  cameAt: number;
  by: 'customer' | 'agent';
  /** The id of the administrator who wrote it. */
  user: number | null;
}

export interface StatusChange {
  at: number;
  from: string;
  to: string;
  /** An email changed it: then it happened when that was written. */
  byEmail: boolean;
}

export interface TicketFacts {
  createdAt: number;
  status: string;
  /** Opened by a customer though no message of theirs stands in it: by a form, say. */
  isRequest: boolean;
  /** What people wrote for each other: no notes, and nothing of machines. */
  messages: RoundMessage[];
  changes: StatusChange[];
  lastActivityAt: number;
}

export interface RawRound {
  openedAt: number;
  askedAt: number | null;
  answeredAt: number | null;
  answeredBy: number | null;
  resolvedAt: number | null;
  /** While the ticket waited for the customer; the last one may last. */
  pauses: { from: number; to: number | null }[];
}

/** `cameAt`: when we heard of it. */
type Event = { at: number; cameAt: number } & ({ message: RoundMessage; change?: never } | { change: StatusChange; message?: never });

export function roundsOf(facts: TicketFacts): RawRound[] {
  const { messages, createdAt, isRequest } = facts;
  const firstAsked = messages.find(({ by }) => by === 'customer');
  const firstAt = messages[0]?.at ?? createdAt;
  const openedAt = Math.min(firstAt, createdAt);
  const rounds = [newRound(openedAt, isRequest && !firstAsked ? openedAt : null)];
  const events = eventsOf(facts);
  let status = facts.changes[0]?.from ?? facts.status;
  if (status === STATUS.waiting) pause(rounds[0], openedAt);
  // Of a ticket that was closed before there was a log, nobody knows when.
  if (status === STATUS.closed) status = STATUS.open;
  /** The last one that a customer wrote since the ticket was closed. */
  let asked: number | null = null;
  for (const { at, message, change } of events) {
    const round = rounds.at(-1)!;
    if (message) {
      if (message.by === 'agent') answer(round, message);
      else if (status !== STATUS.closed) round.askedAt ??= message.at;
      else asked = Math.max(message.at, round.resolvedAt ?? round.openedAt);
      continue;
    }
    resume(round, at);
    if (change.to === STATUS.closed) {
      round.resolvedAt ??= Math.max(at, round.openedAt);
      asked = null;
    } else if (change.from === STATUS.closed && asked !== null) {
      rounds.push(newRound(asked, asked));
      asked = null;
    } else if (change.from === STATUS.closed) round.resolvedAt = null;
    if (change.to === STATUS.waiting) pause(rounds.at(-1)!, at);
    status = change.to;
  }
  return agreeing(rounds, facts);
}

const newRound = (openedAt: number, askedAt: number | null): RawRound => ({
  openedAt,
  askedAt,
  answeredAt: null,
  answeredBy: null,
  resolvedAt: null,
  pauses: [],
});

/** What an email changes is written with it. A change that comes by itself was caused by none of these: somebody outside wrote, say. */
const ONE_COMMIT_MS = 5 * 60_000;

/**
 * By their dates, and then as they came in; what was written comes before what it changed. Clocks of customers differ from ours: what came in
 * after somebody changed the status here was written after that.
 */
function eventsOf({ messages, changes }: TicketFacts): Event[] {
  const ours = changes.filter(({ byEmail }) => !byEmail).map(({ at }) => at);
  const orderOf = ({ at, cameAt }: RoundMessage) => Math.max(at, ours.findLast((moment) => moment <= cameAt) ?? at);
  const written = messages.map((message) => ({ at: orderOf(message), cameAt: message.cameAt, message }));
  const changed = changes.map((change) => {
    const cause = change.byEmail ? messages.findLast(({ cameAt }) => cameAt <= change.at && change.at - cameAt < ONE_COMMIT_MS) : undefined;
    return { at: cause ? orderOf(cause) : change.at, cameAt: change.at, change };
  });
  const isChange = (event: Event) => Number(event.change !== undefined);
  return [...written, ...changed].sort((one, other) => one.at - other.at || one.cameAt - other.cameAt || isChange(one) - isChange(other));
}

/** A first email from us is no answer. */
function answer(round: RawRound, { at, user }: RoundMessage): void {
  if (round.askedAt === null || round.answeredAt !== null) return;
  round.answeredAt = Math.max(at, round.askedAt);
  round.answeredBy = user;
}

const pause = (round: RawRound, from: number): void => void round.pauses.push({ from, to: null });

function resume({ pauses }: RawRound, at: number): void {
  const last = pauses.at(-1);
  if (last?.to === null) last.to = at;
}

/** What a statement beside the log did counts as well: the status that the ticket has is the last word. */
function agreeing(rounds: RawRound[], { status, lastActivityAt }: TicketFacts): RawRound[] {
  const last = rounds.at(-1)!;
  if (status === STATUS.closed) last.resolvedAt ??= Math.max(lastActivityAt, last.openedAt);
  else last.resolvedAt = null;
  return rounds;
}

// ---- What of it counts

export interface Clock {
  /** Null: all hours count. */
  hours: BusinessHours | null;
  waitingPauses: boolean;
}

export interface MeasuredRound extends RawRound {
  /** Milliseconds, of all hours and of those that count. */
  responseMs: number | null;
  responseCountedMs: number | null;
  resolutionMs: number | null;
  resolutionCountedMs: number | null;
  responseDue: number | null;
  /** Null, too, while the ticket waits for the customer. */
  resolutionDue: number | null;
}

const MINUTE_MS = 60_000;

export function measured(round: RawRound, clock: Clock, { firstResponse, resolution }: Target): MeasuredRound {
  const { openedAt, askedAt, answeredAt, resolvedAt } = round;
  const stretches = stretchesOf(round, clock);
  return {
    ...round,
    responseMs: askedAt === null || answeredAt === null ? null : answeredAt - askedAt,
    responseCountedMs: askedAt === null || answeredAt === null ? null : countedMs(clock.hours, askedAt, answeredAt),
    resolutionMs: resolvedAt === null ? null : resolvedAt - openedAt,
    resolutionCountedMs:
      resolvedAt === null ? null : stretches.reduce((sum, { from, to }) => sum + countedMs(clock.hours, from, to ?? resolvedAt), 0),
    responseDue: askedAt === null || firstResponse === null ? null : afterCounted(clock.hours, askedAt, firstResponse * MINUTE_MS),
    resolutionDue: resolution === null ? null : dueIn(stretches, clock.hours, resolution * MINUTE_MS),
  };
}

interface Stretch {
  from: number;
  /** Null: it lasts. */
  to: number | null;
}

/** The parts of a round that count. */
function stretchesOf({ openedAt, resolvedAt, pauses }: RawRound, { waitingPauses }: Clock): Stretch[] {
  if (!waitingPauses) return [{ from: openedAt, to: resolvedAt }];
  const stretches: Stretch[] = [];
  let from: number | null = openedAt;
  for (const { from: start, to: end } of pauses) {
    if (from !== null && start > from) stretches.push({ from, to: start });
    from = end;
  }
  return from === null ? stretches : [...stretches, { from, to: resolvedAt }];
}

function dueIn(stretches: Stretch[], hours: BusinessHours | null, ms: number): number | null {
  let left = ms;
  for (const { from, to } of stretches) {
    const length = to === null ? Infinity : countedMs(hours, from, to);
    if (left <= length) return afterCounted(hours, from, left);
    left -= length;
  }
  return null;
}

/** What of a ticket is due next: nothing of a closed one, nor while it waits for the customer. */
export function dueNext(round: MeasuredRound, status: string, { waitingPauses }: Clock): { at: number; for: DueFor } | null {
  if (round.resolvedAt !== null || (waitingPauses && status === STATUS.waiting)) return null;
  const answers = round.answeredAt === null ? round.responseDue : null;
  const some: { at: number | null; for: DueFor }[] = [
    { at: answers, for: 'firstResponse' },
    { at: round.resolutionDue, for: 'resolution' },
  ];
  const known = some.filter((one): one is { at: number; for: DueFor } => one.at !== null);
  return known.sort((one, other) => one.at - other.at)[0] ?? null;
}
