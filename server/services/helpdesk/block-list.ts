import type { Core } from '@strapi/strapi';
import { isAddress, isMailDomain } from '../../../shared/address';
import type { BlockedSender } from '../../../shared/api/block-list';
import type { Pagination } from '../../../shared/api/pagination';
import { fullName } from '../../../shared/names';
import { say, type Said } from '../../../shared/sentences/words';
import { domainOf } from '../lib/address';
import { inPieces } from '../lib/pieces';
import { refuse } from '../platform/refusal';
import { agentAddresses, ownAddresses } from '../settings/own-addresses';
import { getSettings } from '../settings/settings';
import type { Page } from '../storage/pages';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import type { Knex } from 'knex';
import { UID } from '../uids';
import { isPublicDomain, isRegistry } from './public-domains';

/** The block list: addresses and domains whose mail makes no ticket. A domain is written with an `@` before it. */

interface BlockRow {
  id: number;
  target: string;
  note: string;
  added_by: number | null;
  added_at: number | string;
}

// ---- What a scan asks

interface Blocker {
  id: number;
  target: string;
}

/** The entry that an address falls under; null: it may write. */
export type Blockers = (address: string) => Blocker | null;

/** A statement takes this many: more than the senders of a batch and the domains above theirs are. */
const A_STATEMENT = 5_000;
/** What has more parts is no domain of mail (RFC 1035 §2.3.4 leaves 127 of them). */
const MOST_LABELS = 12;

/** What blocks these addresses, by one statement. */
export async function blockersOf(strapi: Core.Strapi, addresses: readonly string[]): Promise<Blockers> {
  const found = new Map<string, Blocker>();
  for (const some of inPieces([...new Set(addresses.flatMap(targetsOf))], A_STATEMENT)) {
    const rows: BlockRow[] = await readTable(strapi, TABLES.blocks, (table) => table.whereIn('target', some).select('id', 'target'));
    for (const { id, target } of rows) found.set(target, { id: Number(id), target });
  }
  return (address) => targetsOf(address).flatMap((target) => found.get(target) ?? [])[0] ?? null;
}

/** What may block an address: itself, its domain, and the domains above that. */
function targetsOf(address: string): string[] {
  const labels = domainOf(address).toLowerCase().split('.').slice(-MOST_LABELS);
  return [address.toLowerCase(), ...labels.map((_, index) => `@${labels.slice(index).join('.')}`)];
}

// ---- What is never blocked

/** Why this would block ourselves; null where it would not. */
type Exemption = (target: string) => Said | null;

/** Reads what is never blocked: addresses that scanners read and that we send from, those of administrators, and the domains of the staff. */
export async function readExemptions(strapi: Core.Strapi): Promise<Exemption> {
  const own = [...(await ownAddresses(strapi))];
  const agents = [...(await agentAddresses(strapi))];
  const { staffDomains } = await getSettings(strapi);
  return (target) => {
    const blocks = (address: string) => targetsOf(address).includes(target);
    const address = own.find(blocks);
    if (address) return say('block.own', { target, address });
    if (agents.some(blocks)) return say('block.agent', { target });
    return staffDomains.some((domain) => blocks(`staff@${domain}`)) ? say('block.staff', { target }) : null;
  };
}

/** As it is kept: `*@Example.com` and `example.com` are `@example.com`. */
function asTarget(text: string): string {
  const target = text.trim().toLowerCase().replace(/^\*@/, '@').replace(/\.$/, '');
  return target.includes('@') || !target.includes('.') ? target : `@${target}`;
}

/** Why that cannot be blocked at all; null where it can. */
function faultOf(target: string): Said | null {
  if (!target.startsWith('@')) return isAddress(target) ? null : say('block.noTarget', { target });
  const domain = target.slice(1);
  if (!isMailDomain(domain)) return say('block.noTarget', { target });
  if (isRegistry(domain)) return say('block.registry', { domain });
  return isPublicDomain(domain) ? say('block.public', { domain }) : null;
}

// ---- What people do

/**
 * Blocks these. Resolves with those that were not on the list before. Throws a 400 that names each line that cannot be blocked; then none is.
 */
export async function block(strapi: Core.Strapi, user: number, texts: readonly string[], note: string): Promise<string[]> {
  const targets = texts.map(asTarget);
  const spared = await readExemptions(strapi);
  const faults = [...new Set(targets)].flatMap((target) => faultOf(target) ?? spared(target) ?? []);
  if (faults.length > 0) refuse(faults.slice(0, FAULTS_TOLD).map((said) => ({ path: ['targets'], said })));
  return addBlocks(strapi, user, targets, note);
}

const FAULTS_TOLD = 10;

/** The same for what is known to be blockable. Part of the calling code's transaction, if there is one. */
export const addBlocks = (strapi: Core.Strapi, user: number, given: readonly string[], note: string): Promise<string[]> =>
  inTransaction(strapi, async (trx) => {
    const added: string[] = [];
    for (const some of inPieces([...new Set(given)])) {
      const known: BlockRow[] = await tableIn(strapi, trx, TABLES.blocks).whereIn('target', some).select('target');
      const before = new Set(known.map(({ target }) => target));
      const targets = some.filter((target) => !before.has(target)).sort();
      const rows = targets.map((target) => ({ target, note, added_by: user, added_at: Date.now() }));
      // Somebody else may block one at this moment.
      if (rows.length > 0) await tableIn(strapi, trx, TABLES.blocks).insert(rows).onConflict('target').ignore();
      added.push(...targets);
    }
    return added;
  });

