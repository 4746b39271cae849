import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';
import { parseMessage } from '../../server/services/message/parse';
import type { ParsedMessage } from '../../server/services/message/types';
import { kinds, single } from './meant-differences';

/** One email as our reader and as mailparser read it, in what people see of it. */
interface Reading {
  subject: string;
  /** Address and name of the sender. */
  from: string;
  name: string;
  /** Addresses of To and Cc, sorted. */
  recipients: string;
  text: string;
  /** Sizes of the files, sorted. */
  files: string;
}

type Aspect = keyof Reading;
export const aspects: Aspect[] = ['subject', 'from', 'name', 'recipients', 'text', 'files'];

export interface Difference {
  file: string;
  aspect: Aspect;
  ours: string;
  theirs: string;
  source: Buffer;
}

/** All mails below a folder, by their path in it. */
export const mailsIn = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.eml')).sort();

/** Where the two readers differ, white space aside. */
export async function differences(folder: string, file: string): Promise<Difference[]> {
  const source = readFileSync(path.join(folder, file));
  const [ours, theirs] = [ourReading(await parseMessage(source)), theirReading(await simpleParser(source, { skipTextToHtml: true }))];
  return aspects
    .filter((aspect) => ours[aspect] !== theirs[aspect])
    .map((aspect) => ({ file, aspect, ours: ours[aspect], theirs: theirs[aspect], source }));
}

/** Why a difference is meant; null when nobody has said so. */
export function reasonOf(difference: Difference): string | null {
  const listed = single[`${path.basename(difference.file)} ${difference.aspect}`];
  return listed ?? kinds.find(({ is }) => is(difference))?.reason ?? null;
}

const words = (text: string): string => text.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ').trim();
const sorted = (list: string[]): string =>
  [...list]
    .filter((each) => each !== '')
    .sort()
    .join(' ');

function ourReading({ subject, from, to, cc, text, attachments }: ParsedMessage): Reading {
  return {
    subject: words(subject),
    from: from?.address ?? '',
    name: words(from?.name ?? ''),
    recipients: sorted([...to, ...cc].map(({ address }) => address)),
    text: words(text),
    files: sorted(attachments.map(({ size }) => String(size))),
  };
}

function theirReading({ subject, from, to, cc, text, attachments }: ParsedMail): Reading {
  const [sender] = peopleOf(from);
  return {
    subject: words(subject ?? ''),
    from: sender?.address?.toLowerCase() ?? '',
    name: words(sender?.name ?? ''),
    recipients: sorted([...peopleOf(to), ...peopleOf(cc)].map(({ address }) => address?.toLowerCase() ?? '')),
    text: words(text ?? ''),
    files: sorted(attachments.map(({ size }) => String(size))),
  };
}

function peopleOf(header: AddressObject | AddressObject[] | undefined): { name: string; address?: string }[] {
  const lists = header === undefined ? [] : Array.isArray(header) ? header : [header];
  return lists.flatMap(({ value }) => value).flatMap((person) => person.group ?? [person]);
}
