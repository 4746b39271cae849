import { domainToASCII } from 'node:url';

import { domainOf } from '../../lib/address';
import { parseAddresses } from './header';

/**
 * Whether From names one address that every reader reads alike. The mailbox's server judges the From that it reads; where we could read
 * another one, its judgement is about somebody else (RFC 7489 §6.6.1 lets a server reject such mail, and many take it).
 */

/** The address that From names beyond doubt, lower case; null when there is none, or more than one, or one in disguise. */
export function clearFrom(fields: readonly string[]): string | null {
  if (fields.length !== 1) return null;
  const [named, ...others] = parseAddresses(fields[0]).filter(({ address }) => address !== '');
  if (named === undefined || others.length > 0) return null;
  const written = addressesWritten(fields[0]).filter((word) => word === named.address || /@.*\./.test(word));
  return written.length === 1 && written[0] === named.address && !isLookAlike(named.address) ? named.address : null;
}

/** An encoded word that stands for itself; one inside an address has a neighbour. */
const ENCODED_NAME = /(?<=^|\s)=\?[^?\s]{1,80}\?[BbQq]\?[^?]{0,2000}\?=(?=$|[\s<])/g;

/**
 * All that looks like an address outside of quoted strings, comments and encoded words, each once: as its bytes are written, but for the
 * case of ASCII letters. A reader that decodes, cuts or folds more than that may arrive at another address.
 */
function addressesWritten(field: string): string[] {
  const bare = unquoted(Buffer.from(field.slice(0, 100_000), 'latin1').toString('utf8'));
  // In brackets all is the address, also a part of it behind a blank.
  const words = bare.replace(ENCODED_NAME, ' ').match(/(?<=<)[^<>]{0,320}@[^<>]{0,320}(?=>)|[^\s<>(),;]{1,320}@[^\s<>(),;]{1,320}/g) ?? [];
  return [...new Set(words.map((word) => word.trim().replace(/[A-Z]+/g, (letters) => letters.toLowerCase())))];
}

/** Without what is only said: quoted strings that are no local part, and comments, which nest (RFC 5322 §3.2.2). */
function unquoted(text: string): string {
  let out = '';
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '"' && depth === 0) {
      const end = closingQuote(text, at);
      // `"a b"@example.com`: a local part.
      out += text[end + 1] === '@' ? text.slice(at, end + 1) : ' ';
      at = end;
    } else if (character === '(') {
      if (depth++ === 0) out += ' ';
    } else if (character === ')' && depth > 0) depth--;
    else if (depth === 0) out += character;
  }
  return out;
}

function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

/** Letters of other scripts that are drawn like Latin ones (Unicode TR39, those of all common typefaces). */
const DRAWN_ALIKE: Record<string, string> = Object.fromEntries(
  [
    ['аеорсухіјѕһԁԛԝӏкмтвн', 'aeopcyxijshdqwlkmtbh'],
    ['αβγηικνορτυχω', 'abynikvoptuxw'],
    ['օսոհցզյ', 'ounhgqj'],
    ['ıɑɡɩʏ', 'iagiy'],
  ].flatMap(([letters, latin]) => [...letters].map((letter, index) => [letter, [...latin][index]])),
);

const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Cc}/u;
const MARKS = /\p{M}+/gu;

/** An address that is not ASCII, and that somebody or a database would take for one that is. */
function isLookAlike(address: string): boolean {
  if (/^[\x21-\x7e]*$/.test(address)) return false;
  if (INVISIBLE.test(address) || address.includes('\uFFFD')) return true;
  const folded = [...address.normalize('NFKD').replace(MARKS, '')].map((letter) => DRAWN_ALIKE[letter.toLowerCase()] ?? letter).join('');
  return /^[\x00-\x7f]*$/.test(folded) || address.split(/[@.]/).some(mixesScripts);
}

/** Latin beside Cyrillic or Greek in one word, as no language has it. */
function mixesScripts(word: string): boolean {
  return /\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}|\p{Script=Greek}|\p{Script=Armenian}/u.test(word);
}

/** A domain, or that of an address, in the one form in which it is compared: lower case, `xn--` for what is not ASCII, no dot at its end. */
export function comparableDomain(text: string): string {
  const domain = domainOf(text).replace(/^"|"$/g, '').replace(/\.$/, '');
  return domainToASCII(domain) || domain.toLowerCase();
}
