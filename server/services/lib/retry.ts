import { setTimeout as sleep } from 'node:timers/promises';

interface RetryOptions {
  /** How often it is tried at most. 1: once, without another try. */
  attempts: number;
  /** The wait grows by this with each attempt. Half of it to one and a half, by chance, so that two that met do not meet again. */
  stepMs: number;
  /** Whether another try may help after this error. */
  isWorthIt: (error: unknown) => boolean;
}

/** Does `work` again while it fails in a way that another try may mend. Throws what the last attempt threw. */
export async function retry<T>(work: () => Promise<T>, { attempts, stepMs, isWorthIt }: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || !isWorthIt(error)) throw error;
      await sleep(attempt * stepMs * (0.5 + Math.random()));
    }
  }
}
