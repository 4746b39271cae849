import { saidBy, SpokenError } from '../lib/spoken-error';
import { inEnglish, say, type Words } from '../../../shared/sentences/words';

/**
 * What a disk or a database says when it cannot go on, in words for an administrator. Never the statement or its values, which
 * a database error carries along: they hold what customers wrote.
 */

/** A file could not be written, for a reason that is not the file's. */
export class StorageError extends SpokenError {
  constructor(cause: NodeJS.ErrnoException) {
    super(
      FULL.includes(cause.code ?? '') ? FULL_WORDS : [say('storage.folderNotWritable', { code: cause.code ?? cause.message }), GOES_ON],
      { cause },
    );
    this.name = 'StorageError';
  }
}

const GOES_ON = say('storage.goesOn');
const FULL_WORDS = [say('storage.full'), GOES_ON];
const UNREACHABLE_WORDS = [say('storage.databaseGone'), GOES_ON];
const BUSY_WORDS = [say('storage.databaseBusy'), GOES_ON];
const FULL = ['ENOSPC', 'EDQUOT'];

/** Codes of SQLite, PostgreSQL and MySQL that are about the database and not about what is written. */
const DATABASE_WORDS: [codes: string[], words: Words][] = [
  [['SQLITE_FULL', '53100', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL'], FULL_WORDS],
  [
    ['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_IOERR', '25006', 'ER_OPTION_PREVENTS_STATEMENT'],
    [say('storage.databaseNotWritable'), GOES_ON],
  ],
  [['57P01', '57P02', '57P03', '57P05', '08001', '08006', 'PROTOCOL_CONNECTION_LOST', 'ER_SERVER_SHUTDOWN'], UNREACHABLE_WORDS],
  [['53200', '53300', '53400', '25P03', 'ER_CON_COUNT_ERROR', 'ER_TOO_MANY_USER_CONNECTIONS', 'ER_USER_LIMIT_REACHED'], BUSY_WORDS],
];

const codeOf = (error: Error): string | null => {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : null;
};

function databaseWords(error: Error): Words | null {
  const code = codeOf(error);
  const words = code === null ? null : (DATABASE_WORDS.find(([codes]) => codes.includes(code))?.[1] ?? null);
  if (words) return words;
  if (hasLostConnection(error)) return UNREACHABLE_WORDS;
  return error.name === 'KnexTimeoutError' || isLocked(error) ? BUSY_WORDS : null;
}

/**
 * What a statement meets on a connection that is gone, whatever took it away: MySQL's driver marks the error, PostgreSQL's has neither mark
 * nor code for it.
 */
const hasLostConnection = (error: Error): boolean =>
  (error as { fatal?: unknown }).fatal === true || (codeOf(error) === null && LOST_CONNECTION.test(error.message));

const LOST_CONNECTION =
  /(Connection terminated( unexpectedly)?|Client (has encountered a connection error|was closed) and is not queryable)$/;

/**
 * True when no message is to blame: the disk is full, a folder or the database cannot be written, or there is no connection to be had. A lock
 * that somebody else holds is none of it: another try may get it.
 */
export const isStorageFailure = (error: unknown): boolean =>
  error instanceof StorageError || (error instanceof Error && !isLocked(error) && databaseWords(error) !== null);

/**
 * What PostgreSQL, MySQL and SQLite say when two transactions blocked each other and this one was rolled back; MariaDB (from 11.6 on, unless
 * told otherwise) also when a row was changed after this one had read it, and so does SQLite, where that is every row (better-sqlite3 names
 * SQLite's extended codes).
 */
const DEADLOCK_CODES = ['40P01', '40001', 'ER_LOCK_DEADLOCK', 'ER_CHECKREAD', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT'];

export const isDeadlock = (error: unknown): boolean => error instanceof Error && DEADLOCK_CODES.includes(codeOf(error) ?? '');

/** The same, and that a lock was not got in time. Nothing that is written has to do with it. */
export const isLocked = (error: unknown): boolean =>
  isDeadlock(error) || (error instanceof Error && ['55P03', 'ER_LOCK_WAIT_TIMEOUT'].includes(codeOf(error) ?? ''));

/** The same, and that a row of the other's was there first: another try may succeed. */
export const isConflict = (error: unknown): boolean =>
  isLocked(error) || (error instanceof Error && ['23505', 'ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE'].includes(codeOf(error) ?? ''));

/** What to tell of an error that nobody expected, in English. */
export const plainWords = (error: unknown): string => inEnglish(wordsOf(error));

/** The same in codes, as far as there are some. */
export function wordsOf(error: unknown): Words {
  if (!(error instanceof Error)) return String(error);
  const code = codeOf(error);
  // Our own errors have names and words of their own; what else carries a code may carry a statement, too.
  if (code !== null && error.name !== 'MailboxError') return databaseWords(error) ?? say('storage.wentWrong', { code });
  return databaseWords(error) ?? validationWords(error) ?? saidBy(error);
}

/** What Strapi's validation says of each attribute; its own message is "2 errors occurred" where there are more than one. */
function validationWords(error: Error): Words | null {
  const { errors } = (error as { details?: { errors?: { message?: unknown; said?: Words }[] } }).details ?? {};
  if (!Array.isArray(errors) || errors.length < 2) return null;
  return errors.map(({ message, said }, index) => said ?? `${message}${index < errors.length - 1 ? ';' : ''}`);
}

/** Where an error happened, for the log: the calls of its stack, without its words. */
export function callsOf(error: unknown): string {
  const calls = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return calls.join('\n');
}
