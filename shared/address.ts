/** What is an address of email, for both halves. */

/** RFC 5321 §4.5.3.1.3; §4.5.3.1.2 has 255 for a domain, of which DNS leaves 253 (RFC 1035 §3.1). */
const MAX_ADDRESS_LENGTH = 254;
const MAX_DOMAIN_LENGTH = 253;

/** Wider than RFC 5322 §3.2.3, because there are addresses with dots at odd places; blanks without width and controls are none of anybody's. */
const LOCAL_PART = /^[^\s<>()[\]\\,;:@"\p{Cc}\p{Default_Ignorable_Code_Point}]+$/u;
/** Letters, digits and hyphens of any script (RFC 5890 §2.3.2), the underscores that some hosts have, and the signs of a few older names. */
const LABEL = /^(?!-)[-_\p{L}\p{M}\p{N}\p{So}・]{1,63}(?<!-)$/u;

/** Whether this is the domain of an address, such as `example.com`. One label alone is one within a house. */
export const isMailDomain = (text: string): boolean =>
  text.length <= MAX_DOMAIN_LENGTH && text.split('.').every((label) => LABEL.test(label));

/** Whether this is one bare address, such as `jane@example.com`. */
export function isAddress(text: string): boolean {
  const at = text.indexOf('@');
  return text.length <= MAX_ADDRESS_LENGTH && at > 0 && LOCAL_PART.test(text.slice(0, at)) && isMailDomain(text.slice(at + 1));
}

/** What texts, tables and web pages set around an address. A straight apostrophe may begin one: o'hara and 't.veer are people. */
const BEFORE_ADDRESS = /^[<([`"“”„«»‹›‘‚]+/;
const AFTER_ADDRESS = /[>)\]`"“”„«»‹›‘’‚',;.]+$/;
/** Longer text is no address with something around it, and the search for its end takes the square of its length. */
const MOST_PASTED = 1000;

/**
 * An address that somebody typed or pasted, without what does not belong to it: blanks, quotation marks and brackets around it, the point of a
 * sentence behind it, `mailto:` with what follows the address in such a link and, wherever they stand, blanks without width, soft hyphens and
 * marks of direction. With one of them it would be another address, whose owner's answers make new tickets.
 */
export function pastedAddress(text: string): string {
  if (text.length > MOST_PASTED) return text;
  const whole = text
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .trim()
    .replace(BEFORE_ADDRESS, '')
    .trim();
  const link = /^mailto:([^?]*)/i.exec(whole);
  const begun = link ? decoded(link[1]).replace(BEFORE_ADDRESS, '').trim() : whole;
  const bare = begun.replace(AFTER_ADDRESS, '').trim();
  // One that another apostrophe closes is a quotation mark.
  return bare.startsWith("'") && begun.slice(bare.length).includes("'") ? bare.slice(1) : bare;
}

/** RFC 6068 §2. What is encoded otherwise stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
