import { isAddress } from '../../../shared/address';
import { refuse } from '../platform/refusal';
import { MAX_STORED_BYTES } from './long-texts';
import { MAX_PARTICIPANTS } from './participants';
import { say } from '../../../shared/sentences/words';

/** What tickets and comments take besides what Strapi itself looks at, whatever door they come through. */

/** Fifty people in To and fifty in Cc, each with a name, have less. */
const MAX_RECIPIENTS_BYTES = 200_000;

type Data = Record<string, unknown>;

/** Throws a ValidationError that names the attribute and what it takes. */
export function checkTicket({ description, participants }: Data): void {
  if (typeof description === 'string' && Buffer.byteLength(description) > MAX_STORED_BYTES)
    refuse([{ path: ['description'], said: say('ticket.descriptionTooLong', { size: MAX_STORED_BYTES / 1000 }) }]);
  if (participants === undefined || participants === null) return;
  const list = typeof participants === 'string' ? parsed(participants) : participants;
  if (!Array.isArray(list) || list.length > MAX_PARTICIPANTS || !list.every((entry) => typeof entry === 'string' && isAddress(entry)))
    refuse([{ path: ['participants'], said: say('ticket.participantsNoAddresses', { count: MAX_PARTICIPANTS }) }]);
}

/** The same of a comment. Its texts are cut where they are too long (long-texts.ts). */
export function checkComment({ recipients }: Data): void {
  if (recipients != null && Buffer.byteLength(JSON.stringify(recipients)) > MAX_RECIPIENTS_BYTES)
    refuse([{ path: ['recipients'], said: say('comment.tooManyRecipients') }]);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
