/** The languages that the emails to customers can be in: those of the admin panel. */
export const LANGUAGES = ['en', 'de', 'es', 'fi', 'fr', 'sv'] as const;
export type Language = (typeof LANGUAGES)[number];

/** In which language and time zone the emails to customers speak. */
export interface Speech {
  language: Language;
  /** IANA name, such as `Europe/Helsinki`. */
  timeZone: string;
}

export const ENGLISH: Speech = { language: 'en', timeZone: 'UTC' };
