import { fullName } from '../../../shared/names';

/** Names behind an "@" in an internal note. Pure. */

interface Nameable {
  id: number;
  firstname: string | null;
  lastname: string | null;
}

/** What stands behind the "@"; '' for somebody who has no name. */
export const nameOf = ({ firstname, lastname }: Nameable): string => fullName(firstname, lastname).trim();

/** Alike for names that are written in another case, with other spaces or in another form of Unicode. */
const fold = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').toLowerCase();

/**
 * The ids of those that the text names: by the whole name or, where only one of them has it, by the first name. Two people of the same
 * name are both meant, because nobody can tell. An "@" within a word, as in an address, names nobody.
 */
export function mentionedIn(text: string, people: readonly Nameable[]): Set<number> {
  const named = namesOf(people);
  const folded = fold(text);
  const mentioned = new Set<number>();
  for (let at = folded.indexOf('@'); at !== -1; at = folded.indexOf('@', at + 1)) {
    if (isPartOfWord(folded[at - 1])) continue;
    const rest = folded.slice(at + 1, at + 1 + MOST_CHARACTERS);
    const found = named.find(({ name }) => rest.startsWith(name) && !isPartOfWord(rest[name.length]));
    for (const id of found?.ids ?? []) mentioned.add(id);
  }
  return mentioned;
}

const MOST_CHARACTERS = 300;

const isPartOfWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}_@]/u.test(character);

/** The longest first: "@Ann Lee" is not Ann. */
function namesOf(people: readonly Nameable[]): { name: string; ids: number[] }[] {
  const ids = new Map<string, number[]>();
  const add = (name: string, id: number) => name && ids.set(name, [...(ids.get(name) ?? []), id]);
  for (const person of people) add(fold(nameOf(person)), person.id);
  const first = new Map<string, number[]>();
  for (const { id, firstname } of people) {
    const name = fold(firstname?.trim() ?? '');
    if (name) first.set(name, [...(first.get(name) ?? []), id]);
  }
  for (const [name, some] of first) if (some.length === 1 && !ids.has(name)) add(name, some[0]);
  return [...ids].map(([name, some]) => ({ name, ids: some })).sort((one, other) => other.name.length - one.name.length);
}
