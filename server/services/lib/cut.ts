/**
 * At most `length` UTF-16 units of a text, and no half character at its end: PostgreSQL takes no JSON with one, and everywhere else it shows as
 * a question mark.
 */
export const cut = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
