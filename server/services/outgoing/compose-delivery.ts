import type { Core } from '@strapi/strapi';
import type { Address } from '../message/types';
import { COMMENT_TEXTS } from '../helpdesk/long-texts';
import { bytesOf, fittingBytes } from '../storage/long-columns';
import { ownAddresses } from '../settings/own-addresses';
import { getOutgoingMail, getSettings, languageFor } from '../settings/settings';
import { signaturesOf } from '../settings/signatures';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { readableBy } from './audience';
import { compose } from './compose';
import { recipientsOf } from './recipients';
import { templatesByKey, textIn } from './email-templates';
import { ratingUrl } from './satisfaction';
import { ticketUrl } from './ticket-link';
import { isAutomatic } from './standard-templates';
import { receivedBy, threadOf } from './thread';
import {
  emailsOf,
  MAX_READ_BYTES,
  newestPublic,
  picturesOf,
  readComments,
  READ_OF_COMMENTS,
  readTickets,
  type ReadComment,
  type ReadEmail,
} from './ticket-reading';
import type { OutgoingMail } from './transport';
import { SpokenError } from '../lib/spoken-error';
import { say, type Words } from '../../../shared/sentences/words';

/** A delivery that has nobody to go to, or is not to go any more. */
export class NotDeliverable extends SpokenError {
  constructor(said: Words) {
    super(said);
    this.name = 'NotDeliverable';
  }
}

/** A delivery that nobody wants to leave any more. */
export class NotWanted extends NotDeliverable {}

interface Uncomposed {
  id: number;
  messageId: string;
  /** The key of its template; null for the one about comments. */
  template: string | null;
  ticket: { id: number } | null;
  comment: { id: number } | null;
  /** What the author chose; null for those that the template names. */
  to: Address[] | null;
  cc: Address[] | null;
  bcc: Address[] | null;
}

/** Makes the email of a delivery from what the database holds at this moment. Throws NotDeliverable with the reason. */
export async function composeDelivery(strapi: Core.Strapi, delivery: Uncomposed): Promise<OutgoingMail> {
  const mail = (await composeDeliveries(strapi, [delivery])).get(delivery.id)!;
  if (mail instanceof Error) throw mail;
  return mail;
}

/** The same for several, each with its mail or with what keeps it from being made: what they need is looked up for all at once. */
export async function composeDeliveries(
  strapi: Core.Strapi,
  deliveries: readonly Uncomposed[],
): Promise<Map<number, OutgoingMail | Error>> {
  const composed = new Map<number, OutgoingMail | Error>();
  if (deliveries.length === 0) return composed;
  const desk = await lookUpDesk(strapi, deliveries);
  const { told, sizes, ...tickets } = await lookUpTickets(strapi, deliveries);
  // As many at a time as may stand in memory.
  for (const some of withinMemory(deliveries, (id) => told.get(id) ?? [], sizes)) {
    const comments = await readComments(
      strapi,
      some.flatMap(({ id }) => told.get(id) ?? []),
    );
    const signatures = await signaturesOf(strapi, authorsOf(some, comments));
    for (const delivery of some) {
      const newest = (told.get(delivery.id) ?? []).flatMap((id) => comments.get(id) ?? []);
      composed.set(delivery.id, mailOrError(delivery, { ...desk, signatures }, tickets, newest));
    }
  }
  return composed;
}

/** What is the same for all emails of a moment. */
async function lookUpDesk(strapi: Core.Strapi, deliveries: readonly Uncomposed[]) {
  const settings = await getSettings(strapi);
  return {
    templates: await templatesByKey(strapi, new Set(deliveries.map(keyOf))),
    outgoing: await getOutgoingMail(strapi),
    ownAddresses: [...(await ownAddresses(strapi))],
    settings,
    ratingUrlOf: (delivery: Uncomposed) => ratingUrl(strapi, settings, delivery),
    ticketUrlOf: (delivery: Uncomposed, whose: Parameters<typeof ticketUrl>[3]) => ticketUrl(strapi, settings, delivery, whose),
  };
}

const keyOf = ({ template }: Pick<Uncomposed, 'template'>): string => template ?? 'change-comments';

async function lookUpTickets(strapi: Core.Strapi, deliveries: readonly Uncomposed[]) {
  const ticketIds = [...new Set(deliveries.flatMap(({ ticket }) => ticket?.id ?? []))];
  const about = deliveries.flatMap(({ comment }) => comment?.id ?? []);
  const comments = await rowsOf(strapi, UID.comment).findMany({
    select: ['id'],
    where: { id: { $in: about }, isPublic: true },
    orderBy: { id: 'asc' },
  });
  const newest = await newestPublic(strapi, deliveries);
  const sizes = await bytesOf(strapi, UID.comment, [...new Set([...newest.values()].flat())], COMMENT_TEXTS);
  const told = new Map<number, number[]>();
  for (const [id, ids] of newest) told.set(id, fittingBytes(ids, sizes, READ_OF_COMMENTS));
  return {
    told,
    sizes,
    publicIds: new Set(comments.map(({ id }) => id)),
    tickets: await readTickets(strapi, ticketIds),
    emails: await emailsOf(strapi, ticketIds),
    received: await receivedBy(strapi, ticketIds),
    pictures: await picturesOf(strapi, about),
  };
}

