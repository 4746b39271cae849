import type { Core } from '@strapi/strapi';
import { linkTable } from '../server/services/platform/links';
import { postgresWords } from '../server/services/storage/text-index/postgres';
import { rowsOfAnswer, TEXT_INDEXES } from '../server/services/storage/text-index/types';
import { UID } from '../server/services/uids';

/**
 * Makes a small helpdesk many times as large within the database: a row becomes `times` rows side by side, with ids, numbers and addresses of their
 * own, each a step of time later than the one before. What points at one of them points at the same copy of the other. So a million tickets with
 * five million comments take minutes; indexes are built when all rows are there, which gives the same as an index that grew.
 *
 * All rows of these tables have to be numbered from 1.
 */

/** Those that are multiplied. All others, such as scanners, tags and administrators, stay as they are. */
const GROWING = [UID.ticket, UID.comment, UID.contact, UID.account, UID.message, UID.delivery, UID.activity, UID.attachment] as const;

const LINKS = [
  [UID.ticket, 'contact'],
  [UID.ticket, 'account'],
  [UID.ticket, 'scanner'],
  [UID.ticket, 'assignee'],
  [UID.ticket, 'helpdeskTags'],
  [UID.comment, 'ticket'],
  [UID.comment, 'contact'],
  [UID.comment, 'user'],
  [UID.contact, 'account'],
] as const;

/** Tables of our own, whose columns say by their names what they hold. */
const OWN = ['mail_scanner_rounds', 'mail_scanner_waits', 'mail_scanner_seen', 'mail_scanner_notices', 'mail_scanner_ratings'];
const OF_GROWING = /^(id|(ticket|comment|contact|delivery|news)_id)$/;
const MOMENT = /(^at|_at|^since|_due)$/;

/** What differs from row to row. `#` stands for the number of the row, from 0. */
const DIFFERENT: Record<string, string> = {
  'ticket.ticketNumber': "concat('TT', 1001 + #)",
  'ticket.threadToken': "concat('token', #)",
  'ticket.subjectKey': "concat('subject ', #)",
  'comment.messageId': "concat('m', #, '@customer.test')",
  // Words of one comment alone, as numbers of orders are.
  'comment.text': "concat(s.text, case when # % 10 = 0 then concat(' rx', #) else '' end)",
  'comment.visibleText': "concat(s.visible_text, case when # % 10 = 0 then concat(' rx', #) else '' end)",
  'message.messageId': "concat('m', #, '@customer.test')",
  'message.fingerprint': "concat('print', #)",
  'message.uid': "concat('', #)",
  'delivery.messageId': "concat('d', #, '@example.com')",
  'contact.email': "concat('person', #, '@company', # % ACCOUNTS, '.test')",
  'contact.lastName': "concat('Last', #)",
  'account.domain': "concat('company', #, '.test')",
  'account.name': "concat('Company ', #)",
};

interface Growth {
  times: number;
  /** Between two copies. */
  stepMs: number;
  accounts: number;
}

