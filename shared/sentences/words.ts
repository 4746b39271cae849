import { SENTENCES, type SentenceCode, type ValuesOf } from './catalogue';

/** A sentence of the server by its code, with what is filled in. Plain data: it is sent, stored and worded in any language. */
export interface Said {
  code: SentenceCode;
  values?: Record<string, Words | number>;
}

/** What somebody is told: a sentence of ours, others' own words, which nobody translates, or several of both, one after the other. */
export type Words = string | Said | SeveralWords;

/** An interface, so that what types are made of it is worked out only as deep as somebody looks. */
interface SeveralWords extends ReadonlyArray<Words> {
  readonly [index: number]: Words;
}

/**
 * What has to be filled into the sentence of a code. For a code that the catalogue has not, TypeScript takes all codes at once: nothing is
 * asked for then, so that the error is about the code and not about the number of arguments.
 */
export type FilledIn<Code extends SentenceCode> = SentenceCode extends Code
  ? [values?: Said['values']]
  : [ValuesOf<Code>] extends [never]
    ? []
    : [values: Record<ValuesOf<Code>, Words | number>];

/** A sentence of ours. A code that the catalogue has not, or a value that is missing, does not compile. */
export function say<Code extends SentenceCode>(code: Code, ...[values]: FilledIn<Code>): Said {
  return values === undefined ? { code } : { code, values };
}

/** Puts one sentence into some language: the text of a code, with these values; null when it knows no such code. */
type WordSentence = (code: SentenceCode, values: Record<string, string | number>) => string | null;

/**
 * Words in some language, their values too. Null when a code is not known there, as after an update that was taken back: then the English
 * text beside it is shown.
 */
export function wordsIn(words: Words, word: WordSentence): string | null {
  if (typeof words === 'string') return words;
  if ('code' in words) {
    const filled = Object.entries(words.values ?? {}).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : wordsIn(value, word),
    ]);
    return filled.some(([, text]) => text === null) ? null : word(words.code, Object.fromEntries(filled));
  }
  const texts = words.map((each) => wordsIn(each, word));
  return texts.includes(null) ? null : texts.filter((text) => text !== '').join(' ');
}

/** The same words with others' own texts changed, also those that are filled into a sentence: without secrets, say. */
export function withTexts(words: Words, change: (text: string) => string): Words {
  if (typeof words === 'string') return change(words);
  if (!('code' in words)) return words.map((each) => withTexts(each, change));
  const values = Object.entries(words.values ?? {}).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : withTexts(value, change),
  ]);
  return { ...words, ...(words.values && { values: Object.fromEntries(values) as Said['values'] }) };
}

/** A text of an answer or of a row in both forms: English under its name, and `…Said` for the panel (JSON, so never a bare string). */
export const inBoth = <Name extends string, W extends Words | null>(name: Name, words: W) =>
  ({ [name]: words === null ? null : inEnglish(words), [`${name}Said`]: typeof words === 'string' ? [words] : words }) as Record<
    Name,
    W extends null ? null : string
  > &
    Record<`${Name}Said`, W>;

/** As it stands in logs, in alerts, in the database's text columns and in what the API answers beside the codes. */
export const inEnglish = (words: Words): string => wordsIn(words, wordInEnglish) ?? '';

const wordInEnglish: WordSentence = (code, values) =>
  SENTENCES[code]?.replace(/'([{}<>]+)'|\{(\w+)\}/g, (_, quoted: string | undefined, name: string) => quoted ?? String(values[name])) ??
  null;
