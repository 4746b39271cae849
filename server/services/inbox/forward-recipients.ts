import type { Core } from '@strapi/strapi';
import type { Address } from '../message/types';
import { furtherAddresses } from '../helpdesk/contact-addresses';
import { ownAddresses } from '../settings/own-addresses';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';

/** Who gets what is forwarded, and what answers people outside: never the customer, and none of ours. */

/** In lower case; empty for a ticket of nobody. */
export async function addressesOfCustomer(strapi: Core.Strapi, ticket: number): Promise<Set<string>> {
  const row = await rowsOf(strapi, UID.ticket).findOne({
    select: ['id', 'contactAddress'],
    where: { id: ticket },
    populate: { contact: { select: ['id', 'email'] } },
  });
  const further = row?.contact ? ((await furtherAddresses(strapi, [row.contact.id])).get(row.contact.id) ?? []) : [];
  const all = [row?.contact?.email, row?.contactAddress, ...further.map(({ email }: { email: string }) => email)];
  return new Set(all.flatMap((address) => (address ? [address.toLowerCase()] : [])));
}

type People = { to: Address[]; cc: Address[] };

interface Forwarded {
  id: number;
  forwardToken: string | null;
  user: object | null;
  isOutgoing: boolean | null;
  authorAddress: string | null;
  authorName: string | null;
  recipients: Partial<People> | null;
}

/** Of these comments of one ticket, those of conversations with people outside, by their ids: the recipients of an answer to each. */
export async function answersToForwards(strapi: Core.Strapi, comments: readonly Forwarded[]): Promise<Map<number, People>> {
  const forwarded = comments.filter(({ forwardToken }) => forwardToken);
  if (forwarded.length === 0) return new Map();
  const first = await rowsOf(strapi, UID.comment).findOne({
    select: ['id'],
    where: { id: forwarded[0].id },
    populate: { ticket: { select: ['id'] } },
  });
  const ticket = first?.ticket;
  const not = new Set([...(await ownAddresses(strapi)), ...(ticket ? await addressesOfCustomer(strapi, ticket.id) : [])]);
  return new Map(forwarded.map((comment) => [comment.id, answerTo(comment, not)]));
}

function answerTo({ user, isOutgoing, authorAddress, authorName, recipients }: Forwarded, not: ReadonlySet<string>): People {
  const taken = new Set(not);
  const fresh = ({ address }: Address) => !taken.has(address.toLowerCase()) && taken.add(address.toLowerCase());
  const { to = [], cc = [] } = recipients ?? {};
  if (user || isOutgoing) return { to: to.filter(fresh), cc: cc.filter(fresh) };
  const author = authorAddress ? [{ address: authorAddress, name: authorName ?? '' }] : [];
  return { to: author.filter(fresh), cc: [...to, ...cc].filter(fresh) };
}
