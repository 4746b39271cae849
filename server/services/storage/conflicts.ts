import { retry } from '../lib/retry';
import { isConflict } from './failure';

/** Does a transaction again that met another one: both made the same contact, say. Throws what the last attempt threw. */
export const withoutConflicts = <T>(work: () => Promise<T>): Promise<T> => retry(work, { attempts: 5, stepMs: 50, isWorthIt: isConflict });
