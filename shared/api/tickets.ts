import type { Absence } from './absences';
import type { Settings } from './settings';
import type { DueFor, Round } from './service-levels';
import type { OwnStatus } from './ticket-statuses';
import type { Tag } from './tags';
import type { CommentSource, DeliveryState, Priority, Score, TicketStatus, TicketView, TagColour } from '../vocabulary';

export type { Score };
import type { Words } from '../sentences/words';

/** An administrator as colleagues see them. */
export interface Agent {
  id: number;
  firstname: string | null;
  lastname: string | null;
  /** Only for those who give tickets to people: an address is what somebody signs in with. */
  email: string | null;
  /** Where people are chosen. */
  absence?: Absence;
}

/** A team as a ticket names it. */
export interface TeamName {
  documentId: string;
  name: string;
  colour: TagColour;
}

export interface Contact {
  documentId: string;
  email: string;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  undeliverable: boolean;
}

export interface TicketRow {
  documentId: string;
  ticketNumber: string;
  title: string;
  ticketStatus: TicketStatus;
  /** A status of the site's own, whose kind `ticketStatus` is. */
  helpdeskStatus: OwnStatus | null;
  priority: Priority;
  lastActivityAt: string | null;
  /** Closed as spam. */
  isSpam: boolean | null;
  /** Since when it is put off (ISO 8601); null: it is not. */
  snoozedAt: string | null;
  /** When it comes back; null: when the customer answers. */
  snoozedUntil: string | null;
  /** When the next target is missed (ISO 8601), and which one; null where nothing is due. */
  dueAt: string | null;
  dueFor: DueFor | null;
  createdAt: string;
  assignee: Agent | null;
  helpdeskTeam: TeamName | null;
  contact: Contact | null;
  account: { documentId: string; name: string } | null;
  scanner: { documentId: string; name: string } | null;
  /** By name. */
  tags: Tag[];
  /** Where everything of this ticket has gone. */
  mergedInto: TicketLink | null;
}

/** What a list says of the messages of a ticket. */
export interface ConversationSummary {
  messageCount: number;
  /** Beside pictures in a text and the logos of signatures. */
  hasFiles: boolean;
  /** The customer wrote what this administrator has not seen, and the ticket is not closed. */
  isUnseen: boolean;
  /** When the customer wrote first since somebody answered (ISO 8601); null where nobody waits for us. */
  waitingSince: string | null;
  /** The newest one, with its words in one line. */
  lastMessage: { author: string; isPublic: boolean; excerpt: string } | null;
}

export interface ListedTicket extends TicketRow {
  conversation: ConversationSummary;
}

/** Another ticket as this one names it: only by its number when one may not see it. */
export interface TicketLink {
  ticketNumber: string;
  documentId?: string;
  title?: string;
}

export interface Attachment {
  documentId: string;
  name: string;
  mime: string;
  /** Bytes. */
  size: number;
  contentId: string | null;
  inline: boolean;
  /** A small picture that was here before, as a signature's logo is. */
  repeated?: boolean | null;
  /** Set where this is the whole of a text that is too long to be shown. */
  wholeOf?: 'text' | 'html' | null;
}

export interface Address {
  address: string;
  name: string;
}

/** What became of an email. */
export interface OutgoingEmail {
  documentId: string;
  state: DeliveryState;
  attempts: number;
  nextAttemptAt: string | null;
  /** When an answer that was written for later is to be sent (ISO 8601). */
  sendAt: string | null;
  lastError: string | null;
  lastErrorSaid: Words | null;
  sentAt: string | null;
  bouncedAt: string | null;
  to: Address[] | null;
  cc: Address[] | null;
  /** Who got it unseen; null in emails of earlier releases. */
  bcc: Address[] | null;
}

/** The email of a comment. */
export interface Delivery extends OutgoingEmail {
  /** For how long its author can still take it back; 0: not at all. */
  undoSeconds: number;
}

export interface Comment {
  documentId: string;
  text: string | null;
  html: string | null;
  visibleText: string | null;
  isPublic: boolean;
  isAutomatic: boolean;
  /** One of us wrote it in a mail program; null for what came before there was this mark. */
  isOutgoing?: boolean | null;
  /** Staff sent it: they forwarded a customer's email, or answered from their own address. */
  isByColleague?: boolean | null;
  verified: boolean;
  matchedBy: string | null;
  source: CommentSource;
  authorName: string | null;
  authorAddress: string | null;
  recipients: { to: Address[]; cc: Address[] } | null;
  contact: Contact | null;
  user: Agent | null;
  createdAt: string;
  /** When its email was written; null where there was none. `createdAt` says when it came in here. */
  writtenAt: string | null;
  /** Whether the email is kept as it came. */
  hasSource: boolean;
  attachments: Attachment[];
  delivery: Delivery | null;
  /** Where it was forwarded to people outside, or written by them: the recipients of an answer to them. Null for all else. */
  forward: { to: Address[]; cc: Address[] } | null;
}

