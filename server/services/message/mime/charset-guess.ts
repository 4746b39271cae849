import { decodeLeniently, decodeStrictly } from './charset-decoders';
import * as languages from './languages';
import type { Language } from './languages';
import { lowerCase } from './lower-case';
import { looksLikeUtf8, utf8Share } from './utf8';

/**
 * In which charset were these bytes written? Each candidate is tried: the one in which they become words of a language wins. What
 * counts are whole words: one script and one case in a word, letters of one language, no sign in the middle.
 */

interface Candidate {
  charset: string;
  score(text: string): number;
  /** Charsets that mail RARELY comes in without saying so need better evidence. */
  prior: number;
  /** Telephones write characters of their own, which no table has: a few of them prove nothing. */
  hasOwnCharacters?: boolean;
}

const alphabetic = (charset: string, script: Record<string, Language>, prior = 0): Candidate => ({
  charset,
  prior,
  score: (text) => scoreOfWords(text, script),
});

const ideographic = (charset: string, score: (text: string) => number): Candidate => ({ charset, prior: 0, score });

/** Without a label, from old machines alone: a few letters are no evidence. */
const RARELY = -0.1;
const EVIDENCE_FOR_RARE = 8;

/** Of two that are equally good, the first is taken. */
const candidates: Candidate[] = [
  alphabetic('windows-1252', languages.latin, 0.08),
  alphabetic('windows-1250', languages.latin, 0.05),
  alphabetic('iso-8859-2', languages.latin, 0.05),
  alphabetic('windows-1254', languages.latin, 0.05),
  alphabetic('windows-1257', languages.latin),
  alphabetic('iso-8859-4', languages.latin, RARELY),
  alphabetic('iso-8859-16', languages.latin, RARELY),
  alphabetic('ibm850', languages.latin, RARELY),
  alphabetic('cp852', languages.latin, RARELY),
  alphabetic('macintosh', languages.latin, RARELY),
  alphabetic('windows-1251', languages.cyrillic),
  alphabetic('koi8-u', languages.cyrillic),
  alphabetic('iso-8859-5', languages.cyrillic, RARELY),
  alphabetic('ibm866', languages.cyrillic, RARELY),
  alphabetic('x-mac-cyrillic', languages.cyrillic, RARELY),
  alphabetic('windows-1253', languages.greek),
  alphabetic('iso-8859-7', languages.greek),
  alphabetic('windows-1255', languages.hebrew),
  alphabetic('windows-1256', languages.arabic),
  alphabetic('iso-8859-6', languages.arabic),
  alphabetic('windows-874', languages.thai),
  ideographic('gb18030', (text) => scoreOfCharacters(text, languages.frequent.simplified, /\p{Script=Han}/u)),
  ideographic('big5', (text) => scoreOfCharacters(text, languages.frequent.traditional, /\p{Script=Han}/u)),
  ideographic('euc-kr', (text) => scoreOfCharacters(text, languages.frequent.korean, /[\uac00-\ud7a3]/)),
  { ...ideographic('shift_jis', scoreOfJapanese), hasOwnCharacters: true },
  ideographic('euc-jp', scoreOfJapanese),
];

/** Worse than this is no text of any language that is known here. */
const LEAST_SCORE = 0.2;
/** Every letter belongs to one language, and so do many of its words. */
const CERTAIN_SCORE = 1.2;
/** What a charset that stands elsewhere in the message is worth. */
const HINT_BONUS = 0.3;

/**
 * The charset of bytes without a believable label; windows-1252 when nothing fits. `hints` are charsets that the message names
 * elsewhere, the body's for its headers, or that are confused with the one it names.
 */
export function guessCharset(bytes: Uint8Array, hints: readonly string[] = []): string {
  if (looksLikeUtf8(bytes) || utf8Share(bytes) >= (hints.includes('utf-8') ? 0.5 : 0.75)) return 'utf-8';
  const sample = sampleOf(bytes);
  const high = sample.reduce((count, byte) => count + (byte >> 7), 0);
  let best = { charset: 'windows-1252', score: LEAST_SCORE };
  for (const { charset, prior, score, hasOwnCharacters } of candidates) {
    if (prior < 0 && high < EVIDENCE_FOR_RARE) continue;
    const text = decodeStrictly(sample, charset) ?? (hasOwnCharacters === true ? nearlyDecoded(sample, charset, high) : null);
    if (text === null) continue;
    const found = score(text) + prior + (hints.includes(charset) ? HINT_BONUS : 0);
    if (found > best.score) best = { charset, score: found };
    if (charset === 'windows-1252' && best.score > CERTAIN_SCORE) break;
  }
  return best.charset;
}

/** The text where at most one byte in fifty is damaged; else null. */
function nearlyDecoded(sample: Uint8Array, charset: string, high: number): string | null {
  const text = decodeLeniently(sample, charset);
  return text.split('\uFFFD').length - 1 <= high / 50 ? text : null;
}

