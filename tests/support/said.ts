import type { EffectResult } from '../../server/services/mailbox/types';
import { inEnglish } from '../../shared/sentences/words';

/** What became of effects on a mailbox, with what was said about it in English. */
export const resultsInEnglish = (results: EffectResult[]) =>
  results.map(({ uid, error, note }) => ({ uid, error: error && inEnglish(error), ...(note && { note: inEnglish(note) }) }));
