/**
 * The line in our outgoing mail above which people answer: `##- any words -##`. Mail programs translate the words, break the
 * line, quote it, write its characters as entities and make the hyphens typographic; the hashes and hyphens stay.
 */
const hash = '(?:[#＃]|&#(?:35|x23);|&num;|=23)';
const dash = '(?:[-\\u00ad\\u2010-\\u2015\\u2212\\uff0d]|&#(?:45|x2d|820[89]|821[0-3]);|&[mn]dash;|&hyphen;|&minus;)';
const words = '[^#＃]{1,500}?';
/** Behind a backslash where a program made Markdown of it. */
const pair = `\\\\?${hash}\\s?\\\\?${hash}`;
const marker = new RegExp(`^[ \\t\\u00a0>|*_]*${pair}\\s?${dash}${words}${dash}\\s?${pair}`, 'imu');

/** Offset of the line on which our marker begins, or -1. */
export function ownMarkerAt(text: string): number {
  if (!/[#＃]|&num;|&#(?:35|x23);|=23/.test(text)) return -1;
  return text.search(marker);
}

/**
 * The text with blanks in the place of a marker that nothing stands above: Zendesk begins its own emails with such a line, so that what
 * somebody writes from there stands below it. The length stays.
 */
export function withoutLeadingMarker(text: string): string {
  const at = ownMarkerAt(text);
  if (at < 0 || text.slice(0, at).trim() !== '') return text;
  const [line] = marker.exec(text) ?? [''];
  return /^\s*[>|]/.test(line) ? text : text.slice(0, at) + line.replace(/[^\n]/g, ' ') + text.slice(at + line.length);
}
