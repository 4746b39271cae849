import { type Engine, idsBy, rowsOfAnswer, tableOf, type TextIndex } from './types';

/** FTS5, kept by triggers. */
export const sqlite: Engine = {
  async exists(strapi, index) {
    const found = rowsOfAnswer(
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

  find: (strapi, { name }, words, most) =>
    idsBy(strapi, `select rowid as id from ${name} where ${name} match ? order by rowid desc limit ?`, [
      words.map((spellings) => `(${spellings.map((word) => `"${word}"*`).join(' OR ')})`).join(' AND '),
      most,
    ]),
};

const triggersOf = ({ name }: TextIndex): string[] => [`${name}_insert`, `${name}_delete`, `${name}_update`];
