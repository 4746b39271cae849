import { isAddressOf } from '../../action/contact-address';
import { placeOf } from '../../action/copies';
import { comment } from '../../action/message-comment';
import { floodOf, reportFlood } from '../../action/mail-loop';
import type { Ticket } from '../../helpdesk/desk-records';
import { AWAKE } from '../../helpdesk/snooze';
import { idOfMark } from '../../helpdesk/thread-token';
import { isWrittenByMachine } from '../../message/reading/machines/written-by-machine';
import { defaultTicketNumberPattern, findTicketNumbers } from '../../rule/ticket-number';
import { STATUS, waitsForOthers } from '../../../../shared/vocabulary';
import { say } from '../../../../shared/sentences/words';
import type { Step, StepContext } from './types';

/**
 * What somebody outside answers to messages that were forwarded to them is an internal note of the ticket. No rule sees it: it is no request
 * of a customer, and nothing answers it by itself.
 */
export const forwardAnswer: Step = {
  name: 'forwardAnswer',
  async decide(context) {
    const found = await findForward(context);
    if (!found) return null;
    const { ticket, copy } = await placeOf(context, found.ticket, () => false);
    const number = found.ticket.ticketNumber ?? '';
    context.ticket = copy?.ticket ?? ticket ?? found.ticket;
    if (copy) context.comment = copy.comment;
    else keep(context, found);
    return {
      outcome: 'processed',
      reason: copy ? say('log.heldAlready', { ticket: number }) : say('log.forwardAnswered', { ticket: number }),
    };
  },
};

interface AnsweredForward {
  ticket: Ticket;
  /** Of the conversation: see helpdesk/forwards.ts. */
  token: string;
}

/** The conversation with people outside that a message belongs to; null for any other message. The email that it answers counts most. */
async function findForward(context: StepContext): Promise<AnsweredForward | null> {
  const { desk, message } = context;
  const answered = [...message.references, ...message.inReplyTo];
  const last = answered.findLast((id) => desk.forwardOf(id) ?? desk.ticketOfSentIds([id]) ?? desk.ticketsOfReceivedId(id)[0]);
  if (last !== undefined) {
    const token = desk.forwardOf(last);
    const ofOurs = desk.ticketOfSentIds([last]);
    const ticket = ofOurs ?? desk.ticketsOfReceivedId(last)[0];
    if (token === null || !ticket) return null;
    const wasWrittenTo = await isWrittenTo(context, ticket, token);
    // The Message-ID of an email of ours is known to somebody who had it, and to nobody else; the one of their own may be known to anybody.
    if (!ofOurs && !wasWrittenTo) return null;
    return !wasWrittenTo && takesPartAsCustomer(context, ticket) ? null : { ticket, token };
  }
  const mark = (message.marks ?? []).map(idOfMark).find((id) => desk.forwardOf(id) !== null);
  const marked = mark === undefined ? null : desk.ticketOfSentIds([mark]);
  if (mark !== undefined && marked && (await isWrittenTo(context, marked, desk.forwardOf(mark)!)))
    return { ticket: marked, token: desk.forwardOf(mark)! };
  return findByNumber(context);
}

/** Somebody who got forwarded messages of the ticket names its number in the subject, and has no part in the customer's conversation. */
async function findByNumber(context: StepContext): Promise<AnsweredForward | null> {
  const { desk, message, ticketPrefixes, isOurs } = context;
  if (isOurs || message.identity === 'doubtful' || !message.from) return null;
  for (const number of findTicketNumbers(defaultTicketNumberPattern(...ticketPrefixes), message.subject)) {
    const ticket = await desk.ticketOfNumber(number);
    if (!ticket || ticket.record.id === undefined || takesPartAsCustomer(context, ticket)) continue;
    const token = (await desk.forwardsByPeople(ticket)).get(message.from.address);
    if (token) return { ticket, token };
  }
  return null;
}

/** Whether this sender got an email of that conversation; one of us goes on with it. */
async function isWrittenTo({ desk, message, isOurs }: StepContext, ticket: Ticket, token: string): Promise<boolean> {
  if (isOurs) return true;
  const sender = message.from?.address;
  if (!sender || message.identity === 'doubtful' || ticket.record.id === undefined) return false;
  return (await desk.forwardsByPeople(ticket)).get(sender) === token;
}

function takesPartAsCustomer(context: StepContext, ticket: Ticket): boolean {
  const sender = context.message.from?.address ?? '';
  return isAddressOf(context, ticket.contact, sender) || ticket.participants.includes(sender);
}

function keep(context: StepContext, { ticket, token }: AnsweredForward): void {
  const { desk, message, isOurs } = context;
  const flood = floodOf(context, ticket);
  const isNewsOfPerson = !isWrittenByMachine(message) && flood === null && !isOurs;
  // The customer waits for what we make of it, and not for them: the ticket is ours again.
  const reopened = waitsForOthers(ticket.ticketStatus) ? { ticketStatus: STATUS.open } : {};
  if (isNewsOfPerson) {
    desk.updateTicket(ticket, { ...AWAKE, ...reopened });
    desk.noteActivity(ticket, context.writtenAt);
  }
  comment(context, ticket, 'thread', { inFlood: flood !== null, isPublic: false, forwardToken: token });
  if (flood !== null) reportFlood(context, ticket, flood);
}
