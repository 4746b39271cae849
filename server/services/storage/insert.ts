import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import { letOthersRun } from '../lib/let-others-run';
import { piecesBySize } from '../lib/pieces';

/**
 * Inserts many rows by one statement. Strapi's createMany goes by way of Knex's `select … union all` on SQLite, which costs
 * more than the rows themselves, and looks at each value of each row through several layers.
 */

type Entry = Record<string, unknown>;

/** PostgreSQL and MySQL take 65,535 parameters a statement. */
const MAX_PARAMETERS = 30_000;

/** By documentId. */
export type Ids = Map<string, number>;

/**
 * Inserts rows of a content type: attributes by name, relations kept in a column as numeric ids, defaults for what is absent. Returns their ids
 * where the database tells them with the insert; null: it has to be asked.
 */
export async function insertEntries(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  uid: StrapiUID.ContentType,
  entries: Entry[],
): Promise<Ids | null> {
  const { tableName } = strapi.db.metadata.get(uid);
  const columns = columnsOf(strapi, uid).filter(({ name, fallback }) => fallback || entries.some((entry) => entry[name] !== undefined));
  const names = columns.map(({ column }) => column);
  const rows = entries.map((entry) => columns.map((column) => valueOf(column, entry)));
  if (strapi.db.dialect.client === 'mysql') {
    await insertValues(strapi, trx, { table: tableName, columns: names }, rows);
    return null;
  }
  const inserted = await insertValues(strapi, trx, { table: tableName, columns: names, returning: ['id', 'document_id'] }, rows);
  return new Map(inserted.map(({ id, document_id: documentId }) => [documentId as string, Number(id)]));
}

interface InsertTarget {
  table: string;
  columns: string[];
  /** Columns whose values are wanted back. */
  returning?: string[];
}

/**
 * Inserts rows of values in the order of the columns, and returns those columns that are asked for; MySQL returns none. Throws PacketTooLarge for a
 * row that MySQL would not take.
 */
export async function insertValues(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  { table, columns, returning = [] }: InsertTarget,
  rows: unknown[][],
): Promise<Entry[]> {
  if (rows.length === 0) return [];
  const schema = strapi.db.getSchemaName();
  const target = [schema ? `${schema}.${table}` : table, ...columns];
  const source = strapi.db.dialect.client === 'postgres' ? await arraysOf(strapi, trx, target[0], columns) : placeholdersOf(columns);
  const most = { rows: mostRows(strapi, columns.length), bytes: await packetBytes(strapi, trx) };
  const end = returning.length > 0 ? ` returning ${returning.map(() => '??').join(', ')}` : '';
  const returned: Entry[] = [];
  for (const some of inStatements(rows, most)) {
    const { sql: values, bindings } = source(some);
    const sql = `insert into ?? (${columns.map(() => '??').join(', ')}) ${values}${end}`;
    const answer = await trx.raw(sql, [...target, ...bindings, ...returning] as Knex.RawBinding[]);
    if (end) for (const each of (answer as { rows?: Entry[] }).rows ?? (answer as Entry[])) returned.push(each);
    await letOthersRun();
  }
  return returned;
}

// ---- How the rows stand in the statement

type RowsToSql = (rows: unknown[][]) => { sql: string; bindings: unknown[] };

function placeholdersOf(columns: string[]): RowsToSql {
  const row = `(${columns.map(() => '?').join(', ')})`;
  return (rows) => ({ sql: `values ${rows.map(() => row).join(', ')}`, bindings: rows.flat() });
}

/**
 * PostgreSQL gets each column as one array. Thousands of parameters are work for Knex, for the driver and for the server's parser: together that took
 * a quarter of an insert.
 */
async function arraysOf(strapi: Core.Strapi, trx: Knex.Transaction, table: string, columns: string[]): Promise<RowsToSql> {
  const types = await columnTypes(strapi, trx, table, columns);
  const sql = `select * from unnest(${types.map((type) => `?::${type}[]`).join(', ')})`;
  return (rows) => ({ sql, bindings: columns.map((_, column) => rows.map((row) => row[column])) });
}

const typesByStrapi = new WeakMap<Core.Strapi, Map<string, string>>();

/** As PostgreSQL names them, without a length: that of the column holds. */
async function columnTypes(strapi: Core.Strapi, trx: Knex.Transaction, table: string, columns: string[]): Promise<string[]> {
  let types = typesByStrapi.get(strapi);
  if (!types) typesByStrapi.set(strapi, (types = new Map()));
  const keyOf = (column: string) => `${table}.${column}`;
  if (!columns.every((column) => types.has(keyOf(column)))) {
    const quoted = table.replace(/[^.]+/g, '"$&"');
    const sql = `select attname, format_type(atttypid, null) as type from pg_attribute where attrelid = ?::regclass and attnum > 0 and not attisdropped`;
    const { rows } = await trx.raw(sql, [quoted]);
    for (const { attname, type } of rows) types.set(keyOf(attname), type);
  }
  return columns.map((column) => types.get(keyOf(column))!);
}

