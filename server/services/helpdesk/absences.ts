import type { Core } from '@strapi/strapi';
import type { Absence, AbsenceDays } from '../../../shared/api/absences';
import { getSettings } from '../settings/settings';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';

/** Who is not there, by days of the site's time zone. A row stands until the person was told of what came meanwhile, or a while has passed. */

interface AbsenceRow {
  user_id: number;
  from_day: string;
  until_day: string;
}

/** The day that it is at the site, as 2026-11-30. */
async function today(strapi: Core.Strapi): Promise<string> {
  const { emailTimeZone: timeZone } = await getSettings(strapi);
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date());
}

const rowsOf = (strapi: Core.Strapi, users?: number[]): Promise<AbsenceRow[]> =>
  readTable(strapi, TABLES.absences, (table) =>
    table.modify((query) => void (users && query.whereIn('user_id', users))).select('user_id', 'from_day', 'until_day'),
  );

/** Absences that last or are to come, by the ids of administrators: of these, or of all. One statement where nobody is absent. */
export async function absencesOf(strapi: Core.Strapi, users?: number[]): Promise<Map<number, Absence>> {
  const rows = users?.length === 0 ? [] : await rowsOf(strapi, users);
  if (rows.length === 0) return new Map();
  const day = await today(strapi);
  return new Map(
    rows
      .filter(({ until_day: until }) => until >= day)
      .map(({ user_id: user, from_day: from, until_day: until }) => [Number(user), { from, until, isNow: from <= day }]),
  );
}

/** The ids of those who are not there today. */
export async function absentNow(strapi: Core.Strapi, users?: number[]): Promise<Set<number>> {
  const absences = await absencesOf(strapi, users);
  return new Set([...absences].filter(([, { isNow }]) => isNow).map(([user]) => user));
}

/** People with their absence; the others as they are. */
export async function withAbsences<T extends { id: number }>(strapi: Core.Strapi, people: T[]): Promise<(T & { absence?: Absence })[]> {
  const absences = await absencesOf(strapi);
  return people.map((one) => (absences.has(one.id) ? { ...one, absence: absences.get(one.id)! } : one));
}

/** Since which day somebody was away who is back and was not told yet of what came meanwhile; null for others. */
export async function backSince(strapi: Core.Strapi, user: number): Promise<string | null> {
  const [row] = await rowsOf(strapi, [user]);
  return row && row.until_day < (await today(strapi)) ? row.from_day : null;
}

/** They were told of it. */
export async function forgetEndedAbsence(strapi: Core.Strapi, user: number): Promise<void> {
  const day = await today(strapi);
  await inTransaction(strapi, (trx) =>
    tableIn(strapi, trx, TABLES.absences).where({ user_id: user }).where('until_day', '<', day).delete(),
  );
}

/** Says when somebody is away, in place of what was said before; without a first day, from today on. False where the last day is over or before the first. */
export async function setAbsence(strapi: Core.Strapi, user: number, { from, until }: Partial<AbsenceDays>): Promise<boolean> {
  const day = await today(strapi);
  const first = from ?? day;
  if (!until || until < first || until < day) return false;
  const row: AbsenceRow = { user_id: user, from_day: first, until_day: until };
  await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.absences).insert(row).onConflict('user_id').merge());
  return true;
}

/** Somebody is back, or stays: an absence that has begun ended yesterday, one that was to come is none. */
export async function endAbsence(strapi: Core.Strapi, user: number): Promise<void> {
  const day = await today(strapi);
  const yesterday = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  await inTransaction(strapi, async (trx) => {
    const row = () => tableIn(strapi, trx, TABLES.absences).where({ user_id: user });
    await row().where('from_day', '>=', day).delete();
    await row().where('until_day', '>=', day).update({ until_day: yesterday });
  });
}

/** How long what somebody was not told yet is kept for them. */
const KEPT_DAYS = 30;

/** Removes the absences of administrators that are gone, and old ones. */
export async function sweepAbsences(strapi: Core.Strapi): Promise<void> {
  const oldest = new Date(Date.now() - KEPT_DAYS * 86_400_000).toISOString().slice(0, 10);
  await inTransaction(strapi, async (trx) => {
    const users = tableIn(strapi, trx, strapi.db.metadata.get('admin::user').tableName).select('id');
    await tableIn(strapi, trx, TABLES.absences)
      .where((gone) => void gone.whereNotIn('user_id', users).orWhere('until_day', '<', oldest))
      .delete();
  });
}
