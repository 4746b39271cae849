/** `> ` and `| ` of mail programs; a line that ends with a bar, too, is the row of a table. */
const sign = /^\s{0,3}(?:[>＞]|\|(?!.*\|\s*$))/;
/** The initials of the person who is quoted before the sign: Supercite in Emacs, Alpine, The Bat. */
const initials = /^\s{0,8}(\p{Lu}[\p{L}\d]{0,9}>)(?!\S)/u;

export function isQuoted(line: string): boolean {
  return sign.test(line);
}

/** The lines quoted with initials (`AB> `); a single such line may be an arrow of the sender. */
export function quotedWithInitials(lines: string[]): Set<number> {
  const found = new Set<number>();
  const signs = lines.map((line) => (line.includes('>') ? (initials.exec(line)?.[1] ?? null) : null));
  signs.forEach((own, i) => {
    if (own !== null && (signs[i - 1] === own || signs[i + 1] === own)) found.add(i);
  });
  return found;
}
