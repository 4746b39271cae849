import { setTimeout as sleep } from 'node:timers/promises';
import { isConflict } from './failure';

const ATTEMPTS = 5;

/** Does a transaction again that met another one: both made the same contact, say. Throws what the last attempt threw. */
export async function withoutConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error;
      await sleep(attempt * 50 * (0.5 + Math.random()));
    }
  }
}
