import type { Desk } from '../../tests/support/desk';

/** What an attack found. */
export interface Finding {
  /** Whether the desk withstood. */
  held: boolean;
  /** What was seen, in a few words. */
  seen: string;
}

/** One way to harm a desk: a file of this shape in attacks/. It uses harmless data, this machine alone, and little of it. */
export interface Attack {
  /** Who tries what, in a line. */
  title: string;
  /** Tries it on a desk that all attacks share. Addresses, hosts and titles are its own. What it throws counts as not held. */
  run(desk: Desk): Promise<Finding>;
}

/** Held when nothing went wrong; else not, with all that did. */
export const findingOf = (wrong: readonly string[], well: string): Finding =>
  wrong.length === 0 ? { held: true, seen: well } : { held: false, seen: wrong.join('; ') };
