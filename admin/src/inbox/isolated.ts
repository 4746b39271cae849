/**
 * A text between the signs that isolate it (U+2068, U+2069), for where there is no room for an element: a subject or a name in Arabic
 * or Hebrew keeps its own direction, and what stands around it keeps its place.
 */
export const isolated = (text: string): string => `\u2068${text}\u2069`;
