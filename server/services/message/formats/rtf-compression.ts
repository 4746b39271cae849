/**
 * Compressed RTF ([MS-OXRTFCP]): LZ77 over a dictionary of 4096 bytes that begins filled with what every RTF holds. Two bytes of
 * input make seventeen of output at most, so there are no bombs; the size that the header claims is not believed.
 */

const HEADER_SIZE = 16;
const compressed = 0x75465a4c; // LZFu
const uncompressed = 0x414c454d; // MELA
const DICTIONARY_SIZE = 4096;
const initialDictionary = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);

/** The RTF in these bytes, or null when they are none. A damaged end gives what was read until the damage. */
export function decompressRtf(bytes: Buffer): Buffer | null {
  if (bytes.length < HEADER_SIZE) return null;
  const type = bytes.readUInt32LE(8);
  const body = bytes.subarray(HEADER_SIZE, 4 + bytes.readUInt32LE(0));
  if (type === uncompressed) return body;
  return type === compressed ? inflate(body) : null;
}

function inflate(body: Buffer): Buffer {
  const dictionary = Buffer.alloc(DICTIONARY_SIZE, ' ');
  initialDictionary.copy(dictionary);
  const out: number[] = [];
  let write = initialDictionary.length;
  const put = (byte: number): void => {
    out.push(byte);
    dictionary[write] = byte;
    write = (write + 1) % DICTIONARY_SIZE;
  };
  for (let at = 0; at < body.length;) {
    const control = body[at++];
    for (let bit = 0; bit < 8 && at < body.length; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(body[at++]);
        continue;
      }
      if (at + 2 > body.length) return Buffer.from(out);
      const reference = body.readUInt16BE(at);
      at += 2;
      const offset = reference >> 4;
      if (offset === write) return Buffer.from(out); // the end is a reference to where it would be written
      for (let i = 0; i < (reference & 15) + 2; i++) put(dictionary[(offset + i) % DICTIONARY_SIZE]);
    }
  }
  return Buffer.from(out);
}
