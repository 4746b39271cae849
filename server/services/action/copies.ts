import type { Copy } from '../helpdesk/desk-copies';
import type { Ticket } from '../helpdesk/desk-records';
import type { ActionContext } from './types';

/** Where an email goes that has come to several of our mailboxes: into each ticket once. */
interface CopyPlace {
  /** The ticket to add it to; null: none is known. */
  ticket: Ticket | null;
  /** Where it stands already, so that nothing is to be added. */
  copy: Copy | null;
}

/**
 * What becomes of an email that belongs to `ticket`, or to none. Each scanner's copy goes to the ticket of its own mailbox where the
 * customer wrote to several at once, and two copies never stand in one ticket.
 */
export async function placeOf(context: ActionContext, ticket: Ticket | null, mayJoin: (ticket: Ticket) => boolean): Promise<CopyPlace> {
  const { message, desk, scanner, folder } = context;
  const known = message.messageId === null ? [] : desk.ticketsOfReceivedId(message.messageId);
  if (ticket === null && known.length === 0) return { ticket, copy: null };
  const copies = await desk.copiesOf(message, { ticket, scanner: scanner.id, folder });
  const held = copies.find((copy) => copy.ticket === ticket);
  const own = copies.find((copy) => copy.ticket.scanner === scanner.id || isThisOne(context, copy));
  if (!held) return own ? { ticket: null, copy: own } : { ticket, copy: null };
  // The copy that stands here came by another mailbox, or this one's own ticket lacks it.
  const lacking = twinsOf(context, held.ticket).find(
    (twin) =>
      twin.scanner !== null &&
      [scanner.id, ...held.cameBy.map((way) => way.scanner)].includes(twin.scanner) &&
      !copies.some((copy) => copy.ticket === twin) &&
      mayJoin(twin),
  );
  return lacking ? { ticket: lacking, copy: null } : { ticket: null, copy: held };
}

/** Another scanner reads the same folder of the same mailbox, and has found it there. */
const isThisOne = ({ scanner: { onSameMailbox }, folder }: ActionContext, { cameBy }: Copy): boolean =>
  cameBy.some((way) => way.folder === folder && onSameMailbox.includes(way.scanner));

/** The tickets that one email opened together with this one, by coming to several of our mailboxes. */
function twinsOf({ message, desk }: ActionContext, ticket: Ticket): Ticket[] {
  return [...message.references, ...message.inReplyTo]
    .map((id) => desk.ticketsOfReceivedId(id))
    .filter((holders) => holders.includes(ticket))
    .flatMap((holders) => holders.filter((holder) => holder !== ticket));
}

/** Of one email's tickets, the one of the mailbox at hand counts most. */
export const ownFirst = ({ scanner }: ActionContext, tickets: Ticket[]): Ticket[] => [
  ...tickets.filter((ticket) => ticket.scanner === scanner.id),
  ...tickets.filter((ticket) => ticket.scanner !== scanner.id),
];
