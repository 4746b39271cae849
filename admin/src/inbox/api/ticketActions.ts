import { dataOf, del, get, mailScannerApi, post, type PageOf } from '../../shared/api/client';
import type { Priority, TicketRow } from './tickets';

/** What is done with a ticket as a whole, and what was: see docs/admin-api.md. */

export interface Activity {
  documentId: string;
  /** See server/services/helpdesk/activity.ts. */
  kind: string;
  actorKind: 'user' | 'scanner' | 'api' | 'system';
  actorName: string | null;
  detail: Record<string, unknown> | null;
  createdAt: string;
}

export interface NewTicketInput {
  title: string;
  contactEmail?: string;
  contactName?: string;
  assignee: number | null;
  priority: Priority;
  comment?: { text: string; isPublic: boolean };
}

interface NamedTicket {
  documentId: string;
  ticketNumber: string;
  title: string;
}

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerTicket', 'MailScannerPeople'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerActivities: build.query<PageOf<Activity>, { id: string; pageSize: number }>({
      query: ({ id, pageSize }) => get(`/tickets/${id}/activities`, { pageSize }),
      providesTags: ['MailScannerTicket'],
    }),
    mailScannerOpenTicket: build.mutation<TicketRow, NewTicketInput>({
      query: (data) => post('/tickets', data),
      transformResponse: dataOf<TicketRow>,
      invalidatesTags: ['MailScannerTicket', 'MailScannerPeople'],
    }),
    mailScannerMergeTicket: build.mutation<NamedTicket, { id: string; into: string }>({
      query: ({ id, into }) => post(`/tickets/${id}/merge`, { into }),
      transformResponse: dataOf<NamedTicket>,
      invalidatesTags: ['MailScannerTicket'],
    }),
    mailScannerSplitTicket: build.mutation<NamedTicket, { id: string; comment: string; title: string }>({
      query: ({ id, ...data }) => post(`/tickets/${id}/split`, data),
      transformResponse: dataOf<NamedTicket>,
      invalidatesTags: ['MailScannerTicket', 'MailScannerPeople'],
    }),
    mailScannerDeleteTicket: build.mutation<unknown, string>({
      query: (id) => del(`/tickets/${id}`),
      // Not the ticket itself, which the page still shows: it would be asked for once more and not be found.
      invalidatesTags: (_, error) => (error ? [] : ['MailScannerPeople']),
    }),
  }),
});

export const {
  useMailScannerActivitiesQuery: useActivitiesQuery,
  useMailScannerOpenTicketMutation: useOpenTicketMutation,
  useMailScannerMergeTicketMutation: useMergeTicketMutation,
  useMailScannerSplitTicketMutation: useSplitTicketMutation,
  useMailScannerDeleteTicketMutation: useDeleteTicketMutation,
} = api;
