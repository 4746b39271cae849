/**
 * UID sets as IMAP writes them (RFC 9051, `sequence-set`): `[1,2,3,7]` is `1:3,7`.
 *
 * RFC 7162 section 4 lets a client send lines of 8,192 octets; a set stays below that with room for the command around it,
 * so a selection of many scattered messages becomes several sets.
 */
const LONGEST_SET = 7_000;

export interface UidSet {
  /** For the command: `1:3,7`. */
  text: string;
  /** The same, one by one, ascending. */
  uids: number[];
}

/** Packs UIDs into as few sets as fit the command line, ascending, without duplicates. */
export function uidSets(uids: Iterable<number>): UidSet[] {
  const sets: UidSet[] = [];
  let open: UidSet | undefined;
  for (const run of runs([...new Set(uids)].sort((a, b) => a - b))) {
    const text = run.length === 1 ? `${run[0]}` : `${run[0]}:${run[run.length - 1]}`;
    if (open && open.text.length + 1 + text.length <= LONGEST_SET) {
      open.text += `,${text}`;
      for (const uid of run) open.uids.push(uid);
    } else {
      open = { text, uids: run };
      sets.push(open);
    }
  }
  return sets;
}

/** Cuts an ascending list into pieces of consecutive numbers. */
function* runs(ascending: number[]): Generator<number[]> {
  let start = 0;
  for (let i = 1; i <= ascending.length; i++) {
    if (i < ascending.length && ascending[i] === ascending[i - 1]! + 1) continue;
    yield ascending.slice(start, i);
    start = i;
  }
}
