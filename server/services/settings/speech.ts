import type { Language } from '../../../shared/vocabulary';

/** In which language and time zone the emails to customers speak. */
export interface Speech {
  language: Language;
  /** IANA name, such as `Europe/Helsinki`. */
  timeZone: string;
}

export const ENGLISH: Speech = { language: 'en', timeZone: 'UTC' };
