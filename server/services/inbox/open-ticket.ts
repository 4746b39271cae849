import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { Address } from '../message/types';
import type { Addressees } from '../outgoing/recipients';
import { chooseDelivery } from '../outgoing/outbox';
import { refuse, refusal } from '../platform/refusal';
import { ownAddresses } from '../settings/own-addresses';
import { withoutConflicts } from '../storage/conflicts';
import { holdDocument, updateDocument } from '../storage/documents';
import { inTransaction } from '../storage/tables';
import { UID } from '../uids';
import { followAccountMerges } from '../helpdesk/account-merges';
import { refuseMergedContacts } from '../helpdesk/contact-addresses';
import { participantsOf } from '../helpdesk/participants';
import { asleepUntil, AWAKE } from '../helpdesk/snooze';
import { contactFor } from './people-views';
import { statusChange } from './statuses';
import { tagChanges, type TagChange } from './tags';
import { teamChange } from '../helpdesk/teams';
import { changeAnswered, newParticipants } from './answered-ticket';
import { problemsOfRecipients, replyRecipients } from './reply-recipients';
import { findTicket } from './tickets';
import { writeStaffComment } from './staff-comment';
import { untilSent } from './undo';
import { findUploads } from './uploads';
import { whereVisible, type Viewer } from './viewer';
import { say } from '../../../shared/sentences/words';

/** Tickets that an administrator opens by hand, and what changes of a ticket that is more than a value. */

/** What somebody gives of a ticket, a site's own attributes among them, which Strapi itself looks at. */
type TicketAttributes = Record<string, unknown>;

interface NewTicket {
  attributes: TicketAttributes;
  /** Whose request it is; a contact is made when nobody has that address. Null: whoever the attributes name, or nobody. */
  contact: Address | null;
  /** The first message. A public one goes to the contact by email. */
  comment: { text?: string; html?: string; isPublic: boolean } | null;
  /** documentIds of its files, which the author has uploaded. */
  attachments?: string[];
  /** Its email waits for a moment in which it can be taken back. */
  undoable?: boolean;
  /** Who gets it besides, in copy and in blind copy. */
  copies: Omit<Addressees, 'to'>;
  /** The documentIds of its tags, and of its team. */
  tags: string[];
  /** The documentId of a status of the site's own. */
  helpdeskStatus?: string | null;
  team?: string | null;
  /** The documentId, or the id, of the scanner whose address its emails come from. */
  scanner?: string | number | null;
}

/**
 * Opens a ticket with its contact and its first message, in one transaction. Returns its id. Throws a ForbiddenError as `contactFor` does,
 * or for an attribute that the viewer may not set, a 400 for a contact with an address of our own or a tag that is not there, and UploadGone
 * or AnswerTooLarge for its files.
 */
export async function openTicket(
  strapi: Core.Strapi,
  viewer: Viewer,
  { attributes, contact, comment, tags, team, helpdeskStatus, scanner, ...message }: NewTicket,
): Promise<number> {
  const user = viewer.id;
  const by = { createdBy: user, updatedBy: user };
  await refuseOwnAddress(strapi, contact);
  // Who sees their own tickets alone would lose sight of the one that they open.
  const own = viewer.seesAll || viewer.teams ? {} : { assignee: user };
  const given = { ...own, ...writable(strapi, viewer, attributes) };
  return withoutConflicts(() =>
    inTransaction(strapi, async (trx) => {
      const whose = contact ? tiesTo(await contactFor(strapi, viewer, contact)) : null;
      const chosen = {
        ...(await tagChanges(strapi, { add: tags, remove: [] })),
        ...(await teamChange(strapi, team)),
        ...(await statusChange(strapi, helpdeskStatus)),
      };
      const data = { ...whose, ...given, ...chosen, ...(scanner ? { scanner } : {}), ...by };
      const ticket = await strapi.documents(UID.ticket).create({ data });
      if (whose) await refuseMergedPeople(strapi, whose);
      if (comment) await writeFirst(strapi, trx, ticket, user, { ...message, comment });
      return ticket.id as number;
    }),
  );
}

