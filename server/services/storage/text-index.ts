import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { inPieces } from '../lib/pieces';
import { log } from '../log';
import { UID } from '../uids';
import { plainWords } from './failure';
import { acquireLease } from './lease';

/**
 * Words in hundreds of thousands of texts, found by an index of the database itself: FTS5 on SQLite, a table of words with a GIN index on
 * PostgreSQL, FULLTEXT on MySQL and MariaDB. The database keeps it in step, whoever writes the texts and in the same transaction. It stands
 * beside Strapi's tables, whose schema sync leaves it alone. Words are found by their beginnings, in any order.
 *
 * Scripts that put no space between words have nothing that such an index could look up. For them, and where an index could not be
 * made, the newest records are looked through letter by letter.
 */

export interface TextIndex {
  name: string;
  uid: (typeof UID)['comment' | 'ticket' | 'message'];
  /** Attributes and their columns. */
  texts: Record<string, string>;
}

export const TEXT_INDEXES = {
  comment: {
    name: 'mail_scanner_search_comments',
    uid: UID.comment,
    texts: { visibleText: 'visible_text', authorName: 'author_name', authorAddress: 'author_address' },
  },
  ticket: {
    name: 'mail_scanner_search_tickets',
    uid: UID.ticket,
    texts: { ticketNumber: 'ticket_number', title: 'title', description: 'description' },
  },
  message: {
    name: 'mail_scanner_search_messages',
    uid: UID.message,
    texts: { subject: 'subject', fromName: 'from_name', fromAddress: 'from_address', reason: 'reason' },
  },
} as const satisfies Record<string, TextIndex>;

/** So many of the newest records are looked through where the index is of no use. */
const NEWEST = 20_000;

const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

interface Engine {
  /** Whether it is there, be it filled or not. */
  exists(strapi: Core.Strapi, index: TextIndex): Promise<boolean>;
  create(strapi: Core.Strapi, index: TextIndex): Promise<void>;
  /** The ids of the newest records that hold the words, newest first; null when these words cannot be looked up. */
  find(strapi: Core.Strapi, index: TextIndex, words: string[], most: number): Promise<number[] | null>;
  /** For an engine that makes an empty index: fills it a piece at a time, until it is filled or that signal aborts. */
  filling?: {
    isThrough(strapi: Core.Strapi, index: TextIndex): Promise<boolean>;
    fill(strapi: Core.Strapi, index: TextIndex, ending: AbortSignal): Promise<void>;
  };
}

type Filling = NonNullable<Engine['filling']>;

const unusable = new WeakMap<Core.Strapi, Set<string>>();

/** So long the start waits for an index to be filled: that of a small site is there at once, that of a large one comes while it runs. */
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

/** Ids of the newest records, at most so many, that hold every one of the words in one of their texts; newest first. */
export async function idsHolding(strapi: Core.Strapi, index: TextIndex, search: string, most: number): Promise<number[]> {
  const words = search.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const isIndexed = !WITHOUT_SPACES.test(search) && !unusable.get(strapi)?.has(index.name);
  const found = isIndexed && words.length > 0 ? await engineOf(strapi).find(strapi, index, words, most) : null;
  return found ?? newestHolding(strapi, index, search, most);
}

