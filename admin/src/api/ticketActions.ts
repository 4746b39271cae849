import type { Activity, NamedTicket, NewTicketInput, NewTicketOffers } from '../../../shared/api/ticket-actions';
import type { TicketRow } from '../../../shared/api/tickets';
import { dataOf, del, get, mailScannerApi, post, type PageOf } from './client';

export type * from '../../../shared/api/ticket-actions';

const api = mailScannerApi
  .enhanceEndpoints({ addTagTypes: ['MailScannerTicket', 'MailScannerPeople', 'MailScannerCannedReply'] })
  .injectEndpoints({
    overrideExisting: false,
    endpoints: (build) => ({
      mailScannerActivities: build.query<PageOf<Activity>, { id: string; pageSize: number }>({
        query: ({ id, pageSize }) => get(`/tickets/${id}/activities`, { pageSize }),
        providesTags: ['MailScannerTicket'],
      }),
      mailScannerNewTicketOffers: build.query<NewTicketOffers, { contactEmail?: string; contactName?: string; title?: string }>({
        query: (begun) => get('/tickets/new', begun),
        transformResponse: dataOf<NewTicketOffers>,
        providesTags: ['MailScannerCannedReply', 'MailScannerPeople'],
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
  useMailScannerNewTicketOffersQuery: useNewTicketOffersQuery,
  useMailScannerOpenTicketMutation: useOpenTicketMutation,
  useMailScannerMergeTicketMutation: useMergeTicketMutation,
  useMailScannerSplitTicketMutation: useSplitTicketMutation,
  useMailScannerDeleteTicketMutation: useDeleteTicketMutation,
} = api;
