import type { Address } from '../message/types';

/**
 * First and last name as people expect them of a display name: "Ada Lovelace", "Lovelace, Ada", "Dr. Ada Lovelace". One word is
 * taken for the last name; without a name, what stands before the @ is.
 */
export function splitName({ name, address }: Address): { firstName: string; lastName: string } {
  const cleaned = name
    .replace(/["'<>]/g, ' ')
    .replace(/\s*\([^)]*\)\s*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!cleaned || cleaned.includes('@')) return { firstName: '', lastName: cut(address.slice(0, address.lastIndexOf('@')) || address) };
  const [last, first, ...more] = cleaned.split(',').map((part) => part.trim());
  if (first && LEGAL_FORM.test(first)) return { firstName: '', lastName: cut(cleaned) };
  // "Lovelace, Ada", but not "Smith, John, PhD".
  if (first && more.length === 0) return { firstName: cut(first), lastName: cut(last) };
  const words = cleaned.split(' ').filter((word, index) => index > 0 || !/^(dr|prof|mr|mrs|ms|herr|frau|m|mme)\.?$/i.test(word));
  if (words.length === 2 && words.every((word) => FAMILY_NAME_FIRST.test(word)))
    return { firstName: cut(words[1]), lastName: cut(words[0]) };
  if (words.length < 2) return { firstName: '', lastName: cut(words[0] ?? cleaned) };
  return { firstName: cut(words[0]), lastName: cut(words.slice(1).join(' ')) };
}

/** "Acme, Inc." is no person. */
const LEGAL_FORM = /^(inc|llc|ltd|gmbh|co|corp|s\.?a|ag|kg|oy|ab)\b\.?$/i;
/** Chinese, Japanese and Korean names, where they are written in their own script. */
const FAMILY_NAME_FIRST = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+$/u;

/** As much as the column takes. */
const cut = (text: string): string => [...text].slice(0, 200).join('');
