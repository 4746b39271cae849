import { dataOf, get, mailScannerApi, put, type PageOf } from '../../shared/api/client';

export const STATUSES = ['Open', 'In Progress', 'Wait For Response', 'Closed'] as const;
export type TicketStatus = (typeof STATUSES)[number];
export const PRIORITIES = ['Low', 'Normal', 'High', 'Urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];
export const VIEWS = ['mine', 'unassigned', 'open', 'waiting', 'all', 'closed'] as const;
export type TicketView = (typeof VIEWS)[number];

export interface Agent {
  id: number;
  firstname: string | null;
  lastname: string | null;
  /** Only for who gives tickets to people. */
  email: string | null;
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
  priority: Priority;
  lastActivityAt: string | null;
  createdAt: string;
  assignee: Agent | null;
  contact: Contact | null;
  account: { documentId: string; name: string } | null;
  scanner: { documentId: string; name: string } | null;
  /** Where everything of this ticket has gone. */
  mergedInto: TicketLink | null;
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

export interface Delivery {
  documentId: string;
  state: 'queued' | 'sending' | 'sent' | 'failed' | 'cancelled';
  attempts: number;
  nextAttemptAt: string | null;
  lastError: string | null;
  sentAt: string | null;
  bouncedAt: string | null;
  to: Address[] | null;
  cc: Address[] | null;
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
  source: 'email' | 'admin' | 'api';
  authorName: string | null;
  authorAddress: string | null;
  recipients: { to: Address[]; cc: Address[] } | null;
  contact: Contact | null;
  user: Agent | null;
  createdAt: string;
  /** Whether the email is kept as it came. */
  hasSource: boolean;
  attachments: Attachment[];
  delivery: Delivery | null;
}

export interface Ticket extends TicketRow {
  description: string | null;
  participants: string[] | null;
  related: TicketLink | null;
  splitFrom: TicketLink | null;
  mergedFrom: TicketLink[];
  splitInto: TicketLink[];
  /** The newest ones, oldest first. */
  comments: Comment[];
  /** How many came before these. */
  earlierComments: number;
  /** Whom an answer would go to, and why it would not be sent. */
  replyTo: { from: Address | null; to: Address[]; cc: Address[]; problem: 'noSender' | 'templateOff' | 'noRecipient' | null };
  /** Who else writes an answer just now. */
  answering: Agent[];
  uploadLimits: { fileBytes: number; totalBytes: number; files: number };
}

export interface TicketFilters {
  page?: number;
  pageSize?: number;
  view?: TicketView;
  search?: string;
  status?: string;
  priority?: string;
  /** The id of an administrator, or `none`. */
  assignee?: string;
  contact?: string;
  account?: string;
  scanner?: string;
  since?: string;
  until?: string;
}

export interface HelpdeskSummary {
  views: Record<TicketView, number>;
  toAnswer: number;
  failedDeliveries: number;
  unhealthyScanners: number;
}

/** A change of a ticket; `assignee` is an id. */
export interface TicketChange {
  ticketStatus?: TicketStatus;
  priority?: Priority;
  assignee?: number | null;
  /** The contact by its address, made when nobody has it. */
  contactEmail?: string;
  /** The documentId of an account. */
  account?: string | null;
  addParticipants?: string[];
  removeParticipants?: string[];
}

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerTicket'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerTickets: build.query<PageOf<TicketRow>, TicketFilters>({
      query: (filters) => get('/tickets', { ...filters }),
      providesTags: ['MailScannerTicket'],
    }),
    /** `own`: of one's own tickets alone. */
    mailScannerTicketSummary: build.query<HelpdeskSummary, { own: 'true' } | void>({
      query: (which) => get('/tickets/summary', { ...which }),
      transformResponse: dataOf<HelpdeskSummary>,
      providesTags: ['MailScannerTicket'],
    }),
    mailScannerOpenedTickets: build.query<{ since: string; count: number }[], { starts: string[]; own?: 'true' }>({
      query: ({ starts, own }) => get('/tickets/opened', { starts: starts.join(), own }),
      transformResponse: dataOf<{ since: string; count: number }[]>,
      providesTags: ['MailScannerTicket'],
    }),
    mailScannerAssignees: build.query<Agent[], void>({
      query: () => get('/tickets/assignees'),
      transformResponse: dataOf<Agent[]>,
      keepUnusedDataFor: 600,
    }),
    mailScannerTicket: build.query<Ticket, string>({
      query: (id) => get(`/tickets/${id}`),
      transformResponse: dataOf<Ticket>,
      providesTags: ['MailScannerTicket'],
    }),
    /** The page of the conversation before a comment. */
    mailScannerEarlierComments: build.query<Comment[], { ticket: string; before: string }>({
      query: ({ ticket, before }) => get(`/tickets/${ticket}/comments`, { before }),
      transformResponse: dataOf<Comment[]>,
      keepUnusedDataFor: 0,
    }),
    mailScannerUpdateTicket: build.mutation<TicketRow, { id: string; data: TicketChange }>({
      query: ({ id, data }) => put(`/tickets/${id}`, data),
      transformResponse: dataOf<TicketRow>,
      invalidatesTags: ['MailScannerTicket'],
    }),
    mailScannerUpdateTickets: build.mutation<{ changed: number }, { ids: string[]; data: TicketChange }>({
      query: (data) => put('/tickets/bulk', data),
      transformResponse: dataOf<{ changed: number }>,
      invalidatesTags: ['MailScannerTicket'],
    }),
  }),
});

export const {
  useMailScannerTicketsQuery: useTicketsQuery,
  useMailScannerTicketSummaryQuery: useTicketSummaryQuery,
  useMailScannerOpenedTicketsQuery: useOpenedTicketsQuery,
  useMailScannerAssigneesQuery: useAssigneesQuery,
  useMailScannerTicketQuery: useTicketQuery,
  useLazyMailScannerEarlierCommentsQuery: useLazyEarlierCommentsQuery,
  useMailScannerUpdateTicketMutation: useUpdateTicketMutation,
  useMailScannerUpdateTicketsMutation: useUpdateTicketsMutation,
} = api;
