import type { ParsedMessage } from '../message/types';
import { OWN_MAIL_HEADER } from '../outgoing/compose';

/** Alerts and test emails have another mark: outgoing/site-mark.ts. */
const THREAD_TOKEN = /^\s*([0-9a-f]{32})\s*$/i;

/** The thread tokens in the header of an email of ours, in the shape of Message-IDs, by which the desk looks for their tickets. */
export function ownMarksIn({ headers }: Pick<ParsedMessage, 'headers'>): string[] {
  const values = headers[OWN_MAIL_HEADER.toLowerCase()] ?? [];
  return values.flatMap((value) => THREAD_TOKEN.exec(value)?.[1].toLowerCase() ?? []).map((token) => `${token}@mark`);
}
