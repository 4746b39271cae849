import { decodeText, latin1, storableText } from '../mime/charset';
import { decompressRtf } from './rtf-compression';

/** What a body in RTF says: the HTML or the text that was wrapped into it ([MS-OXRTFEX]), else its own words. */
interface RtfBody {
  html: string | null;
  text: string | null;
}

/** Reads the compressed RTF of a winmail.dat; null when it cannot be read. Linear, never throws. */
export function readCompressedRtf(bytes: Buffer): RtfBody | null {
  const rtf = decompressRtf(bytes);
  return rtf === null ? null : readRtf(rtf);
}

/** The same of RTF as it is. */
export function readRtf(rtf: Buffer): RtfBody | null {
  if (!rtf.subarray(0, 5).equals(Buffer.from('{\\rtf'))) return null;
  const source = latin1(rtf);
  const isHtml = /\\fromhtml1?(?![\da-z])/.test(source.slice(0, 2000));
  const content = contentOf(source, isHtml).replace(/\r\n?/g, '\n').trim();
  return isHtml ? { html: content, text: null } : { html: null, text: content };
}

/** What holds in a group, and ends with it. */
interface Group {
  /** Its words are not for readers: fonts, colours, pictures. */
  skip: boolean;
  /** Inside `\htmlrtf`: what only RTF readers are to show. */
  rtfOnly: boolean;
  /** Characters that stand for one `\uN` where that is not understood. */
  fallback: number;
  charset: string;
}

/** Destinations that hold no words; so does every other one that begins with `\*`, but for `\*\htmltag`. */
const wordless = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'object',
  ...['header', 'footer'].flatMap((word) => [word, `${word}l`, `${word}r`, `${word}f`]),
  'mmathPr',
  'nonshppict',
  'listtable',
  'revtbl',
  'generator',
]);

const characters: Record<string, string> = {
  par: '\r\n',
  line: '\r\n',
  sect: '\r\n',
  page: '\r\n',
  column: '\r\n',
  row: '\r\n',
  tab: '\t',
  cell: '\t',
  nestcell: '\t',
  emspace: '\u2003',
  enspace: '\u2002',
  qmspace: '\u2005',
  zwj: '\u200d',
  zwnj: '\u200c',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  endash: '–',
  emdash: '—',
  '~': '\u00a0',
  _: '\u2011',
  '{': '{',
  '}': '}',
  '\\': '\\',
};

/** `\fcharset` to charsets: those where letters are not windows-1252's. */
const charsetOfFont: Record<number, string> = {
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gb18030',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
};

/** A group's sign, a control word with its number, a control sign, an escaped byte, or words. Word's words for formulas have capitals. */
const token = /([{}])|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([^{}\\\r\n]+)|[\r\n\\]/g;

function contentOf(source: string, isHtml: boolean): string {
  const fonts = charsetsOfFonts(source);
  const ansi = /\\ansicpg(\d{3,5})/.exec(source.slice(0, 2000))?.[1] ?? '1252';
  let group: Group = { skip: false, rtfOnly: false, fallback: 1, charset: ansi === '65001' ? 'utf-8' : `windows-${ansi}` };
  const groups: Group[] = [];
  const out: string[] = [];
  let bytes = '';
  let toSkip = 0;
  let isStarred = false;
  const flush = (): void => {
    if (bytes !== '') out.push(decodeText(Buffer.from(bytes, 'latin1'), group.charset).text);
    bytes = '';
  };
  const say = (words: string): void => {
    flush();
    if (!group.skip && !group.rtfOnly) out.push(words);
  };
  for (const [, brace, word, number, hex, sign, words] of source.matchAll(token)) {
    if (hex !== undefined) {
      if (toSkip > 0) toSkip--;
      else if (!group.skip && !group.rtfOnly) bytes += String.fromCharCode(parseInt(hex, 16));
      continue;
    }
    if (words !== undefined) {
      say(words.slice(toSkip));
      toSkip = Math.max(0, toSkip - words.length);
      continue;
    }
    flush();
    const starred = isStarred;
    isStarred = sign === '*';
    if (brace === '{') groups.push(group);
    else if (brace === '}') group = groups.pop() ?? group;
    else if (sign !== undefined && sign !== '*') say(characters[sign] ?? '');
    else if (word === 'htmltag') group = { ...group, skip: !isHtml };
    else if (word !== undefined && (starred || wordless.has(word))) group = { ...group, skip: true };
    else if (word === 'htmlrtf') group = { ...group, rtfOnly: number !== '0' };
    else if (word === 'uc') group = { ...group, fallback: Math.min(10, Number(number ?? 1)) };
    else if (word === 'f') group = { ...group, charset: fonts.get(number ?? '0') ?? group.charset };
    else if (word === 'u' && number !== undefined) {
      say(String.fromCharCode(Number(number) & 0xffff));
      toSkip = group.fallback;
    } else if (word !== undefined && Object.hasOwn(characters, word)) say(characters[word]);
    if (brace !== undefined) toSkip = 0;
  }
  flush();
  return storableText(out.join(''));
}

/** `{\fonttbl{\f0\fswiss\fcharset204 Arial;}…}`: the charset of each font that is not a western one. */
function charsetsOfFonts(source: string): Map<string, string> {
  const found = new Map<string, string>();
  const table = source.indexOf('{\\fonttbl');
  if (table < 0) return found;
  for (const [, font, charset] of source
    .slice(table, table + 20_000)
    .matchAll(/\\f(\d{1,5})(?:\\[a-z]{1,20}\d{0,5}){0,5}?\\fcharset(\d{1,3})/g)) {
    const name = charsetOfFont[Number(charset)];
    if (name !== undefined && !found.has(font)) found.set(font, name);
  }
  return found;
}
