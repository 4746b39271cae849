import type { OutboxRow } from '../../../shared/api/deliveries';
import { dataOf, get, mailScannerApi, post, type PageOf } from './client';

export type * from '../../../shared/api/deliveries';

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
