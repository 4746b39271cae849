import type { Webhook, WebhookInput } from '../../../shared/api/webhooks';
import { dataOf, del, get, mailScannerApi, post, put } from './client';

export type * from '../../../shared/api/webhooks';

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerWebhook'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerWebhooks: build.query<Webhook[], void>({
      query: () => get('/webhooks'),
      transformResponse: dataOf<Webhook[]>,
      providesTags: ['MailScannerWebhook'],
    }),
    mailScannerSaveWebhook: build.mutation<Webhook, { id: string | null; data: WebhookInput }>({
      query: ({ id, data }) => (id === null ? post('/webhooks', data) : put(`/webhooks/${id}`, data)),
      transformResponse: dataOf<Webhook>,
      invalidatesTags: ['MailScannerWebhook', 'MailScannerSettings'],
    }),
    mailScannerDeleteWebhook: build.mutation<null, string>({
      query: (id) => del(`/webhooks/${id}`),
      invalidatesTags: ['MailScannerWebhook', 'MailScannerSettings'],
    }),
    mailScannerRetryWebhook: build.mutation<unknown, string>({
      query: (id) => post(`/webhooks/${id}/retry`),
      invalidatesTags: ['MailScannerWebhook'],
    }),
  }),
});

export const {
  useMailScannerWebhooksQuery: useWebhooksQuery,
  useMailScannerSaveWebhookMutation: useSaveWebhookMutation,
  useMailScannerDeleteWebhookMutation: useDeleteWebhookMutation,
  useMailScannerRetryWebhookMutation: useRetryWebhookMutation,
} = api;
