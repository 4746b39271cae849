import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { recognise } from '../lib/recognise';
import { log } from '../log';
import type { Lease } from '../storage/lease';
import { inTransaction, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';

/**
 * Rows of releases from before there were codes (shared/sentences) hold English texts only. Each is looked at once, and what of it is known
 * is written beside it, so that the panel words it in the administrator's language. A row that says something by now is left alone.
 */

const ROWS_A_BATCH = 500;
const PAUSE_MS = 20;

interface SentencePlace {
  uid: (typeof UID)[keyof typeof UID];
  /** The columns of the text and of what says it in codes. */
  text: string;
  said: string;
}

const PLACES: SentencePlace[] = [
  { uid: UID.scanner, text: 'last_error', said: 'last_error_said' },
  { uid: UID.authorization, text: 'last_error', said: 'last_error_said' },
  { uid: UID.delivery, text: 'last_error', said: 'last_error_said' },
  { uid: UID.message, text: 'reason', said: 'reason_said' },
];

/** Works until all rows were looked at or that moment is reached. */
export async function recogniseOldSentences(strapi: Core.Strapi, lease: Lease, until: number): Promise<void> {
  for (const place of PLACES) await workOff(strapi, lease, until, place.uid, (trx, after) => recogniseColumns(strapi, trx, place, after));
  await workOff(strapi, lease, until, UID.activity, (trx, after) => recogniseActivities(strapi, trx, after));
}

interface Batch {
  /** The id of the last row that was looked at; null when none was left. */
  last: number | null;
  /** How many were recognised. */
  count: number;
}

async function workOff(
  strapi: Core.Strapi,
  lease: Lease,
  until: number,
  uid: SentencePlace['uid'],
  batch: (trx: Knex.Transaction, after: number) => Promise<Batch>,
): Promise<void> {
  let recognised = 0;
  for (; Date.now() < until; await sleep(PAUSE_MS)) {
    lease.signal.throwIfAborted();
    const { last, count } = await inTransaction(strapi, async (trx) => {
      await lease.confirm(trx);
      const counters = () => tableIn(strapi, trx, TABLES.counters);
      const name = `old-sentences:${uid}`;
      const passed = Number((await counters().where({ name }).first('value'))?.value ?? 0);
      if (passed === THROUGH) return { last: null, count: 0 };
      const done = await batch(trx, passed);
      const row = { name, value: done.last ?? THROUGH };
      await counters().insert(row).onConflict('name').merge(['value']);
      return done;
    });
    if (last === null) break;
    recognised += count;
  }
  if (recognised > 0) log(strapi, 'info', 'Sentences of an earlier release were recognised', { task: uid, count: recognised });
}

/** In place of the last id: nothing is left to be looked at. */
const THROUGH = -1;

const tableOf = (strapi: Core.Strapi, uid: SentencePlace['uid']): string => strapi.db.metadata.get(uid).tableName;

async function recogniseColumns(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  { uid, text, said }: SentencePlace,
  after: number,
): Promise<Batch> {
  const table = () => tableIn(strapi, trx, tableOf(strapi, uid));
  const rows: { id: number; text: string }[] = await table()
    .where('id', '>', after)
    .whereNotNull(text)
    .whereNull(said)
    .orderBy('id')
    .limit(ROWS_A_BATCH)
    .select('id', `${text} as text`);
  const alike = new Map<string, number[]>();
  for (const { id, text: sentence } of rows) alike.set(sentence, [...(alike.get(sentence) ?? []), id]);
  let count = 0;
  for (const [sentence, ids] of alike) {
    const words = recognise(sentence);
    if (words === null) continue;
    // Not by way of Strapi, which would date the rows to today. A row that was changed meanwhile says what it says now.
    const unchanged = table().whereIn('id', ids).where(text, sentence).whereNull(said);
    await unchanged.update({ [said]: JSON.stringify(words) });
    count += ids.length;
  }
  return { last: rows.at(-1)?.id ?? null, count };
}

/** Why an email was given up, in the log of its ticket. */
async function recogniseActivities(strapi: Core.Strapi, trx: Knex.Transaction, after: number): Promise<Batch> {
  const table = () => tableIn(strapi, trx, tableOf(strapi, UID.activity));
  const rows: { id: number; detail: unknown }[] = await table()
    .where('id', '>', after)
    .where('kind', 'mailFailed')
    .orderBy('id')
    .limit(ROWS_A_BATCH)
    .select('id', 'detail');
  let count = 0;
  for (const { id, detail: column } of rows) {
    // SQLite and MariaDB hand out JSON as text.
    const detail = (typeof column === 'string' ? JSON.parse(column) : column) as { reason?: unknown; reasonSaid?: unknown } | null;
    if (typeof detail?.reason !== 'string' || detail.reasonSaid !== undefined) continue;
    const reasonSaid = recognise(detail.reason);
    if (reasonSaid === null) continue;
    await table()
      .where({ id })
      .update({ detail: JSON.stringify({ ...detail, reasonSaid }) });
    count += 1;
  }
  return { last: rows.at(-1)?.id ?? null, count };
}
