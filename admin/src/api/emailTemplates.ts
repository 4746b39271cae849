import type { Language } from '../../../shared/vocabulary';
import type { EmailPreview, EmailTemplate, EmailTemplateInput } from '../../../shared/api/email-templates';
import { dataOf, get, mailScannerApi, post, put } from './client';

export type * from '../../../shared/api/email-templates';

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerTemplates: build.query<EmailTemplate[], void>({
      query: () => get('/email-templates'),
      transformResponse: dataOf<EmailTemplate[]>,
      providesTags: ['MailScannerTemplate'],
    }),
    mailScannerTemplate: build.query<EmailTemplate, string>({
      query: (key) => get(`/email-templates/${key}`),
      transformResponse: dataOf<EmailTemplate>,
      providesTags: ['MailScannerTemplate'],
    }),
    mailScannerUpdateTemplate: build.mutation<EmailTemplate, { key: string; data: EmailTemplateInput }>({
      query: ({ key, data }) => put(`/email-templates/${key}`, data),
      transformResponse: dataOf<EmailTemplate>,
      invalidatesTags: ['MailScannerTemplate'],
    }),
    mailScannerResetTemplate: build.mutation<EmailTemplate, string>({
      query: (key) => post(`/email-templates/${key}/reset`),
      transformResponse: dataOf<EmailTemplate>,
      invalidatesTags: ['MailScannerTemplate'],
    }),
    mailScannerPreviewTemplate: build.mutation<
      EmailPreview,
      { key: string; subject: string; body: string; ticket?: string; language?: Language }
    >({
      query: ({ key, ...texts }) => post(`/email-templates/${key}/preview`, texts),
      transformResponse: dataOf<EmailPreview>,
    }),
  }),
});

export const {
  useMailScannerTemplatesQuery: useTemplatesQuery,
  useMailScannerTemplateQuery: useTemplateQuery,
  useMailScannerUpdateTemplateMutation: useUpdateTemplateMutation,
  useMailScannerResetTemplateMutation: useResetTemplateMutation,
  useMailScannerPreviewTemplateMutation: usePreviewTemplateMutation,
} = api;
