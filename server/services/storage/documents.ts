import type { Core, UID as StrapiUID } from '@strapi/strapi';
import { rowsOf, type Asked, type Found, type OwnUid, type Populate } from './rows';
import { inTransaction, tableIn } from './tables';

/** Records by their documentId. */

/** The record of that documentId, or null. */
export function findDocument<U extends OwnUid, const Q extends Asked = object>(
  strapi: Core.Strapi,
  uid: U,
  documentId: string,
  asked?: Q,
): Promise<Found<U, Q> | null> {
  return rowsOf(strapi, uid).findOne<Q>({ ...(asked as Q), where: { documentId } });
}

/** Adds a record as `updateDocument` writes one. */
export async function createDocument<U extends OwnUid>(strapi: Core.Strapi, uid: U, data: object): Promise<Found<U, object>> {
  const documents = strapi.documents(uid as StrapiUID.ContentType);
  return (await documents.create({ data: data as Record<never, unknown> })) as unknown as Found<U, object>;
}

/**
 * Writes a record by Strapi's document service, with its hooks and webhooks. Resolves with null when there is none. The attributes of the
 * plugin's types are unknown to Strapi's types, so any are taken here.
 */
export async function updateDocument<U extends OwnUid>(
  strapi: Core.Strapi,
  uid: U,
  documentId: string,
  data: object,
): Promise<Found<U, object> | null> {
  return (await strapi.documents(uid).update({ documentId, data: data as Record<never, unknown> })) as unknown as Found<U, object> | null;
}

/**
 * Locks a record until the calling code's transaction ends. To be called before it is read there: a change that is worked out from what was
 * read then undoes no change that came meanwhile. SQLite has one connection and needs no lock.
 */
export async function holdDocument(strapi: Core.Strapi, uid: OwnUid, documentId: string): Promise<void> {
  await inTransaction(strapi, async (trx) => {
    await tableIn(strapi, trx, strapi.db.metadata.get(uid).tableName).where({ document_id: documentId }).forUpdate().select('id');
  });
}

/**
 * Changes a record in one transaction with reading it: `change` makes the new values from the record as it is, and nobody else changes it
 * meanwhile. Resolves with the record as it is then, or with null when there is none. What `change` throws leaves the record as it was.
 */
export function changeDocument<U extends OwnUid, const P extends Populate = undefined>(
  strapi: Core.Strapi,
  uid: U,
  documentId: string,
  change: (row: Found<U, { populate: P }>) => object | Promise<object>,
  { populate }: { populate?: P } = {},
): Promise<Found<U, { populate: P }> | null> {
  return inTransaction(strapi, async () => {
    await holdDocument(strapi, uid, documentId);
    const row = await findDocument<U, { populate: P }>(strapi, uid, documentId, { populate: populate as P });
    if (!row) return null;
    const data = await change(row);
    return rowsOf(strapi, uid).update<{ populate: P }>({ where: { documentId }, data, populate: populate as P });
  });
}
