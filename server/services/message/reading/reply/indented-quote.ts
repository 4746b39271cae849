import { ownMarkerAt } from '../own-marker';
import { attributionStart } from './attribution';
import type { Envelope } from './envelope';

/** Quotes without a sign: s-nail, bsd-mailx and mailutils put a tab before each line of the earlier mail. */

interface IndentedQuote {
  start: number;
  end: number;
  /** The earlier mail shows its own header or our marker, so that no attribution is needed. */
  introduced: boolean;
}

/** People indent lists too, so a block is a quote only when something proves it; blocks below the first proven one are its rest. */
export function indentedQuotes(lines: string[], envelope: Envelope): IndentedQuote[] {
  const found: IndentedQuote[] = [];
  for (const { start, end } of indentedBlocks(lines)) {
    const introduced = showsEarlierMail(lines.slice(start, end));
    if (introduced || found.length > 0 || isAttributed(lines, start, envelope)) found.push({ start, end, introduced });
  }
  return found;
}

/** Neighbouring lines that begin with a tab, empty ones between them included. */
function indentedBlocks(lines: string[]): { start: number; end: number }[] {
  const blocks: { start: number; end: number }[] = [];
  let open: { start: number; end: number } | null = null;
  lines.forEach((line, i) => {
    if (line.startsWith('\t')) {
      if (open === null) blocks.push((open = { start: i, end: i }));
      open.end = i + 1;
    } else if (line.trim() !== '') open = null;
  });
  return blocks;
}

const mailHeader = /^\t(?:from|to|subject|date|message-id|references|in-reply-to|mime-version|content-type):/i;

function showsEarlierMail(block: string[]): boolean {
  const head = block.slice(0, 15);
  return head.filter((line) => mailHeader.test(line)).length >= 3 || ownMarkerAt(block.slice(0, 15).join('\n')) >= 0;
}

function isAttributed(lines: string[], start: number, envelope: Envelope): boolean {
  let above = start - 1;
  while (above >= 0 && above > start - 4 && lines[above].trim() === '') above--;
  return above >= 0 && attributionStart(lines, above, true, envelope) >= 0;
}