const SAMPLE_BYTES = 1500;

/** Lines that hold more than ASCII, so that one language is seen often. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= SAMPLE_BYTES) return bytes;
  const lines: Uint8Array[] = [];
  for (let at = 0, length = 0; at < bytes.length && length < SAMPLE_BYTES;) {
    const feed = bytes.indexOf(0x0a, at);
    const end = feed < 0 ? bytes.length : feed + 1;
    const line = bytes.subarray(at, end);
    if (line.some((byte) => byte >= 0x80)) length += lines.push(line) && line.length;
    at = end;
  }
  return cut(Buffer.concat(lines));
}

/** Not in the middle of a character: behind the last blank or sign, else where characters of two bytes end. */
function cut(sample: Uint8Array): Uint8Array {
  if (sample.length <= SAMPLE_BYTES) return sample;
  let end = SAMPLE_BYTES;
  while (end > SAMPLE_BYTES / 2 && sample[end - 1] >= 0x40) end--;
  return sample.subarray(0, end > SAMPLE_BYTES / 2 ? end : SAMPLE_BYTES);
}

// --- letters -------------------------------------------------------------------------------------------------------

const foreign = /[^\x00-\x7f]/gu;
const word = /[\p{L}\p{M}\u0e33]+/gu;
const signs =
  /^[\u00a0\u00ad\u00ab\u00bb\u00b0\u00b7\u00bf\u00a1\u2013\u2014\u2018-\u201e\u2022\u2026\u2116\u20ac\u2039\u203a\u060c\u061b\u061f\u00a7\u0e3f]$/u;

