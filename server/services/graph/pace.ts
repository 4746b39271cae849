/**
 * How fast Graph may be asked about one mailbox: Microsoft lets an application have four requests at once there, and asks for pauses.
 * Sending and reading take their places apart, because they may run on different instances: one for sending, three for reading, which
 * borrows the fourth while nobody sends (turns.ts).
 */

const PLACES = { sending: 1, reading: 3 } as const;
export type Purpose = keyof typeof PLACES;

/** Where Microsoft gives no time, or always the same second: our own, which doubles. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 10 * 60_000;

interface Pace {
  running: number;
  /** Places beyond its own. */
  borrowed: number;
  /** Called when no borrowed place is in use. */
  onGivenBack: (() => void) | null;
  waiting: (() => void)[];
  /** By a clock that nobody sets. */
  pausedUntil: number;
  throttledInARow: number;
}

const paces = new Map<string, Pace>();

function paceOf(key: string): Pace {
  const known = paces.get(key) ?? { running: 0, borrowed: 0, onGivenBack: null, waiting: [], pausedUntil: 0, throttledInARow: 0 };
  paces.set(key, known);
  return known;
}

/** Does the work when there is a place; in the order in which it was asked for. */
export async function inPlace<T>(mailbox: string, purpose: Purpose, work: () => Promise<T>): Promise<T> {
  const key = `${purpose} ${mailbox}`;
  const pace = paceOf(key);
  if (pace.running >= PLACES[purpose] + pace.borrowed) await new Promise<void>((resolve) => pace.waiting.push(resolve));
  else pace.running += 1;
  try {
    return await work();
  } finally {
    const isOver = pace.running > PLACES[purpose] + pace.borrowed;
    const next = isOver ? undefined : pace.waiting.shift();
    if (next) next();
    else {
      pace.running -= 1;
      if (pace.running <= PLACES[purpose]) pace.onGivenBack?.();
      const isIdle = pace.running === 0 && pace.borrowed === 0 && pace.waiting.length === 0;
      if (isIdle && pace.pausedUntil < performance.now() && pace.throttledInARow === 0) paces.delete(key);
    }
  }
}

/** Whether somebody waits for a place to read. */
export const isCrowded = (mailbox: string): boolean => (paces.get(`reading ${mailbox}`)?.waiting.length ?? 0) > 0;

/** One place more for reading. */
export function lendPlace(mailbox: string): void {
  const pace = paceOf(`reading ${mailbox}`);
  pace.borrowed = 1;
  const next = pace.waiting.shift();
  if (!next) return;
  pace.running += 1;
  next();
}

/** The same back; resolves when it is in use no longer. */
export async function takePlaceBack(mailbox: string): Promise<void> {
  const pace = paceOf(`reading ${mailbox}`);
  pace.borrowed = 0;
  if (pace.running > PLACES.reading) await new Promise<void>((resolve) => (pace.onGivenBack = resolve));
  pace.onGivenBack = null;
}

/** Milliseconds that Microsoft still wants to be left in peace about this mailbox. */
export const pauseLeft = (mailbox: string, purpose: Purpose): number =>
  Math.max(0, (paces.get(`${purpose} ${mailbox}`)?.pausedUntil ?? 0) - performance.now());

/** Microsoft asks for a pause. Resolves what it asks for and what we wait anyway into the longer one. */
export function noteThrottled(mailbox: string, purpose: Purpose, retryAfterMs: number | null): number {
  const pace = paceOf(`${purpose} ${mailbox}`);
  const own = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pace.throttledInARow);
  pace.throttledInARow += 1;
  const pause = Math.max(retryAfterMs ?? 0, own);
  pace.pausedUntil = Math.max(pace.pausedUntil, performance.now() + pause);
  return pause;
}

export function noteAnswered(mailbox: string, purpose: Purpose): void {
  const pace = paces.get(`${purpose} ${mailbox}`);
  if (pace) pace.throttledInARow = 0;
}

/** A desk is not silent for a day because of one header: who is asked too early asks for a pause again. */
const LONGEST_ASKED_MS = 3_600_000;

/** RFC 9110 §10.2.3: seconds, or a date, by the clock of the person who sent it: `date`. Null where there is none, or none that can be read. */
export function retryAfterOf(value: string | undefined, date?: string): number | null {
  if (value === undefined) return null;
  const seconds = Number(value.trim());
  const now = Date.parse(date ?? '') || Date.now();
  const ms = value.trim() !== '' && Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), LONGEST_ASKED_MS) : null;
}
