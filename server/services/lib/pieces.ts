/** SQLite takes 999 parameters a statement in its older builds, and Strapi asks for the relations of all records that one query finds. */
export const A_PIECE = 500;

/** The list in pieces, in its order: for conditions of the form `$in`. An empty list has no piece. */
export function inPieces<T>(list: readonly T[], size = A_PIECE): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}
