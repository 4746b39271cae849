import english from '../../translations/server/en.json';

/**
 * The server writes English: into the log, into the database, into its answers. As in gettext, the English sentence is its own
 * key: translations/server/en.json holds each sentence under a name, with `{value}` where something is filled in, and here a
 * text is recognised as a row of such sentences. So nothing is stored twice, old rows of the scan log are translated too, and
 * what is not known (the words of a mail server, another plugin's) stays as it is. tests/admin/server-sentences.test.ts fails
 * for a sentence in the server's code that is not in the list.
 */
export type SentenceName = keyof typeof english;

/** Says a sentence in another language; null when it cannot. */
export type Say = (name: SentenceName, values: Record<string, string>) => string | null;

interface Sentence {
  name: SentenceName;
  /** What the text begins with, to find the few that may fit. */
  start: string;
  pattern: RegExp;
  values: string[];
  /** Characters of its own, without the values: the more, the surer. */
  weight: number;
}

interface Reading {
  text: string;
  /** Characters that known sentences account for. */
  known: number;
}

/** Longer texts are somebody else's words. */
const MAX_SENTENCES = 40;
const MAX_LENGTH = 4000;

/** The text with every sentence that is known said by `say`, values too; everything else as it is. */
export function translateSentences(text: string, say: Say): string {
  return text.length > MAX_LENGTH ? text : read(text, say, new Map()).text;
}

/** Splits the text so that as much as possible of it is known: "There is no folder. Choose another one." may be one entry or two. */
function read(text: string, say: Say, memo: Map<string, Reading>): Reading {
  const done = memo.get(text);
  if (done) return done;
  const parts = partsOf(text);
  let best: Reading[] = [{ text: '', known: 0 }];
  if (parts.length > MAX_SENTENCES) return { text, known: 0 };
  for (let first = parts.length - 1; first >= 0; first -= 1) {
    const [rest] = best;
    let chosen: Reading = { text: text.slice(parts[first].from, parts[first + 1]?.from ?? text.length) + rest.text, known: rest.known };
    for (let last = first; last < parts.length; last += 1) {
      const found = readSentence(text.slice(parts[first].from, parts[last].until), say, memo);
      const after = best[last - first];
      if (!found || found.known + after.known <= chosen.known) continue;
      chosen = {
        text: found.text + text.slice(parts[last].until, parts[last + 1]?.from ?? text.length) + after.text,
        known: found.known + after.known,
      };
    }
    best = [chosen, ...best];
  }
  memo.set(text, best[0]);
  return best[0];
}

/** Where sentences may begin and end. */
function partsOf(text: string): { from: number; until: number }[] {
  return [...text.matchAll(/\S[\s\S]*?(?:[.!?]["”)]*(?=\s)|\s*$)/g)].map(({ index, 0: part }) => ({
    from: index,
    until: index + part.trimEnd().length,
  }));
}

/** One sentence with its values; null when it is none of ours. A clause that the server ends with a full stop gets it back. */
function readSentence(text: string, say: Say, memo: Map<string, Reading>): Reading | null {
  const bare = withoutStop(text);
  let best: Reading | null = null;
  for (const { name, start, pattern, values, weight } of SENTENCES) {
    if (!bare.startsWith(start)) continue;
    const match = pattern.exec(bare);
    if (!match) continue;
    const readings = values.map((value, index) => [value, read(match[index + 1], say, memo)] as const);
    const known = weight + readings.reduce((sum, [, reading]) => sum + reading.known, 0);
    if (best && best.known >= known) continue;
    const said = say(name, Object.fromEntries(readings.map(([value, reading]) => [value, reading.text])));
    if (said !== null) best = { text: bare === text ? withoutStop(said) : `${withoutStop(said)}.`, known };
  }
  return best;
}

const withoutStop = (text: string): string => text.replace(/\.$/, '');

/** ICU quotes the characters that it would take for syntax. */
const unquoted = (message: string): string => message.replace(/'([{}<>]+)'/g, '$1');

const SENTENCES: Sentence[] = (Object.keys(english) as SentenceName[]).map((name) => {
  const pieces = withoutStop(english[name]).split(/(?<!')\{(\w+)\}(?!')/);
  const own = pieces.filter((_, index) => index % 2 === 0).map(unquoted);
  return {
    name,
    start: own[0],
    pattern: new RegExp(`^${own.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.+?)')}$`, 's'),
    values: pieces.filter((_, index) => index % 2 === 1),
    weight: own.join('').length,
  };
});
