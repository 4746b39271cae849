import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { Report, ReportNumbers, Spread } from '../../../shared/api/reports';
import { getServiceLevels } from '../settings/settings';
import { findDocument } from '../storage/documents';
import { inTransaction } from '../storage/tables';
import { UID } from '../uids';
import { changeBetween, offsetAt, startOfLocalDay } from './business-hours';
import { isMeasuring } from './measure';
import { SCORES } from '../../../shared/vocabulary';
import { type ReportScope, type InSight, type Moment, type Range, count, ratings, rounds, within } from './report-rows';
import { byAgent, byScanner, byTag, byTeam } from './report-groups';

/**
 * How a team did over some days, counted by the database from the rounds of its tickets. Moments are numbers there, so that days and hours by the
 * clock of a time zone are arithmetic and the same on every database.
 */

interface ReportQuery {
  /** "2026-11-30": the first and the last day. */
  since: string;
  until: string;
  /** The id of an administrator. */
  agent?: number;
  /** DocumentIds. */
  scanner?: string;
  tag?: string;
  team?: string;
  /** Whether only the hours that count for targets count. */
  counted?: boolean;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const dayOf = (date: string): number => Date.parse(date) / DAY_MS;

export async function reportOf(strapi: Core.Strapi, query: ReportQuery, inSight: InSight): Promise<Report> {
  const { hours } = await getServiceLevels(strapi);
  const [first, last] = [dayOf(query.since), dayOf(query.until)];
  const start = (day: number) => startOfLocalDay(hours.timeZone, day);
  const range = { from: start(first), to: start(last + 1) };
  const earlier = { from: start(first - (last - first + 1)), to: range.from };
  const [scanner, tag] = [await idOf(strapi, UID.scanner, query.scanner), await idOf(strapi, UID.tag, query.tag)];
  const team = await idOf(strapi, UID.team, query.team);
  return inTransaction(strapi, async (trx) => {
    const asked = { strapi, trx, scanner, tag, team, agent: query.agent ?? null, counted: query.counted ?? false, inSight };
    const opened = await byLocalHour(asked, 'opened_at', hours.timeZone, range);
    const solved = await byLocalHour(asked, 'resolved_at', hours.timeZone, range);
    return {
      timeZone: hours.timeZone,
      since: query.since,
      until: query.until,
      openNow: await count(rounds(asked).whereNull('r.resolved_at')),
      numbers: await numbersOf(asked, range),
      before: await numbersOf(asked, earlier),
      days: daysOf(first, last, opened, solved),
      hours: weekOf(opened),
      agents: await byAgent(asked, range),
      scanners: await byScanner(asked, range),
      teams: await byTeam(asked, range),
      tags: await byTag(asked, range),
      isMeasuring: await isMeasuring(strapi),
    };
  });
}

/** Of what is not there any more, nothing is found. */
const idOf = async (strapi: Core.Strapi, uid: (typeof UID)['scanner' | 'tag' | 'team'], documentId?: string): Promise<number | null> =>
  documentId === undefined ? null : ((await findDocument(strapi, uid, documentId, { select: ['id'] }))?.id ?? 0);

// ---- Numbers

async function numbersOf(asked: ReportScope, range: Range): Promise<ReportNumbers> {
  const suffix = asked.counted ? 'counted_s' : 's';
  return {
    opened: await count(within(rounds(asked), 'opened_at', range)),
    solved: await count(within(rounds(asked), 'resolved_at', range)),
    firstResponse: await spreadOf(() => within(rounds(asked, 'answered_by'), 'answered_at', range), {
      moment: 'answered_at',
      took: `r.response_${suffix}`,
      due: 'response_due',
    }),
    resolution: await spreadOf(() => within(rounds(asked), 'resolved_at', range), {
      moment: 'resolved_at',
      took: `r.resolution_${suffix}`,
      due: 'resolution_due',
    }),
    ratings: await ratingsOf(asked, range),
  };
}

async function ratingsOf(asked: ReportScope, range: Range): Promise<ReportNumbers['ratings']> {
  const rows: Record<string, unknown>[] = await ratings(asked, range).groupBy('r.score').select({ score: 'r.score' }).count({ count: '*' });
  const counts = Object.fromEntries(rows.map(({ score, count: some }) => [score, Number(some)]));
  return Object.fromEntries(SCORES.map((score) => [score, counts[score] ?? 0])) as ReportNumbers['ratings'];
}

/** The nearest rank: a value that there was. */
async function spreadOf(
  query: () => Knex.QueryBuilder,
  { moment, took, due }: { moment: Moment; took: string; due: string },
): Promise<Spread> {
  const kept = `case when r.${moment} <= r.${due} then 1 else 0 end`;
  const found: Record<string, unknown> | undefined = await query()
    .count({ count: took, withTarget: `r.${due}` })
    .sum({ onTime: query().client.raw(kept) })
    .first();
  const total = Number(found?.count ?? 0);
  const at = async (part: number): Promise<number | null> => {
    if (total === 0) return null;
    const row = await query()
      .whereNotNull(took)
      .orderBy(took)
      .offset(Math.ceil(part * total) - 1)
      .limit(1)
      .first({ took });
    return row ? Number(row.took) : null;
  };
  return {
    count: total,
    median: await at(0.5),
    p90: await at(0.9),
    withTarget: Number(found?.withTarget ?? 0),
    onTime: Number(found?.onTime ?? 0),
  };
}

// ---- By days and hours

/** How many there were in each hour by the clock there, counted from 1970 as if that clock were UTC. */
async function byLocalHour(asked: ReportScope, moment: Moment, timeZone: string, range: Range): Promise<Map<number, number>> {
  const wall = `(r.${moment} + ${offsetSql(`r.${moment}`, timeZone, range)})`;
  const rows: { hour: number | string; count: number | string }[] = await within(rounds(asked), moment, range)
    .select(asked.trx.raw(`(${wall} - ${wall} % ${HOUR_MS}) / ${HOUR_MS} as hour`))
    .count({ count: '*' })
    .groupBy('hour');
  return new Map(rows.map(({ hour, count: some }) => [Math.round(Number(hour)), Number(some)]));
}

const WEEK_MS = 7 * DAY_MS;

/** SQL for what the clock there is ahead of UTC, with the few changes that lie in the range. Made of numbers alone. */
function offsetSql(column: string, timeZone: string, { from, to }: Range): string {
  const changes: string[] = [];
  let offset = offsetAt(timeZone, from);
  for (let moment = from; moment < to; moment += WEEK_MS) {
    const next = Math.min(moment + WEEK_MS, to);
    if (offsetAt(timeZone, next) === offset) continue;
    changes.push(`when ${column} < ${changeBetween(timeZone, moment, next)} then ${offset}`);
    offset = offsetAt(timeZone, next);
  }
  return changes.length === 0 ? `${offset}` : `(case ${changes.join(' ')} else ${offset} end)`;
}

function daysOf(first: number, last: number, opened: Map<number, number>, solved: Map<number, number>): Report['days'] {
  const sumOf = (hours: Map<number, number>) => {
    const days = new Map<number, number>();
    for (const [hour, some] of hours) days.set(Math.floor(hour / 24), (days.get(Math.floor(hour / 24)) ?? 0) + some);
    return days;
  };
  const [openedOn, solvedOn] = [sumOf(opened), sumOf(solved)];
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const day = first + index;
    return { date: new Date(day * DAY_MS).toISOString().slice(0, 10), opened: openedOn.get(day) ?? 0, solved: solvedOn.get(day) ?? 0 };
  });
}

function weekOf(opened: Map<number, number>): number[] {
  const week = Array.from({ length: 168 }, () => 0);
  // 1970-01-01 was a Thursday.
  for (const [hour, some] of opened) week[(hour + 3 * 24) % 168] += some;
  return week;
}
