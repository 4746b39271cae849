import { isIP } from 'node:net';
import { errors, z } from '@strapi/utils';
import { isAddress, pastedAddress } from '../../shared/address';
import { LINE_LENGTH } from '../../shared/lengths';
import { say, type Said } from '../../shared/sentences/words';
import { saidByIssue, schemaSays } from '../services/lib/schema-words';
import { UPLOAD_LIMITS } from '../services/inbox/uploads';
import type { AuthorizationRow } from '../services/oauth/access-token';
import { refusal, refuse, type FieldError } from '../services/platform/refusal';
import type { Page } from '../services/storage/pages';

/** What controllers share: reading a request and shaping what goes wrong. */

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
  (error?.issues ?? []).map((issue) => ({ path: issue.path as (string | number)[], said: saidByIssue(issue) }));

/** What the panel sees of an authorization, wherever one is chosen. */
export const presentAuthorization = (row: AuthorizationRow) =>
  pick(row, ['documentId', 'provider', 'permission', 'username', 'needsAuthorization', 'lastError', 'lastErrorSaid']);

/** A documentId, which Strapi makes of 24 characters. */
export const idShape = z.string().max(50);
/** One line of text. */
export const lineShape = z
  .string()
  .trim()
  .max(LINE_LENGTH, schemaSays('form.tooLong', { count: LINE_LENGTH }));
/** The name or the address of a server, and nothing around it. */
export const isHost = (text: string): boolean => isIP(text) !== 0 || /^[^\s/@:]+$/.test(text);

/** One line that must not be empty; `missing` says what is wanted. */
export const requiredLine = (missing: string, most = LINE_LENGTH) =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .max(most, schemaSays('form.tooLong', { count: most }));

/**
 * A whole number as a form sends it, from `low` to `high`. A field that was emptied holds no number: left to JavaScript, it would be 0.
 */
export const wholeNumber = (low: number, high: number) => {
  const wanted = schemaSays('form.range', { low, high });
  return z.preprocess(typedNumber, z.number(wanted).int(wanted).min(low, wanted).max(high, wanted));
};

/** The same, where nothing may be entered, too: null. */
export const numberOrNone = (low: number, high: number) => {
  const wanted = schemaSays('form.rangeOrNone', { low, high });
  return z.preprocess((value) => typedNumber(value) ?? null, z.number(wanted).int(wanted).min(low, wanted).max(high, wanted).nullable());
};

const typedNumber = (value: unknown): unknown => (typeof value === 'string' ? (value.trim() === '' ? undefined : Number(value)) : value);

/** What somebody searches for. */
export const searchShape = z.string().max(200);

/** Addresses as people give them; what is none of them is said where they are looked at. */
export const peopleShape = z
  .array(z.object({ address: z.string().overwrite(pastedAddress).max(320), name: z.string().trim().max(200).default('') }))
  .max(200);

/** documentIds of files that the author has uploaded. */
export const uploadsShape = z.array(idShape).max(UPLOAD_LIMITS.files, schemaSays('answer.files', { count: UPLOAD_LIMITS.files }));

/** What was found. Throws a 404 that says this when there is nothing. */
export async function orNotFound<T>(found: Promise<T | null>, said: Said = say('storage.noRecord')): Promise<T> {
  const record = await found;
  if (record === null || record === undefined) throw refusal(errors.NotFoundError, said);
  return record;
}

/** `page` from 1 and `pageSize` up to 100 out of a query. */
export function pageOf(query: Record<string, unknown>): Page {
  const number = (value: unknown, fallback: number, most: number) => {
    const parsed = Number(value ?? fallback);
    return Number.isInteger(parsed) && parsed >= 1 ? Math.min(parsed, most) : fallback;
  };
  return { page: number(query.page, 1, 1_000_000), pageSize: number(query.pageSize, 20, 100) };
}

/** Only the named attributes of a record. */
export function pick<T extends object, K extends keyof T>(record: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, record[name]])) as Pick<T, K>;
}

const MOST_YEARS_AHEAD = 5;
const YEAR_MS = 366 * 24 * 3_600_000;
const toCome = schemaSays('form.toCome', { years: MOST_YEARS_AHEAD });

/**
 * An address that somebody types. Zod's own check refuses what writes to a desk: `&` and `=`, letters beyond ASCII (RFC 6531), a machine
 * without a domain and top-level domains that begin with `xn--`.
 */
export const typedAddress = (message: string) => z.string(message).overwrite(pastedAddress).refine(isAddress, message);
/** The same, as we keep an address that we look for: in small letters. */
export const keptAddress = (message: string) => typedAddress(message).transform((address) => address.toLowerCase());

/** A moment that is still to come. */
export const later = z.iso
  .datetime({ offset: true, error: toCome })
  .transform((moment) => new Date(moment))
  .refine((moment) => moment.getTime() > Date.now() && moment.getTime() < Date.now() + MOST_YEARS_AHEAD * YEAR_MS, { message: toCome });
