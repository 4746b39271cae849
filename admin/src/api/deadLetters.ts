import type { DeadLetter } from '../../../shared/api/dead-letters';
import { dataOf, get, mailScannerApi, post } from './client';

export type * from '../../../shared/api/dead-letters';

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerDeadLetters: build.query<DeadLetter[], void>({
      query: () => get('/dead-letters'),
      transformResponse: dataOf<DeadLetter[]>,
      providesTags: ['MailScannerScanner'],
    }),
    mailScannerRetryDeadLetter: build.mutation<unknown, string>({
      query: (id) => post(`/dead-letters/${id}/retry`),
      invalidatesTags: ['MailScannerScanner'],
    }),
  }),
});

export const { useMailScannerDeadLettersQuery: useDeadLettersQuery, useMailScannerRetryDeadLetterMutation: useRetryDeadLetterMutation } =
  api;
