import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { inPieces } from '../lib/pieces';
import { log } from '../log';
import { privateFolder } from '../storage/private-folder';
import { deleteFiles } from '../storage/files';
import type { Lease } from '../storage/lease';
import { makePrivateFolder } from '../storage/private-folder';
import { inTransaction, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';

/**
 * Private files that nothing refers to: a file is written before the row that names it is committed, so a process killed in between
 * leaves one behind. They lie in 256 folders, by the first two digits of their names; a run looks through a few of them and the next
 * run goes on from there. The database is asked about names by the hundred, and only what it does not know is looked at on the disk.
 */

/**
 * Every attribute that names private files. A file that none of them names is deleted: whoever adds one adds it here. `isList`: a list of
 * files with their keys, which no index finds, in a type of few records.
 */
export const FILE_HOLDERS = [
  { uid: UID.attachment, attribute: 'key', isList: false },
  { uid: UID.message, attribute: 'sourceKey', isList: false },
  { uid: UID.cannedReply, attribute: 'files', isList: true },
] as const;

const FOLDERS = 256;
/** All are looked through in some six hours. */
const FOLDERS_A_RUN = 8;
/** No transaction takes that long: what nothing refers to by then, nothing will. */
const MIN_AGE_MS = 24 * 3_600_000;
/** Where more than this, and more than half, is unknown, the files are somebody else's, not orphans. */
const MANY = 20;

/** Looks through the next folders. Resolves with how many files were deleted. */
export async function sweepOrphans(strapi: Core.Strapi, lease: Lease, folders = FOLDERS_A_RUN): Promise<number> {
  if (!(await isOurFolder(strapi))) return 0;
  let count = 0;
  for (let turn = 0; turn < folders; turn += 1) {
    lease.signal.throwIfAborted();
    count += await sweepFolder(strapi, (await takeNext(strapi)).toString(16).padStart(2, '0'));
  }
  if (count > 0) log(strapi, 'info', 'Files that nothing refers to were deleted', { count });
  return count;
}

async function sweepFolder(strapi: Core.Strapi, name: string): Promise<number> {
  const folder = path.join(privateFolder(strapi), name);
  const files = (await namesIn(folder)).filter((file) => /^[0-9a-f]{48}$/.test(file));
  const unknown: string[] = [];
  for (const some of inPieces(files)) unknown.push(...(await withoutHolder(strapi, some)));
  const old = await olderThan(folder, unknown, Date.now() - MIN_AGE_MS);
  if (old.length > MANY && old.length > files.length / 2) {
    log(strapi, 'warn', 'Most private files of a folder are unknown to this database and were left alone: is it the right database?', {
      folder: name,
      count: old.length,
    });
    return 0;
  }
  await deleteFiles(strapi, old);
  return old.length;
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : Promise.reject(error)));

async function withoutHolder(strapi: Core.Strapi, names: string[]): Promise<string[]> {
  const held = new Set<string>();
  for (const { uid, attribute, isList } of FILE_HOLDERS) {
    const rows: Record<string, unknown>[] = await strapi.db
      .query(uid)
      .findMany({ select: [attribute], where: { [attribute]: isList ? { $notNull: true } : { $in: names } } });
    for (const row of rows)
      for (const key of isList ? (row[attribute] as { key: string }[]).map((file) => file.key) : [row[attribute] as string]) held.add(key);
  }
  return names.filter((name) => !held.has(name));
}

async function olderThan(folder: string, names: string[], moment: number): Promise<string[]> {
  const old: string[] = [];
  for (const name of names) {
    const stats = await stat(path.join(folder, name)).catch(() => null);
    if (stats?.isFile() && stats.mtimeMs < moment) old.push(name);
  }
  return old;
}

/** The folder whose turn it is. */
async function takeNext(strapi: Core.Strapi): Promise<number> {
  const name = 'orphans:folder';
  return inTransaction(strapi, async (trx) => {
    const row = await tableIn(strapi, trx, TABLES.counters).where({ name }).first('value');
    const turn = Number(row?.value ?? 0) % FOLDERS;
    await tableIn(strapi, trx, TABLES.counters)
      .insert({ name, value: turn + 1 })
      .onConflict('name')
      .merge(['value']);
    return turn;
  });
}

// ---- Whose folder it is

const OWNER_FILE = '.owner';

/**
 * True when this database's files lie in the private folder. A test site on a copy of the database that was given the folder of
 * production by mistake must not delete what it does not know. The first database to come owns the folder.
 */
async function isOurFolder(strapi: Core.Strapi): Promise<boolean> {
  const file = path.join(privateFolder(strapi), OWNER_FILE);
  const own = databaseIdentity(strapi);
  const owner = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? null : Promise.reject(error),
  );
  if (owner === null) {
    await makePrivateFolder(strapi);
    await writeFile(file, own);
    return true;
  }
  if (owner.trim() === own) return true;
  log(
    strapi,
    'warn',
    `The private folder belongs to another database, so files that nothing refers to stay. If this database has moved, delete the file ${OWNER_FILE} in it`,
  );
  return false;
}

/** Which database it is, without its credentials, which change. */
function databaseIdentity(strapi: Core.Strapi): string {
  const { client, connection } = strapi.db.connection.client.config as { client: unknown; connection: unknown };
  return createHash('sha256')
    .update(JSON.stringify([String(client), placeOf(connection)]))
    .digest('hex');
}

function placeOf(connection: unknown): unknown {
  if (typeof connection !== 'object' || connection === null) return null;
  const { connectionString, host, port, database, filename, schema } = connection as Record<string, unknown>;
  const url = typeof connectionString === 'string' && URL.canParse(connectionString) ? new URL(connectionString) : null;
  return [url?.host ?? null, url?.pathname ?? null, host ?? null, port ?? null, database ?? null, filename ?? null, schema ?? null].map(
    (part) => (part === null ? null : String(part)),
  );
}
