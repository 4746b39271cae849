import { lowerCase } from '../message/mime/lower-case';

/**
 * Text as people see it: compatibility forms and separate accents composed (NFKC), every blank a blank, nothing invisible. Case and
 * lines stay, since a pattern may ask for them.
 */
export function seenText(text: string): string {
  if (isAscii(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFC') // what stood between a letter and its accent is gone
    .replaceAll('İ', 'I') // a pattern ignores case, but not that dot
    .replace(/[\u0085\u2028\u2029]/g, '\n');
}

/**
 * Text as people compare it: without regard to case, width and compatibility forms (Unicode's NFKC_Casefold, built from
 * what the platform has), to invisible characters and to where a mail client broke the line.
 */
export function foldText(text: string): string {
  return collapseBlanks(isAscii(text) ? text.toLowerCase() : foldUnicode(text));
}

function foldUnicode(text: string): string {
  // By way of the upper case, which turns "ß" into "SS" and both forms of the small sigma into one letter; and lower case before
  // that, because the capital "ẞ" is its own upper case.
  return lowerCase(lowerCase(text.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '')).toUpperCase())
    .replaceAll('ς', 'σ')
    .normalize('NFKC');
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

function collapseBlanks(text: string): string {
  return text.replace(/\s+/g, ' ');
}
