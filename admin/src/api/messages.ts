import type { Message, MessageFilters, RetryResult } from '../../../shared/api/messages';
import { get, mailScannerApi, post, dataOf, type PageOf } from './client';

export type * from '../../../shared/api/messages';

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerMessages: build.query<PageOf<Message>, MessageFilters>({
      query: (filters) => get('/messages', { ...filters }),
      providesTags: ['MailScannerMessage'],
    }),
    mailScannerMessage: build.query<Message, string>({
      query: (id) => get(`/messages/${id}`),
      transformResponse: dataOf<Message>,
      providesTags: ['MailScannerMessage'],
    }),
    mailScannerRetry: build.mutation<RetryResult, string>({
      query: (id) => post(`/messages/${id}/retry`),
      transformResponse: dataOf<RetryResult>,
      invalidatesTags: ['MailScannerMessage', 'MailScannerScanner'],
    }),
    mailScannerRetryAll: build.mutation<RetryResult, { scanner?: string; outcome?: 'noMatch' }>({
      query: (data) => post('/messages/retry', data),
      transformResponse: dataOf<RetryResult>,
      invalidatesTags: ['MailScannerMessage', 'MailScannerScanner'],
    }),
  }),
});

export const {
  useMailScannerMessagesQuery: useMessagesQuery,
  useMailScannerMessageQuery: useMessageQuery,
  useMailScannerRetryMutation: useRetryMutation,
  useMailScannerRetryAllMutation: useRetryAllMutation,
} = api;
