import type { Tag, TagInput } from '../../../shared/api/tags';
import { dataOf, del, get, mailScannerApi, post, put } from './client';

export type * from '../../../shared/api/tags';

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerTicket', 'MailScannerTag'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerTags: build.query<Tag[], void>({
      query: () => get('/tags'),
      transformResponse: dataOf<Tag[]>,
      providesTags: ['MailScannerTag'],
    }),
    mailScannerSaveTag: build.mutation<Tag, { id: string | null; data: TagInput }>({
      query: ({ id, data }) => (id === null ? post('/tags', data) : put(`/tags/${id}`, data)),
      transformResponse: dataOf<Tag>,
      invalidatesTags: ['MailScannerTag', 'MailScannerTicket'],
    }),
    mailScannerDeleteTag: build.mutation<null, string>({
      query: (id) => del(`/tags/${id}`),
      invalidatesTags: ['MailScannerTag', 'MailScannerTicket'],
    }),
  }),
});

export const {
  useMailScannerTagsQuery: useTagsQuery,
  useMailScannerSaveTagMutation: useSaveTagMutation,
  useMailScannerDeleteTagMutation: useDeleteTagMutation,
} = api;