async function idsBy(strapi: Core.Strapi, sql: string, bindings: unknown[]): Promise<number[]> {
  return rowsOf(await strapi.db.connection.raw(sql, bindings as never)).map(({ id }) => Number(id));
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

/** Knex hands on what each driver answers. */
function rowsOf(answer: unknown): Record<string, unknown>[] {
  if (Array.isArray(answer)) return Array.isArray(answer[0]) ? answer[0] : answer;
  return (answer as { rows: Record<string, unknown>[] }).rows;
}

// ---- What each database calls it

const tableOf = (strapi: Core.Strapi, { uid }: TextIndex): string => strapi.db.metadata.get(uid).tableName;

const sqlite: Engine = {
  async exists(strapi, index) {
    const found = rowsOf(
      await strapi.db.connection.raw("select name from sqlite_master where name = ? or (type = 'trigger' and name in (?, ?, ?))", [
        index.name,
        ...triggersOf(index),
      ]),
    );
    return found.length === 4;
  },

  async create(strapi, index) {
    const table = tableOf(strapi, index);
    const { name } = index;
    const columns = Object.values(index.texts);
    const list = columns.join(', ');
    const of = (row: 'old' | 'new') => columns.map((column) => `${row}.${column}`).join(', ');
    const forget = `insert into ${name}(${name}, rowid, ${list}) values ('delete', old.id, ${of('old')});`;
    const learn = `insert into ${name}(rowid, ${list}) values (new.id, ${of('new')});`;
    const [inserted, deleted, updated] = triggersOf(index);
    await strapi.db.transaction(async ({ trx }) => {
      const run = (sql: string) => trx.raw(sql.replaceAll('?', '\\?'));
      // The triggers go when a table is made anew, which SQLite needs for many a change of its columns. The index is then made anew, too.
      await run(`drop table if exists ${name}`);
      for (const trigger of triggersOf(index)) await run(`drop trigger if exists ${trigger}`);
      await run(
        `create virtual table ${name} using fts5(${list}, content='${table}', content_rowid='id', tokenize='unicode61 remove_diacritics 2', detail=none, columnsize=0)`,
      );
      await run(`create trigger ${inserted} after insert on ${table} begin ${learn} end`);
      await run(`create trigger ${deleted} after delete on ${table} begin ${forget} end`);
      await run(`create trigger ${updated} after update of ${list} on ${table} begin ${forget} ${learn} end`);
      await run(`insert into ${name}(${name}) values ('rebuild')`);
    });
  },

  find: (strapi, { name }, words, most) =>
    idsBy(strapi, `select rowid as id from ${name} where ${name} match ? order by rowid desc limit ?`, [
      words.map((word) => `"${word}"*`).join(' '),
      most,
    ]),
};

const triggersOf = ({ name }: TextIndex): string[] => [`${name}_insert`, `${name}_delete`, `${name}_update`];

/** As many characters of a record count: PostgreSQL refuses to index more than a megabyte of words, and the record with it. */
const MAX_LENGTH = 100_000;

/** What PostgreSQL would take for addresses, paths and fractions of one piece, or drop as tags (`<anna@…>`), are words here, as elsewhere. */
const SIGNS = '@./\\-_:+,=?&#%~<>';

/** The words of a row, without their places: nobody asks which one stands beside which. */
function postgresWords(index: TextIndex, row: string): string {
  const whole = Object.values(index.texts)
    .map((column) => `coalesce(${row}.${column}, '')`)
    .join(" || ' ' || ");
  return `strip(to_tsvector('simple'::regconfig, translate(left(${whole}, ${MAX_LENGTH}), '${SIGNS}', '${' '.repeat(SIGNS.length)}')))`;
}

const inSchema = (strapi: Core.Strapi, table: string): string => {
  const schema = strapi.db.getSchemaName();
  return schema ? `"${schema}"."${table}"` : `"${table}"`;
};

/**
 * The words stand in a table of their own. An index of an expression finds them as fast, but the planner often walks through the newest
 * records instead, and to take a text apart for each of them costs seconds; to read its words costs next to nothing.
 */
const wordsTable = ({ name }: TextIndex): string => name.replace('_search_', '_words_');

/** So many of the newest records are looked through first: a word of every third is found there, and reading on would be for nothing. */
const FIRST_LOOKS = [5_000, 50_000];

/** How the table of words says that it holds those of all records. */
const FILLED = 'Holds the words of all records.';

const ROWS_A_PIECE = 200;
const PAUSE_MS = 5;

/**
 * Adds the words of the newest records below that id that have none yet, and resolves with the lowest id of these; null: there are none. The
 * piece is cut by the id alone, so that the planner walks along the primary key whatever it knows of the tables. Those records cannot be deleted meanwhile, so that no words are left of what is gone. What is written meanwhile, the trigger adds: where
 * both meet, it comes last.
 */
async function addPiece(strapi: Core.Strapi, index: TextIndex, below: unknown): Promise<unknown> {
  const words = inSchema(strapi, wordsTable(index));
  const sql = `with piece as materialized (
      select t.id, ${Object.values(index.texts)
        .map((column) => `t.${column}`)
        .join(', ')}
      from ${inSchema(strapi, tableOf(strapi, index))} t
      ${below === null ? '' : `where t.id < ${Number(below)}`}
      order by t.id desc limit ${ROWS_A_PIECE} for key share of t
    ), added as (
      insert into ${words} (id, words) select id, ${postgresWords(index, 'piece')} from piece
      where not exists (select 1 from ${words} w where w.id = piece.id) on conflict (id) do nothing
    ) select min(id) as id from piece`;
  const [piece] = rowsOf(await strapi.db.connection.raw(sql.replaceAll('?', '\\?')));
  return piece?.id ?? null;
}

const postgres: Engine = {
  async exists(strapi, index) {
    const found = rowsOf(
      await strapi.db.connection.raw(
        // A trigger of an earlier release, which took texts apart otherwise, is made anew with its words.
        `select 1 from pg_trigger join pg_proc on pg_proc.oid = tgfoid
          where tgname = ? and tgrelid = to_regclass(?) and to_regclass(?) is not null and position(? in prosrc) > 0`,
        [
          `${wordsTable(index)}_keep`,
          inSchema(strapi, tableOf(strapi, index)),
          inSchema(strapi, wordsTable(index)),
          postgresWords(index, 'new'),
        ],
      ),
    );
    return found.length > 0;
  },

  async create(strapi, index) {
    const table = inSchema(strapi, tableOf(strapi, index));
    const words = inSchema(strapi, wordsTable(index));
    const keep = inSchema(strapi, `${wordsTable(index)}_keep`);
    const trigger = `${wordsTable(index)}_keep`;
    await strapi.db.transaction(async ({ trx }) => {
      const run = (sql: string) => trx.raw(sql.replaceAll('?', '\\?'));
      await trx.raw('select pg_advisory_xact_lock(hashtext(?))', [index.name]);
      if (await this.exists(strapi, index)) return;
      // Earlier releases had an index of that name on the table itself.
      await run(`drop index if exists ${inSchema(strapi, index.name)}`);
      await run(`drop table if exists ${words}`);
      await run(`create table ${words} (id bigint primary key, words tsvector not null)`);
      await run(`create index ${index.name} on ${words} using gin (words)`);
      await run(`create or replace function ${keep}() returns trigger language plpgsql as $$ begin
        if tg_op = 'DELETE' then
          delete from ${words} where id = old.id;
          return old;
        end if;
        insert into ${words} (id, words) values (new.id, ${postgresWords(index, 'new')})
          on conflict (id) do update set words = excluded.words;
        return new;
      end $$`);
      // From here on the trigger knows what is written: this waits for those who write, and they for this moment only.
      await run(`drop trigger if exists ${trigger} on ${table}`);
      await run(
        `create trigger ${trigger} after insert or delete or update of ${Object.values(index.texts).join(', ')} on ${table} for each row execute function ${keep}()`,
      );
    });
  },

  filling: {
    async isThrough(strapi, index) {
      const found = await strapi.db.connection.raw(`select obj_description(to_regclass(?), 'pg_class') as mark`, [
        inSchema(strapi, wordsTable(index)),
      ]);
      return rowsOf(found)[0]?.mark === FILLED;
    },

    async fill(strapi, index, ending) {
      const words = inSchema(strapi, wordsTable(index));
      let below: unknown = null;
      do {
        below = await addPiece(strapi, index, below);
        await sleep(PAUSE_MS);
        if (ending.aborted) return;
      } while (below !== null);
      await strapi.db.connection.raw(`analyze ${words}`);
      await strapi.db.connection.raw(`comment on table ${words} is '${FILLED}'`);
    },
  },

  async find(strapi, index, words, most) {
    const table = inSchema(strapi, wordsTable(index));
    const query = words.map((word) => `${word}:*`).join(' & ');
    const matches = `from ${table} where words @@ to_tsquery('simple', ?)`;
    // In no order: otherwise the planner might walk through all records for a word that hardly any of them holds.
    const some = await idsBy(strapi, `select id ${matches} limit ?`, [query, most + 1]);
    if (some.length <= most) return some.sort((one, other) => other - one);
    const [newest = 0] = await idsBy(strapi, `select max(id) as id from ${table}`, []);
    for (const look of FIRST_LOOKS.filter((count) => count < newest)) {
      const found = await idsBy(strapi, `select id ${matches} and id > ? order by id desc limit ?`, [query, newest - look, most]);
      if (found.length >= most) return found;
    }
    return idsBy(strapi, `with found as materialized (select id ${matches}) select id from found order by id desc limit ?`, [query, most]);
  },
};

/** InnoDB knows no shorter words and none of these (INNODB_FT_DEFAULT_STOPWORD), so nobody can ask for them. */
const SHORTEST = 3;
const STOPWORDS = new Set('about are com for from how that the this was what when where who will with und the www'.split(' '));

/** So many records are read in one go to see which hold the words. */
const LOOK = 2_000;
/** A word in so many of the newest of these is a common one. */
const COMMON = LOOK / 20;
/** As many looks; that is more than the newest of a common word take. */
const LOOKS = 10;

/** Words with digits, and long ones, are in few records. */
const rarestFirst = (words: string[]): string[] => {
  const rarity = (word: string) => (/\p{N}/u.test(word) ? 100 : 0) + word.length;
  return [...words].sort((one, other) => rarity(other) - rarity(one));
};

const ASCII = /^[\0-\x7f]*$/;
const plain = (text: string): string => (ASCII.test(text) ? text : text.normalize('NFD').replace(/\p{M}/gu, '')).toLowerCase();

/** The ids of those rows in which each word begins a word, as InnoDB sees it: without accents. */
function holding(rows: Record<string, unknown>[], words: string[]): number[] {
  const begins = words.map((word) => new RegExp(`(?<![\\p{L}\\p{N}_])${plain(word)}`, 'u'));
  return rows.filter(({ text }) => begins.every((begin) => begin.test(plain(String(text))))).map(({ id }) => Number(id));
}

/** The newest that hold common words, found by reading the newest records; null for words that so many of them do not hold. */
async function newestOfCommon(strapi: Core.Strapi, index: TextIndex, words: string[], most: number): Promise<number[] | null> {
  const found: number[] = [];
  let [below] = await idsBy(strapi, `select max(id) + 1 as id from ${tableOf(strapi, index)}`, []);
  for (let look = 0; look < LOOKS && below; look += 1) {
    // Of each only the beginning: this is about words that are everywhere.
    const rows = rowsOf(
      await strapi.db.connection.raw(
        `select id, left(concat_ws(' ', ${Object.values(index.texts).join(', ')}), 1000) as text from ${tableOf(strapi, index)} where id < ? order by id desc limit ?`,
        [below, LOOK],
      ),
    );
    found.push(...holding(rows, words));
    if (rows.length < LOOK || (look === 0 && found.length < COMMON)) return null;
    if (found.length >= most) return found.slice(0, most);
    below = Number(rows.at(-1)!.id);
  }
  return null;
}

/** As many records of the rarest word are looked at for the others. */
const MOST_OF_RAREST = 20_000;

const mysql: Engine = {
  async exists(strapi, index) {
    return rowsOf(await strapi.db.connection.raw('show index from ?? where Key_name = ?', [tableOf(strapi, index), index.name])).length > 0;
  },

  async create(strapi, index) {
    await strapi.db.connection.raw(`alter table ?? add fulltext index ${index.name} (${Object.values(index.texts).join(', ')})`, [
      tableOf(strapi, index),
    ]);
  },

  async find(strapi, index, words, most) {
    const known = words.filter((word) => word.length >= SHORTEST && !STOPWORDS.has(word.toLowerCase()));
    if (known.length === 0) return null;
    // InnoDB collects all records with a word before it hands out the newest: seconds for a word that every third record holds.
    const common = await newestOfCommon(strapi, index, known, most);
    if (common) return common;
    const [table, columns] = [tableOf(strapi, index), Object.values(index.texts).join(', ')];
    const matching = (words: string[], limit: number) =>
      idsBy(strapi, `select id from ${table} where match(${columns}) against (? in boolean mode) order by id desc limit ?`, [
        words.map((word) => `+${word}*`).join(' '),
        limit,
      ]);
    const [rarest, ...others] = rarestFirst(known);
    if (others.length === 0) return matching(known, most);
    const ids = await matching([rarest], MOST_OF_RAREST);
    // Not that rare: those that hold the others, too, may be older ones.
    if (ids.length === MOST_OF_RAREST) return matching(known, most);
    const found: number[] = [];
    for (const some of inPieces(ids)) {
      const sql = `select id, left(concat_ws(' ', ${columns}), ${MAX_LENGTH}) as text from ${table} where id in (${some.map(() => '?').join(', ')}) order by id desc`;
      found.push(...holding(rowsOf(await strapi.db.connection.raw(sql, some)), others));
      if (found.length >= most) break;
    }
    return found.slice(0, most);
  },
};

const ENGINES: Record<string, Engine> = { sqlite, postgres, mysql };

const engineOf = (strapi: Core.Strapi): Engine => ENGINES[strapi.db.dialect.client];
