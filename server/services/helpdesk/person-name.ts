import type { Address } from '../message/types';

/**
 * First and last name as people expect them of a display name: "Ada Lovelace", "Lovelace, Ada", "Dr. Ada Lovelace". One word is
 * taken for the last name; without a name, what stands before the @ is.
 */
export function splitName({ name, address }: Address): { firstName: string; lastName: string } {
  const cleaned = name.replace(/["'<>]/g, ' ').replace(/\s*\([^)]*\)\s*/g, ' ').replace(/\s+/g, ' ').trim();
  if (!cleaned || cleaned.includes('@')) return { firstName: '', lastName: cut(address.slice(0, address.lastIndexOf('@')) || address) };
  const [last, first, ...more] = cleaned.split(',').map((part) => part.trim());
  // "Lovelace, Ada", but not "Acme, Inc." nor "Smith, John, PhD".
  if (first && more.length === 0 && !/^(inc|llc|ltd|gmbh|co|corp|jr|sr|phd|md|s\.?a|ag|kg|oy|ab)\b\.?$/i.test(first)) {
    return { firstName: cut(first), lastName: cut(last) };
  }
  const words = cleaned.split(' ').filter((word, index) => index > 0 || !/^(dr|prof|mr|mrs|ms|herr|frau|m|mme)\.?$/i.test(word));
  if (words.length < 2) return { firstName: '', lastName: cut(words[0] ?? cleaned) };
  return { firstName: cut(words[0]), lastName: cut(words.slice(1).join(' ')) };
}

/** As much as the column takes. */
const cut = (text: string): string => [...text].slice(0, 200).join('');
