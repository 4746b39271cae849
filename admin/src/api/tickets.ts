import type {
  Agent,
  Comment,
  HelpdeskSummary,
  ListedTicket,
  Ticket,
  TicketChange,
  TicketFilters,
  TicketRow,
} from '../../../shared/api/tickets';
import type { Absence } from '../../../shared/api/absences';
import type { SpamResult } from '../../../shared/api/block-list';
import type { Work } from '../../../shared/api/work';
import { dataOf, get, mailScannerApi, post, put, type PageOf } from './client';

export type * from '../../../shared/api/tickets';

const withoutPage = ({ page: _page, pageSize: _pageSize, ...filter }: TicketFilters): TicketFilters => filter;

/** What a change makes of a ticket, where that needs no answer of the server. */
function chosenOf({ title, ticketStatus, priority, assignee }: TicketChange, agents: Agent[]): Partial<Ticket> {
  const agent = assignee === null ? null : agents.find(({ id }) => id === assignee);
  return {
    ...(title && { title }),
    ...(ticketStatus && { ticketStatus, helpdeskStatus: null }),
    ...(priority && { priority }),
    ...(agent !== undefined && { assignee: agent }),
  };
}

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerTicket', 'MailScannerAgent'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerTickets: build.query<PageOf<ListedTicket>, TicketFilters>({
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
      providesTags: ['MailScannerAgent'],
    }),
    mailScannerSetAbsence: build.mutation<Absence | null, { user: number; from?: string; until: string | null }>({
      query: ({ user, ...days }) => put(`/agents/${user}/absence`, days),
      transformResponse: dataOf<Absence | null>,
      invalidatesTags: ['MailScannerAgent', 'MailScannerTicket'],
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
      /** What was chosen on its page stays chosen, also until the server has answered. */
      onQueryStarted({ id, data }, { dispatch, getState, queryFulfilled }) {
        const agents = api.endpoints.mailScannerAssignees.select()(getState()).data ?? [];
        const shown = dispatch(
          api.util.updateQueryData('mailScannerTicket', id, (ticket) => void Object.assign(ticket, chosenOf(data, agents))),
        );
        queryFulfilled.catch(shown.undo);
      },
    }),
    /** That one has had the comment before them. Nothing else on the page changes by that. */
    mailScannerSeen: build.mutation<null, { ticket: string; comment: string }>({
      query: ({ ticket, comment }) => put(`/tickets/${ticket}/seen`, { comment }),
    }),
    /** The same change on all tickets of a list, in the background. */
    mailScannerUpdateAllTickets: build.mutation<Work, { filter: TicketFilters; data: TicketChange; tellCustomers?: false }>({
      query: ({ filter, ...change }) => put('/tickets/bulk', { filter: withoutPage(filter), ...change }),
      transformResponse: dataOf<Work>,
      invalidatesTags: ['MailScannerWork'],
    }),
    /** How many emails closing them would send. */
    mailScannerClosingEmails: build.mutation<{ emails: number }, { ids: string[] } | { filter: TicketFilters }>({
      query: (which) => post('/tickets/closing-emails', 'filter' in which ? { filter: withoutPage(which.filter) } : which),
      transformResponse: dataOf<{ emails: number }>,
    }),
    mailScannerMarkSpam: build.mutation<SpamResult, { ids: string[]; isSpam: boolean; unblocks?: string[] }>({
      query: (data) => put('/tickets/spam', data),
      transformResponse: dataOf<SpamResult>,
      invalidatesTags: ['MailScannerTicket', 'MailScannerBlock'],
    }),
    mailScannerMarkAllSpam: build.mutation<Work, { filter: TicketFilters; isSpam: boolean }>({
      query: ({ filter, isSpam }) => put('/tickets/spam', { filter: withoutPage(filter), isSpam }),
      transformResponse: dataOf<Work>,
      invalidatesTags: ['MailScannerWork', 'MailScannerBlock'],
    }),
    /** Takes back what the mark of a whole list has done, by the id of its work. */
    mailScannerTakeSpamBack: build.mutation<Work, string>({
      query: (work) => put('/tickets/spam', { work, isSpam: false }),
      transformResponse: dataOf<Work>,
      invalidatesTags: ['MailScannerWork', 'MailScannerBlock'],
    }),
    mailScannerUpdateTickets: build.mutation<{ changed: number }, { ids: string[]; data: TicketChange; tellCustomers?: false }>({
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
  useMailScannerSetAbsenceMutation: useSetAbsenceMutation,
  useMailScannerTicketQuery: useTicketQuery,
  useLazyMailScannerEarlierCommentsQuery: useLazyEarlierCommentsQuery,
  useMailScannerUpdateTicketMutation: useUpdateTicketMutation,
  useMailScannerSeenMutation: useSeenMutation,
  useMailScannerUpdateAllTicketsMutation: useUpdateAllTicketsMutation,
  useMailScannerUpdateTicketsMutation: useUpdateTicketsMutation,
  useMailScannerMarkSpamMutation: useMarkSpamMutation,
  useMailScannerTakeSpamBackMutation: useTakeSpamBackMutation,
  useMailScannerMarkAllSpamMutation: useMarkAllSpamMutation,
  useMailScannerClosingEmailsMutation: useClosingEmailsMutation,
} = api;
