import type { Core } from '@strapi/strapi';
import { decodeXtext, findAddresses } from '../message/reading/bounces/dsn-address';
import type { BounceRecipient, ParsedMessage } from '../message/types';
import { UID } from '../uids';
import { reportedByNumber } from './bounce-by-number';
import type { Desk } from './desk';
import type { Comment, Delivery, Ticket } from './desk-records';
import { AWAKE } from './snooze';
import { STATUS, waitsForOthers } from '../../../shared/vocabulary';
import { inBoth, say, type Words } from '../../../shared/sentences/words';
import { cut } from '../lib/cut';

interface RecordedBounce {
  /** For the scan log. */
  reason: Words;
  ticket: Ticket | null;
  comment: Comment | null;
}

/**
 * Writes a bounce down on the delivery that it is about and keeps it on the ticket as an internal, automatic comment. When the
 * email did not reach its recipient, the ticket waits for us again, not for the customer, and is with its assignee as open. A
 * contact whose address is dead is marked, unless a number alone led to the email. Returns null when the bounce is about no email of ours, or comes from somebody who had it:
 * in copy, anybody knows its Message-ID. What a bounce says once more about a recipient makes no difference.
 */
export async function recordBounce(
  strapi: Core.Strapi,
  desk: Desk,
  message: ParsedMessage,
  ticketNumbers: readonly string[],
): Promise<RecordedBounce | null> {
  const { recipients, originalMessageIds } = message.bounce!;
  const byId = originalMessageIds.map((id) => desk.delivery(id)).find((found) => found !== null);
  const byNumber = byId ? null : await reportedByNumber(strapi, desk, message, ticketNumbers);
  const delivery = byId ?? byNumber?.delivery;
  if (!delivery || isFromRecipient(message, delivery)) return null;
  const ticket = byNumber?.ticket ?? desk.ticketOfSentIds(originalMessageIds);
  const { failed, bounces } = newsOf(failedOf(recipients, delivery), delivery);
  if (bounces.length === delivery.bounces.length) return { reason: say('log.bouncedBefore'), ticket, comment: null };
  delivery.bounces = bounces;
  const state = stateAfter(failed, delivery);
  await updateDelivery(strapi, delivery, state, wordsOf(failed));
  if (byId) await markDead(strapi, failed, delivery);
  if (ticket && state === 'bounced') {
    desk.noteActivity(ticket, desk.now);
    desk.updateTicket(ticket, { ...AWAKE, ...(waitsForOthers(ticket.ticketStatus) ? { ticketStatus: STATUS.open } : {}) });
    desk.addNews('failed', ticket, delivery.id);
    desk.log(ticket, 'mailBounced', { to: failed.map(({ address }) => address), reason: wordsOf(failed) });
  }
  return {
    reason: say(CODES[state], { words: wordsOf(failed) }),
    ticket,
    comment: ticket && desk.addComment(ticket, commentOf(message), null, []),
  };
}

/**
 * Those of the report's recipients that the email went to. A server that forwarded it names an address that we never wrote to: then
 * all count for the delivery, but none for a contact.
 */
function failedOf(recipients: BounceRecipient[], delivery: Delivery): BounceRecipient[] {
  const written = new Set(peopleOf(delivery));
  const ours = recipients.flatMap((recipient) => {
    const address = spellingsOf(recipient).find((spelling) => written.has(spelling));
    return address === undefined ? [] : [{ ...recipient, address }];
  });
  return ours.length > 0 ? ours : recipients;
}

/** The recipients of an email, in blind copy too. */
const peopleOf = ({ to, cc, bcc }: Delivery): string[] => [...to, ...cc, ...bcc];

/** A mail system never had the email in its own mailbox; who had it knows its Message-ID and could report whatever they like. */
function isFromRecipient({ from, sender, headers }: ParsedMessage, delivery: Delivery): boolean {
  const people = peopleOf(delivery);
  const returnPath = (headers['return-path'] ?? []).flatMap(findAddresses);
  return [from?.address, sender?.address, ...returnPath].some((address) => address && people.includes(address));
}

