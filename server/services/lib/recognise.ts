import { SENTENCES, type SentenceCode } from '../../../shared/sentences/catalogue';
import { inEnglish, type Words } from '../../../shared/sentences/words';
import { escapeRegExp } from './reg-exp';

/**
 * Earlier releases kept English texts only. A text is recognised as a row of sentences of the catalogue, with values that may be such rows
 * themselves; what is not known, such as the words of a mail server, stays as it is. Pure.
 */

interface Sentence {
  code: SentenceCode;
  /** What the text begins with, to find the few that may fit. */
  start: string;
  /** Then a full stop at the end is the value's. */
  endsWithValue: boolean;
  pattern: RegExp;
  values: string[];
  /** Characters of its own, without the values: the more, the surer. */
  weight: number;
}

interface Reading {
  parts: Words[];
  /** Characters that known sentences account for. */
  known: number;
}

/** Longer texts are somebody else's words. */
const MAX_SENTENCES = 40;
const MAX_LENGTH = 4000;

/** The codes of a text; null when nothing of it is known, or when the codes would say something else than it says. */
export function recognise(text: string): Words | null {
  if (text.length > MAX_LENGTH) return null;
  const { parts, known } = read(text, new Map());
  const isTheSame = known > 0 && withoutSpelling(inEnglish(parts)) === withoutSpelling(text);
  return isTheSame ? wordsOf(parts) : null;
}

/** A clause had a full stop or not, depending on where it stood. */
const withoutSpelling = (text: string): string => text.replace(/[.\s]/g, '');

const wordsOf = (parts: Words[]): Words => (parts.length === 1 ? parts[0] : parts);

/** Splits the text so that as much as possible of it is known: "There is no folder. Choose another one." may be one entry or two. */
function read(text: string, memo: Map<string, Reading>): Reading {
  const done = memo.get(text);
  if (done) return done;
  const parts = partsOf(text);
  if (parts.length > MAX_SENTENCES) return { parts: [text], known: 0 };
  let best: Reading[] = [{ parts: [], known: 0 }];
  for (let first = parts.length - 1; first >= 0; first -= 1) {
    const [rest] = best;
    let chosen: Reading = { parts: joined(text.slice(parts[first].from, parts[first].until), rest.parts), known: rest.known };
    for (let last = first; last < parts.length; last += 1) {
      const found = readSentence(text.slice(parts[first].from, parts[last].until), memo);
      const after = best[last - first];
      if (!found || found.known + after.known <= chosen.known) continue;
      chosen = { parts: [...found.parts, ...after.parts], known: found.known + after.known };
    }
    best = [chosen, ...best];
  }
  memo.set(text, best[0]);
  return best[0];
}

/** Words of others that follow one another are one text. */
const joined = (words: string, [next, ...rest]: Words[]): Words[] =>
  next === undefined ? [words] : typeof next === 'string' ? [`${words} ${next}`, ...rest] : [words, next, ...rest];

/** Where sentences may begin and end. */
function partsOf(text: string): { from: number; until: number }[] {
  return [...text.matchAll(/\S[\s\S]*?(?:[.!?]["”)]*(?=\s)|\s*$)/g)].map(({ index, 0: part }) => ({
    from: index,
    until: index + part.trimEnd().length,
  }));
}

/** One sentence with its values; null when it is none of ours. */
function readSentence(text: string, memo: Map<string, Reading>): Reading | null {
  const bare = withoutStop(text);
  let best: Reading | null = null;
  for (const { code, start, endsWithValue, pattern, values, weight } of sentences()) {
    if (!bare.startsWith(start)) continue;
    const match = pattern.exec(endsWithValue ? text : bare);
    if (!match) continue;
    const readings = values.map((value, index) => [value, read(match[index + 1], memo)] as const);
    const known = weight + readings.reduce((sum, [, reading]) => sum + reading.known, 0);
    if (best && best.known >= known) continue;
    const filled = Object.fromEntries(readings.map(([value, { parts }]) => [value, wordsOf(parts)]));
    best = { parts: [values.length > 0 ? { code, values: filled } : { code }], known };
  }
  return best;
}

const withoutStop = (text: string): string => text.replace(/\.$/, '');

/** ICU quotes the characters that it would take for syntax. */
const unquoted = (message: string): string => message.replace(/'([{}<>]+)'/g, '$1');

let made: Sentence[] | undefined;

/** Made when a text is to be recognised: a start has no need of them. */
const sentences = (): Sentence[] => (made ??= (Object.keys(SENTENCES) as SentenceCode[]).map(sentenceOf));

function sentenceOf(code: SentenceCode): Sentence {
  const pieces = withoutStop(SENTENCES[code]).split(/(?<!')\{(\w+)\}(?!')/);
  const own = pieces.filter((_, index) => index % 2 === 0).map(unquoted);
  return {
    code,
    start: own[0],
    endsWithValue: own.at(-1) === '' && !SENTENCES[code].endsWith('.'),
    pattern: new RegExp(`^${own.map(escapeRegExp).join('(.+?)')}$`, 's'),
    values: pieces.filter((_, index) => index % 2 === 1),
    weight: own.join('').length,
  };
}
