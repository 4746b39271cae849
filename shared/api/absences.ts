/** When somebody is not there: from a day to another, both included, by the clock of the site. */
export interface AbsenceDays {
  /** `2026-12-01`. */
  from: string;
  until: string;
}

/** One that lasts, or is to come. */
export interface Absence extends AbsenceDays {
  isNow: boolean;
}
