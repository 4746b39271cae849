import { subjectKey } from '../subject-key';
import { namesPerson, noEnvelope, type Envelope } from './envelope';
import { holdsAddress } from './mail-address';
import { momentIn } from './moment';
import { wordList } from './phrases/languages';

/** Recognises the header lines (`From: …`, `Sent: …`, `Subject: …`) with which mail programs introduce an earlier mail. */

export type Label = 'from' | 'sent' | 'to' | 'subject' | 'cc';

/** Which headers a label means, by the label in lower case. */
const meanings = new Map<string, Label[]>();
for (const label of ['from', 'sent', 'to', 'subject', 'cc'] as const)
  for (const word of wordList(label)) meanings.set(folded(word), [...(meanings.get(folded(word)) ?? []), label]);

const labelled = /^[\s>|*_]{0,20}([^:：\n]{1,40}?)[\s*_\u200e\u200f]{0,10}[:：՝៖∶][\s*_]*(.*)$/;
/** Of Latin, Chinese, Armenian and Khmer. */
const colon = /[:：՝៖∶]/;
const year = /(?<!\d)(?:19[7-9]\d|20\d\d|25[5-9]\d)(?!\d)/;
const time = /(?<!\d)\d{1,2}\s?[:.h∶時时시]\s?\d{2}(?!\d)|\d{1,2}\s?[ap]\.?m\.?\b/i;
const LONGEST_BLOCK = 14;

/** The label and the value of a line `Label: value`; null for a line without a colon, which most are. */
export function readLabelled(line: string): { label: string; value: string } | null {
  const match = !colon.test(line) || line.length > 2000 ? null : labelled.exec(line);
  return match === null ? null : { label: match[1].replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim(), value: match[2] };
}

/** Which header does this line hold? More than one when a word has two meanings (`De`, `Data`, `Tema`). */
export function labelsOf(line: string): Label[] {
  const read = readLabelled(line);
  return read === null ? [] : (meanings.get(folded(read.label)) ?? []);
}

/** Some Indic letters are written in two ways. */
function folded(word: string): string {
  return word.normalize('NFC').toLowerCase();
}

/**
 * Does a header block (`From: … Sent: … To: … Subject: …`) begin at this line? Returns the line after it, or -1. Wrapped
 * values and one empty line between two headers are taken along.
 */
export function headerBlockEnd(lines: string[], first: number): number {
  if (labelsOf(lines[first]).length === 0) return -1;
  const seen = new Set<Label>();
  let count = 0;
  let end = first;
  let others = 0;
  for (let i = first; i < Math.min(lines.length, first + LONGEST_BLOCK); i++) {
    const found = labelsOf(lines[i]);
    if (found.length > 0) {
      for (const label of found) seen.add(label);
      count++;
      end = i + 1;
      others = 0;
    } else if (lines[i].replace(/^[\s>|]+/, '') === '') {
      if (labelsOf(lines[i + 1] ?? '').length === 0) break;
    } else if (++others > 3 || (others > 1 && count < 2)) break;
  }
  return isHeaderBlock(seen, count, lines.slice(first, end).join('\n')) ? end : -1;
}

/**
 * Three headers, or two when they hold an address and a full date. A web form may have lines `From:` and `Subject:` too, and a
 * booking `From: Berlin`, `To: Munich`, `Date: Friday`.
 */
function isHeaderBlock(seen: Set<Label>, count: number, block: string): boolean {
  if (!seen.has('from') || !(holdsAddress(block) || (seen.has('subject') && time.test(block)))) return false;
  if (count >= 3) return seen.has('sent') || (seen.has('to') && seen.has('subject'));
  return count === 2 && seen.has('sent') && holdsAddress(block) && year.test(block) && time.test(block);
}

/** How sure it is that a program wrote the lines: a separator stands above them, or our own mail below them, or neither. */
type Surroundings = 'separator' | 'our mail' | 'none';

/**
 * Three or more `Label: value` lines in a language that the table does not know, with an address and a date among them. A
 * customer writes such lines too (serial number, address, date of purchase), so without a separator the block has to name the
 * subject of the mail or somebody who took part.
 */
export function unknownHeaderBlockEnd(lines: string[], first: number, surroundings: Surroundings, envelope: Envelope = noEnvelope): number {
  let end = first;
  while (end < lines.length && end < first + 8 && lines[end].length < 300 && readLabelled(lines[end]) !== null) end++;
  if (end - first < 3) return -1;
  const block = lines.slice(first, end).join('\n');
  const moment = momentIn(block);
  if (!holdsAddress(block) || !moment.date || !moment.time) return -1;
  if (surroundings === 'separator') return end;
  const namesSubject = lines.slice(first, end).some((line) => isSubject(readLabelled(line)?.value ?? '', envelope));
  const namesMailbox = lines.slice(first, end).some((line) => /<[^<>\s]+@[^<>\s]+>/.test(line) && namesPerson(line, envelope));
  return (surroundings === 'our mail' ? namesSubject || namesMailbox : namesSubject && namesMailbox) ? end : -1;
}

function isSubject(value: string, { subject }: Envelope): boolean {
  return subject !== '' && subjectKey(value) === subject;
}
