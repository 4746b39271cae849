import { isDeepStrictEqual } from 'node:util';
import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import { log } from '../log';
import { hasVersions, switchVersionsOff, withoutVersions, type OwnTypes } from './own-types';
import { newDocumentId } from './randomness';
import { inTransaction, tableIn } from './tables';

/**
 * Drafts and translations that our types have from a time when draft & publish or localization was on for them. Switched off, Strapi would
 * delete each draft and each translation; here nothing of them is lost, and each record has one row again.
 */

interface SyncContext {
  oldContentTypes?: Record<string, object>;
  contentTypes: Record<string, object>;
}

/**
 * Sees to both before Strapi's own migrations, which run all at once when the types are synchronised with the database. To be called in
 * register(). The site's register() comes later and may have switched something on again.
 */
export function keepOneVersion(strapi: Core.Strapi, types: OwnTypes): void {
  switchVersionsOff(strapi, types);
  const hook = strapi.hook('strapi::content-types.beforeSync');
  const call = hook.call.bind(hook);
  const uids = Object.keys(types).map((name) => `plugin::mail-scanner.${name}` as StrapiUID.ContentType);
  hook.call = async (context: SyncContext) => {
    switchVersionsOff(strapi, types);
    // Without what Strapi remembers of a start before, there are no tables yet.
    if (context.oldContentTypes) await joinAll(strapi, uids, context.oldContentTypes);
    // What Strapi is told was off before, it does not switch off.
    const oldContentTypes = { ...context.oldContentTypes };
    for (const uid of uids) if (oldContentTypes[uid]) oldContentTypes[uid] = withoutVersions(oldContentTypes[uid]);
    return call({ ...context, oldContentTypes: context.oldContentTypes && oldContentTypes });
  };
}

async function joinAll(strapi: Core.Strapi, uids: StrapiUID.ContentType[], remembered: Record<string, object>): Promise<void> {
  const looked = ((await strapi.store!.get(LOOKED)) as Looked | null) ?? {};
  const ends: Looked = {};
  for (const uid of uids) {
    if (!(await strapi.db.getSchemaConnection().hasTable(strapi.db.metadata.get(uid).tableName))) continue;
    await joinVersions(strapi, uid, hasVersions(remembered[uid] ?? {}) ? 0 : await lookedUpTo(strapi, uid, looked[uid]));
    const newest = await strapi.db.getConnection(strapi.db.metadata.get(uid).tableName).orderBy('id', 'desc').first('id', 'document_id');
    if (newest) ends[uid] = { id: Number(newest.id), documentId: newest.document_id };
  }
  if (!isDeepStrictEqual(ends, looked)) await strapi.store!.set({ ...LOOKED, value: ends });
}

/**
 * The newest row of each type when it was last looked through. Those up to it have one version: an editor's change makes no second one while both
 * are off. Strapi's import and transfer give the rows new ids and bring along what the other site noted, so the row says which one it is.
 */
type Looked = Partial<Record<StrapiUID.ContentType, { id: number; documentId: string | null }>>;
const LOOKED = { type: 'plugin', name: 'mail-scanner', key: 'one_version' } as const;

/** The id up to which nothing has to be looked through again; 0: all of it has. */
async function lookedUpTo(strapi: Core.Strapi, uid: StrapiUID.ContentType, end: Looked[typeof uid]): Promise<number> {
  if (!end) return 0;
  const row = await strapi.db.getConnection(strapi.db.metadata.get(uid).tableName).where({ id: end.id }).first('document_id');
  return row?.document_id === end.documentId ? end.id : 0;
}

const DOCUMENTS_A_PIECE = 100;

/** Of the rows with a larger id than that one. */
async function joinVersions(strapi: Core.Strapi, uid: StrapiUID.ContentType, from: number): Promise<void> {
  const { tableName } = strapi.db.metadata.get(uid);
  const hasLocale = await strapi.db.getSchemaConnection().hasColumn(tableName, 'locale');
  const standard = (await strapi.store!.get({ type: 'plugin', name: 'i18n', key: 'default_locale' })) as string | null;
  let count = 0;
  // What has been joined is found no more.
  for (let some = 1; some > 0; count += some) {
    some = await inTransaction(strapi, async (trx) => {
      const type = { strapi, trx, uid };
      const documents = await documentsWithVersions(type, hasLocale, from);
      const rows: Version[] = await rowsOf(type).whereIn('document_id', documents).orderBy('id').select('*');
      for (const id of documents)
        await joinDocument(
          type,
          rows.filter((row) => row.document_id === id),
          standard,
        );
      return documents.length;
    });
  }
  if (count > 0)
    log(strapi, 'info', 'Records that had drafts or translations have one version again', { types: uid.split('.').at(-1), count });
}

