import { decodeLeniently } from './charset-decoders';
import { guessCharset } from './charset-guess';
import { countUtf8 } from './utf8';

/** More than one byte a character: what is UTF-8 in a text of these is so by chance. */
const multiByte = /^(?:gb|big5|euc|shift|iso-2022|hz|utf)/;
/** Characters that are UTF-8 by chance are fewer in a text of other scripts. */
const ENOUGH = 4;

/**
 * UTF-8 with lines of another charset, or the other way round: a gateway, a list or a form has put its own lines around a letter and did
 * not look in which charset that was. Each line is then read for itself. Null for a text of one charset. `named` is the charset of the
 * lines that are no UTF-8, where it is known.
 */
export function decodeMixed(bytes: Uint8Array, named: string | null): { text: string; charset: string } | null {
  const whole = countUtf8(bytes);
  if (whole.characters === 0 || whole.damaged === 0) return null;
  const lines = linesOf(bytes);
  const counts = lines.map(countUtf8);
  const isForeign = counts.map(({ characters, damaged }) => characters === 0 && damaged > 0);
  const utf8 = counts.reduce((sum, { characters, damaged }) => sum + (damaged === 0 ? characters : 0), 0);
  if (utf8 === 0 || !isForeign.includes(true)) return null;
  const charset = named ?? guessCharset(Buffer.concat(lines.filter((_, i) => isForeign[i])), []);
  if (multiByte.test(charset) || (charset !== 'windows-1252' && named === null && utf8 < ENOUGH)) return null;
  return { text: lines.map((line, i) => decodeLeniently(line, isForeign[i] ? charset : 'utf-8')).join(''), charset };
}

/** Each with its line end, so that nothing is lost between them. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    lines.push(bytes.subarray(start, end));
    start = end;
  }
  return lines;
}
