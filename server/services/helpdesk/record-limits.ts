import { errors } from '@strapi/utils';
import { isAddress } from '../message/mime/address';
import { MAX_STORED_BYTES } from './long-texts';
import { MAX_PARTICIPANTS } from './participants';

/** What tickets and comments take besides what Strapi itself looks at, whatever door they come through. */

/** Fifty people in To and fifty in Cc, each with a name, have less. */
const MAX_RECIPIENTS_BYTES = 200_000;

type Data = Record<string, unknown>;

/** Throws a ValidationError that names the attribute and what it takes. */
export function checkTicket({ description, participants }: Data): void {
  if (typeof description === 'string' && Buffer.byteLength(description) > MAX_STORED_BYTES)
    refuse('description', `A description has at most ${MAX_STORED_BYTES / 1000} kB. Write the rest as a comment, which takes any length.`);
  if (participants === undefined || participants === null) return;
  const list = typeof participants === 'string' ? parsed(participants) : participants;
  if (!Array.isArray(list) || list.length > MAX_PARTICIPANTS || !list.every((entry) => typeof entry === 'string' && isAddress(entry)))
    refuse('participants', `Participants are a list of up to ${MAX_PARTICIPANTS} email addresses, such as ["jane@example.com"].`);
}

/** The same of a comment. Its texts are cut where they are too long (long-texts.ts). */
export function checkComment({ recipients }: Data): void {
  if (recipients != null && Buffer.byteLength(JSON.stringify(recipients)) > MAX_RECIPIENTS_BYTES)
    refuse('recipients', 'These are more recipients than an email has.');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

function refuse(path: string, message: string): never {
  throw new errors.ValidationError(message, { errors: [{ path: [path], message, name: 'ValidationError' }] });
}
