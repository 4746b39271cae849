import { errors, type z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { AuthorizationRow } from '../services/oauth/access-token';
import { UID } from '../services/uids';

/** What controllers share: reading a request and shaping what goes wrong. */

export interface FieldError {
  path: (string | number)[];
  message: string;
}

/** Throws a 400 that names each field, in the form that Strapi's forms show beside it. */
export function refuse(fieldErrors: FieldError[]): never {
  const [first] = fieldErrors;
  const message = fieldErrors.length === 1 ? first.message : `${fieldErrors.length} fields need another look: ${first.message}`;
  throw new errors.ValidationError(message, {
    errors: fieldErrors.map(({ path, message }) => ({ path: path.map(String), message, name: 'ValidationError' })),
  });
}

/**
 * The body (or query) as the schema wants it. Throws a 400 with a message for each field otherwise, those of `also` among them: what else
 * is known to be wrong is said at once.
 */
export function parse<T>(schema: z.ZodType<T>, input: unknown, also: FieldError[] = []): T {
  const result = schema.safeParse(input ?? {});
  if (result.success && also.length === 0) return result.data;
  return refuse([...issuesOf(result), ...also]);
}

/** What a schema finds wrong. */
export const issuesOf = ({ error }: z.ZodSafeParseResult<unknown>): FieldError[] =>
  (error?.issues ?? []).map(({ path, message }) => ({ path: path as (string | number)[], message }));

export const MISSING_AUTHORIZATION: FieldError = { path: ['authorization'], message: 'Select an authorization, or make a new one.' };

/** The authorization of that documentId. Throws a 400 beside the field when there is none, or not of this provider. */
export async function requireAuthorization(
  strapi: Core.Strapi,
  documentId: string | null | undefined,
  provider?: string,
): Promise<AuthorizationRow> {
  const row = documentId ? await strapi.db.query(UID.authorization).findOne({ where: { documentId } }) : null;
  if (!row) return refuse([MISSING_AUTHORIZATION]);
  if (provider && row.provider !== provider)
    return refuse([
      { path: ['authorization'], message: 'This authorization belongs to another provider. Select one that fits the authentication.' },
    ]);
  return row;
}

/** What the panel sees of an authorization, wherever one is chosen. */
export const presentAuthorization = (row: AuthorizationRow) =>
  pick(row, ['documentId', 'provider', 'permission', 'username', 'needsAuthorization', 'lastError']);

/** A record by the documentId in the URL. Throws a 404 when there is none. */
export async function findOr404(
  strapi: Core.Strapi,
  uid: string,
  ctx: Context,
  options: { select?: string[]; populate?: unknown; key?: string } = {},
): Promise<any> {
  const documentId = ctx.params[options.key ?? 'id'];
  const found = await strapi.db
    .query(uid as never)
    .findOne({ select: options.select as never, where: { documentId }, populate: options.populate as never });
  if (!found) throw new errors.NotFoundError('There is no such record, or not any more.');
  return found;
}

export interface Page {
  page: number;
  pageSize: number;
}

/** `page` from 1 and `pageSize` up to 100 out of a query. */
export function pageOf(query: Record<string, unknown>): Page {
  const number = (value: unknown, fallback: number, most: number) => {
    const parsed = Number(value ?? fallback);
    return Number.isInteger(parsed) && parsed >= 1 ? Math.min(parsed, most) : fallback;
  };
  return { page: number(query.page, 1, 1_000_000), pageSize: number(query.pageSize, 20, 100) };
}

interface PageOptions {
  where: object;
  orderBy: unknown;
  populate?: unknown;
  select?: string[];
}

/** A page of records with Strapi's pagination beside it. */
export async function findPage(strapi: Core.Strapi, uid: string, query: Record<string, unknown>, options: PageOptions) {
  const { page, pageSize } = pageOf(query);
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

/** Only the named attributes of a record. */
export function pick<T extends object, K extends keyof T>(record: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, record[name]])) as Pick<T, K>;
}
