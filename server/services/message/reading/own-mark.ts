/**
 * The mark of a ticket in an email of ours, which no reader sees: mail programs quote it with the rest. By it an answer is recognised whose
 * program named no earlier email and whose writer took another subject. It is plain text in an element of its own, because programs take
 * classes, comments and attributes out of what they quote.
 */

const MARK = /\[ref:([0-9a-z]{1,9}\.[0-9a-f]{32})\]/gi;
/** More emails than a quote holds. */
const MOST_MARKS = 5;

/** For the end of an email: at its beginning, lists of emails would show it. */
export const markHtml = (mark: string): string =>
  `<div style="display:none;font-size:0;line-height:0;max-height:0;overflow:hidden;mso-hide:all" aria-hidden="true">[ref:${mark}]</div>`;

/** The marks in these texts, in lower case, the first one first. */
export function marksIn(...texts: (string | null)[]): string[] {
  const marks = texts.flatMap((text) => Array.from((text ?? '').matchAll(MARK), ([, mark]) => mark.toLowerCase()));
  return [...new Set(marks)].slice(0, MOST_MARKS);
}

/** What people see, and what later emails repeat, has no marks. */
export const withoutMarks = (text: string): string => text.replace(MARK, '');
