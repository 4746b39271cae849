import type { OlderUnread } from '../../../shared/vocabulary';
import type { ConnectionTest, Folder, NewScanner, PreviewedMessage, Scanner, ScannerChange } from '../../../shared/api/scanners';
import type { Work } from '../../../shared/api/work';
import { dataOf, del, get, mailScannerApi, post, put } from './client';

export type * from '../../../shared/api/scanners';

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerScanners: build.query<Scanner[], void>({
      query: () => get('/scanners'),
      transformResponse: dataOf<Scanner[]>,
      providesTags: ['MailScannerScanner'],
    }),
    mailScannerScanner: build.query<Scanner, string>({
      query: (id) => get(`/scanners/${id}`),
      transformResponse: dataOf<Scanner>,
      providesTags: ['MailScannerScanner'],
    }),
    mailScannerCreateScanner: build.mutation<Scanner, NewScanner>({
      query: (data) => post('/scanners', data),
      transformResponse: dataOf<Scanner>,
      invalidatesTags: ['MailScannerScanner'],
    }),
    mailScannerUpdateScanner: build.mutation<Scanner, { id: string; data: ScannerChange }>({
      query: ({ id, data }) => put(`/scanners/${id}`, data),
      transformResponse: dataOf<Scanner>,
      invalidatesTags: ['MailScannerScanner', 'MailScannerOutgoing'],
    }),
    mailScannerDeleteScanner: build.mutation<unknown, string>({
      query: (id) => del(`/scanners/${id}`),
      invalidatesTags: ['MailScannerScanner', 'MailScannerMessage'],
    }),
    /** Connects with these settings; with an id, the saved password is taken when none is given. */
    mailScannerTestConnection: build.mutation<ConnectionTest, { id?: string; data: ScannerChange }>({
      query: ({ id, data }) => post(id ? `/scanners/${id}/test` : '/scanners/test', data),
      transformResponse: dataOf<ConnectionTest>,
    }),
    mailScannerFolders: build.query<Folder[], string>({
      query: (id) => get(`/scanners/${id}/folders`),
      transformResponse: dataOf<Folder[]>,
      keepUnusedDataFor: 300,
    }),
    /** How many unread emails lie there; null where nobody has to be asked. Counted again each time. */
    mailScannerCountUnread: build.mutation<{ count: number | null }, string>({
      query: (id) => get(`/scanners/${id}/unread`),
      transformResponse: dataOf<{ count: number | null }>,
    }),
    /** Begins a scan. `unread` is only for a scanner that was never activated. */
    mailScannerRun: build.mutation<Work, { id: string; unread?: OlderUnread }>({
      query: ({ id, unread }) => post(`/scanners/${id}/run`, { wait: false, ...(unread ? { unread } : {}) }),
      transformResponse: dataOf<Work>,
      invalidatesTags: ['MailScannerScanner', 'MailScannerWork'],
    }),
    mailScannerPreview: build.mutation<PreviewedMessage[], { id: string; limit?: number; source?: string }>({
      query: ({ id, ...options }) => post(`/scanners/${id}/preview`, options),
      transformResponse: dataOf<PreviewedMessage[]>,
    }),
  }),
});

export const {
  useMailScannerScannersQuery: useScannersQuery,
  useMailScannerScannerQuery: useScannerQuery,
  useMailScannerCreateScannerMutation: useCreateScannerMutation,
  useMailScannerUpdateScannerMutation: useUpdateScannerMutation,
  useMailScannerDeleteScannerMutation: useDeleteScannerMutation,
  useMailScannerTestConnectionMutation: useTestConnectionMutation,
  useMailScannerFoldersQuery: useFoldersQuery,
  useMailScannerCountUnreadMutation: useCountUnreadMutation,
  useMailScannerRunMutation: useRunMutation,
  useMailScannerPreviewMutation: usePreviewMutation,
} = api;
