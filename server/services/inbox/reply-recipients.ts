import type { Core } from '@strapi/strapi';
import { isAddress } from '../message/mime/address';
import type { Address } from '../message/types';
import { compose, type Recipients } from '../outgoing/compose';
import { senderOf } from '../outgoing/compose-delivery';
import { readTicket } from '../outgoing/ticket-reading';
import { templateOf } from '../outgoing/email-templates';
import { ENGLISH } from '../settings/speech';
import { ownAddresses } from '../settings/own-addresses';
import type { FieldError } from '../platform/refusal';
import { say, type Said } from '../../../shared/sentences/words';

export interface ReplyRecipients extends Recipients {
  from: Address | null;
  /** Why a public comment would not be sent; null when it would. */
  problem: 'noSender' | 'templateOff' | 'noRecipient' | null;
}

/** Whom the email about a public comment would go to if it were written now, by the code that sends it. */
export async function replyRecipients(strapi: Core.Strapi, ticketId: number): Promise<ReplyRecipients> {
  const template = await templateOf(strapi, 'change-comments');
  const ticket = await readTicket(strapi, ticketId);
  const from = await senderOf(strapi, ticket.scanner);
  if (!from.address) return { from: null, to: [], cc: [], problem: 'noSender' };
  const { to, cc } = compose({
    ticket,
    contact: ticket.contact,
    account: ticket.account,
    comments: [],
    template,
    sender: { address: from.address, name: from.name ?? '' },
    speech: ENGLISH,
    thread: { messageIds: [], inReplyTo: null },
    ownAddresses: [...(await ownAddresses(strapi))],
  });
  const problem = !template.active ? 'templateOff' : to.length === 0 ? 'noRecipient' : null;
  return { from: { address: from.address, name: from.name ?? '' }, to, cc, problem };
}

/** A mail to more is no answer any more. */
const MAX_RECIPIENTS = 50;

/** What is wrong with the recipients that an author chose; empty when nothing is. */
export async function problemsOfRecipients(strapi: Core.Strapi, { to, cc }: Recipients): Promise<FieldError[]> {
  if (to.length === 0) return [{ path: ['to'], said: say('answer.nobody') }];
  if (to.length + cc.length > MAX_RECIPIENTS) return [{ path: ['to'], said: say('answer.tooMany', { count: MAX_RECIPIENTS }) }];
  const own = await ownAddresses(strapi);
  const problemOf = (address: string): Said | null => {
    if (!isAddress(address)) return say('answer.noAddress', { address });
    return own.has(address.toLowerCase()) ? say('answer.ownAddress', { address }) : null;
  };
  return Object.entries({ to, cc }).flatMap(([field, people]) =>
    people.flatMap(({ address }, index) => {
      const said = problemOf(address);
      return said === null ? [] : [{ path: [field, index], said }];
    }),
  );
}
