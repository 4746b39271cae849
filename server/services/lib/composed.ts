/** What is composed, and before it what stays as it is: tags, and addresses of the web, which lead elsewhere then. */
const PIECES = /<[^<>]*>|\bhttps?:\/\/\S+|\P{M}\p{M}+|[\u1100-\u11ff]+/giu;
const HAS_MARKS = /\p{M}|[\u1100-\u11ff]/u;

/**
 * The text with letters and their marks as one character each (NFC, UAX #15). Macs write "ü" in the names of files, and what is copied from
 * there, as "u" and two dots, and a Korean syllable as its letters: it looks the same, but whoever searches for the word finds nothing, and
 * other systems show it in pieces. Characters without marks stay: NFC would replace some that stand in Japanese names.
 */
export const composed = (text: string): string =>
  HAS_MARKS.test(text) ? text.replace(PIECES, (piece) => (/^(?:<|https?:)/i.test(piece) ? piece : piece.normalize('NFC'))) : text;
