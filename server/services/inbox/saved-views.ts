import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { NAMING_FILTERS, type NamingFilter, type SavedView, type SavedViewInput, type ViewFilters } from '../../../shared/api/saved-views';
import { say } from '../../../shared/sentences/words';
import { foldName } from '../helpdesk/tags';
import { refusal, refuse } from '../platform/refusal';
import { newDocumentId } from '../storage/randomness';
import { holdName, inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';
import { isOwnStatus } from './statuses';
import { ticketCounts, type TicketCount } from './ticket-counts';
import { isCountedIn } from './ticket-views';
import { sees, type Viewer } from './viewer';

/** Lists of tickets under a name: each administrator's own, and those of the team. */

/** Who keeps views. */
export interface Keeper extends Viewer {
  /** Whether they keep those of the team, too. */
  sharesViews: boolean;
}

interface ViewRow {
  id: string;
  owner_id: number;
  name: string;
  place: number;
  filters: string;
}

const TEAM = 0;

/** Of one administrator, and of the team. Each is a tab above the list. */
const MOST = 100;

/** Those of the team first, each kind in its own order. */
export async function listViews(strapi: Core.Strapi, viewer: Viewer): Promise<SavedView[]> {
  const rows: ViewRow[] = await readTable(strapi, TABLES.views, (table) =>
    table.whereIn('owner_id', [TEAM, viewer.id]).select('id', 'owner_id', 'name', 'place', 'filters'),
  );
  const isTeams = ({ owner_id: owner }: ViewRow) => Number(owner) === TEAM;
  rows.sort((one, other) => Number(isTeams(other)) - Number(isTeams(one)) || one.place - other.place);
  const filters = rows.map((row) => JSON.parse(row.filters) as ViewFilters);
  const missing = await missingIn(strapi, filters);
  const counts = rows.length > 0 ? await ticketCounts(strapi) : [];
  return rows.map((row, index) => ({
    documentId: row.id,
    name: row.name,
    isShared: isTeams(row),
    filters: filters[index],
    missing: missing[index],
    count: countIn(strapi, counts, viewer, filters[index]),
  }));
}

/** Throws a 400 for a name that another view of theirs (or of the team's) has, and a 403 where they may not share; so do the following. */
export async function createView(strapi: Core.Strapi, keeper: Keeper, { name, isShared, filters }: SavedViewInput): Promise<SavedView> {
  const owner = ownerOf(keeper, isShared);
  const id = newDocumentId();
  await inTransaction(strapi, async (trx) => {
    await holdViews(strapi, owner);
    const place = await nextPlace(strapi, trx, owner);
    await mustBeFree(strapi, trx, owner, name);
    await views(strapi, trx).insert({ id, owner_id: owner, ...namesOf(name), place, filters: JSON.stringify(filters) });
  });
  return (await findView(strapi, keeper, id))!;
}

/** Null when they have no such view; so does `deleteView`. */
export async function changeView(
  strapi: Core.Strapi,
  keeper: Keeper,
  id: string,
  { name, isShared, filters }: Partial<SavedViewInput>,
): Promise<SavedView | null> {
  const found = await inTransaction(strapi, async (trx) => {
    const row = await readRow(strapi, trx, keeper, id);
    if (!row) return false;
    const owner = isShared === undefined ? Number(row.owner_id) : ownerOf(keeper, isShared);
    const moves = owner !== Number(row.owner_id);
    await holdViews(strapi, owner);
    if (moves || name !== undefined) await mustBeFree(strapi, trx, owner, name ?? row.name, id);
    const change = {
      owner_id: owner,
      ...(name === undefined ? {} : namesOf(name)),
      ...(filters === undefined ? {} : { filters: JSON.stringify(filters) }),
      ...(moves ? { place: await nextPlace(strapi, trx, owner) } : {}),
    };
    await views(strapi, trx).where({ id }).update(change);
    return true;
  });
  return found ? findView(strapi, keeper, id) : null;
}

export const deleteView = (strapi: Core.Strapi, keeper: Keeper, id: string): Promise<true | null> =>
  inTransaction(strapi, async (trx) => {
    if (!(await readRow(strapi, trx, keeper, id))) return null;
    await views(strapi, trx).where({ id }).delete();
    return true;
  });

/** Puts their own views, or those of the team, in this order; one that is not named comes after those. */
export async function orderViews(strapi: Core.Strapi, keeper: Keeper, isShared: boolean, order: string[]): Promise<void> {
  const owner = ownerOf(keeper, isShared);
  await inTransaction(strapi, async (trx) => {
    await holdViews(strapi, owner);
    const rows: ViewRow[] = await views(strapi, trx).where({ owner_id: owner }).orderBy('place').select('id', 'place');
    const named = order.filter((id) => rows.some((row) => row.id === id));
    const ids = [...new Set([...named, ...rows.map(({ id }) => id)])];
    for (const [place, id] of ids.entries()) await views(strapi, trx).where({ id }).update({ place });
  });
}

const views = (strapi: Core.Strapi, trx: Knex.Transaction): Knex.QueryBuilder => tableIn(strapi, trx, TABLES.views);

const findView = async (strapi: Core.Strapi, keeper: Keeper, id: string): Promise<SavedView | null> =>
  (await listViews(strapi, keeper)).find(({ documentId }) => documentId === id) ?? null;

function ownerOf({ id, sharesViews }: Keeper, isShared: boolean): number {
  if (isShared && !sharesViews) throw refusal(errors.PolicyError, say('view.mayNotShare'));
  return isShared ? TEAM : id;
}

/** A view that they may change; null where they see none. Throws a 403 where they see it and may not. */
async function readRow(strapi: Core.Strapi, trx: Knex.Transaction, keeper: Keeper, id: string): Promise<ViewRow | null> {
  const row: ViewRow | undefined = await views(strapi, trx)
    .where({ id })
    .whereIn('owner_id', [TEAM, keeper.id])
    .first('id', 'owner_id', 'name');
  if (!row) return null;
  ownerOf(keeper, Number(row.owner_id) === TEAM);
  return row;
}

const holdViews = (strapi: Core.Strapi, owner: number): Promise<void> => holdName(strapi, `views ${owner}`);

async function nextPlace(strapi: Core.Strapi, trx: Knex.Transaction, owner: number): Promise<number> {
  const rows: ViewRow[] = await views(strapi, trx).where({ owner_id: owner }).select('place');
  if (rows.length >= MOST) refuse([{ path: ['name'], said: say('view.tooMany', { most: MOST }) }]);
  return Math.max(-1, ...rows.map(({ place }) => place)) + 1;
}

const namesOf = (name: string): { name: string; folded_name: string } => ({ name, folded_name: foldName(name) });

/** Throws a 400 where another one of these views has the name. To be called while they are held. */
async function mustBeFree(strapi: Core.Strapi, trx: Knex.Transaction, owner: number, name: string, but = ''): Promise<void> {
  const { folded_name } = namesOf(name);
  const taken = await views(strapi, trx).where({ owner_id: owner, folded_name }).whereNot('id', but).first('id');
  if (taken) refuse([{ path: ['name'], said: say('view.taken') }]);
}

// ---- What is gone

const TYPES = {
  contact: UID.contact,
  account: UID.account,
  scanner: UID.scanner,
  tag: UID.tag,
  team: UID.team,
  status: UID.ticketStatus,
} as const;

/** For each of these: the filters that name what is not there any more. One question for each kind of record. */
async function missingIn(strapi: Core.Strapi, filters: ViewFilters[]): Promise<NamingFilter[][]> {
  const there = new Map<NamingFilter, Set<string>>();
  for (const name of NAMING_FILTERS) {
    const named = [...new Set(filters.flatMap((each) => namedBy(strapi, each, name)))];
    if (named.length > 0) there.set(name, await existing(strapi, name, named));
  }
  const isMissing = (each: ViewFilters, name: NamingFilter) => namedBy(strapi, each, name).some((value) => !there.get(name)?.has(value));
  return filters.map((each) => NAMING_FILTERS.filter((name) => isMissing(each, name)));
}

/** The records that a filter names. */
function namedBy(strapi: Core.Strapi, filters: ViewFilters, name: NamingFilter): string[] {
  const value = filters[name];
  if (!value || value === 'none') return [];
  return name === 'status' ? value.split(',').filter((status) => isOwnStatus(strapi, status)) : [value];
}

async function existing(strapi: Core.Strapi, name: NamingFilter, values: string[]): Promise<Set<string>> {
  if (name === 'assignee') {
    const rows = await strapi.db.query('admin::user').findMany({ select: ['id'], where: { id: { $in: values.map(Number) } } });
    return new Set(rows.map(({ id }) => String(id)));
  }
  const rows = await strapi.db.query(TYPES[name]).findMany({ select: ['documentId'], where: { documentId: { $in: values } } });
  return new Set(rows.map(({ documentId }) => documentId));
}

// ---- How many

/** What tickets are counted by for the numbers beside the views. Of a view that asks for more, the number is not known without a search. */
const COUNTED_BY = ['view', 'status', 'assignee', 'sort'];

function countIn(
  strapi: Core.Strapi,
  counts: TicketCount[],
  viewer: Viewer,
  { view = 'all', status, assignee, ...others }: ViewFilters,
): number | null {
  if (Object.entries(others).some(([name, value]) => value && !COUNTED_BY.includes(name)) || view === 'absent') return null;
  const statuses = status?.split(',');
  if (statuses?.some((value) => isOwnStatus(strapi, value))) return null;
  const isWanted = (ticket: TicketCount) =>
    sees(viewer, ticket) &&
    isCountedIn(view, ticket, viewer.id) &&
    (!statuses || statuses.includes(ticket.status)) &&
    (!assignee || String(ticket.assignee ?? 'none') === assignee);
  return counts.filter(isWanted).reduce((sum, { count }) => sum + count, 0);
}
