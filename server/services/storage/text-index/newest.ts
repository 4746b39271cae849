import type { Core } from '@strapi/strapi';
import { rowsOfAnswer, tableOf, type TextIndex } from './types';

/**
 * The newest records that hold words which are everywhere. FULLTEXT and FTS5 collect all records of a word, or of all words that begin so, before they
 * hand out the newest: seconds for what every third of five million records holds. Read one by one from the newest on, enough of them come at once.
 */

/** This many records are read in one go to see which hold the words. */
const LOOK = 2_000;
/** A word in this many of the newest of these is a common one. */
export const COMMON = LOOK / 20;
/** As many looks; that is more than the newest of a common word take. */
const LOOKS = 10;

const ASCII = /^[\0-\x7f]*$/;
export const plain = (text: string): string => (ASCII.test(text) ? text : text.normalize('NFD').replace(/\p{M}/gu, '')).toLowerCase();

export interface Look {
  id: number;
  /** Without accents and capitals, as an index has it. */
  text: string;
}

export const looked = (answer: unknown): Look[] =>
  rowsOfAnswer(answer).map(({ id, text }) => ({ id: Number(id), text: plain(String(text)) }));

/** The ids of those rows in which each word, in one of its spellings, begins a word. */
export function holding(rows: Look[], words: string[][]): number[] {
  const begins = words.map((word) => new RegExp(`(?<![\\p{L}\\p{N}_])(?:${word.map(plain).join('|')})`, 'u'));
  return rows.filter(({ text }) => begins.every((begin) => begin.test(text))).map(({ id }) => id);
}

/** The newest records with a smaller id. Of each only the beginning: this is about words that are everywhere. */
export const newestBelow = async (strapi: Core.Strapi, index: TextIndex, below: number): Promise<Look[]> =>
  looked(
    await strapi.db.connection.raw(
      `select id, substr(concat_ws(' ', ${Object.values(index.texts).join(', ')}), 1, 1000) as text from ${tableOf(strapi, index)} where id < ? order by id desc limit ?`,
      [below, LOOK],
    ),
  );

/** The newest that hold common words, found by reading on from the newest records; null for words that this many of them do not hold. */
export async function newestOfCommon(
  strapi: Core.Strapi,
  index: TextIndex,
  words: string[][],
  { most, newest }: { most: number; newest: Look[] },
): Promise<number[] | null> {
  const found = holding(newest, words);
  if (found.length < COMMON) return null;
  let rows = newest;
  for (let look = 1; look < LOOKS && rows.length === LOOK && found.length < most; look += 1) {
    rows = await newestBelow(strapi, index, rows.at(-1)!.id);
    found.push(...holding(rows, words));
  }
  return found.length >= most ? found.slice(0, most) : null;
}
