import iconv from 'iconv-lite';

/**
 * The tables: bytes of a charset to text. Node's own decoders (WHATWG) come first, since they are fast; iconv-lite knows what they
 * lack or have in an older form.
 */

/** Node's windows-1252 is latin1, its euc-kr lacks half of the syllables of CP949, its big5 the characters of Hong Kong. */
const betterOf: Record<string, string> = { 'windows-1252': 'windows1252', 'euc-kr': 'cp949', big5: 'big5hkscs' };

/** Names of mail programs that neither knows. */
const aliases: Record<string, string> = {
  gb2312: 'gb18030',
  gbk: 'gb18030',
  cp936: 'gb18030',
  ms936: 'gb18030',
  'gb_2312-80': 'gb18030',
  'ks_c_5601-1987': 'euc-kr',
  ks_c_5601: 'euc-kr',
  ksc5601: 'euc-kr',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  uhc: 'euc-kr',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  'shift-jisx0213': 'shift_jis',
  cp50220: 'iso-2022-jp',
  cp950: 'big5',
  cp951: 'big5',
  ms950: 'big5',
  cp874: 'windows-874',
  'tis-620': 'windows-874',
  utf8mb4: 'utf-8',
  utf_8: 'utf-8',
  unicode: 'utf-16le',
  '437': 'cp437',
  pc8codepage437: 'cp437',
  '850': 'cp850',
  pc850multilingual: 'cp850',
  '852': 'cp852',
  '866': 'ibm866',
  mac: 'macintosh',
  macroman: 'macintosh',
  'mac-roman': 'macintosh',
  'mac-ce': 'maccenteuro',
  'mac-centraleurroman': 'maccenteuro',
  'mac-croatian': 'maccroatian',
  'mac-greek': 'macgreek',
  'mac-icelandic': 'maciceland',
  'mac-romanian': 'macromania',
  'mac-turkish': 'macturkish',
  'mac-thai': 'macthai',
  'mac-ukrainian': 'x-mac-cyrillic',
  'mac-cyrillic': 'x-mac-cyrillic',
};

/** The name under which a charset is known here, by a label in lower case; null when nothing can decode it. */
export function charsetNamed(label: string): string | null {
  const plain = label.replace(/^(?:x-|cs(?=iso|shift|euc|ks|pc|ibm|big|viscii|koi))/, '');
  const spelled = plain
    .replace(/^utf_?(?=\d)/, 'utf-')
    .replace(/^(?:win(?:dows)?|ms)[-_ ]?(?=125\d)|^cp-?(?=125\d)/, 'windows-')
    .replace(/^(?:cp|ibm|dos)[-_](?=\d)/, 'cp')
    .replace(/^iso[-_ ]?8859[-_ ]?/, 'iso-8859-');
  for (const name of [label, plain, spelled]) {
    const known = aliases[name] ?? lenient(name)?.encoding ?? null;
    if (known !== null) return aliases[known] ?? known;
  }
  return spelled !== '' && iconv.encodingExists(spelled) ? spelled : null;
}

/** Null when the bytes are not of this charset. `charset` is a name that `charsetNamed` gives. */
export function decodeStrictly(bytes: Uint8Array, charset: string): string | null {
  if (!isNodes(charset)) {
    const text = decodeLeniently(bytes, charset);
    return text.includes('\uFFFD') ? null : text;
  }
  try {
    return strict(charset)?.decode(bytes) ?? null;
  } catch {
    return null; // a TypeError says that these bytes are not of this charset, which is the answer
  }
}

/** With U+FFFD for what cannot be decoded. */
export function decodeLeniently(bytes: Uint8Array, charset: string): string {
  if (isNodes(charset)) return lenient(charset)?.decode(bytes) ?? latin1(bytes);
  return iconv.decode(asBuffer(bytes), betterOf[charset] ?? charset, { stripBOM: false });
}

export function latin1(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('latin1');
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const isNodes = (charset: string): boolean => betterOf[charset] === undefined && lenient(charset) !== null;

const lenient = decoders(false);
const strict = decoders(true);

/** Node's decoders by name, each made once; null where there is none. */
function decoders(fatal: boolean): (charset: string) => TextDecoder | null {
  const made = new Map<string, TextDecoder | null>();
  return (charset) => {
    let decoder = made.get(charset);
    if (decoder === undefined) {
      decoder = decoderOf(charset, fatal);
      if (made.size < 200) made.set(charset, decoder);
    }
    return decoder;
  };
}

function decoderOf(charset: string, fatal: boolean): TextDecoder | null {
  try {
    return new TextDecoder(charset, { fatal });
  } catch {
    return null; // a RangeError says that there is no such charset
  }
}
