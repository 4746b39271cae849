import { inEnglish, type Words } from '../../../shared/sentences/words';

/** An error that people are told: `said` is what the panel words, the message is the same in English, for logs and for the API. */
export class SpokenError extends Error {
  constructor(
    readonly said: Words,
    options?: { cause?: unknown },
  ) {
    super(inEnglish(said), options);
  }
}

/** What an error says: in codes where it has them, also those of an API error of ours; else in its own words. */
export function saidBy(error: unknown): Words {
  const { said, details, message } = (error ?? {}) as { said?: Words; details?: { said?: Words }; message?: string };
  return said ?? details?.said ?? message ?? String(error);
}
