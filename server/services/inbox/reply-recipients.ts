import type { Core } from '@strapi/strapi';
import { isAddress } from '../../../shared/address';
import type { Address } from '../message/types';
import { compose } from '../outgoing/compose';
import type { Addressees, Recipients } from '../outgoing/recipients';
import { senderOf } from '../outgoing/compose-delivery';
import { readTicket } from '../outgoing/ticket-reading';
import { templateOf } from '../outgoing/email-templates';
import { ENGLISH } from '../settings/speech';
import { pointsAt } from '../platform/links';
import { UID } from '../uids';
import { ownAddresses } from '../settings/own-addresses';
import type { FieldError } from '../platform/refusal';
import { say, type Said } from '../../../shared/sentences/words';

interface ReplyRecipients extends Recipients {
  from: Address | null;
  /** With everybody who had the email that is answered, and its sender alone. */
  all: Recipients;
  sender: Recipients;
  /** Why a public comment would not be sent; null when it would. */
  problem: 'noSender' | 'templateOff' | 'noRecipient' | null;
}

/** The recipients that an email about a public comment would have if it were written now, by the code that sends it. */
export async function replyRecipients(strapi: Core.Strapi, ticketId: number): Promise<ReplyRecipients> {
  const template = await templateOf(strapi, 'change-comments');
  const ticket = await readTicket(strapi, ticketId);
  const from = await senderOf(strapi, ticket.scanner);
  if (!from.address) return { from: null, to: [], cc: [], all: { to: [], cc: [] }, sender: { to: [], cc: [] }, problem: 'noSender' };
  const own = await ownAddresses(strapi);
  const { to, cc } = compose({
    ticket,
    contact: ticket.contact,
    account: ticket.account,
    comments: [],
    template,
    sender: { address: from.address, name: from.name ?? '' },
    speech: ENGLISH,
    thread: { messageIds: [], inReplyTo: null },
    ownAddresses: [...own],
  });
  const { all, sender } = whomOf({ to, cc }, await lastEmail(strapi, ticketId), new Set([...own, from.address.toLowerCase()]));
  const problem = !template.active ? 'templateOff' : to.length === 0 ? 'noRecipient' : null;
  return { from: { address: from.address, name: from.name ?? '' }, to, cc, all, sender, problem };
}

interface AnsweredEmail {
  authorName: string | null;
  authorAddress: string | null;
  recipients: Partial<Recipients> | null;
}

/**
 * The newest email that an answer would answer: a person wrote it who is no colleague, and its sender is who they say. What somebody pretends
 * to be says nothing about other recipients.
 */
async function lastEmail(strapi: Core.Strapi, ticketId: number): Promise<AnsweredEmail | null> {
  const isNot = (name: string) => ({ $or: [{ [name]: false }, { [name]: { $null: true } }] });
  const byThem = {
    source: { $in: ['email', 'page'] },
    isPublic: true,
    verified: true,
    isAutomatic: false,
    $and: [isNot('isOutgoing'), isNot('isByColleague')],
  };
  const [newest] = await strapi.db.query(UID.comment).findMany({
    select: ['authorName', 'authorAddress', 'recipients'],
    where: { $and: [byThem, pointsAt(strapi, UID.comment, 'ticket', ticketId)] },
    orderBy: { id: 'desc' },
    limit: 1,
  });
  return (newest as AnsweredEmail | undefined) ?? null;
}

/** As mail programs have it: who wrote the email is written to, who had it is in copy, each once and never one of `own` (in lower case). */
function whomOf(usual: Recipients, email: AnsweredEmail | null, own: ReadonlySet<string>): { all: Recipients; sender: Recipients } {
  const { authorAddress, authorName, recipients } = email ?? {};
  const author = authorAddress ? [{ address: authorAddress, name: authorName ?? '' }] : [];
  const fresh = freshAddresses(own);
  const to = [...usual.to, ...author].filter(fresh);
  const cc = [...usual.cc, ...(recipients?.to ?? []), ...(recipients?.cc ?? [])].filter(fresh);
  const known = to.find(({ address }) => address.toLowerCase() === authorAddress?.toLowerCase());
  return { all: { to, cc: cc.slice(0, MAX_RECIPIENTS - to.length) }, sender: { to: known ? [known] : usual.to, cc: [] } };
}

/** Says of each address whether it is one, and neither one of these nor one that it was asked about before. */
function freshAddresses(not: ReadonlySet<string>): (person: Address) => boolean {
  const taken = new Set(not);
  return ({ address }) => {
    const key = address.toLowerCase();
    if (!isAddress(address) || taken.has(key)) return false;
    taken.add(key);
    return true;
  };
}

/** A mail to more is no answer any more. */
const MAX_RECIPIENTS = 50;

/** What is wrong with the recipients that an author chose; empty when nothing is. */
export async function problemsOfRecipients(strapi: Core.Strapi, { to, cc, bcc }: Addressees): Promise<FieldError[]> {
  if (to.length === 0) return [{ path: ['to'], said: say('answer.nobody') }];
  if (to.length + cc.length + bcc.length > MAX_RECIPIENTS)
    return [{ path: ['to'], said: say('answer.tooMany', { count: MAX_RECIPIENTS }) }];
  const own = await ownAddresses(strapi);
  const problemOf = (address: string): Said | null => {
    if (!isAddress(address)) return say('answer.noAddress', { address });
    return own.has(address.toLowerCase()) ? say('answer.ownAddress', { address }) : null;
  };
  return Object.entries({ to, cc, bcc }).flatMap(([field, people]) =>
    people.flatMap(({ address }, index) => {
      const said = problemOf(address);
      return said === null ? [] : [{ path: [field, index], said }];
    }),
  );
}
