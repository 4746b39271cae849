import type { Knex } from 'knex';
import { newestBelow, newestOfCommon } from './newest';
import { beginningWith, termsOf } from './sqlite-terms';
import { type Engine, idsBy, rowsOfAnswer, tableOf, type TextIndex } from './types';

/** FTS5, kept by triggers. */
export const sqlite: Engine = {
  async exists({ db }, index) {
    return (await isKept(db.connection, index)) && (await partsThere(db.connection, [termsOf(index.name)])) === 1;
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
      await run(`create virtual table if not exists ${termsOf(name)} using fts5vocab('${name}', 'instance')`);
      if (await isKept(trx, index)) return;
      // The triggers go when a table is made again, which SQLite needs for many a change of its columns. The index is then made again, too.
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

  async find(strapi, index, words, most) {
    const { name } = index;
    const asked: string[] = [];
    let isLong = false;
    for (const spellings of words) {
      const found = await beginningWith(strapi, name, spellings);
      if (found === null) return [];
      isLong ||= !found.isEach;
      asked.push(`(${found.terms})`);
    }
    const common = isLong
      ? await newestOfCommon(strapi, index, words, { most, newest: await newestBelow(strapi, index, Number.MAX_SAFE_INTEGER) })
      : null;
    if (common) return common;
    const sql = `select rowid as id from ${name} where ${name} match ? order by rowid desc limit ?`;
    return idsBy(strapi, sql, [asked.join(' AND '), most]);
  },
};

type Connection = Pick<Knex, 'raw'>;

const isKept = async (connection: Connection, index: TextIndex): Promise<boolean> =>
  (await partsThere(connection, [index.name, ...triggersOf(index)])) === 4;

/** How many of these tables and triggers there are. */
async function partsThere(connection: Connection, names: string[]): Promise<number> {
  const sql = `select name from sqlite_master where type in ('table', 'trigger') and name in (${names.map(() => '?').join(', ')})`;
  return rowsOfAnswer(await connection.raw(sql, names)).length;
}

const triggersOf = ({ name }: TextIndex): string[] => [`${name}_insert`, `${name}_delete`, `${name}_update`];
