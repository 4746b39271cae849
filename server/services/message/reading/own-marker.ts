/**
 * The line in our outgoing mail above which people answer: `##- any words -##`. Mail programs translate the words, break the
 * line, quote it, write its characters as entities and make the hyphens typographic; the hashes and hyphens stay.
 */
const hash = '(?:[#＃]|&#(?:35|x23);|&num;|=23)';
const dash = '(?:[-\\u00ad\\u2010-\\u2015\\u2212\\uff0d]|&#(?:45|x2d|820[89]|821[0-3]);|&[mn]dash;|&hyphen;|&minus;)';
const words = '[^#＃]{1,500}?';
const marker = new RegExp(`^[ \\t\\u00a0>|*_]*${hash}\\s?${hash}\\s?${dash}${words}${dash}\\s?${hash}\\s?${hash}`, 'imu');

/** Offset of the line on which our marker begins, or -1. */
export function ownMarkerAt(text: string): number {
  if (!/[#＃]|&num;|&#(?:35|x23);|=23/.test(text)) return -1;
  return text.search(marker);
}
