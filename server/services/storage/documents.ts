import type { Core, UID as StrapiUID } from '@strapi/strapi';
import { inTransaction, tableIn } from './tables';

/** Records by their documentId. */

interface Reading {
  select?: readonly string[];
  populate?: unknown;
}

/** The record of that documentId, or null. */
export function findDocument(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  documentId: string,
  { select, populate }: Reading = {},
): Promise<any> {
  return strapi.db.query(uid).findOne({ select, where: { documentId }, populate });
}

/**
 * Writes a record by Strapi's document service, with its hooks and webhooks. Resolves with null when there is none. The attributes of the
 * plugin's types are unknown to Strapi's types, so any are taken here.
 */
export function updateDocument(strapi: Core.Strapi, uid: StrapiUID.ContentType, documentId: string, data: object): Promise<any> {
  return strapi.documents(uid).update({ documentId, data: data as Record<never, unknown> });
}

/**
 * Locks a record until the calling code's transaction ends. To be called before it is read there: a change that is worked out from what was
 * read then undoes no change that came meanwhile. SQLite has one connection and needs no lock.
 */
export async function holdDocument(strapi: Core.Strapi, uid: StrapiUID.ContentType, documentId: string): Promise<void> {
  await inTransaction(strapi, async (trx) => {
    await tableIn(strapi, trx, strapi.db.metadata.get(uid).tableName).where({ document_id: documentId }).forUpdate().select('id');
  });
}

/**
 * Changes a record in one transaction with reading it: `change` makes the new values from the record as it is, and nobody else changes it
 * meanwhile. Resolves with the record as it is then, or with null when there is none. What `change` throws leaves the record as it was.
 */
export function changeDocument(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  documentId: string,
  change: (row: any) => object | Promise<object>,
  { populate }: Pick<Reading, 'populate'> = {},
): Promise<any> {
  return inTransaction(strapi, async () => {
    await holdDocument(strapi, uid, documentId);
    const row = await findDocument(strapi, uid, documentId, { populate });
    if (!row) return null;
    const data = await change(row);
    return strapi.db.query(uid).update({ where: { id: row.id }, data, populate });
  });
}
