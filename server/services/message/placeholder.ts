import { htmlToText } from './html/text';

/** Texts of `multipart/alternative` that are not the letter: "your program cannot show this", one letter, or the source of the HTML. */

/**
 * Does this text stand in for the HTML beside it, and say something else? In whatever language: a few words, of which the HTML, with
 * no fewer, has hardly any.
 */
export function isPlaceholder(text: string, html: string): boolean {
  if (isHtmlSource(text)) return true;
  if (text.length > LONGEST) return false;
  const words = wordsOf(text.replace(/\bhttps?:\S+/gi, ' '));
  if (words.length === 0 || words.length > MOST_WORDS || standsIn(words, html)) return false;
  const shown = new Set(wordsOf(htmlToText(html)));
  return shown.size >= Math.max(8, words.length) && words.filter((word) => shown.has(word)).length < words.length * 0.3;
}

/** Is this text that of the HTML, nearly all of its words? */
export function saysTheSame(text: string, html: string): boolean {
  if (text.length > MOST_COMPARED || html.length > MOST_COMPARED) return false;
  const shown = new Set(wordsOf(htmlToText(html)));
  const words = [...new Set(wordsOf(text))];
  return words.filter((word) => shown.has(word)).length >= words.length * 0.9;
}

const MOST_COMPARED = 200_000;
const LONGEST = 600;
const MOST_WORDS = 60;

const isHtmlSource = (text: string): boolean =>
  /^\s*<(?:!doctype\s+html|html|head|body|!--)/i.test(text) && /<\/(?:html|body|table)>/i.test(text);

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? (text.trim() === '' ? [] : [text.trim()]);

/** A cheap look, so that most HTML is not read for this: half of the longest words are somewhere in it. */
function standsIn(words: string[], html: string): boolean {
  const longest = words
    .filter((word) => /^[a-z0-9]{4,}$/.test(word))
    .sort((a, b) => b.length - a.length)
    .slice(0, 6);
  const source = html.toLowerCase();
  return longest.length > 0 && longest.filter((word) => source.includes(word)).length >= longest.length / 2;
}
