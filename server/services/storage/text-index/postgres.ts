import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { type Engine, idsBy, rowsOfAnswer, tableOf, type TextIndex } from './types';

/** As many characters of a record count: PostgreSQL refuses to index more than a megabyte of words, and the record with it. */
const MAX_LENGTH = 100_000;

/** What PostgreSQL would take for addresses, paths and fractions of one piece, or drop as tags (`<anna@…>`), are words here, as elsewhere. */
const SIGNS = '@./\\-_:+,=?&#%~<>';

/** The words of a row, without their places: nobody asks which one stands beside which. */
export function postgresWords(index: TextIndex, row: string): string {
  const whole = Object.values(index.texts)
    .map((column) => `coalesce(${row}.${column}, '')`)
    .join(" || ' ' || ");
  const text = eachReplaced(`left(${whole}, ${MAX_LENGTH})`);
  return `(select ${wordsWithoutMarks('t')} from (select ${text} as t offset 0) as texts)`;
}

const wordsIn = (text: string): string => `to_tsvector('simple'::regconfig, ${text})`;

/** What `tsvector` takes; to_tsvector leaves longer words out, and array_to_tsvector does not look. */
const MAX_WORD_BYTES = 2046;

/**
 * Marks are taken off the words rather than off the text: a text has each of its words once then, and most are ASCII. One whose marks are
 * characters of their own, as macOS writes them, would fall apart at these.
 */
const wordsWithoutMarks = (text: string): string =>
  `case when octet_length(${text}) = char_length(${text}) then strip(${wordsIn(text)})
    when ${text} ~ '[\u0300-\u036f]' then strip(${wordsIn(withoutMarks(text))})
    else (select coalesce(array_to_tsvector(array_agg(plain)), '') from (
      select ${withoutMarks('word')} as plain from unnest(tsvector_to_array(${wordsIn(text)})) as word offset 0
    ) as each where octet_length(plain) between 1 and ${MAX_WORD_BYTES}) end`;

/** One `replace` for each sign takes a ninth of the time that `translate` takes, which was half of what it took to write an email. */
const eachReplaced = (text: string): string => [...SIGNS].reduce((inner, sign) => `replace(${inner}, '${sign}', ' ')`, text);

/** As `withoutMarks` of spellings.ts does it, for texts that have more than ASCII. */
const withoutMarks = (text: string): string =>
  `case when octet_length(${text}) = char_length(${text}) then ${text}
    else normalize(regexp_replace(normalize(lower(${text}), NFD), '[\u0300-\u036f]', '', 'g'), NFC) end`;

const inSchema = (strapi: Core.Strapi, table: string): string => {
  const schema = strapi.db.getSchemaName();
  return schema ? `"${schema}"."${table}"` : `"${table}"`;
};

/**
 * The words stand in a table of their own. An index of an expression finds them as fast, but the planner often walks through the newest
 * records instead, and to take a text apart for each of them costs seconds; to read its words costs next to nothing.
 */
const wordsTable = ({ name }: TextIndex): string => name.replace('_search_', '_words_');

/** This many of the newest records are looked through first: a word of every third is found there, and reading on would be for nothing. */
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
  const [piece] = rowsOfAnswer(await strapi.db.connection.raw(sql.replaceAll('?', '\\?')));
  return piece?.id ?? null;
}

/** Whether the words are kept by a trigger that takes texts apart in that way. One that does it otherwise is made again, with its words. */
async function isKeptBy(strapi: Core.Strapi, index: TextIndex, words: string): Promise<boolean> {
  const sql = `select 1 from pg_trigger join pg_proc on pg_proc.oid = tgfoid
    where tgname = ? and tgrelid = to_regclass(?) and to_regclass(?) is not null and position(? in prosrc) > 0`;
  const [table, kept] = [inSchema(strapi, tableOf(strapi, index)), inSchema(strapi, wordsTable(index))];
  return rowsOfAnswer(await strapi.db.connection.raw(sql, [`${wordsTable(index)}_keep`, table, kept, words])).length > 0;
}

/** A table of words with a GIN index, kept by a trigger and filled a piece at a time. */
export const postgres: Engine = {
  exists: (strapi, index) => isKeptBy(strapi, index, postgresWords(index, 'new')),

  async create(strapi, index) {
    const table = inSchema(strapi, tableOf(strapi, index));
    const words = inSchema(strapi, wordsTable(index));
    const keep = inSchema(strapi, `${wordsTable(index)}_keep`);
    const trigger = `${wordsTable(index)}_keep`;
    await strapi.db.transaction(async ({ trx }) => {
      const run = (sql: string) => trx.raw(sql.replaceAll('?', '\\?'));
      const keepWords = () =>
        run(`create or replace function ${keep}() returns trigger language plpgsql as $$ begin
          if tg_op = 'DELETE' then
            delete from ${words} where id = old.id;
            return old;
          end if;
          insert into ${words} (id, words) values (new.id, ${postgresWords(index, 'new')})
            on conflict (id) do update set words = excluded.words;
          return new;
        end $$`);
      await trx.raw('select pg_advisory_xact_lock(hashtext(?))', [index.name]);
      if (await this.exists(strapi, index)) return;
      // Earlier releases had an index of that name on the table itself.
      await run(`drop index if exists ${inSchema(strapi, index.name)}`);
      await run(`drop table if exists ${words}`);
      await run(`create table ${words} (id bigint primary key, words tsvector not null)`);
      await run(`create index ${index.name} on ${words} using gin (words)`);
      await keepWords();
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
      return rowsOfAnswer(found)[0]?.mark === FILLED;
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
    const query = words.map((spellings) => `(${spellings.map((word) => `${word}:*`).join(' | ')})`).join(' & ');
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
