import { randomFillSync } from 'node:crypto';

/** Random bytes are fetched in bulk: a call for each id would cost more than the rest of its record. */
const pool = Buffer.alloc(8192);
let used = pool.length;

/** This many bytes (at most 8192) that nobody can guess. */
export function takeRandomBytes(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return Buffer.from(pool.subarray(used - count, used));
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ID_LENGTH = 24;

/**
 * An id in the shape of Strapi's (cuid2: 24 lower-case letters and digits, a letter first), so that a record can be named before it
 * is written. Some 120 random bits as they come: cuid2's rounds of SHA-3 take longer than the rest of a row.
 */
export function newDocumentId(): string {
  const bytes = takeRandomBytes(ID_LENGTH);
  let id = LETTERS[bytes[0] % 26];
  for (let index = 1; index < ID_LENGTH; index += 1) id += LETTERS[bytes[index] % LETTERS.length];
  return id;
}