/** A content type, within a transaction. */
interface Type {
  strapi: Core.Strapi;
  trx: Knex.Transaction;
  uid: StrapiUID.ContentType;
}

/** A row as it is in its table; columns by their names. */
interface Version extends Record<string, unknown> {
  id: number;
  document_id: string;
  published_at: unknown;
  locale?: string | null;
}

const rowsOf = ({ strapi, trx, uid }: Type): Knex.QueryBuilder => tableIn(strapi, trx, strapi.db.metadata.get(uid).tableName);

async function documentsWithVersions(type: Type, hasLocale: boolean, from: number): Promise<string[]> {
  const rows: Version[] = await rowsOf(type)
    .whereNotNull('document_id')
    .modify((query) => void (from > 0 && query.where('id', '>', from)))
    .where((either) => {
      either.whereNull('published_at');
      if (hasLocale) either.orWhereNotNull('locale');
    })
    // In the order of the ids: by that of the documents, SQLite goes through all there are.
    .orderBy('id')
    .limit(DOCUMENTS_A_PIECE)
    .select('document_id');
  return [...new Set(rows.map(({ document_id }) => document_id))];
}

/** Makes one row of a document's drafts and published rows, and records of their own of translations that say something else. */
async function joinDocument(type: Type, versions: Version[], standard: string | null): Promise<void> {
  const byLocale = new Map<string, Version[]>();
  for (const version of versions) {
    const locale = version.locale ?? standard ?? '';
    byLocale.set(locale, [...(byLocale.get(locale) ?? []), version]);
  }
  const translations: Version[] = [];
  for (const rows of byLocale.values()) translations.push(await joinDrafts(type, rows));
  const main = translations.find(({ locale }) => !locale || locale === standard) ?? translations[0];
  for (const translation of translations) {
    if (translation === main) await settle(type, translation, translation.document_id);
    else if (saysNothingElse(type, translation, main)) await replace(type, { from: translation.id, to: main.id, isNewer: false });
    else await settle(type, translation, newDocumentId());
  }
}

async function settle(type: Type, { id, published_at, updated_at, created_at, ...row }: Version, documentId: string): Promise<void> {
  await rowsOf(type)
    .where({ id })
    .update({
      document_id: documentId,
      published_at: published_at ?? updated_at ?? created_at ?? new Date(),
      ...('locale' in row ? { locale: null } : {}),
    });
}

/** What tells about a row and not about its record. */
const BOOKKEEPING = ['id', 'document_id', 'created_at', 'updated_at', 'published_at', 'created_by_id', 'updated_by_id', 'locale'];
/** The plugin gives them to each row that has none: those of the row that stays are the ones that customers know. */
const GIVEN = ['ticket_number', 'thread_token', 'last_activity_at'];

const contentOf = (version: Version): string[] => Object.keys(version).filter((column) => ![...BOOKKEEPING, ...GIVEN].includes(column));

const saysNothingElse = (type: Type, version: Version, main: Version): boolean =>
  contentOf(version).every(
    (column) => version[column] === null || isDefault(type, column, version[column]) || isDeepStrictEqual(version[column], main[column]),
  );

/** Strapi writes a default where somebody said nothing. SQLite keeps booleans as numbers. */
function isDefault({ strapi, uid }: Type, column: string, value: unknown): boolean {
  const attributes = Object.values(strapi.db.metadata.get(uid).attributes) as { columnName?: string; default?: unknown }[];
  const standard = attributes.find(({ columnName }) => columnName === column)?.default;
  return standard !== undefined && (value === standard || (typeof standard === 'boolean' && Boolean(value) === standard));
}

// ---- Drafts

/** The published row stays, since comments and emails are about it; without one, the draft does. Resolves with the one that stays. */
async function joinDrafts(type: Type, versions: Version[]): Promise<Version> {
  const stays = versions.find(({ published_at }) => published_at !== null) ?? versions[versions.length - 1];
  for (const version of versions) {
    if (version === stays) continue;
    const isNewer = timeOf(version.updated_at) > timeOf(stays.updated_at);
    const changes = changesOf(type, version, stays, isNewer);
    await replace(type, { from: version.id, to: stays.id, isNewer });
    Object.assign(stays, changes);
    if (Object.keys(changes).length > 0) await rowsOf(type).where({ id: stays.id }).update(changes);
  }
  return stays;
}

const timeOf = (value: unknown): number => new Date(value as string | number | Date).getTime();

/**
 * What a draft has beyond the row that stays: whatever that one lacks, and where the draft is newer, what was changed in it. A draft that
 * lacks something was begun by a change alone, and its defaults are nobody's words.
 */
