import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { UID } from '../uids';
import { TABLES } from './tables';

/**
 * MySQL and MariaDB compare texts as people read them: case, accents and spaces at the end make no difference, and all emoji are one. By
 * these texts we tell records apart, so they are compared there as SQLite and PostgreSQL compare all texts: "Sales" and "sales" are two
 * folders, müller.test and muller.test two companies, aB1 and Ab1 two messages of a POP3 mailbox.
 */
const EXACT_TEXTS: Partial<Record<keyof typeof UID, string[]>> = {
  account: ['domain'],
  comment: ['message_id'],
  contact: ['email'],
  delivery: ['message_id'],
  folderState: ['folder', 'uid_validity'],
  message: ['folder', 'uid_validity', 'uid', 'message_id'],
  ticket: ['subject_key'],
};
/** The same of a table that is no content type's. */
const EXACT_IN_TABLES: [table: string, columns: string[]][] = [[TABLES.blocks, ['target']]];

/** MariaDB's, MySQL's, and that of older ones, for which spaces at the end still make no difference. The first that the server knows is taken. */
const EXACT_COLLATIONS = ['utf8mb4_nopad_bin', 'utf8mb4_0900_bin', 'utf8mb4_bin'];

/**
 * Sees to it that our tables on MySQL and MariaDB take every character that an email can hold, whatever character set the database has, and
 * tell those texts apart. Strapi's schema sync leaves both alone. Each table is changed once, which takes a minute where a million emails
 * lie in it.
 */
export async function prepareTexts(strapi: Core.Strapi): Promise<void> {
  if (strapi.db.dialect.client !== 'mysql') return;
  await takeAllCharacters(strapi);
  await makeTextsExact(strapi);
}

async function takeAllCharacters(strapi: Core.Strapi): Promise<void> {
  const ours = [...Object.values(UID).map((uid) => strapi.db.metadata.get(uid).tableName), ...Object.values(TABLES)];
  const narrow = await schemaOf(strapi, 'tables', { name: 'table_name' })
    .where('table_schema', strapi.db.connection.raw('database()'))
    .whereIn('table_name', ours)
    .whereNot('table_collation', 'like', 'utf8mb4%');
  for (const { name } of narrow) await strapi.db.connection.raw('alter table ?? convert to character set utf8mb4', [name]);
}

async function makeTextsExact(strapi: Core.Strapi): Promise<void> {
  const known = await schemaOf(strapi, 'collations', { name: 'collation_name' }).whereIn('collation_name', EXACT_COLLATIONS);
  const collation = EXACT_COLLATIONS.find((name) => known.some((row) => row.name === name))!;
  const ofTypes = Object.entries(EXACT_TEXTS).map(([type, names]): [string, string[]] => [
    strapi.db.metadata.get(UID[type as keyof typeof UID]).tableName,
    names,
  ]);
  for (const [tableName, names] of [...ofTypes, ...EXACT_IN_TABLES]) {
    const columns = await schemaOf(strapi, 'columns', { name: 'column_name', type: 'column_type' })
      .where({ table_schema: strapi.db.connection.raw('database()'), table_name: tableName })
      .whereIn('column_name', names)
      .whereNot('collation_name', collation);
    if (columns.length === 0) continue;
    // Strapi requires a value where it checks what is written, and lets the column be null.
    const changes = columns.map((column) => `modify ?? ${column.type} character set utf8mb4 collate ${collation} null`);
    await strapi.db.connection.raw(`alter table ?? ${changes.join(', ')}`, [tableName, ...columns.map(({ name }) => name)]);
  }
}

/** What the server says of itself. Each column has a name of its own here, because servers differ in the case of theirs. */
const schemaOf = (
  strapi: Core.Strapi,
  what: string,
  columns: Record<string, string>,
): Knex.QueryBuilder<object, Record<string, string>[]> => strapi.db.connection(`information_schema.${what}`).select(columns);
