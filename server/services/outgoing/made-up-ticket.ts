import type { OutgoingComment } from './change-comments';
import { STATUS } from '../../../shared/vocabulary';

/** A ticket that nobody has, on which an email is shown to those who may change its template and may read no ticket. */

const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();

/** A record that says nothing, so that its tags are empty and not unknown. */
export const empty = (names: string[]): Record<string, unknown> => Object.fromEntries(names.map((name) => [name, '']));

/** `attributes` are those that tags may name; what nothing is made up for is empty. */
export function madeUpTicket(ticketPrefix: string, attributes: Record<'helpdesk' | 'contacts' | 'accounts', string[]>) {
  const contact = { ...empty(attributes.contacts), firstName: 'Jane', lastName: 'Doe', email: 'jane.doe@example.com', phone: '555 0100' };
  const account = { ...empty(attributes.accounts), name: 'Example Ltd', domain: 'example.com', email: 'office@example.com' };
  const ticket = {
    ...empty(attributes.helpdesk),
    ticketNumber: `${ticketPrefix}1001`,
    title: 'Example request',
    description: 'An example of what a customer writes.',
    ticketStatus: STATUS.open,
    priority: 'Normal',
    participants: [],
    threadToken: '0'.repeat(32),
    createdAt: at(60),
    lastActivityAt: at(0),
  };
  const written = { isPublic: true, html: null, visibleText: null };
  const comments: OutgoingComment[] = [
    { ...written, authorName: 'Support', createdAt: at(0), text: 'An example of what you answer.' },
    { ...written, authorName: 'Jane Doe', createdAt: at(60), text: 'An example of what a customer writes.' },
  ];
  return { ticket, contact, account, comments };
}
