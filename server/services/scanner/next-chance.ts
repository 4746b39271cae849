/**
 * Messages that failed or were set aside are tried again by themselves, an hour and a day after they came: what stood in their
 * way is often gone by then (a process that was killed from outside, a service that a custom action asks). After that they wait
 * for a person.
 */
const CHANCES_AFTER_MS = [3_600_000, 24 * 3_600_000];

/** When a message that came into the ledger at that moment is tried next, by itself; null after its last chance. */
export function nextChance(cameAt: Date, now: Date): Date | null {
  const chances = CHANCES_AFTER_MS.map((ms) => new Date(cameAt.getTime() + ms));
  return chances.find((chance) => chance > now) ?? null;
}
