import { isAddress } from '../../../shared/address';
import type { Contact, Ticket } from '../helpdesk/desk-records';
import { isNews } from '../helpdesk/news';
import { MAX_PARTICIPANTS } from '../helpdesk/participants';
import type { ParsedMessage } from '../message/types';
import { subjectKey } from '../message/reading/subject-key';
import { isWrittenByMachine } from '../message/reading/machines/written-by-machine';
import { languageOf } from '../message/reading/language';
import { withoutDetail } from '../lib/address';
import { carriersOf } from './carriers';
import { isAddressOf } from './contact-address';
import type { Match } from './find-ticket';
import { forwardedFirst, isForwarded } from './forwarded-words';
import type { ActionContext } from './types';
import { cut } from '../lib/cut';

/** What a message becomes on its ticket: a comment, and people who take part from then on. */

export function comment(
  context: ActionContext,
  ticket: Ticket,
  matchedBy: Match['matchedBy'],
  { inFlood = false, isPublic = true, forwardToken = null as string | null } = {},
): void {
  const { message, contact } = context;
  const byMachine = isWrittenByMachine(message);
  const from = message.from?.address ? message.from : context.customer;
  const inSubject = wordsOfSubject(message, ticket);
  const data = {
    text: message.text || inSubject,
    html: message.html,
    visibleText: isForwarded(context) ? forwardedFirst(message) : message.visibleText || inSubject,
    // What a mail system reports is for the staff; a customer's absence note is the customer's.
    isPublic: isPublic && !isReport(message),
    isOutgoing: context.isOurs,
    authorName: cut(from?.name || message.from?.name || '', 255),
    authorAddress: cut(from?.address ?? '', 255),
    source: 'email',
    messageId: message.messageId === null ? null : cut(message.messageId, 255),
    matchedBy,
    verified: message.identity === 'proven',
    isAutomatic: byMachine || inFlood,
    isByColleague: context.isByColleague,
    writtenAt: context.writtenAt,
    recipients: { to: message.to.slice(0, MAX_PARTICIPANTS), cc: message.cc.slice(0, MAX_PARTICIPANTS) },
    ...(forwardToken === null ? {} : { forwardToken }),
  };
  // The author is whoever sent it, also when the ticket belongs to the customer whose email was forwarded.
  const author = context.isOurs ? null : context.customer === message.from ? contact : context.desk.contact(message.from?.address ?? '');
  if (author && !byMachine && !inFlood) context.desk.noteEmailOf(author, message.from?.address ?? '', () => languageOf(message));
  context.comment = context.desk.addComment(ticket, data, author, message.attachments);
  // What one of us wrote in a mail program may be by whoever would be told of it.
  if (!data.isAutomatic && !context.isOurs && isNews(context.receivedAt)) context.desk.addNews('message', ticket, context.comment);
}

/** Who answers by a vote of Outlook, or in a hurry, writes into the subject and nowhere else. A new ticket has it as its title. */
const wordsOfSubject = ({ text, subject }: ParsedMessage, { isNew, subjectKey: key }: Ticket): string =>
  isNew || text.trim() !== '' || subjectKey(subject) === key ? '' : subject;

/** About the fate of a mail, or a complaint about it: nothing that a customer wrote. */
const isReport = ({ automatic }: ParsedMessage): boolean =>
  automatic !== null && ['bounce', 'delivered', 'receipt', 'feedback'].includes(automatic.kind);

/** Who else is in the conversation, apart from the contact and ourselves. A form takes no part in it. */
export function peopleIn(context: ActionContext, contact: Contact | null): string[] {
  const { message, customerFrom, ownAddresses } = context;
  const people = [...(customerFrom === 'replyTo' ? [] : [message.from]), ...message.to, ...message.cc];
  const carriers = [...(message.list?.addresses ?? []), ...carriersOf(message, context)];
  const addresses = people.map((person) => person?.address ?? '').filter((address) => !carriers.includes(address));
  return union(
    [],
    addresses.filter(
      (address) => isAddress(address) && !isAddressOf(context, contact, address) && !ownAddresses.has(withoutDetail(address).base),
    ),
  );
}

export const union = (one: string[], other: string[]): string[] => [...new Set([...one, ...other])].slice(0, MAX_PARTICIPANTS);