export type SiteFieldType = 'text' | 'longText' | 'email' | 'number' | 'boolean' | 'choice' | 'date' | 'moment';

/** An attribute that the site has given its tickets, with its value. */
export interface SiteField {
  name: string;
  label: string;
  type: SiteFieldType;
  /** Of a choice. */
  options?: string[];
  isRequired: boolean;
  isWritable: boolean;
  value: string | number | boolean | null;
}

export interface Ticket extends TicketRow {
  description: string | null;
  siteFields: SiteField[];
  participants: string[] | null;
  related: TicketLink | null;
  splitFrom: TicketLink | null;
  mergedFrom: TicketLink[];
  splitInto: TicketLink[];
  /** The newest ones, oldest first. */
  comments: Comment[];
  /** How many came before these. */
  earlierComments: number;
  /** The recipients of an answer, and why it would not be sent. */
  replyTo: {
    from: Address | null;
    to: Address[];
    cc: Address[];
    /** The same with all who had the last email of the customer's side, as mail programs have it; never an address of our own. */
    all: { to: Address[]; cc: Address[] };
    /** Who wrote that email, alone. */
    sender: { to: Address[]; cc: Address[] };
    problem: 'noSender' | 'templateOff' | 'noRecipient' | null;
  };
  /** How long the customer waited, in each round from an opening to a closing. */
  /** How content the customer was; null: they have not said. */
  rating: Rating | null;
  rounds: Round[];
  /** As in a list. */
  isUnseen: boolean;
  /** Those who may see it. */
  followers: Agent[];
  isFollowed: boolean;
  isMuted: boolean;
  /** What this administrator was told of it and has not read. */
  unreadNotices: number;
  /** Who else writes an answer just now. */
  answering: Agent[];
  answerDefaults: Pick<Settings, 'afterAnswer' | 'replyTo' | 'takeOnAnswer' | 'afterwards'>;
  uploadLimits: { fileBytes: number; totalBytes: number; files: number };
}

export const DUE_FILTERS = ['soon', 'breached'] as const;
export type DueFilter = (typeof DUE_FILTERS)[number];

export interface Rating {
  score: Score;
  comment: string | null;
  ratedAt: string;
}

export interface TicketFilters {
  page?: number;
  pageSize?: number;
  view?: TicketView;
  search?: string;
  /** Several, with commas between them, also documentIds of statuses of the site's own; so is `priority`. */
  status?: string;
  priority?: string;
  /** The id of an administrator, or `none`. */
  assignee?: string;
  /** DocumentIds. */
  contact?: string;
  account?: string;
  scanner?: string;
  tag?: string;
  /** A documentId, or `none`. */
  team?: string;
  /** Those that one follows oneself. */
  followed?: 'true';
  /** When something last happened (ISO 8601). */
  since?: string;
  until?: string;
  /** What is due soon, by the settings, and what is too late already. */
  due?: DueFilter;
  /** What its customer said last of how content they are. */
  rating?: Score;
  /** Those that were closed as spam. */
  spam?: 'true';
  /** An attribute and a direction: "lastActivityAt:asc". */
  sort?: string;
}

/** The numbers beside the views, in the menu and on the home page. */
export interface HelpdeskSummary {
  /** Tickets in each view. */
  views: Record<TicketView, number>;
  /** Open tickets that nobody has, or that are this administrator's: what waits for an answer. */
  toAnswer: number;
  failedDeliveries: number;
  /** Active scanners whose last scan ended with an error. */
  unhealthyScanners: number;
}

/** A change of a ticket; `assignee` is an id. */
export interface TicketChange {
  title?: string;
  ticketStatus?: TicketStatus;
  /** The documentId of a status of the site's own, which sets `ticketStatus`, too; null: none. */
  helpdeskStatus?: string | null;
  priority?: Priority;
  assignee?: number | null;
  /** The documentId of a team. */
  helpdeskTeam?: string | null;
  /** The contact by its address, made when nobody has it. */
  contactEmail?: string;
  /** The documentId of an account. */
  account?: string | null;
  addParticipants?: string[];
  removeParticipants?: string[];
  /** DocumentIds of tags. */
  addTags?: string[];
  removeTags?: string[];
  /** Puts it off until that moment (ISO 8601), or with null until the customer answers; `null` alone brings it back. */
  snooze?: { until: string | null } | null;
}
