import type { Core } from '@strapi/strapi';

/** Which page of a list, from 1, and how many records it has. */
export interface Page {
  page: number;
  pageSize: number;
}

interface PageOptions {
  where: object;
  orderBy: unknown;
  populate?: unknown;
  select?: readonly string[];
}

/** A page of records, with the numbers that Strapi's own lists put beside it. */
export interface PageOfRecords {
  data: any[];
  meta: { pagination: Page & { pageCount: number; total: number } };
}

export async function findPage(strapi: Core.Strapi, uid: string, { page, pageSize }: Page, options: PageOptions): Promise<PageOfRecords> {
  const total = await countOf(strapi, uid, options.where);
  const rows = await rowsOf(strapi, uid, options, { offset: (page - 1) * pageSize, limit: pageSize }, total);
  return { data: rows, meta: { pagination: { page, pageSize, pageCount: Math.ceil(total / pageSize), total } } };
}

/** Where all records count, a database knows how many there are; Strapi has it look at the id of each. */
async function countOf(strapi: Core.Strapi, uid: string, where: object): Promise<number> {
  if (Object.keys(where).length > 0) return strapi.db.query(uid as never).count({ where: where as never });
  const { tableName } = strapi.db.metadata.get(uid);
  return Number((await strapi.db.getConnection(tableName).count({ count: '*' }).first())!.count);
}

/** Of a page in the second half of a long list, the way from the end is the shorter one. */
async function rowsOf(
  strapi: Core.Strapi,
  uid: string,
  options: PageOptions,
  { offset, limit }: { offset: number; limit: number },
  total: number,
): Promise<any[]> {
  const find = (place: object) => strapi.db.query(uid as never).findMany({ ...(options as object), ...place });
  const orderBy = offset > total / 2 ? reversed(options.orderBy) : null;
  if (!orderBy) return find({ limit, offset });
  const count = Math.max(0, Math.min(limit, total - offset));
  if (count === 0) return [];
  return (await find({ orderBy, limit: count, offset: total - offset - count })).reverse();
}

/** The other way round; null where the order leaves open which of two records comes first. */
function reversed(orderBy: unknown): object[] | null {
  const parts = [orderBy].flat().flatMap((part) => Object.entries(part as Record<string, unknown>));
  const isDefinite = parts.at(-1)?.[0] === 'id' && parts.every(([, way]) => way === 'asc' || way === 'desc');
  return isDefinite ? parts.map(([name, way]) => ({ [name]: way === 'asc' ? 'desc' : 'asc' })) : null;
}