type FirstMessage = Pick<NewTicket, 'copies' | 'attachments' | 'undoable'> & { comment: NonNullable<NewTicket['comment']> };

/** The first message with its files, and the recipients of its email. */
async function writeFirst(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  ticket: { id: number | string; documentId: string },
  user: number,
  { comment, copies, attachments = [], undoable }: FirstMessage,
): Promise<void> {
  const row = { id: Number(ticket.id), documentId: ticket.documentId };
  const uploads = await findUploads(strapi, user, attachments);
  const { id } = await writeStaffComment(strapi, trx, { ...comment, ticket: row.id, user, uploads });
  if (!comment.isPublic) return;
  const recipients = copies.cc.length + copies.bcc.length > 0 ? await withCopies(strapi, row.id, copies) : null;
  const added = recipients ? await newParticipants(strapi, row.id, recipients) : [];
  const undo = await changeAnswered(strapi, row, user, { status: null, added, take: false });
  await chooseDelivery(strapi, id, { recipients, ...untilSent(undoable, undo) });
}

/** Beside those that the template names. Who is in copy takes part in the ticket; who is in blind copy does not. */
async function withCopies(strapi: Core.Strapi, ticket: number, { cc, bcc }: Omit<Addressees, 'to'>): Promise<Addressees> {
  const usual = await replyRecipients(strapi, ticket);
  const recipients = { to: usual.to, cc: [...usual.cc, ...cc], bcc };
  const problems = await problemsOfRecipients(strapi, recipients);
  if (problems.length > 0) refuse(problems.map((problem) => ({ ...problem, path: ['comment', ...problem.path] })));
  return recipients;
}

type Snooze = Date | null | 'awake';

interface TicketChange {
  attributes: TicketAttributes;
  /** The new contact by its address, made when nobody has it; its account becomes the ticket's. */
  contact: Address | null;
  /** Addresses that join or leave; who came in by email meanwhile stays. */
  participants: { add: string[]; remove: string[] };
  tags: TagChange;
  /** The documentId of a status of the site's own, null: none. Left out, that goes by the other changes. */
  helpdeskStatus?: string | null;
  /** The documentId of its team; null: none. Left out, that stays as it is. */
  team?: string | null;
  /** Until when it is put off, null: until the customer answers; 'awake': not any more. Left out, that stays as it is. */
  snooze?: Snooze;
}

/**
 * Changes a ticket in one transaction with reading it. Resolves with its id; with null when there is none, or none that the viewer sees.
 * Throws as `openTicket` does.
 */
export async function changeTicket(strapi: Core.Strapi, viewer: Viewer, documentId: string, change: TicketChange): Promise<number | null> {
  return withoutConflicts(() =>
    inTransaction(strapi, async () => {
      await holdDocument(strapi, UID.ticket, documentId);
      const row = await findTicket(strapi, viewer, documentId);
      if (!row) return null;
      const attributes = writable(strapi, viewer, change.attributes);
      await refuseOwnAddress(strapi, change.contact);
      const whose = change.contact ? tiesTo(await contactFor(strapi, viewer, change.contact)) : null;
      const data = {
        ...whose,
        ...joined(row, change.participants),
        ...attributes,
        ...snoozed(change.snooze),
        ...(await tagChanges(strapi, change.tags)),
        ...(await statusChange(strapi, change.helpdeskStatus)),
        ...(await teamChange(strapi, change.team)),
        updatedBy: viewer.id,
      };
      await updateDocument(strapi, UID.ticket, documentId, data);
      if (whose) await refuseMergedPeople(strapi, whose);
      return row.id as number;
    }),
  );
}

