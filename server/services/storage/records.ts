import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import { hasForeignMiddlewares } from '../platform/document-middlewares';
import { emitAfterCommit } from './events';
import { insertEntries, insertValues, type Ids } from './insert';
import { isExtended } from './own-types';
import { momentsById } from './moments';
import { inTransaction, tableIn } from './tables';

/**
 * Writes many records of a content type at once, so that everybody who listens notices what they would have noticed had
 * the Document Service written them one by one: database lifecycles, entry events (webhooks) after the commit, document
 * middlewares. One statement a batch instead of some ten a record is what makes an import fast.
 */

/** A record to create: attributes, with relations as numeric ids. */
export interface NewRecord {
  documentId: string;
  data: Record<string, unknown>;
  /** Set once it is written. */
  id?: number;
}

interface RecordChange {
  id: number;
  documentId: string;
  data: Record<string, unknown>;
  /** Moments that differ from record to record, by their attributes. */
  own?: Record<string, Date>;
}

/** Creates the records in the order given and sets their ids. Part of the calling code's transaction, if there is one. */
export async function createRecords(strapi: Core.Strapi, uid: StrapiUID.ContentType, records: NewRecord[]): Promise<void> {
  if (records.length === 0) return;
  if (mustUseDocumentService(strapi, uid)) {
    for (const record of records) {
      const created = await strapi.documents(uid).create({ data: { ...record.data, documentId: record.documentId } });
      record.id = created.id as number;
    }
    return;
  }
  await inTransaction(strapi, async (trx) => {
    const rows = records.map(({ documentId, data }) => ({ publishedAt: new Date(), ...data, documentId }));
    const states = await eachLifecycle(
      strapi,
      'beforeCreate',
      uid,
      rows.map((data) => ({ params: { data } })),
    );
    const ids = (await insertEntries(strapi, trx, uid, rows)) ?? (await readIds(strapi, trx, uid, records));
    for (const record of records) record.id = ids.get(record.documentId);
    await linkRelations(strapi, trx, uid, records);
    const results = records.map(({ id }, index) => ({ params: { data: rows[index] }, result: { id, ...rows[index] } }));
    await eachLifecycle(strapi, 'afterCreate', uid, results, states);
    await emitAfterCommit(
      strapi,
      uid,
      'entry.create',
      records.map(({ id }) => id!),
    );
  });
}

/** Updates records; those with the same changes share a statement, and so do moments of their own. Scalar attributes only go in bulk. */
export async function updateRecords(strapi: Core.Strapi, uid: StrapiUID.ContentType, changes: RecordChange[]): Promise<void> {
  const byChange = new Map<string, RecordChange[]>();
  for (const change of changes) {
    const key = JSON.stringify([change.data, Object.keys(change.own ?? {})]);
    const group = byChange.get(key);
    if (group) group.push(change);
    else byChange.set(key, [change]);
  }
  for (const group of byChange.values()) {
    if (mustUseDocumentService(strapi, uid) || hasRelation(strapi, uid, group[0].data)) {
      for (const { documentId, data, own } of group) await strapi.documents(uid).update({ documentId, data: { ...data, ...own } });
    } else {
      await updateGroup(strapi, uid, group);
    }
  }
}

async function updateGroup(strapi: Core.Strapi, uid: StrapiUID.ContentType, group: RecordChange[]): Promise<void> {
  await inTransaction(strapi, async (trx) => {
    const [{ data: shared, own: first = {} }] = group;
    // One value for all is a change like any other.
    const data = { ...shared, ...(group.length === 1 ? first : {}) };
    const events = group.map(({ id, documentId, own }) => ({
      params: { where: { id }, data },
      result: { id, documentId, ...data, ...own },
    }));
    const states = await eachLifecycle(strapi, 'beforeUpdate', uid, events);
    await strapi.db.query(uid).updateMany({ where: { id: { $in: group.map(({ id }) => id) } }, data });
    if (group.length > 1) for (const name of Object.keys(first)) await updateOwn(strapi, trx, uid, name, group);
    await eachLifecycle(strapi, 'afterUpdate', uid, events, states);
    await emitAfterCommit(
      strapi,
      uid,
      'entry.update',
      group.map(({ id }) => id),
    );
  });
}

