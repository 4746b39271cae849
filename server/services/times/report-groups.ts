import type { Knex } from 'knex';
import type { ReportGroup } from '../../../shared/api/reports';
import { linkTable } from '../platform/links';
import { UID } from '../uids';
import { fullName } from '../../../shared/names';
import { type ReportScope, type Moment, type Range, TEAM_COLUMN, ratings, rounds, within } from './report-rows';

/** The numbers of a report by who, where and what. */

type Sums = Map<number | null, ReportGroup>;

async function grouped(
  asked: ReportScope,
  range: Range,
  columns: Record<Moment | 'rated_at', string>,
  joined = (query: Knex.QueryBuilder) => query,
): Promise<Sums> {
  const sums: Sums = new Map();
  const groupOf = (key: unknown): ReportGroup => {
    const id = key === null ? null : Number(key);
    if (!sums.has(id)) sums.set(id, { name: null, opened: 0, solved: 0, answered: 0, averageResponse: null, rated: 0, ratedGood: 0 });
    return sums.get(id)!;
  };
  const took = `r.response_${asked.counted ? 'counted_s' : 's'}`;
  for (const [moment, name] of [
    ['opened_at', 'opened'],
    ['resolved_at', 'solved'],
    ['answered_at', 'answered'],
  ] as const) {
    const column = columns[moment];
    const query = joined(within(rounds(asked, moment === 'answered_at' ? 'answered_by' : 'assignee_id'), moment, range));
    const rows = await query.groupBy(column).select({ key: column }).count({ count: '*' }).avg({ average: took });
    for (const { key, count: some, average } of rows as Record<string, unknown>[]) {
      const group = groupOf(key);
      group[name] = Number(some);
      if (name === 'answered' && average !== null) group.averageResponse = Math.round(Number(average));
    }
  }
  const key = columns.rated_at;
  for (const score of [null, 'good'] as const) {
    const query = joined(ratings(asked, range));
    if (score) query.where('r.score', score);
    const rows: Record<string, unknown>[] = await query.groupBy(key).select({ key }).count({ count: '*' });
    for (const { key: id, count: some } of rows) groupOf(id)[score ? 'ratedGood' : 'rated'] = Number(some);
  }
  return sums;
}

const same = (column: string): Record<Moment | 'rated_at', string> => ({
  opened_at: column,
  answered_at: column,
  resolved_at: column,
  rated_at: column,
});

/** Most first; a group whose name is gone counts among those without one. */
function named(sums: Sums, names: Map<number, string>): ReportGroup[] {
  return [...sums]
    .map(([id, group]) => ({ ...group, name: id === null ? null : (names.get(id) ?? `#${id}`) }))
    .sort((one, other) => other.opened + other.answered - one.opened - one.answered || String(one.name).localeCompare(String(other.name)));
}

export async function byAgent(asked: ReportScope, range: Range): Promise<ReportGroup[]> {
  const sums = await grouped(asked, range, { ...same('r.assignee_id'), answered_at: 'r.answered_by' });
  const users = await asked.strapi.db
    .query('admin::user')
    .findMany({ select: ['id', 'firstname', 'lastname'], where: { id: { $in: idsOf(sums) } } });
  return named(sums, new Map(users.map(({ id, firstname, lastname }) => [Number(id), fullName(firstname, lastname) || `#${id}`])));
}

export async function byScanner(asked: ReportScope, range: Range): Promise<ReportGroup[]> {
  const sums = await grouped(asked, range, same('r.scanner_id'));
  const scanners = await asked.strapi.db.query(UID.scanner).findMany({ select: ['id', 'name'], where: { id: { $in: idsOf(sums) } } });
  return named(sums, new Map(scanners.map(({ id, name }) => [Number(id), name])));
}

export async function byTeam(asked: ReportScope, range: Range): Promise<ReportGroup[]> {
  const { tableName } = asked.strapi.db.metadata.get(UID.ticket);
  const sums = await grouped(asked, range, same(`t.${TEAM_COLUMN}`), (query) => query.join(`${tableName} as t`, 't.id', 'r.ticket_id'));
  const teams = await asked.strapi.db.query(UID.team).findMany({ select: ['id', 'name'], where: { id: { $in: idsOf(sums) } } });
  return named(sums, new Map(teams.map(({ id, name }) => [Number(id), name])));
}

/** A ticket with several tags counts for each. */
export async function byTag(asked: ReportScope, range: Range): Promise<ReportGroup[]> {
  const { name: table, owner, target } = linkTable(asked.strapi, UID.ticket, 'helpdeskTags');
  const sums = await grouped(asked, range, same(`l.${target}`), (query) => query.join(`${table} as l`, `l.${owner}`, 'r.ticket_id'));
  const tags = await asked.strapi.db.query(UID.tag).findMany({ select: ['id', 'name'], where: { id: { $in: idsOf(sums) } } });
  return named(sums, new Map(tags.map(({ id, name }) => [Number(id), name])));
}

const idsOf = (sums: Sums): number[] => [...sums.keys()].filter((id) => id !== null);