/** The same change on several tickets, by their documentIds: on all of them or, when one is not there, on none; that is a NotFoundError. */
export async function changeTickets(strapi: Core.Strapi, viewer: Viewer, documentIds: Set<string>, change: SharedChange): Promise<void> {
  await inTransaction(strapi, async () => {
    const data = { ...(await dataOf(strapi, change)), updatedBy: viewer.id };
    for (const documentId of documentIds) {
      const isThere = (await strapi.db.query(UID.ticket).count({ where: { documentId, ...whereVisible(strapi, viewer) } })) > 0;
      const updated = isThere && (await updateDocument(strapi, UID.ticket, documentId, data));
      if (!updated) throw refusal(errors.NotFoundError, say('ticket.oneGone'));
    }
  });
}

/** What several tickets can get at once. */
export type SharedChange = Pick<TicketChange, 'attributes' | 'tags' | 'team' | 'snooze' | 'helpdeskStatus'>;

/** Such a change as it is written. Throws a 400 for a tag, a team or a status that is not there. */
export const dataOf = async (strapi: Core.Strapi, { attributes, tags, team, snooze, helpdeskStatus }: SharedChange): Promise<object> => ({
  ...attributes,
  ...snoozed(snooze),
  ...(await tagChanges(strapi, tags)),
  ...(await teamChange(strapi, team)),
  ...(await statusChange(strapi, helpdeskStatus)),
});

/** The attributes of a ticket that is put off, or is not any more. */
function snoozed(snooze: Snooze | undefined): object {
  if (snooze === undefined) return {};
  return snooze === 'awake' ? AWAKE : asleepUntil(snooze);
}

/** What the plugin gives a ticket; nobody writes it from outside. */
const NOT_WRITABLE = [
  'id',
  'documentId',
  'ticketNumber',
  'threadToken',
  'subjectKey',
  'noAutomaticEmails',
  'contactAddress',
  'isSpam',
  'beforeSpam',
  'dueAt',
  'dueFor',
  'mergedInto',
  'splitFrom',
  // By `snooze`.
  'snoozedAt',
  'snoozedUntil',
  // Given and taken by their documentIds.
  'helpdeskTags',
  'helpdeskStatus',
  'helpdeskTeam',
  'createdBy',
  'createdAt',
  'updatedBy',
  'updatedAt',
];

/** Records of others that a ticket can be tied to, a site's own among them: who sees their own tickets alone could read them that way. */
const tiesOf = (strapi: Core.Strapi): string[] =>
  Object.entries(strapi.contentType(UID.ticket).attributes)
    .filter(([name, { type }]) => name !== 'assignee' && ['relation', 'media', 'component', 'dynamiczone'].includes(type))
    .map(([name]) => name);

/** Without what nobody writes. Throws a ForbiddenError for what this viewer may not set. */
function writable(strapi: Core.Strapi, viewer: Viewer, attributes: TicketAttributes): TicketAttributes {
  const changes = Object.fromEntries(Object.entries(attributes).filter(([name]) => !NOT_WRITABLE.includes(name)));
  const tie = viewer.seesAll ? undefined : tiesOf(strapi).find((name) => name in changes);
  if (tie) throw refusal(errors.PolicyError, say('ticket.tie', { field: tie }));
  return changes;
}

/** What is sent to an address of our own comes back as news. */
async function refuseOwnAddress(strapi: Core.Strapi, contact: Address | null): Promise<void> {
  if (contact && (await ownAddresses(strapi)).has(contact.address)) refuse([{ path: ['contactEmail'], said: say('desk.ownAddress') }]);
}

const tiesTo = ({ id, contactAddress, account }: { id: number; contactAddress: string | null; account: number | null }) => ({
  contact: id,
  contactAddress,
  account,
});

/** With the participants as they are then. */
function joined(ticket: { participants?: unknown }, { add, remove }: TicketChange['participants']): object {
  if (add.length + remove.length === 0) return {};
  return { participants: [...new Set([...participantsOf(ticket), ...add])].filter((address) => !remove.includes(address)) };
}

/** Throws ChangedMeanwhile when the contact was merged since; an account that was is followed. */
async function refuseMergedPeople(strapi: Core.Strapi, { contact, account }: ReturnType<typeof tiesTo>): Promise<void> {
  await refuseMergedContacts(strapi, [contact]);
  await followAccountMerges(strapi, [account]);
}
