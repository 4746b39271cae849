/** SQLite takes 999 parameters a statement in its older builds, and Strapi asks for the relations of all records that one query finds. */
export const A_PIECE = 500;

/** The list in pieces, in its order: for conditions of the form `$in`. An empty list has no piece. */
export function inPieces<T>(list: readonly T[], size = A_PIECE): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}

/** The same by how large each one is: no piece is larger than `most.size`, apart from one that is so alone, or has more than `most.count`. */
export function* piecesBySize<T>(all: Iterable<T>, sizeOf: (one: T) => number, most: { count: number; size: number }): Generator<T[]> {
  let some: T[] = [];
  let size = 0;
  for (const one of all) {
    const own = sizeOf(one);
    if (some.length > 0 && (some.length === most.count || size + own > most.size)) {
      yield some;
      some = [];
      size = 0;
    }
    some.push(one);
    size += own;
  }
  if (some.length > 0) yield some;
}