/** Takes these from the list. Resolves with those that were on it. Part of the calling code's transaction, if there is one. */
export const unblock = (strapi: Core.Strapi, targets: readonly string[]): Promise<string[]> =>
  inTransaction(strapi, async (trx) => {
    const gone: string[] = [];
    for (const some of inPieces([...new Set(targets)])) {
      const rows: BlockRow[] = await tableIn(strapi, trx, TABLES.blocks).whereIn('target', some).select('id', 'target');
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await tableIn(strapi, trx, TABLES.blocks).whereIn('id', ids).delete();
      gone.push(...rows.map(({ target }) => target));
    }
    return gone;
  });

/** Null when it is not on the list. */
export const unblockEntry = (strapi: Core.Strapi, id: number): Promise<true | null> =>
  inTransaction(strapi, async (trx) => ((await tableIn(strapi, trx, TABLES.blocks).where({ id }).delete()) > 0 ? true : null));

/** Those of these addresses that stand on the list themselves. */
export async function blockedAmong(strapi: Core.Strapi, addresses: readonly string[]): Promise<string[]> {
  const known = addresses.map((address) => address.toLowerCase());
  const rows: BlockRow[] = await readTable(strapi, TABLES.blocks, (table) => table.whereIn('target', known).select('target'));
  return rows.map(({ target }) => target).filter((target) => known.includes(target));
}

/** Those of these entries that this administrator added in that time. */
export async function addedAmong(
  strapi: Core.Strapi,
  targets: readonly string[],
  user: number,
  { from, to }: { from: Date; to: Date },
): Promise<string[]> {
  const added: string[] = [];
  for (const some of inPieces([...targets])) {
    const rows: BlockRow[] = await readTable(strapi, TABLES.blocks, (table) =>
      table.whereIn('target', some).where({ added_by: user }).whereBetween('added_at', [from.getTime(), to.getTime()]).select('target'),
    );
    added.push(...rows.map(({ target }) => target));
  }
  return added;
}

// ---- The list

/** A page of the list, the newest first; `search` is a part of an entry or of its note. */
export async function listBlocks(
  strapi: Core.Strapi,
  search: string,
  { page, pageSize }: Page,
): Promise<{ data: BlockedSender[]; meta: { pagination: Pagination } }> {
  const words = `%${search.trim().toLowerCase().replace(/[!%_]/g, '!$&')}%`;
  const found = <T>(read: (table: Knex.QueryBuilder) => PromiseLike<T>): Promise<T> =>
    readTable(strapi, TABLES.blocks, (table) =>
      read(search.trim() ? table.whereRaw("(lower(target) like ? escape '!' or lower(note) like ? escape '!')", [words, words]) : table),
    );
  const [{ total }] = await found<{ total: number | string }[]>((table) => table.count({ total: '*' }));
  const rows = await found<BlockRow[]>((table) =>
    table
      .orderBy('id', 'desc')
      .offset((page - 1) * pageSize)
      .limit(pageSize)
      .select('id', 'target', 'note', 'added_by', 'added_at'),
  );
  const pageCount = Math.ceil(Number(total) / pageSize);
  return { data: await asListed(strapi, rows), meta: { pagination: { page, pageSize, pageCount, total: Number(total) } } };
}

async function asListed(strapi: Core.Strapi, rows: BlockRow[]): Promise<BlockedSender[]> {
  const users: { id: number; firstname: string | null; lastname: string | null; username: string | null }[] = await strapi.db
    .query('admin::user')
    .findMany({ select: ['id', 'firstname', 'lastname', 'username'], where: { id: { $in: rows.flatMap((row) => row.added_by ?? []) } } });
  const names = new Map(users.map(({ id, firstname, lastname, username }) => [id, fullName(firstname, lastname) || username]));
  const caught = await caughtBy(
    strapi,
    rows.map(({ id }) => Number(id)),
  );
  return rows.map(({ id, target, note, added_by: user, added_at: at }) => ({
    id: Number(id),
    target,
    note,
    addedBy: names.get(Number(user)) ?? null,
    addedAt: new Date(Number(at)).toISOString(),
    caught: 0,
    lastCaughtAt: null,
    ...caught.get(Number(id)),
  }));
}

/** Counted in the ledger: a scan writes nothing for it. */
async function caughtBy(strapi: Core.Strapi, ids: number[]): Promise<Map<number, Pick<BlockedSender, 'caught' | 'lastCaughtAt'>>> {
  if (ids.length === 0) return new Map();
  const rows: { blocked_by: number; caught: number | string; last: string | number | Date }[] = await readTable(
    strapi,
    strapi.db.metadata.get(UID.message).tableName,
    (table) =>
      table.whereIn('blocked_by', ids).groupBy('blocked_by').select('blocked_by').count({ caught: '*' }).max({ last: 'created_at' }),
  );
  return new Map(
    rows.map(({ blocked_by: id, caught, last }) => [Number(id), { caught: Number(caught), lastCaughtAt: new Date(last).toISOString() }]),
  );
}
