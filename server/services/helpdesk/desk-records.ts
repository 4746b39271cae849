import type { Attachment } from '../message/types';
import { newDocumentId } from '../storage/randomness';
import type { NewRecord } from '../storage/records';
import { participantsOf } from './participants';
import type { StatusRef } from './statuses';
import { newThreadToken } from './thread-token';
import { STATUS } from '../../../shared/vocabulary';
import type { Row } from '../storage/rows';

/** Records of the helpdesk while a batch of emails is decided about. What is new has no id until the desk has written it. */

export interface Contact {
  record: NewRecord;
  email: string;
  /** The records of their further addresses that the batch has asked for. */
  further: Map<string, NewRecord>;
  /** The id of its account. */
  account: number | null;
}

export interface Ticket {
  record: NewRecord;
  /** Given out when it is written. */
  ticketNumber: string | null;
  title: string;
  ticketStatus: string;
  /** The status of the site's own. */
  helpdeskStatus: StatusRef | null;
  contact: Contact | null;
  /** The further address from which the contact wrote last; null: their first one. */
  contactAddress: string | null;
  /** The id of its account. */
  account: number | null;
  /** The id of the administrator who has it. */
  assignee: number | null;
  /** The id of its team. */
  team: number | null;
  /** The id of the scanner whose mailbox it came from. */
  scanner: number | null;
  participants: string[];
  /** The ids of its tags; null as long as nobody asked for them. */
  tags: Set<number> | null;
  threadToken: string;
  subjectKey: string;
  /** When somebody wrote last, by the dates of the messages. */
  lastActivityAt: Date | null;
  /** The id of the ticket that this one was merged into, and of the one it was split from. */
  mergedInto: number | null;
  splitFrom: number | null;
  /** Changes to a ticket that was there before. */
  changes: Record<string, unknown>;
  isNew: boolean;
}

export interface Comment {
  record: NewRecord;
  ticket: Ticket;
  attachments: Attachment[];
}

export interface Delivery {
  id: number;
  /** The id of its ticket. */
  ticket: number | null;
  /** Addresses, in lower case; empty until it is composed. */
  to: string[];
  cc: string[];
  bcc: string[];
  /** What bounces said already: see the content type. */
  bounces: string[];
}

export interface NewTicket {
  title: string;
  description: string;
  subjectKey: string;
  contact: Contact | null;
  /** The id of its account. */
  account: number | null;
  participants: string[];
  related: Ticket | null;
  lastActivityAt: Date;
  /** What a rule sets besides. */
  attributes: Record<string, unknown>;
}

export const newRecord = (data: Record<string, unknown>): NewRecord => ({ documentId: newDocumentId(), data });

export const newTicket = (data: NewTicket): Ticket => ({
  record: newRecord({}),
  ticketNumber: null,
  title: data.title,
  ticketStatus: (data.attributes.ticketStatus as string) ?? STATUS.open,
  helpdeskStatus: (data.attributes.helpdeskStatus as StatusRef | undefined) ?? null,
  contact: data.contact,
  contactAddress: (data.attributes.contactAddress as string | undefined) ?? null,
  account: data.account,
  assignee: (data.attributes.assignee as number | undefined) ?? null,
  team: (data.attributes.helpdeskTeam as number | null | undefined) ?? null,
  scanner: (data.attributes.scanner as number | undefined) ?? null,
  participants: data.participants,
  tags: new Set(),
  threadToken: newThreadToken(),
  subjectKey: data.subjectKey,
  lastActivityAt: data.lastActivityAt,
  mergedInto: null,
  splitFrom: null,
  changes: {},
  isNew: true,
});

interface ContactRow {
  id: number;
  documentId: string;
  email: string;
  account?: { id: number } | null;
}

export const contactFrom = (row: ContactRow): Contact => ({
  record: { id: row.id, documentId: row.documentId, data: { ...row } },
  email: row.email,
  further: new Map(),
  account: row.account?.id ?? null,
});

interface Id {
  id: number;
}

/** A ticket as the database has it, with what it points at. */
type TicketRow = Omit<Row<'ticket'>, 'description'> & {
  contact: ContactRow | null;
  helpdeskTeam: Id | null;
  mergedInto: Id | null;
  helpdeskStatus: StatusRef | null;
  splitFrom?: Id | null;
  account?: Id | null;
  assignee?: Id | null;
  scanner?: Id | null;
};

/** A ticket as the database has it; its contact is the one that the batch knows already, if there is one. */
export const ticketFrom = (row: TicketRow, contacts: ReadonlyMap<number, Contact>): Ticket => ({
  record: { id: row.id, documentId: row.documentId, data: row },
  ticketNumber: row.ticketNumber,
  title: row.title,
  ticketStatus: row.ticketStatus,
  helpdeskStatus: row.helpdeskStatus,
  contact: row.contact ? (contacts.get(row.contact.id) ?? contactFrom(row.contact)) : null,
  contactAddress: row.contactAddress,
  account: row.account?.id ?? null,
  assignee: row.assignee?.id ?? null,
  team: row.helpdeskTeam?.id ?? null,
  scanner: row.scanner?.id ?? null,
  participants: participantsOf(row),
  tags: null,
  threadToken: row.threadToken,
  subjectKey: row.subjectKey ?? '',
  lastActivityAt: row.lastActivityAt ? new Date(row.lastActivityAt) : null,
  mergedInto: row.mergedInto?.id ?? null,
  splitFrom: row.splitFrom?.id ?? null,
  changes: {},
  isNew: false,
});
