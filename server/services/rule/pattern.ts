import { RE2JS, RE2JSSyntaxException, type Matcher } from 're2js';
import { SpokenError } from '../lib/spoken-error';
import { say, type Said, type Words } from '../../../shared/sentences/words';

/**
 * Regular expressions that people type. They run on RE2, which takes time linear in the text whatever the pattern,
 * so no rule can hang the server. The price: no look-around and no back-references.
 */

/** Longest pattern in characters. */
const MAX_PATTERN_LENGTH = 1000;
/** Only this much of a text is searched, in UTF-16 units. */
export const MAX_SEARCHED_LENGTH = 200_000;
/** RE2's own measure of cost, in instructions: `TT\d+` has 6, `\w{1,500}` some 1,000. The worst at the limit search for two seconds. */
const MAX_PROGRAM_SIZE = 1_500;
const MAX_CACHED_PATTERNS = 500;

type PatternFlag = 'i' | 'm' | 's';

/** A pattern that cannot be used; `position` is where in the pattern, counted in UTF-16 units from 0. */
export class PatternError extends SpokenError {
  constructor(
    said: Words,
    readonly position: number,
  ) {
    super(said);
    this.name = 'PatternError';
  }
}

export interface PatternMatch {
  /** The whole match. */
  text: string;
  /** Where it begins in the text, in UTF-16 units. */
  index: number;
  /** Capture groups in order; null for a group that took no part. */
  groups: (string | null)[];
  namedGroups: Record<string, string | null>;
}

export interface Pattern {
  readonly source: string;
  /** Its capture groups, as of a match to which none of them gave anything. */
  readonly groups: { numbered: null[]; named: Record<string, null> };
  test(text: string): boolean;
  /** The first match, or null. */
  find(text: string): PatternMatch | null;
  /** The first matches, at most `limit`. */
  findAll(text: string, limit: number): PatternMatch[];
}

const RE2_FLAGS = { i: 'CASE_INSENSITIVE', m: 'MULTILINE', s: 'DOTALL' } as const satisfies Record<PatternFlag, keyof typeof RE2JS>;

/** Insertion order is age: the first key is the one that was not asked for the longest. */
const cache = new Map<string, Pattern>();

/**
 * Compiles a pattern in RE2's syntax; ignores case unless told otherwise. The same source and flags give the same
 * compiled pattern again. Throws a PatternError that says what is wrong and where.
 */
export function compilePattern(source: string, flags: readonly PatternFlag[] = ['i']): Pattern {
  const key = `${[...flags].sort().join('')}/${source}`;
  const known = cache.get(key);
  if (known) {
    cache.delete(key);
    cache.set(key, known);
    return known;
  }
  const pattern = toPattern(source, compile(source, flags));
  cache.set(key, pattern);
  if (cache.size > MAX_CACHED_PATTERNS) cache.delete(cache.keys().next().value as string);
  return pattern;
}

function compile(source: string, flags: readonly PatternFlag[]): RE2JS {
  if (source === '') throw new PatternError(say('pattern.empty'), 0);
  if (source.length > MAX_PATTERN_LENGTH) {
    throw new PatternError(say('pattern.long', { length: MAX_PATTERN_LENGTH }), MAX_PATTERN_LENGTH);
  }
  const failure = syntaxError(source);
  if (failure) {
    const position = positionOf(failure, source);
    throw new PatternError(say('pattern.at', { what: explain(failure), position: position + 1 }), position);
  }

  const compiled = RE2JS.compile(
    source,
    flags.reduce((bits, flag) => bits | RE2JS[RE2_FLAGS[flag]], 0),
  );
  if (compiled.programSize() > MAX_PROGRAM_SIZE) {
    throw new PatternError(say('pattern.complex'), 0);
  }
  return compiled;
}

function toPattern(source: string, compiled: RE2JS): Pattern {
  return {
    source,
    groups: groupsOf(compiled),
    test: (text) => compiled.matcher(searched(text)).find(),
    find: (text) => {
      const matcher = compiled.matcher(searched(text));
      return matcher.find() ? toMatch(matcher) : null;
    },
    findAll: (text, limit) => {
      const matcher = compiled.matcher(searched(text));
      const matches: PatternMatch[] = [];
      while (matches.length < limit && matcher.find()) matches.push(toMatch(matcher));
      return matches;
    },
  };
}

function groupsOf(compiled: RE2JS): Pattern['groups'] {
  const named = Object.keys(compiled.namedGroups()).map((name) => [name, null] as const);
  return { numbered: Array.from({ length: compiled.groupCount() }, () => null), named: Object.fromEntries(named) };
}

function searched(text: string): string {
  return text.length > MAX_SEARCHED_LENGTH ? text.slice(0, MAX_SEARCHED_LENGTH) : text;
}

