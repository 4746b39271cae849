/**
 * Lower case for comparing words. The Turkish capital İ becomes a plain i: Unicode gives an i with a dot above it, two characters
 * that no keyboard writes.
 */
export function lowerCase(text: string): string {
  return text.toLowerCase().replaceAll('i\u0307', 'i');
}
