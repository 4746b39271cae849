import { z } from '@strapi/utils';
import type { Ticket } from '../helpdesk/desk-records';
import { isNews } from '../helpdesk/news';
import { GATHERED } from '../helpdesk/recent-emails';
import { AWAKE } from '../helpdesk/snooze';
import { isAnsweringMachine, isWrittenByMachine } from '../message/reading/machines/written-by-machine';
import { wantsNoAnswer } from '../message/reading/machines/wants-no-answer';
import { storedSubjectKey } from '../message/reading/subject-key';
import { compilePattern, PatternError } from '../rule/pattern';
import { withoutLongClosed } from './closed-long';
import { addressUsed, isAddressOf } from './contact-address';
import { placeOf } from './copies';
import { findTicket, type Match, numbersNamed, takesPart, type TicketSearch } from './find-ticket';
import { fillableTexts, filledFields } from './fill-fields';
import { isForwarded } from './forwarded-words';
import { floodOf, reportFlood } from './mail-loop';
import type { Action, ActionContext } from './types';
import { STATUS, waitsForOthers, waitsForUs } from '../../../shared/vocabulary';
import { schemaSays } from '../lib/schema-words';
import { inEnglish, type Said, say } from '../../../shared/sentences/words';
import { ticketFieldsConfig } from './ticket-fields';
import { comment, peopleIn, union } from './message-comment';
import { cut } from '../lib/cut';

interface Config extends TicketSearch {
  /** Attributes of a new ticket, and of one that gets an answer. */
  onCreate: Record<string, unknown>;
  onUpdate: Record<string, unknown>;
  /** Whether an answer opens a closed ticket again. */
  reopen: boolean;
  /** An answer to a ticket that was closed more than this many days ago opens a new one, which refers to it. Null: it never does. */
  newAfterDays: number | null;
  /** True: an email that belongs to no ticket is left alone. */
  updateOnly: boolean;
}

const config = z
  .object({
    onCreate: ticketFieldsConfig.default({}),
    onUpdate: ticketFieldsConfig.default({}),
    regex: z.string().optional(),
    searchIn: z.enum(['subject', 'subjectAndText', 'source']).default('subject'),
    matchSameSubject: z.boolean().default(false),
    reopen: z.boolean().default(true),
    newAfterDays: z
      .int(schemaSays('rule.days'))
      .min(1, schemaSays('rule.days'))
      .max(3650, schemaSays('rule.days'))
      .nullable()
      .default(null),
    updateOnly: z.boolean().default(false),
  })
  .strict()
  .superRefine(({ regex }, check) => {
    try {
      if (regex) compilePattern(regex);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      check.addIssue({ code: 'custom', path: ['regex'], message: error.message, params: { said: error.said } });
    }
  });

/** Adds the message to the ticket that it belongs to, or opens one. */
export const createOrUpdateTicket: Action<Config> = {
  type: 'createOrUpdateTicket',
  label: 'Create or update ticket',
  config,

  describe({ onCreate: { helpdeskStatus: _id, ...fields }, updateOnly }) {
    const values = Object.values(fields).filter((value) => typeof value === 'string');
    return `${updateOnly ? 'update' : 'create or update'} ticket${values.length > 0 ? ` (${values.join(', ')})` : ''}`;
  },

  texts: ({ onCreate, onUpdate }) => [...fillableTexts('onCreate', onCreate), ...fillableTexts('onUpdate', onUpdate)],

  lookups(message, config, _today, ticketPrefixes) {
    return { ticketNumbers: numbersNamed(message, config, ticketPrefixes) };
  },

  async run(context, config) {
    const customer = context.customer?.address;
    context.contact ??= customer && !context.ownAddresses.has(customer) ? context.desk.contact(customer) : null;
    const match = await withoutLongClosed(context, config.newAfterDays, await findTicket(context, config));
    const { ticket, copy } = await placeOf(context, match.ticket, (twin) => takesPart(context, twin));
    const { matchedBy, related, why } = match;
    if (copy) {
      context.ticket = copy.ticket;
      context.comment = copy.comment;
      context.note(() => say('log.heldAlready', { ticket: copy.ticket.ticketNumber ?? '' }));
    } else if (ticket && context.isOurs) {
      await addOurs(context, ticket, matchedBy);
    } else if (ticket) {
      answer(context, config, ticket, matchedBy);
    } else if (isAnsweringMachine(context.message)) {
      context.note(say('log.machine', { evidence: context.message.automatic!.reasons.join(', ') }));
    } else if (config.updateOnly) {
      context.note(say('log.noTicket'));
    } else {
      // What one of us wrote to ourselves is a request like any other.
      context.isOurs &&= context.customer !== null;
      await openOrGather(context, config, related, why);
    }
    return [];
  },
};

