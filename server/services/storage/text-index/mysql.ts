import { inPieces } from '../../lib/pieces';
import { COMMON, holding, looked, newestBelow, newestOfCommon, type Look } from './newest';
import { type Engine, idsBy, rowsOfAnswer, tableOf } from './types';

/** InnoDB knows no shorter words and none of these (INNODB_FT_DEFAULT_STOPWORD), so nobody can ask for them. */
const SHORTEST = 3;
const STOPWORDS = new Set('about are com for from how that the this was what when where who will with und the www'.split(' '));

/** The words that few of these records hold; where each is a common one, the one that the fewest do. */
function rareOf(words: string[][], newest: Look[]): string[][] {
  const held = new Map(words.map((word) => [word, holding(newest, [word]).length]));
  const limit = Math.max(COMMON - 1, Math.min(...held.values()));
  return words.filter((word) => held.get(word)! <= limit);
}

/** As many records of the rare words are looked at for the others. */
const MOST_OF_RAREST = 20_000;

/** As many characters of a record are looked through. */
const MAX_LENGTH = 100_000;

/** FULLTEXT, which MySQL and MariaDB keep by themselves. */
export const mysql: Engine = {
  async exists(strapi, index) {
    return (
      rowsOfAnswer(await strapi.db.connection.raw('show index from ?? where Key_name = ?', [tableOf(strapi, index), index.name])).length > 0
    );
  },

  async create(strapi, index) {
    await strapi.db.connection.raw(`alter table ?? add fulltext index ${index.name} (${Object.values(index.texts).join(', ')})`, [
      tableOf(strapi, index),
    ]);
  },

  async find(strapi, index, words, most) {
    const known = words.filter(([word]) => word.length >= SHORTEST && !STOPWORDS.has(word));
    if (known.length === 0) return null;
    const newest = await newestBelow(strapi, index, Number.MAX_SAFE_INTEGER);
    // InnoDB collects all records with a word before it hands out the newest: seconds for a word that every third record holds.
    const common = await newestOfCommon(strapi, index, known, { most, newest });
    if (common) return common;
    const [table, columns] = [tableOf(strapi, index), Object.values(index.texts).join(', ')];
    const matching = (words: string[][], limit: number) =>
      idsBy(strapi, `select id from ${table} where match(${columns}) against (? in boolean mode) order by id desc limit ?`, [
        words.map((spellings) => `+(${spellings.map((word) => `${word}*`).join(' ')})`).join(' '),
        limit,
      ]);
    const rare = rareOf(known, newest);
    const others = known.filter((word) => !rare.includes(word));
    if (others.length === 0) return matching(known, most);
    const ids = await matching(rare, MOST_OF_RAREST);
    // Not that rare: those that hold the others, too, may be older ones.
    if (ids.length === MOST_OF_RAREST) return matching(known, most);
    const found: number[] = [];
    for (const some of inPieces(ids)) {
      const sql = `select id, left(concat_ws(' ', ${columns}), ${MAX_LENGTH}) as text from ${table} where id in (${some.map(() => '?').join(', ')}) order by id desc`;
      found.push(...holding(looked(await strapi.db.connection.raw(sql, some)), others));
      if (found.length >= most) break;
    }
    return found.slice(0, most);
  },
};