function changesOf(type: Type, draft: Version, stays: Version, isNewer: boolean): Record<string, unknown> {
  const isPart = contentOf(draft).some((column) => draft[column] === null && stays[column] !== null);
  const isChange = (column: string) => isNewer && !(isPart && isDefault(type, column, draft[column]));
  const columns = contentOf(draft).filter((column) => draft[column] !== null && (stays[column] === null || isChange(column)));
  return Object.fromEntries(columns.map((column) => [column, draft[column]]));
}

// ---- One row in place of another

interface Relation {
  type: string;
  target?: string;
  mappedBy?: string;
  morphBy?: string;
  joinColumn?: { name: string };
  joinTable?: {
    name: string;
    joinColumn: { name: string };
    inverseJoinColumn?: { name: string };
    morphColumn?: { typeColumn: { name: string }; idColumn: { name: string } };
    on?: Record<string, unknown>;
  };
}

/** The ids of the row that goes and of the one that stays. */
interface Replacement {
  from: number;
  to: number;
  /** Whether the row that goes was changed later. */
  isNewer: boolean;
}

/** Rows that link records: `own` is the column of the record that they belong to, `other` that of what it is linked with. */
interface Links {
  table: string;
  own: string;
  other: string;
  /** Of all rows in the table, those of this relation. */
  where?: object;
}

/**
 * Whatever points at the one row points at the other from now on, and the one is deleted. The one's own relations take the place of the
 * other's where they are newer; else only where the other has none.
 */
async function replace(type: Type, rows: Replacement): Promise<void> {
  const { strapi, uid } = type;
  for (const model of strapi.db.metadata.values()) {
    for (const [name, attribute] of Object.entries(model.attributes) as unknown as [string, Relation][]) {
      if (attribute.type !== 'relation' || name === 'localizations' || attribute.mappedBy) continue;
      if (attribute.target === uid) await pointAtOther(type, model.tableName, attribute, rows);
      if (model.uid === uid) await passOn(type, name, attribute, rows);
    }
  }
  await rowsOf(type).where({ id: rows.from }).delete();
}

async function pointAtOther(type: Type, table: string, { joinColumn, joinTable }: Relation, rows: Replacement): Promise<void> {
  if (joinColumn && (await hasColumn(type, table, joinColumn.name))) {
    await tableIn(type.strapi, type.trx, table)
      .where({ [joinColumn.name]: rows.from })
      .update({ [joinColumn.name]: rows.to });
  }
  if (!joinTable?.inverseJoinColumn) return;
  await moveLinks(type, { table: joinTable.name, own: joinTable.inverseJoinColumn.name, other: joinTable.joinColumn.name }, rows);
}

async function passOn(type: Type, name: string, { target, morphBy, joinTable }: Relation, rows: Replacement): Promise<void> {
  if (morphBy) {
    const { joinTable: files } = type.strapi.db.metadata.get(target!).attributes[morphBy] as unknown as Relation;
    if (!files?.morphColumn) return;
    const { idColumn, typeColumn } = files.morphColumn;
    const where = { [typeColumn.name]: type.uid, field: name };
    await takeLinks(type, { table: files.name, own: idColumn.name, other: files.joinColumn.name, where }, rows);
  } else if (joinTable?.inverseJoinColumn) {
    const { name: table, joinColumn, inverseJoinColumn, on: where } = joinTable;
    await takeLinks(type, { table, own: joinColumn.name, other: inverseJoinColumn.name, where }, rows);
  }
}

const linksOf = ({ strapi, trx }: Type, { table, own, where }: Links, id: number): Knex.QueryBuilder =>
  tableIn(strapi, trx, table).where({ ...where, [own]: id });

async function takeLinks(type: Type, links: Links, rows: Replacement): Promise<void> {
  if (!(await hasColumn(type, links.table, links.own))) return;
  const [has, lacks] = [(await linksOf(type, links, rows.from)).length > 0, (await linksOf(type, links, rows.to)).length === 0];
  if (has && rows.isNewer) await linksOf(type, links, rows.to).delete();
  if (has && (rows.isNewer || lacks)) await moveLinks(type, links, rows);
}

/** A link that both rows have stays once: a join table refuses the second. */
async function moveLinks(type: Type, links: Links, { from, to }: Replacement): Promise<void> {
  const { table, own, other } = links;
  if (!(await hasColumn(type, table, own))) return;
  const there = (await linksOf(type, links, to).select(other)).map((row: Record<string, unknown>) => row[other]);
  await linksOf(type, links, from).whereIn(other, there).delete();
  await linksOf(type, links, from).update({ [own]: to });
}

/** The tables are those of before: a new relation's is still missing. */
const hasColumn = ({ strapi, trx }: Type, table: string, column: string): Promise<boolean> =>
  strapi.db.getSchemaConnection(trx).hasColumn(table, column);