function answer(context: ActionContext, config: Config, ticket: Ticket, matchedBy: Match['matchedBy']): void {
  const { message, desk } = context;
  const flood = floodOf(context, ticket);
  const byPerson = !isWrittenByMachine(message) && flood === null;
  const waits = waitsForOthers(ticket.ticketStatus);
  // A machine takes no part: else the next answer goes to MAILER-DAEMON, or to the private address that an absence note came from.
  // Nor does who had it unseen: the others would be told of them by the next answer.
  const isUnseen = hadItUnseen(context, ticket);
  const people = isWrittenByMachine(message) || isUnseen ? [] : peopleIn(context, ticket.contact);
  const participants = union(ticket.participants, people);
  desk.updateTicket(ticket, {
    ...(byPerson ? AWAKE : {}),
    ...(byPerson && config.reopen && waits ? { ticketStatus: STATUS.open } : {}),
    ...(byPerson ? filledFields(context, config.onUpdate) : {}),
    ...(byPerson ? addressUsed(context, ticket) : {}),
    ...(participants.length > ticket.participants.length ? { participants } : {}),
  });
  if (byPerson) desk.noteActivity(ticket, context.writtenAt);
  context.ticket = ticket;
  comment(context, ticket, matchedBy, { inFlood: flood !== null, isPublic: !isUnseen });
  if (flood !== null) reportFlood(context, ticket, flood);
  const how = {
    thread: say('log.byThread'),
    ticketNumber: say('log.byNumber'),
    sameSubject: say('log.bySubject'),
    new: '',
    [GATHERED]: say('log.bySenderLimit'),
  }[matchedBy];
  context.note(() => say('log.addedToTicket', { ticket: ticket.ticketNumber ?? '', how }));
}

/**
 * Whether somebody answers an email of ours that they had in blind copy, or by way of one who had. Their answer is an internal note: as a
 * public comment, later emails would repeat it to people who are not to know that they had it.
 */
function hadItUnseen(context: ActionContext, ticket: Ticket): boolean {
  const {
    message: { from, references, inReplyTo },
    desk,
    contact,
  } = context;
  const sender = from?.address ?? '';
  if (isAddressOf(context, ticket.contact, sender) || ticket.participants.includes(sender)) return false;
  const emails = [...references, ...inReplyTo].map((id) => desk.delivery(id)).filter((email) => email !== null);
  const seen = emails.flatMap(({ to, cc }) => [...to, ...cc]);
  const unseen = emails.flatMap(({ bcc }) => bcc);
  if (unseen.length === 0 || seen.includes(sender)) return false;
  const isColleague = contact?.account != null && contact.account === ticket.account;
  return unseen.includes(sender) || !isColleague;
}

/**
 * An answer that one of us wrote in a mail program. Customers read it who had it: where it went to others, a supplier say, it is kept as
 * an internal note. It is not sent again.
 */
async function addOurs(context: ActionContext, ticket: Ticket, matchedBy: Match['matchedBy']): Promise<void> {
  const { message, desk } = context;
  const isPublic = wentToCustomer(context, ticket);
  const isAnswer = isPublic && !isWrittenByMachine(message);
  const waits = waitsForUs(ticket.ticketStatus);
  const isLast = isAnswer && waits && !(await desk.wroteAfter(ticket, context.receivedAt, context.ownAddresses));
  const participants = isPublic ? union(ticket.participants, peopleIn(context, ticket.contact)) : ticket.participants;
  desk.updateTicket(ticket, {
    ...(isLast ? { ticketStatus: STATUS.waiting } : {}),
    ...(participants.length > ticket.participants.length ? { participants } : {}),
  });
  if (isAnswer) desk.noteActivity(ticket, context.writtenAt);
  context.ticket = ticket;
  comment(context, ticket, matchedBy, { isPublic });
  context.note(() =>
    isPublic
      ? say('log.addedAsOurs', { ticket: ticket.ticketNumber ?? '' })
      : say('log.addedAsNote', { ticket: ticket.ticketNumber ?? '' }),
  );
}

