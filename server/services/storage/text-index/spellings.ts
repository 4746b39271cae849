/**
 * How else a word may be written: "Müller" as "Muller" and "Mueller", "Straße" as "Strasse". Every index holds words without the marks of their
 * letters, so that these spellings are for letters which nothing but a person exchanges.
 */

const DIGRAPHS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue' };

/** Shorter words would find too many others: "fuel" the "full" ones. */
const SHORTEST = 4;

/** Between consonants, where an umlaut stands: not the `ue` of "queue" or "value". */
const WRITTEN_OUT = /(?<![aeiouq])([aou])e(?=[bcdfghjklmnprstwxyz])/g;

/** A word in small letters and without marks, as the indexes hold it. Letters of scripts that are put together of pieces stay whole. */
const withoutMarks = (word: string): string =>
  word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');

/** The word itself comes first; all without marks. */
export function spellingsOf(word: string): string[] {
  const small = word.toLowerCase().normalize('NFC');
  const plain = withoutMarks(small);
  const short = plain.replace(WRITTEN_OUT, '$1');
  const spellings = [plain, withoutMarks(small.replace(/[äöü]/g, (letter) => DIGRAPHS[letter])), short.length >= SHORTEST ? short : plain];
  const sharp = spellings.flatMap((each) => [each, each.replaceAll('ß', 'ss'), each.replaceAll('ss', 'ß')]);
  return [...new Set(sharp)];
}
