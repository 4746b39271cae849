import { dataOf, get, mailScannerApi, post, type PageOf } from '../../shared/api/client';
import type { Delivery } from '../../inbox/api/tickets';

export const DELIVERY_STATES = ['queued', 'sending', 'sent', 'failed', 'bounced', 'cancelled'] as const;
export type DeliveryFilter = (typeof DELIVERY_STATES)[number];

/** An email in the outbox. */
export interface OutboxRow extends Delivery {
  subject: string | null;
  ticket: { documentId: string; ticketNumber: string; title: string } | null;
  createdAt: string;
}

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerTicket'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerDeliveries: build.query<PageOf<OutboxRow>, { state?: string; page: number; pageSize: number }>({
      query: (filters) => get('/deliveries', { ...filters }),
      providesTags: ['MailScannerTicket'],
    }),
    mailScannerRetryDelivery: build.mutation<unknown, string>({
      query: (id) => post(`/deliveries/${id}/retry`),
      invalidatesTags: ['MailScannerTicket'],
    }),
    mailScannerRetryFailedDeliveries: build.mutation<{ retried: number }, void>({
      query: () => post('/deliveries/retry'),
      transformResponse: dataOf<{ retried: number }>,
      invalidatesTags: ['MailScannerTicket'],
    }),
    mailScannerCancelDelivery: build.mutation<unknown, string>({
      query: (id) => post(`/deliveries/${id}/cancel`),
      invalidatesTags: ['MailScannerTicket'],
    }),
  }),
});

export const {
  useMailScannerDeliveriesQuery: useDeliveriesQuery,
  useMailScannerRetryDeliveryMutation: useRetryDeliveryMutation,
  useMailScannerRetryFailedDeliveriesMutation: useRetryFailedDeliveriesMutation,
  useMailScannerCancelDeliveryMutation: useCancelDeliveryMutation,
} = api;
