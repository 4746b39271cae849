import type { Score } from '../vocabulary';

/** Of how long something took: how often, and in seconds what half of them and nine in ten did not exceed. */
export interface Spread {
  count: number;
  median: number | null;
  p90: number | null;
  /** Of those that had a target, how many kept it. */
  withTarget: number;
  onTime: number;
}

export interface ReportNumbers {
  opened: number;
  solved: number;
  firstResponse: Spread;
  resolution: Spread;
  /** What customers said of how content they are. */
  ratings: Record<Score, number>;
}

export interface ReportDay {
  /** "2026-11-30", by the clock of the business hours. */
  date: string;
  opened: number;
  solved: number;
}

export interface ReportGroup {
  /** Null: nobody, or none. */
  name: string | null;
  opened: number;
  solved: number;
  /** First answers, and the seconds until them on average. */
  answered: number;
  averageResponse: number | null;
  /** How many customers said how content they are, and how many of them were. */
  rated: number;
  ratedGood: number;
}

export interface Report {
  timeZone: string;
  /** The first and the last day. */
  since: string;
  until: string;
  /** Tickets that are not closed at this moment. */
  openNow: number;
  numbers: ReportNumbers;
  /** Of as many days before them. */
  before: ReportNumbers;
  days: ReportDay[];
  /** Tickets by the hour of the week in which they were opened, from Monday midnight on: 168 numbers. */
  hours: number[];
  agents: ReportGroup[];
  scanners: ReportGroup[];
  tags: ReportGroup[];
  teams: ReportGroup[];
  /** Some tickets have still to be measured: the numbers grow. */
  isMeasuring: boolean;
}

export const REPORT_TABLES = ['days', 'hours', 'agents', 'scanners', 'teams', 'tags'] as const;
export type ReportTable = (typeof REPORT_TABLES)[number];
