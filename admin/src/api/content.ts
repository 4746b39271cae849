import type { ContentEntry, ContentLink, ContentLinks } from '../../../shared/api/content';
import { dataOf, get, mailScannerApi, put } from './client';

export type * from '../../../shared/api/content';

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerContentLinks: build.query<ContentLinks, void>({
      query: () => get('/content-links'),
      transformResponse: dataOf<ContentLinks>,
      providesTags: ['MailScannerSettings'],
    }),
    mailScannerSaveContentLinks: build.mutation<ContentLinks, ContentLink[]>({
      query: (links) => put('/content-links', { links }),
      transformResponse: dataOf<ContentLinks>,
      invalidatesTags: ['MailScannerSettings'],
    }),
    mailScannerContentEntries: build.query<ContentEntry[], { ticket?: string; search: string }>({
      query: ({ ticket, search }) => get('/content-entries', { ticket, search }),
      transformResponse: dataOf<ContentEntry[]>,
      providesTags: ['MailScannerSettings'],
    }),
    /** Read again each time: it may have changed on the site. */
    mailScannerContentText: build.mutation<{ html: string }, ContentEntry>({
      query: ({ uid, documentId, locale }) => get(`/content-entries/${uid}/${documentId}`, { locale: locale ?? undefined }),
      transformResponse: dataOf<{ html: string }>,
    }),
  }),
});

export const {
  useMailScannerContentLinksQuery: useContentLinksQuery,
  useMailScannerSaveContentLinksMutation: useSaveContentLinksMutation,
  useMailScannerContentEntriesQuery: useContentEntriesQuery,
  useMailScannerContentTextMutation: useContentTextMutation,
} = api;
