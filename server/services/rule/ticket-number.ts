import { compilePattern, type Pattern, type PatternMatch } from './pattern';

/**
 * The ticket number that a text names, or null. What the pattern's group `ticket` caught is the number; without such a
 * group its last group, and without any group the whole match. It is returned as written ("tt1001"): compare it
 * without regard to case.
 */
export function findTicketNumber(pattern: Pattern, text: string): string | null {
  const match = pattern.find(text);
  return match && numberIn(match);
}

/** As many numbers as a subject can be about. */
const MOST_NUMBERS = 10;

/** All numbers that a text names, each once, the first ones of very many. */
export function findTicketNumbers(pattern: Pattern, text: string): string[] {
  return [...new Set(pattern.findAll(text, MOST_NUMBERS).flatMap((match) => numberIn(match) ?? []))];
}

function numberIn(match: PatternMatch): string | null {
  const named = Object.hasOwn(match.namedGroups, 'ticket');
  const number = named ? match.namedGroups.ticket : match.groups.length > 0 ? match.groups.at(-1) : match.text;
  return number?.trim() || null;
}

/** The pattern for numbers such as "TT1001": one of the prefixes and digits, neither part of a longer word. */
export function defaultTicketNumberPattern(...prefixes: readonly string[]): Pattern {
  const all = prefixes.map(beginningOf);
  return compilePattern(`${all.length === 1 ? all[0] : `(?:${all.join('|')})`}\\d+\\b`);
}

/** \b is ASCII only in RE2 and needs a word character on the inside: a prefix such as "№" or "#" goes without. */
const beginningOf = (prefix: string): string => (/^\w/.test(prefix) || prefix === '' ? '\\b' : '') + escapePattern(prefix);

/** A text as a pattern that matches just it. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
