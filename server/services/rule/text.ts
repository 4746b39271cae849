/**
 * Text as people compare it: without regard to case, width and compatibility forms (Unicode's NFKC_Casefold, built from
 * what the platform has), to invisible characters and to where a mail client broke the line.
 */
export function foldText(text: string): string {
  return collapseBlanks(isAscii(text) ? text.toLowerCase() : foldUnicode(text));
}

function foldUnicode(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      // By way of the upper case, which turns "ß" into "SS" and both forms of the small sigma into one letter; and lower case
      // before that, because the capital "ẞ" is its own upper case.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replaceAll('ς', 'σ')
      .normalize('NFKC')
  );
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

function collapseBlanks(text: string): string {
  return text.replace(/\s+/g, ' ');
}