/** The recipients that no bounce named before, and what is known with them. Those that we never wrote to count as one: there may be any number. */
function newsOf(recipients: BounceRecipient[], delivery: Delivery): { failed: BounceRecipient[]; bounces: string[] } {
  const { bounces } = delivery;
  const people = peopleOf(delivery);
  const keyOf = ({ address, delayed }: BounceRecipient) =>
    `${delayed ? 'delayed' : 'failed'} ${people.includes(address) ? address : 'others'}`;
  const failed = recipients.filter((recipient) => !bounces.includes(keyOf(recipient)));
  // A report that names nobody is one about the email.
  const keys = recipients.length > 0 ? failed.map(keyOf) : ['failed others'];
  return { failed, bounces: [...new Set([...bounces, ...keys])] };
}

const spellingsOf = ({ address, finalAddress }: BounceRecipient): string[] => [
  address,
  decodeXtext(address),
  ...(finalAddress === null ? [] : [finalAddress]),
];

type StateAfter = 'bounced' | 'copyBounced' | 'delayed';

const CODES = { bounced: 'log.bounced', copyBounced: 'log.copyBounced', delayed: 'log.delayed' } as const;

/** Given up is given up, whether the reason was for good or for now (a server that could not be reached for five days). */
function stateAfter(failed: BounceRecipient[], { to, cc, bcc }: Delivery): StateAfter {
  const givenUp = failed.filter(({ delayed }) => !delayed);
  if (failed.length > 0 && givenUp.length === 0) return 'delayed';
  return givenUp.length > 0 && givenUp.every(({ address }) => [...cc, ...bcc].includes(address) && !to.includes(address))
    ? 'copyBounced'
    : 'bounced';
}

/** A delay that is reported after the failure, as some servers do, changes nothing any more. */
async function updateDelivery(strapi: Core.Strapi, { id, bounces }: Delivery, state: StateAfter, words: string): Promise<void> {
  const told = {
    bounced: { state: 'failed', putOff: null, bouncedAt: new Date(), ...inBoth('lastError', say('outgoing.bounced', { words })) },
    copyBounced: inBoth('lastError', say('outgoing.copyBounced', { words })),
    delayed: inBoth('lastError', say('outgoing.delayed', { words })),
  }[state];
  const deliveries = strapi.db.query(UID.delivery);
  // On its own: a list is no value for an update of many.
  await deliveries.update({ where: { id }, data: { bounces } });
  await deliveries.updateMany({ where: state === 'delayed' ? { id, bouncedAt: { $null: true } } : { id }, data: told });
}

/** The contacts whose address does not exist any more. A report about addresses that we did not write to would be a forgery. */
async function markDead(strapi: Core.Strapi, failed: BounceRecipient[], delivery: Delivery): Promise<void> {
  const people = peopleOf(delivery);
  const dead = failed.filter((recipient) => recipient.dead).map(({ address }) => address);
  const written = dead.filter((address) => people.includes(address));
  if (written.length > 0)
    await strapi.db.query(UID.contact).updateMany({ where: { email: { $in: written } }, data: { undeliverable: true } });
}

const wordsOf = (failed: BounceRecipient[]): string =>
  cut(failed.map(({ address, status, reason }) => `${address}: ${[status, reason].filter(Boolean).join(' ')}`).join('; '), 1000);

/** What the reporting server wrote, for staff only: the returned message itself may hold what was internal elsewhere. */
function commentOf(message: ParsedMessage): Record<string, unknown> {
  return {
    text: message.text,
    html: null,
    visibleText: message.visibleText,
    isPublic: false,
    authorName: cut(message.from?.name ?? '', 255),
    authorAddress: message.from?.address.slice(0, 255) ?? '',
    source: 'email',
    messageId: message.messageId?.slice(0, 255) ?? null,
    matchedBy: 'bounce',
    verified: false,
    isAutomatic: true,
  };
}