async function updateOwn(strapi: Core.Strapi, trx: Knex.Transaction, uid: StrapiUID.ContentType, name: string, group: RecordChange[]) {
  const { tableName, attributes } = strapi.db.metadata.get(uid);
  const { columnName } = attributes[name] as { columnName: string };
  const moments = group.map(({ id, own }) => [id, own![name]] as const);
  await tableIn(strapi, trx, tableName)
    .whereIn(
      'id',
      group.map(({ id }) => id),
    )
    .update({ [columnName]: momentsById(strapi, trx, moments) });
}

// ---- Whether the Document Service has to do it

/** True when a document middleware of somebody else's, or an attribute that a site added, asks for Strapi's own way. */
function mustUseDocumentService(strapi: Core.Strapi, uid: StrapiUID.ContentType): boolean {
  return hasForeignMiddlewares(strapi) || isExtended(strapi, uid);
}

// ---- Parts of a bulk write

type LifecycleEvent = { params: Record<string, unknown>; result?: unknown };
/** What a subscriber hands on from before a write to after it. */
type LifecycleStates = Awaited<ReturnType<Core.Strapi['db']['lifecycles']['run']>>;

async function eachLifecycle(
  strapi: Core.Strapi,
  action: 'beforeCreate' | 'afterCreate' | 'beforeUpdate' | 'afterUpdate',
  uid: StrapiUID.ContentType,
  events: LifecycleEvent[],
  states: LifecycleStates[] = [],
): Promise<LifecycleStates[]> {
  const after: LifecycleStates[] = [];
  for (const [index, event] of events.entries()) {
    after.push(await strapi.db.lifecycles.run(action, uid, event, states[index]));
  }
  return after;
}

async function readIds(strapi: Core.Strapi, trx: Knex.Transaction, uid: StrapiUID.ContentType, records: NewRecord[]): Promise<Ids> {
  const documentIds = records.map(({ documentId }) => documentId);
  const rows = await tableIn(strapi, trx, strapi.db.metadata.get(uid).tableName)
    .whereIn('document_id', documentIds)
    .select('id', 'document_id');
  return new Map(rows.map(({ id, document_id }: { id: number; document_id: string }) => [document_id, id]));
}

interface JoinTable {
  name: string;
  joinColumn: { name: string };
  inverseJoinColumn: { name: string };
  orderColumnName?: string;
  inverseOrderColumnName?: string;
}

/** Relations in a join table, as Strapi lays them down; those in a column were written with the record. */
async function linkRelations(strapi: Core.Strapi, trx: Knex.Transaction, uid: StrapiUID.ContentType, records: NewRecord[]): Promise<void> {
  for (const [name, joinTable] of joinTables(strapi, uid)) {
    const links = records.filter(({ data }) => typeof data[name] === 'number').map(({ id, data }) => [id, data[name]]);
    const columns = [joinTable.joinColumn.name, joinTable.inverseJoinColumn.name];
    await insertValues(strapi, trx, { table: joinTable.name, columns }, links);
  }
}

function joinTables(strapi: Core.Strapi, uid: StrapiUID.ContentType): [string, JoinTable][] {
  return Object.entries(strapi.db.metadata.get(uid).attributes).flatMap(([name, attribute]) => {
    const { joinTable, target } = attribute as { joinTable?: JoinTable; target?: string };
    return joinTable && target && name !== 'localizations' ? [[name, joinTable] as [string, JoinTable]] : [];
  });
}

function hasRelation(strapi: Core.Strapi, uid: StrapiUID.ContentType, data: Record<string, unknown>): boolean {
  const { attributes } = strapi.contentType(uid);
  return Object.keys(data).some((name) => attributes[name]?.type === 'relation');
}