function wentToCustomer(context: ActionContext, { contact, contactAddress, participants }: Ticket): boolean {
  const { to, cc, bcc } = context.message;
  const isCustomers = (address: string) =>
    contact ? address === contactAddress || isAddressOf(context, contact, address) : participants.includes(address);
  return [...to, ...cc, ...bcc].some(({ address }) => isCustomers(address));
}

/** One stranger could open tickets without end: of very many within an hour, the rest goes into one ticket, where nothing of it is lost. */
async function openOrGather(context: ActionContext, config: Config, related: Ticket | null, why: Match['why']): Promise<void> {
  const { desk, customerFrom, isRecent, maxNewTicketsPerHour } = context;
  const customer = context.contact?.email ?? context.customer?.address ?? '';
  // A colleague forwards what many wrote, and an old mailbox is read at once.
  const isLimited = maxNewTicketsPerHour > 0 && isRecent && customer !== '' && customerFrom !== 'forwarded' && !context.isOurs;
  if (!isLimited || !(await desk.hasOpened(customer, context.message.from?.address ?? '', maxNewTicketsPerHour))) {
    open(context, config, related, 'new', why);
    if (isLimited) desk.noteOpened(customer, context.ticket!, false);
    return;
  }
  const gathering = await desk.gatheringTicket(customer);
  if (gathering) return answer(context, config, gathering, GATHERED);
  open(context, config, related, GATHERED, why);
  desk.noteOpened(customer, context.ticket!, true);
  const text = inEnglish(say('ticket.gathers', { customer, count: maxNewTicketsPerHour }));
  const words = { text, visibleText: text, isPublic: false, source: 'api', authorName: 'Mail Scanner', isAutomatic: true };
  desk.addComment(context.ticket!, words, null, []);
}

function open(context: ActionContext, config: Config, related: Ticket | null, matchedBy: 'new' | typeof GATHERED, why: Match['why']): void {
  const { message, desk, contact } = context;
  const subject = (isForwarded(context) && message.forwarded?.subject) || message.subject;
  // A rule may name the account; else it is the contact's.
  const { account = contact?.account ?? null, ...attributes } = filledFields(context, config.onCreate);
  const title = typeof attributes.title === 'string' ? attributes.title : subject;
  const ticket = desk.createTicket({
    title: cut(title.trim(), 255) || '(no subject)',
    // Not the colleague's note: a template may tell the customer the description.
    description: isForwarded(context) ? (message.forwarded?.text ?? '') : message.visibleText,
    subjectKey: storedSubjectKey(subject),
    contact,
    account: account as number | null,
    participants: peopleIn(context, contact),
    related,
    lastActivityAt: context.writtenAt,
    attributes: {
      scanner: context.scanner.id,
      helpdeskTeam: context.scanner.team,
      noAutomaticEmails: wantsNoAnswer(message),
      ...(context.isOurs ? { ticketStatus: STATUS.waiting } : {}),
      ...addressUsed(context, { contact, contactAddress: null }),
      ...attributes,
    },
  });
  context.ticket = ticket;
  desk.log(ticket, 'created', { rule: context.rule });
  if (isNews(context.receivedAt)) desk.addNews('opened', ticket);
  comment(context, ticket, matchedBy);
  context.note(() => openedWords(related, why));
}

function openedWords(related: Ticket | null, why: Match['why']): Said {
  if (!related) return say('log.opened');
  const number = related.ticketNumber ?? '';
  if (why === 'closedLong') return say('log.openedAfterClosed', { ticket: number });
  if (why === 'twin') return say('log.openedTwin', { ticket: number });
  return say('log.openedRelated', { ticket: number });
}