function toMatch(matcher: Matcher): PatternMatch {
  const groups: (string | null)[] = [];
  for (let group = 1; group <= matcher.groupCount(); group += 1) groups.push(matcher.group(group));
  return { text: matcher.group() ?? '', index: matcher.start(), groups, namedGroups: matcher.getNamedGroups() };
}

/** What RE2 says against a pattern, without flags: re2js writes them into the pattern that it quotes in errors. */
function syntaxError(source: string): { error: string; fragment: string } | null {
  try {
    RE2JS.compile(source);
    return null;
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return { error: error.error, fragment: error.input ?? '' };
    throw error;
  }
}

type SyntaxFailure = NonNullable<ReturnType<typeof syntaxError>>;

/** What people meet most, in words that say what to do. The first entry that fits is taken. */
const EXPLANATIONS: { error?: string; fragment?: RegExp; message: (fragment: string) => Said }[] = [
  { fragment: /^\(\?<?[=!]/, message: () => say('pattern.look') },
  {
    fragment: /^\\([1-9]|k)|^\(\?P[=>]?$/,
    message: () => say('pattern.backReference'),
  },
  {
    error: 'invalid nested repetition operator',
    fragment: /\+$/,
    message: (fragment) => say('pattern.possessive', { part: fragment }),
  },
  { fragment: /^\(\?>/, message: () => say('pattern.atomic') },
  { error: 'missing closing ]', message: () => say('pattern.openClass') },
  { error: 'missing closing )', message: () => say('pattern.openGroup') },
  { error: 'unexpected )', message: () => say('pattern.closeGroup') },
  {
    error: 'missing argument to repetition operator',
    message: (fragment) => say('pattern.repeat', { part: fragment, same: fragment }),
  },
  { error: 'invalid nested repetition operator', message: (fragment) => say('pattern.repeatRepeated', { part: fragment }) },
  {
    error: 'invalid repeat count',
    message: (fragment) => say('pattern.repeatCount', { part: fragment }),
  },
  { error: 'trailing backslash at end of expression', message: () => say('pattern.backslash') },
  { error: 'duplicate capture group name', message: (fragment) => say('pattern.sameName', { part: fragment }) },
  { error: 'invalid named capture', message: () => say('pattern.groupName') },
  { fragment: /^\\u/, message: () => say('pattern.unicode') },
  { fragment: /^\\[pP]/, message: (fragment) => say('pattern.noClass', { part: fragment }) },
  { error: 'invalid escape sequence', message: (fragment) => say('pattern.noMeaning', { part: fragment }) },
  { error: 'invalid character class range', message: (fragment) => say('pattern.range', { part: fragment }) },
  { error: 'invalid or unsupported Perl syntax', message: (fragment) => say('pattern.unsupported', { part: fragment }) },
];

function explain({ error, fragment }: SyntaxFailure): Words {
  const found = EXPLANATIONS.find((entry) => (!entry.error || entry.error === error) && (!entry.fragment || entry.fragment.test(fragment)));
  return found ? found.message(fragment) : say('pattern.unreadable', { what: error });
}

/**
 * Where the error is. RE2 reads from left to right and names the fragment, not the place: so the shortest beginning of
 * the pattern that fails in the same way ends with that fragment.
 */
function positionOf(failure: SyntaxFailure, source: string): number {
  if (failure.error === 'missing closing )') return unclosedGroup(source);
  if (failure.error === 'trailing backslash at end of expression') return source.length - 1;
  // For these RE2 quotes the whole pattern, or a name without its brackets, instead of the place.
  const unexpected = failure.error === 'unexpected )';
  const end = shortestFailing(source, (other) => other.error === failure.error && (unexpected || other.fragment === failure.fragment));
  if (unexpected) return end - 1;
  const closing = failure.error === 'duplicate capture group name' ? 1 : 0;
  return Math.max(0, end - closing - failure.fragment.length);
}

/** The length of the shortest beginning of `source` that fails in this way; every longer one does, too. */
function shortestFailing(source: string, sameFailure: (failure: SyntaxFailure) => boolean): number {
  let low = 1;
  let high = source.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const failure = syntaxError(source.slice(0, middle));
    if (failure && sameFailure(failure)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The innermost group that is never closed. Escapes, \Q…\E and classes may hold brackets that are none. */
function unclosedGroup(source: string): number {
  const open: number[] = [];
  for (const token of source.matchAll(/\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\[:\w+:\]|\\[^]|[^\]\\])*\]|[()]/g)) {
    if (token[0] === '(') open.push(token.index);
    if (token[0] === ')') open.pop();
  }
  return open.at(-1) ?? 0;
}
