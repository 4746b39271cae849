import type { Priority } from '../vocabulary';

/** When a team is there: from one time of the day to another, as "09:00" and "17:30"; "24:00" is the end of the day. */
export interface Span {
  from: string;
  to: string;
}

interface Holiday {
  /** "2027-01-01". */
  date: string;
  name: string;
}

export interface BusinessHours {
  /** Whose clock the hours go by (an IANA name). */
  timeZone: string;
  /** From Monday to Sunday, the spans of each day in their order. */
  days: Span[][];
  /** Days on which nobody is there, whatever day of the week it is. */
  holidays: Holiday[];
}

/** Within this many minutes; null: no target. */
export interface Target {
  firstResponse: number | null;
  resolution: number | null;
}

/** How fast the team wants to answer. */
export interface ServiceLevels {
  /** Whether only business hours count. */
  countsBusinessHours: boolean;
  hours: BusinessHours;
  targets: Record<Priority, Target>;
  /** Whether the time in which a ticket waits for the customer counts for no target. */
  waitingPauses: boolean;
  /** This many minutes before its time is up a ticket is due soon. */
  dueSoonMinutes: number;
}

/** What is due next on a ticket. */
export const DUE_FOR = ['firstResponse', 'resolution'] as const;
export type DueFor = (typeof DUE_FOR)[number];

/** A ticket from its opening, or from being opened again by the customer, to its closing. Moments in ISO 8601. */
export interface Round {
  openedAt: string;
  /** When the customer wrote; null where we wrote first and they have not answered yet. */
  askedAt: string | null;
  answeredAt: string | null;
  resolvedAt: string | null;
  /** Seconds, of all hours and of those that count for the targets. */
  firstResponseSeconds: number | null;
  firstResponseCounted: number | null;
  resolutionSeconds: number | null;
  resolutionCounted: number | null;
  firstResponseDue: string | null;
  resolutionDue: string | null;
}
