import { say } from '../../../shared/sentences/words';
import { STATUS } from '../../../shared/vocabulary';
import { confirmArrivals, isSwitchedOn } from '../outgoing/customer-emails';
import { wantsNoAnswer } from '../message/reading/machines/wants-no-answer';
import type { ScanContext } from './context';
import type { Decision } from './decide';
import { receivedAt, type Item } from './item';

/** Nobody waits for the confirmation of an older email. */
const LATEST_MS = 24 * 3_600_000;
/** What was written that long ago has been moved here from another mailbox, whenever it came in. */
const WRITTEN_MS = 2 * LATEST_MS;

/**
 * Tells customers that their email has arrived, where that is switched on: in the transaction of the batch, whose tickets are written
 * already. A preview does the same, and it is rolled back with all else.
 */
export async function confirmOpened(scan: ScanContext, decisions: Decision[]): Promise<void> {
  const opening = openingOf(decisions).filter((decision) => mayBeConfirmed(scan, decision));
  if (opening.length === 0 || !(await isSwitchedOn(scan.strapi, 'ticket-opened', scan.scanner))) return;
  const idOf = ({ context }: Decision): number => context!.ticket!.record.id!;
  const confirmed = await confirmArrivals(scan.strapi, opening.map(idOf));
  for (const decision of opening) if (confirmed.has(idOf(decision))) decision.context!.note(say('log.confirmed'));
}

/** Of each new ticket the message that opened it. */
function openingOf(decisions: Decision[]): Decision[] {
  const seen = new Set();
  return decisions.filter(({ context, outcome }) => {
    const ticket = context?.ticket;
    if (!ticket?.isNew || outcome !== 'processed' || seen.has(ticket)) return false;
    seen.add(ticket);
    return true;
  });
}

/** Only to somebody who wrote it or, in a web form, is named in it. What a rule closes at once was filed away. */
function mayBeConfirmed({ activatedAt }: ScanContext, { context, item }: Decision): boolean {
  const { customerFrom, isOurs, ticket } = context!;
  const isTheirs = !isOurs && (customerFrom === 'sender' || customerFrom === 'replyTo');
  return isTheirs && ticket!.ticketStatus !== STATUS.closed && !wantsNoAnswer(item.parsed) && isNews(item, activatedAt);
}

/** Whether it has come in lately, since the scanner was activated, and was written then. */
function isNews(item: Item, activatedAt: Date | null): boolean {
  const received = receivedAt(item)?.getTime() ?? 0;
  const written = item.parsed.date === null ? received : new Date(item.parsed.date).getTime();
  // Mailboxes date by the second.
  const since = activatedAt === null ? 0 : Math.floor(activatedAt.getTime() / 1000) * 1000;
  return received >= since && Date.now() - received < LATEST_MS && Date.now() - written < WRITTEN_MS;
}
