import type { Work, WorkWithResult } from '../../../shared/api/work';
import { isUnderWay } from '../../../shared/vocabulary';
import { dataOf, get, mailScannerApi, post } from './client';

export type * from '../../../shared/api/work';

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    /** What is under way or has ended lately, newest first. */
    mailScannerWork: build.query<Work[], void>({
      query: () => get('/work'),
      transformResponse: dataOf<Work[]>,
      providesTags: ['MailScannerWork'],
    }),
    mailScannerOneWork: build.query<WorkWithResult, string>({
      query: (id) => get(`/work/${id}`),
      transformResponse: dataOf<WorkWithResult>,
      providesTags: ['MailScannerWork'],
      // What it has changed is read again once it has ended.
      async onQueryStarted(_id, { dispatch, queryFulfilled }) {
        const { data } = await queryFulfilled.catch(() => ({ data: null }));
        if (data && !isUnderWay(data.state)) dispatch(mailScannerApi.util.invalidateTags(['MailScannerScanner', 'MailScannerMessage']));
      },
    }),
    mailScannerStopWork: build.mutation<Work, string>({
      query: (id) => post(`/work/${id}/stop`),
      transformResponse: dataOf<Work>,
      invalidatesTags: ['MailScannerWork'],
    }),
  }),
});

export const {
  useMailScannerWorkQuery: useWorkQuery,
  useLazyMailScannerWorkQuery: useLazyWorkQuery,
  useMailScannerOneWorkQuery: useOneWorkQuery,
  useMailScannerStopWorkMutation: useStopWorkMutation,
} = api;
