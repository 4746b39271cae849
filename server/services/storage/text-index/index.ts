import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { log } from '../../log';
import { plainWords } from '../failure';
import { acquireLease } from '../lease';
import { mysql } from './mysql';
import { postgres } from './postgres';
import { spellingsOf } from './spellings';
import { sqlite } from './sqlite';
import { type Engine, TEXT_INDEXES, type TextIndex } from './types';

/**
 * Words in hundreds of thousands of texts, found by an index of the database itself: FTS5 on SQLite, a table of words with a GIN index on
 * PostgreSQL, FULLTEXT on MySQL and MariaDB. The database keeps it in step, whoever writes the texts and in the same transaction. It stands
 * beside Strapi's tables, whose schema sync leaves it alone. Words are found by their beginnings, in any order, and without the marks of their
 * letters (spellings.ts).
 *
 * Scripts that put no space between words have nothing that such an index could look up. For them, and where an index could not be
 * made, the newest records are looked through letter by letter.
 */

/** This many of the newest records are looked through where the index is of no use. */
const NEWEST = 20_000;

const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

type Filling = NonNullable<Engine['filling']>;

const unusable = new WeakMap<Core.Strapi, Set<string>>();

/** How long the start waits for an index to be filled: that of a small site is there at once, that of a large one comes while it runs. */
const FILL_AT_START_MS = 1_000;
/** Between two looks at whether another instance has filled it. */
const OTHER_FILLS_MS = 5_000;

const fillings = new WeakMap<Core.Strapi, { ending: AbortController; work: Promise<void> }>();

/**
 * Makes the indexes that are missing. Where that fails, and as long as one is being filled, the search goes on without it; the log tells
 * of a failure.
 */
export async function createTextIndexes(strapi: Core.Strapi): Promise<void> {
  const engine = engineOf(strapi);
  const missing = new Set<string>();
  unusable.set(strapi, missing);
  for (const index of Object.values(TEXT_INDEXES)) {
    try {
      if (!(await engine.exists(strapi, index))) await engine.create(strapi, index);
    } catch (error) {
      // Another instance may have been faster.
      if (await engine.exists(strapi, index).catch(() => false)) continue;
      missing.add(index.name);
      log(strapi, 'warn', 'A search index could not be made, so a search looks through the newest records only', {
        index: index.name,
        count: NEWEST,
        reason: plainWords(error),
      });
    }
  }
  if (engine.filling) await startFilling(strapi, engine.filling, missing);
}

async function startFilling(strapi: Core.Strapi, filling: Filling, missing: Set<string>): Promise<void> {
  const open: TextIndex[] = [];
  for (const index of Object.values(TEXT_INDEXES))
    if (!missing.has(index.name) && !(await filling.isThrough(strapi, index))) open.push(index);
  if (open.length === 0) return;
  for (const { name } of open) missing.add(name);
  const ending = new AbortController();
  const work = fillAll(strapi, filling, open, ending.signal);
  fillings.set(strapi, { ending, work });
  const waiting = new AbortController();
  await Promise.race([work, sleep(FILL_AT_START_MS, undefined, { signal: waiting.signal }).catch(() => {})]);
  waiting.abort();
}

/** Fills one after the other; of several instances, one does it and the others wait for it. Never rejects. */
async function fillAll(strapi: Core.Strapi, filling: Filling, indexes: TextIndex[], ending: AbortSignal): Promise<void> {
  for (const index of indexes) {
    try {
      while (!(await filling.isThrough(strapi, index))) {
        const lease = await acquireLease(strapi, index.name);
        if (lease) await filling.fill(strapi, index, ending).finally(() => lease.release());
        else await sleep(OTHER_FILLS_MS, undefined, { signal: ending });
        ending.throwIfAborted();
      }
      unusable.get(strapi)?.delete(index.name);
    } catch (error) {
      if (ending.aborted) return;
      const reason = plainWords(error);
      log(strapi, 'warn', 'A search index could not be filled; the next start goes on with it', { index: index.name, reason });
    }
  }
}

/** For the end of the process: what is not filled yet is for the next start. */
export async function stopFilling(strapi: Core.Strapi): Promise<void> {
  const filling = fillings.get(strapi);
  filling?.ending.abort();
  await filling?.work;
}

/** Ids of the newest records, at most this many, that hold every one of the words in one of their texts; newest first. */
export async function idsHolding(strapi: Core.Strapi, index: TextIndex, search: string, most: number): Promise<number[]> {
  const words = search.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const isIndexed = !WITHOUT_SPACES.test(search) && !unusable.get(strapi)?.has(index.name);
  const found = isIndexed && words.length > 0 ? await engineOf(strapi).find(strapi, index, words.map(spellingsOf), most) : null;
  return found ?? newestHolding(strapi, index, search, most);
}

async function newestHolding(strapi: Core.Strapi, { uid, texts }: TextIndex, search: string, most: number): Promise<number[]> {
  const [newest] = await strapi.db.query(uid).findMany({ select: ['id'], orderBy: { id: 'desc' }, limit: 1 });
  if (!newest) return [];
  const $or = Object.keys(texts).map((name) => ({ [name]: { $containsi: search.trim() } }));
  const found = await strapi.db
    .query(uid)
    .findMany({ select: ['id'], where: { id: { $gt: newest.id - NEWEST }, $or }, orderBy: { id: 'desc' }, limit: most });
  return found.map(({ id }) => id as number);
}

const ENGINES: Record<string, Engine> = { sqlite, postgres, mysql };

const engineOf = (strapi: Core.Strapi): Engine => ENGINES[strapi.db.dialect.client];
