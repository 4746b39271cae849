import { createRequire } from 'node:module';
import path from 'node:path';

/** SQLite databases as SQL text, which can be read, compared and kept in the repository. */

interface Database {
  exec(sql: string): void;
  prepare(sql: string): { all(): Record<string, unknown>[]; raw(): { all(): unknown[][] } };
  close(): void;
}

const open = (file: string): Database => {
  const Sqlite = createRequire(path.join(process.cwd(), 'package.json'))('better-sqlite3') as new (file: string) => Database;
  return new Sqlite(file);
};

/** The tables with their rows, then the indexes. Tables named in `withoutRows` stay empty. */
export function dumpDatabase(file: string, withoutRows: string[] = []): string {
  const database = open(file);
  const objects = database
    .prepare("select type, name, sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by name")
    .all() as { type: string; name: string; sql: string }[];
  // A search index is made again from what it indexes.
  const tables = objects.filter(({ type, name }) => type === 'table' && !/^mail_scanner_(search|terms)_/.test(name));
  const lines = tables.map(({ sql }) => `${sql.replace(/\s+/g, ' ')};`);
  for (const { name } of tables.filter((table) => !withoutRows.includes(table.name))) {
    const rows = database.prepare(`select * from "${name}"`).raw().all();
    lines.push(...rows.map((row) => `insert into "${name}" values (${row.map(literal).join(', ')});`));
  }
  lines.push(...objects.filter(({ type }) => type === 'index').map(({ sql }) => `${sql};`));
  database.close();
  return `${lines.join('\n')}\n`;
}

export function restoreDatabase(file: string, sql: string): void {
  const database = open(file);
  database.exec(`pragma foreign_keys = off; begin; ${sql} commit;`);
  database.close();
}

function literal(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (Buffer.isBuffer(value)) return `x'${value.toString('hex')}'`;
  return `'${String(value).replaceAll("'", "''")}'`;
}
