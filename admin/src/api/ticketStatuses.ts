import type { KeptStatus, OwnStatusInput } from '../../../shared/api/ticket-statuses';
import { dataOf, del, get, mailScannerApi, post, put } from './client';

export type * from '../../../shared/api/ticket-statuses';

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerTicket', 'MailScannerStatus'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerStatuses: build.query<KeptStatus[], void>({
      query: () => get('/ticket-statuses'),
      transformResponse: dataOf<KeptStatus[]>,
      providesTags: ['MailScannerStatus'],
    }),
    mailScannerSaveStatus: build.mutation<KeptStatus, { id: string | null; data: Partial<OwnStatusInput> }>({
      query: ({ id, data }) => (id === null ? post('/ticket-statuses', data) : put(`/ticket-statuses/${id}`, data)),
      transformResponse: dataOf<KeptStatus>,
      invalidatesTags: ['MailScannerStatus', 'MailScannerTicket'],
    }),
    mailScannerOrderStatuses: build.mutation<unknown, string[]>({
      query: (order) => put('/ticket-statuses/order', { order }),
      invalidatesTags: ['MailScannerStatus'],
    }),
    mailScannerDeleteStatus: build.mutation<null, string>({
      query: (id) => del(`/ticket-statuses/${id}`),
      invalidatesTags: ['MailScannerStatus', 'MailScannerTicket'],
    }),
  }),
});

export const {
  useMailScannerStatusesQuery: useStatusesQuery,
  useMailScannerSaveStatusMutation: useSaveStatusMutation,
  useMailScannerOrderStatusesMutation: useOrderStatusesMutation,
  useMailScannerDeleteStatusMutation: useDeleteStatusMutation,
} = api;
