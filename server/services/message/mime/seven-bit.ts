import { decodeLeniently, latin1 } from './charset-decoders';

/** Charsets that live in seven bits: UTF-7, HZ and the family of ISO-2022, which switches between tables by escape sequences. */

interface SevenBitText {
  text: string;
  charset: string;
}

/** Null for bytes of another charset. `named` is what the label says. */
export function decodeSevenBit(bytes: Uint8Array, named: string | null): SevenBitText | null {
  if (named === 'utf-7') return { text: decodeUtf7(latin1(bytes)), charset: 'utf-7' };
  if (named === 'hz-gb-2312') return { text: decodeHz(bytes), charset: 'hz-gb-2312' };
  const family = bytes.includes(0x1b) ? familyOf(latin1(bytes.subarray(0, 20_000))) : null;
  const charset = family ?? (named?.startsWith('iso-2022-') === true && !bytes.some((byte) => byte > 0x7f) ? named : null);
  return charset === null ? null : { text: decodeIso2022(latin1(bytes)), charset };
}

function familyOf(head: string): string | null {
  if (head.includes('\x1b$)C')) return 'iso-2022-kr';
  if (/\x1b\$\)[AGE]/.test(head)) return 'iso-2022-cn';
  return /\x1b(?:\$[@BA]|\$\([CD@B]|\([BJIH])/.test(head) ? 'iso-2022-jp' : null;
}

/** RFC 2152. The result is sanitised like any text, so markup hidden in it gains nothing. */
function decodeUtf7(text: string): string {
  return text.replace(/\+([A-Za-z0-9+/]*)-?/g, (_, encoded: string) => {
    if (encoded === '') return '+';
    const bytes = Buffer.from(encoded, 'base64');
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString('utf16le');
  });
}

/** RFC 1843: `~{` … `~}` holds GB2312 without the high bits. */
function decodeHz(bytes: Uint8Array): string {
  const text = latin1(bytes).replace(/~\{([^~\n]*)(?:~\}|(?=\n)|$)/g, (_, inner: string) =>
    inner.replace(/[\x21-\x7e]/g, (c) => String.fromCharCode(c.charCodeAt(0) | 0x80)),
  );
  return decodeLeniently(Buffer.from(text.replace(/~~/g, '~'), 'latin1'), 'gb18030');
}

/** A table of characters: how many bytes each has, and in which eight-bit charset it is when the high bits are set. */
interface Table {
  size: 1 | 2;
  /** Null: nothing here decodes it. */
  charset: string | null;
  /** Bytes before each character. */
  lead?: number;
}

const ascii = null;
const jisX0208: Table = { size: 2, charset: 'euc-jp' };
const gb2312: Table = { size: 2, charset: 'gb18030' };
const ksX1001: Table = { size: 2, charset: 'euc-kr' };
const cns11643: Table = { size: 2, charset: null };

/** RFC 1468, RFC 2237 and RFC 1554 (G0); RFC 1557 and RFC 1922 (G1, by SO and SI); RFC 1554 (G2, for one character by `ESC N`). */
const designations: Record<string, ['G0' | 'G1' | 'G2', Table | null]> = {
  '(B': ['G0', ascii],
  '(J': ['G0', ascii],
  '(H': ['G0', ascii],
  '(I': ['G0', { size: 1, charset: 'euc-jp', lead: 0x8e }],
  '$@': ['G0', jisX0208],
  $B: ['G0', jisX0208],
  '$(@': ['G0', jisX0208],
  '$(B': ['G0', jisX0208],
  '$(D': ['G0', { size: 2, charset: 'euc-jp', lead: 0x8f }],
  $A: ['G0', gb2312],
  '$(C': ['G0', ksX1001],
  '$)C': ['G1', ksX1001],
  '$)A': ['G1', gb2312],
  '$)G': ['G1', cns11643],
  '$)E': ['G1', cns11643],
  '$*H': ['G2', cns11643],
  '.A': ['G2', { size: 1, charset: 'windows-1252' }],
  '.F': ['G2', { size: 1, charset: 'iso-8859-7' }],
};

const pieces = /\x1b(\$[()*]?[@A-H]|\([A-Z]|\.[AF])|\x1bN([^\x1b]{1,2})|([\x0e\x0f\n])|[^\x1b\x0e\x0f\n]+|\x1b/g;

/** Encoded words that were joined switch twice in a row, which Node's decoder takes for damage. */
function decodeIso2022(text: string): string {
  const tables: Record<string, Table | null> = { G0: ascii, G1: ascii, G2: ascii };
  let isShifted = false;
  return text.replace(pieces, (piece, designation?: string, single?: string, control?: string) => {
    if (designation !== undefined) {
      const [place, table] = designations[designation] ?? ['G0', ascii];
      tables[place] = table;
      return '';
    }
    if (control !== undefined) {
      isShifted = control === '\x0e'; // a line ends the shift (RFC 1557)
      return control === '\n' ? '\n' : '';
    }
    if (single !== undefined) return inTable(single.slice(0, tables.G2?.size ?? 1), tables.G2) + single.slice(tables.G2?.size ?? 1);
    return inTable(piece, isShifted ? tables.G1 : tables.G0);
  });
}

/** Seven-bit codes of one table as text. Blanks and control characters among them are themselves. */
function inTable(codes: string, table: Table | null): string {
  if (table === null) return codes;
  const { size, charset, lead } = table;
  return codes.replace(/[\x21-\x7e]+/g, (run) => {
    if (charset === null) return '\uFFFD'.repeat(Math.ceil(run.length / size));
    const bytes: number[] = [];
    for (let i = 0; i < run.length; i++) {
      if (lead !== undefined && i % size === 0) bytes.push(lead);
      bytes.push(run.charCodeAt(i) | 0x80);
    }
    return decodeLeniently(Uint8Array.from(bytes), charset);
  });
}
