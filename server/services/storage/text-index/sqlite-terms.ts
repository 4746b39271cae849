import type { Core } from '@strapi/strapi';
import { rowsOfAnswer } from './types';

/**
 * For the beginning of a word, FTS5 puts together all records of all words that begin so before it hands out the first: a second for one that
 * every third of five million comments holds. For whole words it reads on from the newest, and stops. So the words that begin so are looked up in
 * the index's own list (fts5vocab), and these are asked for.
 */

/** As many words are asked for. */
const MOST_TERMS = 200;

/** As the index has words of these letters, whatever it does to others. */
const AS_INDEXED = /^[a-z0-9]+$/;

/** The table that shows the words of an index; it holds nothing by itself. */
export const termsOf = (index: string): string => index.replace('_search_', '_terms_');

interface Terms {
  /** As FTS5 is asked for them. */
  terms: string;
  /** By each word that begins so; false: there are too many of them. */
  isEach: boolean;
}

/** The words that begin in one of these ways; null: no record holds any. */
export async function beginningWith(strapi: Core.Strapi, index: string, beginnings: string[]): Promise<Terms | null> {
  const terms = new Set<string>();
  for (const beginning of beginnings) {
    const some = AS_INDEXED.test(beginning) ? await termsBeginning(strapi, index, beginning) : null;
    // Too many, or in letters of which nobody knows what the index makes of them: in its own way, which takes its time.
    if (some === null) return { terms: beginnings.map((each) => `"${each}"*`).join(' OR '), isEach: false };
    for (const term of some) terms.add(term);
  }
  return terms.size > 0 ? { terms: [...terms].map((term) => `"${term}"`).join(' OR '), isEach: true } : null;
}

/**
 * The words of the index that begin so; null when there are more of them than are asked for. From one to the next by a leap: the list has an entry
 * for each record that holds a word. No letter comes before char(1).
 */
async function termsBeginning(strapi: Core.Strapi, index: string, beginning: string): Promise<string[] | null> {
  const next = `select term from ${termsOf(index)} where term >=`;
  const sql = `with recursive found(term, count) as (
      select (${next} ? limit 1), 1
      union all select (${next} found.term || char(1) limit 1), count + 1 from found
      where substr(found.term, 1, ?) = ? and count <= ?
    ) select term from found where substr(term, 1, ?) = ?`;
  const begins = [beginning.length, beginning];
  const rows = rowsOfAnswer(await strapi.db.connection.raw(sql, [beginning, ...begins, MOST_TERMS, ...begins]));
  return rows.length > MOST_TERMS ? null : rows.map(({ term }) => String(term));
}