/** Who wrote the comments that these are about. */
const authorsOf = (deliveries: readonly Uncomposed[], comments: ReadonlyMap<number, ReadComment>): number[] =>
  deliveries.flatMap(({ comment }) => comments.get(comment?.id ?? 0)?.user?.id ?? []);

type Desk = Awaited<ReturnType<typeof lookUpDesk>> & { signatures: ReadonlyMap<number, string> };
type Tickets = Omit<Awaited<ReturnType<typeof lookUpTickets>>, 'told' | 'sizes'>;

/** This many bytes of comments are in memory at once; one email alone may have twice that. */
const MOST_IN_MEMORY = MAX_READ_BYTES / 2;

function withinMemory<D extends { id: number }>(
  deliveries: readonly D[],
  commentsOf: (id: number) => number[],
  sizes: ReadonlyMap<number, number>,
): D[][] {
  const parts: D[][] = [[]];
  let bytes = 0;
  for (const delivery of deliveries) {
    const size = commentsOf(delivery.id).reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
    if (bytes + size > MOST_IN_MEMORY && parts.at(-1)!.length > 0) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(delivery);
    bytes += size;
  }
  return parts;
}

function mailOrError(delivery: Uncomposed, desk: Desk, tickets: Tickets, newest: ReadComment[]): OutgoingMail | Error {
  try {
    return composeOne(delivery, desk, tickets, newest);
  } catch (error) {
    return error as Error;
  }
}

function composeOne(delivery: Uncomposed, desk: Desk, tickets: Tickets, newest: ReadComment[]): OutgoingMail {
  const { outgoing, settings } = desk;
  const template = desk.templates.get(keyOf(delivery))!;
  const byItself = isAutomatic(delivery.template);
  const ticket = delivery.ticket && tickets.tickets.get(delivery.ticket.id);
  if (!ticket || !(delivery.comment || byItself)) throw new NotDeliverable(say('outgoing.deleted'));
  const about = delivery.comment?.id ?? null;
  if (about !== null && !tickets.publicIds.has(about)) throw new NotDeliverable(say('outgoing.internal'));
  // Whether the others are on, a scanner may say: it was asked when this one was put into the outbox.
  if (delivery.template === null && !template.active) throw new NotDeliverable(say('outgoing.templateOff'));
  const addressed = {
    ticket,
    contact: ticket.contact,
    account: ticket.account,
    template,
    sender: senderFor(ticket.scanner, outgoing),
    ownAddresses: desk.ownAddresses,
    recipients: delivery.to && { to: delivery.to, cc: delivery.cc ?? [], bcc: delivery.bcc ?? [] },
  };
  const recipients = recipientsOf(addressed);
  if (recipients.to.length === 0) throw new NotDeliverable(say('outgoing.nobody'));
  const emails = tickets.emails.get(ticket.id) ?? [];
  const aboutComments = emails.filter((email) => !isAutomatic(email.template));
  const untold = new Set(emails.filter(isUndoable).map(({ comment }) => comment?.id));
  const earlier = newest.filter(({ id }) => id !== about && !untold.has(id));
  const heard = readableBy(earlier, aboutComments, { recipients, contact: ticket.contact, staffDomains: settings.staffDomains });
  const contentIds = tickets.pictures.get(about ?? 0) ?? [];
  const { language, ...text } = textIn(template, languageFor(settings, ticket.contact), settings.emailLanguage);
  const mail = compose({
    ...addressed,
    template: { ...template, ...text },
    comments: [...newest.filter(({ id }) => id === about).map((comment) => ({ ...comment, contentIds })), ...heard],
    signature: desk.signatures.get(newest.find(({ id }) => id === about)?.user?.id ?? 0) || ticket.scanner?.signature || '',
    ratingUrl: desk.ratingUrlOf(delivery),
    ticketUrl: desk.ticketUrlOf(delivery, { recipients, contact: ticket.contact }),
    speech: { language, timeZone: settings.emailTimeZone },
    isAutomatic: byItself || newest.some(({ id, isAutomatic: byMachine }) => id === about && byMachine),
    thread: threadOf(tickets.received.get(ticket.id) ?? [], emails),
  });
  return { ...mail, messageId: delivery.messageId };
}

type Sender = { fromAddress: string | null; fromName: string | null } | null;

/** The scanner's own sender where it has one, else the one for all outgoing mail. */
export const senderOf = async (strapi: Core.Strapi, scanner: Sender): Promise<Address> => senderFor(scanner, await getOutgoingMail(strapi));

const senderFor = (scanner: Sender, outgoing: { fromAddress: string; fromName: string }): Address => ({
  address: scanner?.fromAddress || outgoing.fromAddress,
  name: scanner?.fromName || outgoing.fromName,
});

export const isUndoable = ({ undo, state, attempts, nextAttemptAt }: ReadEmail): boolean =>
  Boolean(undo) && state === 'queued' && attempts === 0 && new Date(nextAttemptAt ?? 0) > new Date();