export async function multiply(strapi: Core.Strapi, growth: Growth): Promise<void> {
  const knex = strapi.db.connection;
  const way = WAYS[strapi.db.dialect.client];
  const tables = await tablesOf(strapi, growth, way);
  const connection = await knex.client.acquireConnection();
  const run = async (sql: string) => rowsOfAnswer(await knex.raw(sql.replaceAll('?', '\\?')).connection(connection));
  try {
    for (const sql of way.before) await run(sql);
    await run('create table bench_copies (n integer primary key)');
    const numbers = Array.from({ length: growth.times }, (_, n) => `(${n})`);
    await run(`insert into bench_copies (n) values ${numbers.join(', ')}`);
    for (const { table, columns } of tables) {
      const putBack = await way.takeOff(run, table);
      await run(`create table bench_seed as select * from ${table}`);
      await run(`delete from ${table}`);
      const names = Object.keys(columns);
      const from = `bench_seed s ${way.join} bench_copies c`;
      await run(`insert into ${table} (${names.map(way.quote).join(', ')}) select ${Object.values(columns).join(', ')} from ${from}`);
      await run('drop table bench_seed');
      for (const sql of putBack) await run(sql);
      await way.numberOn?.(run, table);
    }
    await run('drop table bench_copies');
    for (const sql of way.after) await run(sql);
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

interface Table {
  table: string;
  /** What each column gets, of the seed `s` and the number of the copy `c.n`. */
  columns: Record<string, string>;
}

async function tablesOf(strapi: Core.Strapi, { times, stepMs, accounts }: Growth, way: Way): Promise<Table[]> {
  const index = `((s.id - 1) * ${times} + c.n)`;
  const grown = (column: string) => `(${column} - 1) * ${times} + c.n + 1`;
  const later = (column: string) => way.later(column, stepMs);
  const grows = (uid: unknown) => GROWING.some((each) => each === uid);
  const types = GROWING.map((uid): Table => {
    const { tableName, attributes } = strapi.db.metadata.get(uid);
    const columns: Record<string, string> = {};
    for (const [name, attribute] of Object.entries(attributes as Record<string, any>)) {
      const column: string | undefined =
        attribute.type !== 'relation' ? attribute.columnName : attribute.owner ? attribute.joinColumn?.name : undefined;
      if (!column) continue;
      const different = DIFFERENT[`${uid.split('.')[1]}.${name}`];
      const kept = `s.${way.quote(column)}`;
      if (name === 'id') columns[column] = `${index} + 1`;
      else if (name === 'documentId') columns[column] = `substr(concat('bench', ${index}, 'xxxxxxxxxxxxxxxxxxx'), 1, 24)`;
      else if (different) columns[column] = different.replaceAll('#', index).replaceAll('ACCOUNTS', String(accounts));
      else if (attribute.type === 'datetime') columns[column] = later(kept);
      else if (attribute.type === 'relation' && grows(attribute.target)) columns[column] = grown(kept);
      else columns[column] = kept;
    }
    return { table: tableName, columns };
  });
  const links = LINKS.map(([uid, relation]): Table => {
    const { name, owner, target } = linkTable(strapi, uid, relation);
    const { target: pointedAt } = strapi.db.metadata.get(uid).attributes[relation] as unknown as { target: string };
    return { table: name, columns: { [owner]: grown(`s.${owner}`), [target]: grows(pointedAt) ? grown(`s.${target}`) : `s.${target}` } };
  });
  const own = await Promise.all(
    OWN.map(async (table): Promise<Table> => {
      const names = Object.keys(await strapi.db.getConnection(table).columnInfo());
      const valueOf = (name: string) => {
        if (OF_GROWING.test(name)) return grown(`s.${name}`);
        return MOMENT.test(name) ? `s.${way.quote(name)} + ${Math.round(stepMs)} * c.n` : `s.${way.quote(name)}`;
      };
      return { table, columns: Object.fromEntries(names.map((name) => [name, valueOf(name)])) };
    }),
  );
  return [...types, ...links, ...own];
}

// ---- How each database does it

type Run = (sql: string) => Promise<Record<string, unknown>[]>;

interface Way {
  /** Of every row of the seed with every copy, the seed's in their order. */
  join: string;
  quote(name: string): string;
  later(column: string, stepMs: number): string;
  before: string[];
  after: string[];
  /** Takes indexes and triggers off a table, and resolves with the statements that make them again, for the rows that are there then. */
  takeOff(run: Run, table: string): Promise<string[]>;
  /** Has the database number new rows after these. */
  numberOn?(run: Run, table: string): Promise<unknown>;
}

const searchIndexOf = (table: string) => Object.values(TEXT_INDEXES).find(({ name }) => name.replace('_search_', '_') === table);

const textOf = (value: unknown): string => String(value);

const WAYS: Record<string, Way> = {
  sqlite: {
    join: 'cross join',
    quote: (name) => `"${name}"`,
    later: (column, stepMs) => `${column} + ${Math.round(stepMs)} * c.n`,
    before: ['pragma foreign_keys = off', 'pragma journal_mode = off', 'pragma synchronous = off', 'pragma cache_size = -400000'],
    after: ['pragma journal_mode = wal', 'pragma synchronous = full', 'pragma foreign_keys = on', 'pragma cache_size = -2000'],
    async takeOff(run, table) {
      const made = await run(
        `select type, name, sql from sqlite_master where tbl_name = '${table}' and type in ('index', 'trigger') and sql is not null`,
      );
      for (const { type, name } of made) await run(`drop ${textOf(type)} "${textOf(name)}"`);
      const search = searchIndexOf(table)?.name;
      return [...(search ? [`insert into ${search}(${search}) values ('rebuild')`] : []), ...made.map(({ sql }) => textOf(sql))];
    },
  },

  postgres: {
    join: 'cross join',
    quote: (name) => `"${name}"`,
    later: (column, stepMs) => `${column} + c.n * interval '${Math.round(stepMs)} milliseconds'`,
    // Neither foreign keys nor the triggers that keep the words.
    before: ["set session_replication_role = 'replica'", "set maintenance_work_mem = '512MB'", 'set jit = off'],
    after: ["set session_replication_role = 'origin'", 'reset maintenance_work_mem', 'reset jit'],
    async takeOff(run, table) {
      const indexesOf = async (of: string) => {
        const unique = await run(
          `select conname as name, pg_get_constraintdef(oid) as def from pg_constraint where conrelid = '${of}'::regclass and contype = 'u'`,
        );
        for (const { name } of unique) await run(`alter table ${of} drop constraint "${textOf(name)}"`);
        const indexes = await run(
          `select indexname as name, indexdef as def from pg_indexes where tablename = '${of}' and schemaname = current_schema()
            and not exists (select 1 from pg_constraint where conname = indexname and contype = 'p')`,
        );
        for (const { name } of indexes) await run(`drop index "${textOf(name)}"`);
        return [
          ...indexes.map(({ def }) => textOf(def)),
          ...unique.map(({ name, def }) => `alter table ${of} add constraint "${textOf(name)}" ${textOf(def)}`),
        ];
      };
      const putBack = await indexesOf(table);
      const search = searchIndexOf(table);
      if (!search) return putBack;
      const words = search.name.replace('_search_', '_words_');
      return [
        ...putBack,
        ...(await indexesOf(words).then((made) => [
          `delete from ${words}`,
          `insert into ${words} (id, words) select t.id, ${postgresWords(search, 't')} from ${table} t`,
          ...made,
        ])),
      ];
    },
    async numberOn(run, table) {
      const [found] = await run(
        `select pg_get_serial_sequence('${table}', 'id') as name where exists (select 1 from information_schema.columns where table_name = '${table}' and column_name = 'id')`,
      );
      if (found?.name) await run(`select setval('${textOf(found.name)}', (select max(id) from ${table}))`);
    },
  },

  mysql: {
    join: 'straight_join',
    quote: (name) => `\`${name}\``,
    later: (column, stepMs) => `date_add(${column}, interval ${Math.round(stepMs)} * 1000 * c.n microsecond)`,
    before: [
      // What a server for so many has.
      'set global innodb_buffer_pool_size = 2147483648',
      'set global innodb_flush_log_at_trx_commit = 0',
      'set foreign_key_checks = 0, unique_checks = 0',
    ],
    after: ['set foreign_key_checks = 1, unique_checks = 1', 'set global innodb_flush_log_at_trx_commit = 1'],
    async takeOff(run, table) {
      const parts = await run(`show index from ${table} where Key_name <> 'PRIMARY'`);
      const names = [...new Set(parts.map(({ Key_name: name }) => textOf(name)))];
      if (names.length === 0) return [];
      await run(`alter table ${table} ${names.map((name) => `drop index \`${name}\``).join(', ')}`);
      const definitionOf = (name: string) => {
        const of = parts.filter((part) => part.Key_name === name);
        const kind = of[0].Index_type === 'FULLTEXT' ? 'fulltext ' : Number(of[0].Non_unique) === 0 ? 'unique ' : '';
        const columns = of.map(
          (part) => `\`${textOf(part.Column_name)}\`${part.Sub_part && !kind.startsWith('full') ? `(${textOf(part.Sub_part)})` : ''}`,
        );
        return `add ${kind}index \`${name}\` (${columns.join(', ')})`;
      };
      const definitions = names.map(definitionOf);
      const isFulltext = (definition: string) => definition.startsWith('add fulltext');
      const plain = definitions.filter((definition) => !isFulltext(definition));
      return [
        ...(plain.length > 0 ? [`alter table ${table} ${plain.join(', ')}`] : []),
        ...definitions.filter(isFulltext).map((definition) => `alter table ${table} ${definition}`),
      ];
    },
  },
};