/** SQLite works in the main thread: while it takes a statement, nobody else is heard. */
const MAX_PARAMETERS_SQLITE = 2_000;

const mostRows = (strapi: Core.Strapi, columns: number): number =>
  Math.floor((strapi.db.dialect.client === 'sqlite' ? MAX_PARAMETERS_SQLITE : MAX_PARAMETERS) / columns);

// ---- What a statement may hold

/** A row is larger than `max_allowed_packet`. Sent all the same, it would cost the connection: MySQL hangs up in the middle of it. */
class PacketTooLarge extends Error {
  readonly code = 'ER_NET_PACKET_TOO_LARGE';
}

const inStatements = (rows: unknown[][], most: { rows: number; bytes: number }): Generator<unknown[][]> => {
  const sizeOf = (row: unknown[]): number => {
    const size = most.bytes === Infinity ? 0 : bytesOf(row);
    if (size > most.bytes) throw new PacketTooLarge(`A row of ${size} bytes is more than the database takes at once.`);
    return size;
  };
  return piecesBySize(rows, sizeOf, { count: most.rows, size: most.bytes });
};

/** For the statement around the values. */
const ROOM_BYTES = 64 * 1024;
const packets = new WeakMap<Core.Strapi, number>();

async function packetBytes(strapi: Core.Strapi, trx: Knex.Transaction): Promise<number> {
  if (strapi.db.dialect.client !== 'mysql') return Infinity;
  let most = packets.get(strapi);
  if (most === undefined) {
    const [[{ bytes }]] = await trx.raw('select @@max_allowed_packet as bytes');
    packets.set(strapi, (most = Number(bytes) - ROOM_BYTES));
  }
  return most;
}

/** Shorter values are only estimated, generously. */
const SHORT = 10_000;
/** Written as two characters within a statement. */
const ESCAPED = /[\0\b\t\n\r\x1a"'\\]/g;

function bytesOf(row: unknown[]): number {
  return row.reduce<number>((sum, value) => {
    if (typeof value !== 'string') return sum + 30;
    if (value.length < SHORT) return sum + 3 * value.length;
    return sum + Buffer.byteLength(value) + (value.match(ESCAPED)?.length ?? 0);
  }, 0);
}

// ---- How an attribute becomes a column's value

interface Column {
  name: string;
  column: string;
  toColumn(value: unknown): unknown;
  /** What Strapi puts where a record says nothing. */
  fallback: (() => unknown) | null;
}

interface KeptAttribute {
  type: string;
  columnName?: string;
  default?: unknown;
  joinColumn?: { name: string };
  owner?: boolean;
}

const asText = (value: unknown): unknown => (typeof value === 'string' ? value : String(value));

/** JSON writes half a character as an escape, of which PostgreSQL makes no more than of a NUL. */
const HALF_OR_NUL = /\\\\|\\u(?:d[89a-f][0-9a-f]{2}|0000)/g;
const storableJson = (json: string): string => json.replace(HALF_OR_NUL, (escape) => (escape === '\\\\' ? escape : '\\ufffd'));

/** Types of our attributes that are kept as something else than text. */
const TO_COLUMN: Record<string, (value: unknown) => unknown> = {
  json: (value) => (typeof value === 'object' ? storableJson(JSON.stringify(value)) : value),
  datetime: (value) => (value instanceof Date ? value : new Date(value as string)),
  boolean: (value) => (typeof value === 'string' ? value === 'true' : Boolean(value)),
  integer: Number,
  relation: Number,
};

const columnsByStrapi = new WeakMap<Core.Strapi, Map<string, Column[]>>();

function columnsOf(strapi: Core.Strapi, uid: string): Column[] {
  let known = columnsByStrapi.get(strapi);
  if (!known) columnsByStrapi.set(strapi, (known = new Map()));
  let columns = known.get(uid);
  if (!columns) known.set(uid, (columns = readColumns(strapi.db.metadata.get(uid).attributes as Record<string, KeptAttribute>)));
  return columns;
}

function readColumns(attributes: Record<string, KeptAttribute>): Column[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const column = attribute.type === 'relation' ? (attribute.owner ? attribute.joinColumn?.name : undefined) : attribute.columnName;
    if (!column || name === 'id') return [];
    const { default: standard } = attribute;
    const fallback = standard === undefined ? null : typeof standard === 'function' ? (standard as () => unknown) : () => standard;
    return [{ name, column, toColumn: TO_COLUMN[attribute.type] ?? asText, fallback }];
  });
}

function valueOf({ name, toColumn, fallback }: Column, entry: Entry): unknown {
  const value = entry[name] === undefined ? fallback?.() : entry[name];
  return value === undefined || value === null ? null : toColumn(value);
}
