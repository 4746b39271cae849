import type { Core } from '@strapi/strapi';
import { letOthersRun } from '../lib/let-others-run';
import { updateDocument } from '../storage/documents';
import { saveFile } from '../storage/files';
import { createRecords, updateRecords, type NewRecord } from '../storage/records';
import { UID } from '../uids';
import { noteActivities, type ActivityKind } from './activity';
import { noteNews, type NewsKind } from './news';
import { actAs, type Actor } from './actor';
import { followAccountMerges } from './account-merges';
import { refuseMergedContacts } from './contact-addresses';
import type { Comment, Contact, NewTicket, Ticket } from './desk-records';
import { repeatedPictures } from './repeated-pictures';
import { takeTicketNumbers } from './ticket-numbers';
import { markUnmeasured } from './unmeasured';

/** What a batch has decided and not written yet. */
export interface Drafts {
  contacts: Contact[];
  /** What mail tells of contacts that were there before. */
  contactChanges: { record: NewRecord; changes: Record<string, unknown> }[];
  tickets: Map<Ticket, NewTicket>;
  /** Tickets that were there before, with their `changes`. */
  changed: Set<Ticket>;
  /** Tickets that were there before, to which somebody wrote. */
  active: Set<Ticket>;
  /** Tags that tickets get, by their ids. */
  tagged: { ticket: Ticket; tags: number[] }[];
  comments: { comment: Comment; data: Record<string, unknown>; author: Contact | null }[];
  entries: { ticket: Ticket; kind: ActivityKind; detail: Record<string, unknown> }[];
  /** `record`: a comment of the batch, or the id of what is there. */
  news: { kind: NewsKind; ticket: Ticket; record?: Comment | number }[];
}

export const noDrafts = (): Drafts => ({
  contacts: [],
  contactChanges: [],
  tickets: new Map(),
  changed: new Set(),
  active: new Set(),
  tagged: [],
  comments: [],
  entries: [],
  news: [],
});

/**
 * Writes the drafts, in an order in which each finds the ids that it needs, and empties them. Records that change alike
 * are written by one statement. Keys of files go into `files` as they are written, for the code that has to roll back.
 */
export function writeDrafts(
  strapi: Core.Strapi,
  drafts: Drafts,
  { actor, files }: { actor: Actor; files: string[] },
): Promise<{ newTickets: Ticket[] }> {
  const { contacts, contactChanges, tickets, changed, active, tagged, comments, entries, news } = drafts;
  Object.assign(drafts, noDrafts());
  return actAs(actor, async () => {
    await writeContacts(strapi, contacts, contactChanges);
    await writeNewTickets(strapi, tickets);
    await letOthersRun();
    await writeChanges(strapi, changed, active);
    await letOthersRun();
    await writeTags(strapi, tagged);
    await writeComments(strapi, comments, files);
    await letOthersRun();
    await refuseMergedContacts(strapi, writtenOf(tickets, comments));
    await followAccountMerges(
      strapi,
      [...contacts, ...tickets.values()].map(({ account }) => account),
    );
    const activities = entries.map(({ ticket, kind, detail }) => ({ ticket: ticket.record.id!, kind, detail }));
    await noteActivities(strapi, activities, actor);
    await letOthersRun();
    await markUnmeasured(strapi, touched(tickets, changed, active, comments));
    await noteNews(
      strapi,
      news.map(({ kind, ticket, record }) => ({
        kind,
        ticket: ticket.record.id!,
        record: typeof record === 'object' ? record.record.id : record,
      })),
    );
    return { newTickets: [...tickets.keys()] };
  });
}

/** The contacts that something new belongs to. */
const writtenOf = (tickets: Drafts['tickets'], comments: Drafts['comments']): number[] =>
  [...[...tickets.values()].map(({ contact }) => contact), ...comments.map(({ author }) => author)].flatMap(
    (contact) => contact?.record.id ?? [],
  );

const touched = (tickets: Drafts['tickets'], changed: Drafts['changed'], active: Drafts['active'], comments: Drafts['comments']) => [
  ...new Set([...tickets.keys(), ...changed, ...active, ...comments.map(({ comment }) => comment.ticket)].map(({ record }) => record.id!)),
];

