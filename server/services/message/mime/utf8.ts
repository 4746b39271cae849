/**
 * Are these bytes UTF-8? True when there is at least one multi-byte character and every one is well-formed (RFC 3629);
 * text of another charset is so by chance only when it is very short.
 */
export function looksLikeUtf8(bytes: Uint8Array): boolean {
  const { characters, damaged } = countUtf8(bytes);
  return characters > 0 && damaged === 0;
}

/**
 * Share of the characters beyond ASCII that are well-formed UTF-8, 0…1; 0 for pure ASCII. Text of another charset has few of them, so
 * a half and more is UTF-8 with damaged bytes.
 */
export function utf8Share(bytes: Uint8Array): number {
  const { characters, damaged } = countUtf8(bytes);
  return characters === 0 ? 0 : characters / (characters + damaged);
}

/** How many characters beyond ASCII are well-formed, and how many bytes belong to none. */
export function countUtf8(bytes: Uint8Array): { characters: number; damaged: number } {
  let characters = 0;
  let damaged = 0;
  for (let i = 0; i < bytes.length;) {
    if (bytes[i] < 0x80) {
      i++;
      continue;
    }
    const length = sequenceLength(bytes, i);
    if (length > 0) characters++;
    else if (isCutOff(bytes, i)) break;
    else damaged++;
    i += Math.max(1, length);
  }
  return { characters, damaged };
}

/** A character that the end of the text cuts off is no damage; one byte alone is no evidence of a character. */
function isCutOff(bytes: Uint8Array, at: number): boolean {
  const rest = bytes.length - at;
  return rest > 1 && rest < expectedLength(bytes[at]) && bytes.subarray(at + 1).every((byte) => (byte & 0xc0) === 0x80);
}

function expectedLength(lead: number): number {
  return lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** Length of the well-formed sequence that starts here, 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const length = expectedLength(bytes[at]);
  for (let i = 1; i < length; i++) if ((bytes[at + i] & 0xc0) !== 0x80) return 0;
  return length;
}
