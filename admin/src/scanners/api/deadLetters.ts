import { dataOf, get, mailScannerApi, post } from '../../shared/api/client';

/** Work that the job queue gave up. Without such an engine there is none. */
export interface DeadLetter {
  id: string;
  work: 'scan' | 'delivery';
  scanner: { documentId: string; name: string } | null;
  reason: string;
  failedAt: string;
  attempts: number;
}

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
