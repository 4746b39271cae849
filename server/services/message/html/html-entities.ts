import { decodeHTML } from 'entities';

/** Character references to characters (HTML standard §13.2.5.72). Unknown ones stay as they are, but for names that old programs write in capitals. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return decodeHTML(text.replace(/&([A-Z]{2,8});/g, (whole, name: string) => (knownInCapitals.has(name) ? whole.toLowerCase() : whole)));
}

/** `&NBSP;` and the like, which the standard does not have. */
const knownInCapitals = new Set(['NBSP', 'APOS', 'EURO', 'SHY', 'MIDDOT', 'NDASH', 'MDASH', 'HELLIP', 'LAQUO', 'RAQUO']);
