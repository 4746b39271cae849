import { domainOf } from '../lib/address';
import type { Recipients } from './recipients';

/**
 * Which comments of a ticket an email may repeat to its recipients. A public comment is one that left the house, which does not mean that
 * everybody on the ticket may read it: an agent may have asked a supplier, and a colleague may have written to the desk alone.
 */

interface Heard {
  id: number;
  source: string;
  authorAddress: string | null;
  /** The recipients of an email that came in. */
  recipients: Partial<Recipients> | null;
  contact: { id: number } | null;
}

/** The email about a comment of ours. */
interface ToldComment {
  comment: { id: number } | null;
  state: string;
  /** Null as long as the template names the recipients. */
  to: Recipients['to'] | null;
  cc: Recipients['cc'] | null;
}

interface Listener {
  /** Who gets the email. */
  recipients: Recipients;
  /** Whose ticket it is: what concerns the contact is what the conversation is about. */
  contact: { id: number; email: string; furtherAddresses?: string[] } | null;
  /** In lower case. */
  staffDomains: readonly string[];
}

/** Those of the comments that these people may read, in the order given. `told` are all emails of the ticket. */
export function readableBy<C extends Heard>(comments: readonly C[], told: readonly ToldComment[], listener: Listener): C[] {
  const { contact, staffDomains } = listener;
  const people = addressesOf(listener.recipients);
  const meets = (others: ReadonlySet<string>) => [...others].some((address) => people.has(address));
  const emails = new Map(told.map((email) => [email.comment?.id, email]));
  const asides = new Map(told.filter((email) => leavesOut(contact, email)).map((email) => [email.comment?.id, peopleOf(email)]));
  const askedAside = new Set([...asides.values()].flatMap((others) => [...others]));

  const mayReadOurs = ({ id }: C): boolean => {
    const others = asides.get(id);
    return emails.get(id)?.state !== 'cancelled' && (others === undefined || meets(others));
  };
  const mayReadEmail = ({ authorAddress, recipients, contact: writer }: C): boolean => {
    const author = authorAddress?.toLowerCase() ?? '';
    const isContacts = contact !== null && (writer?.id === contact.id || addressesOfContact(contact).has(author));
    const isConfidential = askedAside.has(author) || staffDomains.includes(domainOf(author));
    return isContacts || !isConfidential || meets(addressesOf(recipients ?? {}).add(author));
  };
  return comments.filter((comment) => (['email', 'page'].includes(comment.source) ? mayReadEmail(comment) : mayReadOurs(comment)));
}

const peopleOf = ({ to, cc }: ToldComment): Set<string> => addressesOf({ to: to ?? [], cc: cc ?? [] });

/** Whether an email went to others than whose ticket it is. */
function leavesOut(contact: Listener['contact'], email: ToldComment): boolean {
  const people = peopleOf(email);
  return people.size > 0 && ![...addressesOfContact(contact)].some((address) => people.has(address));
}

const addressesOfContact = (contact: Listener['contact']): Set<string> =>
  new Set(contact ? [contact.email, ...(contact.furtherAddresses ?? [])].map((address) => address.toLowerCase()) : []);

const addressesOf = ({ to = [], cc = [] }: Partial<Recipients>): Set<string> =>
  new Set([...to, ...cc].map(({ address }) => address.toLowerCase()));