/** Signs where people put them: `¡Hola`, `nº 5`, `£50`, `© 2026`, `100 µm`, lines of `·´¯`. In other charsets the same bytes are letters that stand alone. */
const placedSigns =
  /[¡¿](?=\p{L})|(?<=\d|(?<!\p{L})[nN]\.?)[ºª](?!\p{L})|[£¥€](?=\s?\d)|(?<=\d\s?)[£¥€¢°]|©(?=\s?[\p{L}\d])|(?<=[\p{L}\s])[®™](?!\p{L})|(?<!\p{L})µ(?=[mglFAsS](?!\p{L}))|±(?=\s?\d)|§(?=\s?\d)|(?<=m)[²³](?!\p{L})|(?<=[\d\s]|^)[½¼¾](?!\p{L})|«(?=\s?\p{L})|(?<=[\p{L}.!?]\s?)»|[·´¸¯¨][·´¸¯¨.,`]{2,}/gu;

/** From -1 to a little more than 1: how much the characters beyond ASCII look like words of the best of these languages. */
function scoreOfWords(text: string, script: Record<string, Language>): number {
  const all = text.match(foreign) ?? [];
  if (all.length === 0) return 0;
  const isLatin = script === languages.latin;
  const placed = (text.match(placedSigns) ?? []).join('').match(foreign)?.length ?? 0;
  const rest = placed === 0 ? text : text.replace(placedSigns, ' ');
  const words = rest.match(word) ?? [];
  const plainWords = words.map(lowerCase);
  const foreignWords = words.filter((each) => /[^\x00-\x7f]/.test(each)).map((each) => lettersIn(each, isLatin));
  const lettersTotal = foreignWords.reduce((sum, { letters }) => sum + letters.length, 0);
  const best = Math.max(
    ...Object.values(script).map((language) => lettersOf(foreignWords, language) + wordsOf(plainWords, language) * lettersTotal),
  );
  const others = (rest.match(foreign) ?? []).filter((each) => signs.test(each)).length;
  return (best + placed + others * 0.5 - strangeSigns(rest)) / all.length;
}

interface ForeignWord {
  /** Letters beyond ASCII, in lower case. */
  letters: string[];
  /** No word of any language looks like this. */
  isSpoiled: boolean;
  shape: number;
}

function lettersIn(each: string, isLatin: boolean): ForeignWord {
  const letters = each.match(foreign) ?? [];
  const length = [...each].length;
  const isMixed = !isLatin && letters.length < length;
  const isCrowded = isLatin && length > 2 && letters.length > length * 0.8;
  const isLone = length === 1 && !wordsOfOneLetter.test(each);
  return { letters: letters.map(lowerCase), isSpoiled: isMixed || isCrowded || isLone || hasOddCase(each), shape: shapeOf(each) };
}

/** Of the languages here; Cyrillic and Greek have many. */
const wordsOfOneLetter = /^[àâèéêôòóáíåöøőو\p{Script=Cyrillic}\p{Script=Greek}]$/iu;

/** Signs that words do not hold, `T£¤y`, and control characters. */
function strangeSigns(text: string): number {
  const between = /(?<=\p{L})[^\x00-\x7f\p{L}\p{M}\u00ad\u2018\u2019\u2013\u2014\u00b7\u2026\u00a0](?=\p{L})/gu;
  const beside = /(?<=\p{L})[£¤¥¢¦¬×÷¶](?!\p{L})|(?<!\p{L})[£¤¥¢¦¬×÷¶](?=\p{L})|[\x80-\x9f\p{Co}]/gu;
  return (text.match(between)?.length ?? 0) + (text.match(beside)?.length ?? 0);
}

interface KnownCandidate {
  ranks: Map<string, number>;
  words: Set<string>;
}

const known = new WeakMap<Language, KnownCandidate>();

function knownOf(language: Language): KnownCandidate {
  let found = known.get(language);
  if (found === undefined) {
    const letters = [...language.letters];
    // Few letters beyond ASCII are each a good sign; of a whole alphabet the frequent ones are.
    const steep = letters.length > 20 ? 1 : 0.2;
    const ranks = new Map(letters.map((letter, rank) => [letter, 1 - (steep * rank) / letters.length]));
    known.set(language, (found = { ranks, words: new Set(language.words) }));
  }
  return found;
}

function lettersOf(words: ForeignWord[], language: Language): number {
  const { ranks } = knownOf(language);
  let score = 0;
  for (const { letters, isSpoiled, shape } of words) {
    score += isSpoiled ? 0 : shape;
    for (const letter of letters) score += isSpoiled ? -1 : (ranks.get(letter) ?? -0.7);
  }
  return score;
}

/** A small letter before a capital, or one behind several: `пРИВЕТ`, `Ðîññèß`, `ΣΔΗα`, `ĄHola`. */
function hasOddCase(each: string): boolean {
  return /(?:^[^\x00-\x7f](?<=\p{Lu})\p{Lu}\p{Ll}|[^\x00-\x7f](?<=\p{Ll})\p{Lu}|\p{Ll}[^\x00-\x7f](?<=\p{Lu})|\p{Lu}[^\x00-\x7f](?<=\p{Lu})\p{Ll})/u.test(
    each,
  );
}

/** Greek and Hebrew have letters of their own for the end of a word; in Thai a mark stands above or below a consonant, and long words have vowels. */
function shapeOf(each: string): number {
  if (/[ςךםןףץ](?=\p{L})|.σ$|^[ะาำ]|(?:^|[เแโใไาะ])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|^[ก-ฮ]{4,}$/u.test(each)) return -1;
  return /.[ςםןףץך]$/u.test(each) ? 0.7 : 0;
}

function wordsOf(words: string[], language: Language): number {
  const { words: frequent } = knownOf(language);
  return words.length === 0 ? 0 : Math.min(0.3, words.filter((each) => frequent.has(each)).length / words.length);
}

// --- characters ----------------------------------------------------------------------------------------------------

const frequentSets = new Map<string, Set<string>>();

function setOf(characters: string): Set<string> {
  let set = frequentSets.get(characters);
  if (set === undefined) frequentSets.set(characters, (set = new Set(characters)));
  return set;
}

const frequentHan = (): Set<string> => setOf(languages.frequent.traditional);

function scoreOfCharacters(text: string, frequentCharacters: string, script: RegExp): number {
  const set = setOf(frequentCharacters);
  const all = text.match(foreign) ?? [];
  const own = all.filter((each) => script.test(each) && each !== '々');
  const hits = own.filter((each) => set.has(each)).length;
  const punctuation = all.filter((each) => /[\u3000-\u303f\uff00-\uff5e\u2018-\u201d\u2026\u2014\u00b7]/.test(each)).length;
  const strange = all.length - own.length - punctuation;
  if (own.length === 0) return 0;
  return (0.3 * own.length + 0.7 * Math.min(own.length, hits * 1.2) + 0.5 * punctuation - strange - 2 * betweenLetters(text)) / all.length;
}

function scoreOfJapanese(text: string): number {
  const all = text.match(foreign) ?? [];
  const kana = all.filter((each) => /[\u3040-\u30ff]/.test(each)).length;
  const han = all.filter((each) => /\p{Script=Han}/u.test(each)).length;
  const punctuation = all.filter((each) => /[\u3000-\u303f\uff00-\uff5e]/.test(each)).length;
  const strange = all.length - kana - han - punctuation;
  if (all.length === 0) return 0;
  const frequent = all.filter((each) => frequentHan().has(each)).length;
  return (Math.min(kana + han, kana * 2.5 + frequent) + 0.5 * punctuation - strange - 2 * betweenLetters(text)) / all.length;
}

/** Characters of East Asia in the middle of Latin words, or as their first letter: `Solicita玢o`, `絬vre`. */
function betweenLetters(text: string): number {
  return text.match(/[a-z][^\x00-\x7f]{1,2}(?=[a-z])|(?<![^\x00-\x7f])[^\x00-\x7f](?=[a-z]{2})/gi)?.length ?? 0;
}