async function writeContacts(strapi: Core.Strapi, contacts: Contact[], contactChanges: Drafts['contactChanges']): Promise<void> {
  const records = contacts.map(({ record }) => record);
  await createRecords(strapi, UID.contact, records);
  const changes = contactChanges.map(({ record, changes: data }) => ({ id: record.id!, documentId: record.documentId, data }));
  await updateRecords(strapi, UID.contact, changes);
}

async function writeNewTickets(strapi: Core.Strapi, tickets: Drafts['tickets']): Promise<void> {
  if (tickets.size === 0) return;
  const ticketNumbers = await takeTicketNumbers(strapi, tickets.size);
  for (const [index, [ticket, data]] of [...tickets].entries()) {
    ticket.ticketNumber = ticketNumbers[index];
    ticket.record.data = {
      title: data.title,
      description: data.description,
      subjectKey: data.subjectKey,
      participants: data.participants,
      threadToken: ticket.threadToken,
      lastActivityAt: ticket.lastActivityAt,
      ...data.attributes,
      ticketNumber: ticket.ticketNumber,
      contact: data.contact?.record.id ?? null,
      account: data.account,
    };
  }
  for (const batch of relatedLast(tickets)) {
    for (const ticket of batch) ticket.record.data.related = tickets.get(ticket)!.related?.record.id ?? null;
    const records = batch.map(({ record }) => record);
    await createRecords(strapi, UID.ticket, records);
  }
}

/** In groups, each ticket behind the one that it refers to. */
function relatedLast(tickets: Drafts['tickets']): Ticket[][] {
  const groups: Ticket[][] = [];
  const depths = new Map<Ticket, number>();
  for (const [ticket, { related }] of tickets) {
    // Drafted in their order, a ticket refers to an earlier one.
    const depth = related && depths.has(related) ? depths.get(related)! + 1 : 0;
    depths.set(ticket, depth);
    (groups[depth] ??= []).push(ticket);
  }
  return groups;
}

/** When somebody wrote last differs from ticket to ticket, and is written by one statement all the same. */
async function writeChanges(strapi: Core.Strapi, changed: Drafts['changed'], active: Drafts['active']): Promise<void> {
  const tickets = [...new Set([...changed, ...active])];
  const changes = tickets.map((ticket) => {
    const own = active.has(ticket) ? { lastActivityAt: ticket.lastActivityAt! } : undefined;
    return { id: ticket.record.id!, documentId: ticket.record.documentId, data: ticket.changes, own };
  });
  await updateRecords(strapi, UID.ticket, changes);
  for (const ticket of tickets) ticket.changes = {};
}

/** Beside those that they have: whatever somebody else gives a ticket meanwhile stays. */
async function writeTags(strapi: Core.Strapi, tagged: Drafts['tagged']): Promise<void> {
  for (const { ticket, tags } of tagged) {
    const data = { helpdeskTags: { connect: tags.map((id) => ({ id })) } };
    await updateDocument(strapi, UID.ticket, ticket.record.documentId, data);
  }
}

async function writeComments(strapi: Core.Strapi, drafts: Drafts['comments'], files: string[]): Promise<void> {
  for (const { comment, data, author } of drafts)
    comment.record.data = { ...data, ticket: comment.ticket.record.id, contact: author?.record.id ?? null };
  const comments = drafts.map(({ comment }) => comment);
  const records = comments.map(({ record }) => record);
  await createRecords(strapi, UID.comment, records);
  await writeAttachments(strapi, comments, files);
}

/** A picture that repeats an earlier one shares its file; within one comment nothing does. */
async function writeAttachments(strapi: Core.Strapi, comments: Comment[], files: string[]): Promise<void> {
  const all = comments.flatMap(({ attachments }) => attachments);
  const pictures = await repeatedPictures(strapi, all);
  const rows = [];
  for (const { record, ticket, attachments } of comments) {
    const sender = { authorAddress: String(record.data.authorAddress ?? ''), ticket: ticket.record.documentId };
    const own = [];
    for (const attachment of attachments) {
      const { content, ...columns } = attachment;
      const repeated = pictures.find(attachment, sender);
      const key = repeated?.key ?? (await saveFile(strapi, content));
      if (key !== repeated?.key) files.push(key);
      own.push({ attachment, key });
      rows.push({ ...columns, key, storage: 'private', repeated: repeated !== null, comment: record.id });
    }
    for (const { attachment, key } of own) pictures.add(attachment, sender, key);
  }
  if (rows.length > 0) await strapi.db.query(UID.attachment).createMany({ data: rows });
}
