import type { BlockedSender, BlockListMeta } from '../../../shared/api/block-list';
import type { RetryResult } from '../../../shared/api/messages';
import { dataOf, del, get, mailScannerApi, post, put, type PageOf } from './client';

export type { BlockedSender };

type BlockPage = PageOf<BlockedSender> & { meta: BlockListMeta };

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerBlocks: build.query<BlockPage, { search?: string; page?: number; pageSize?: number }>({
      query: (filters) => get('/block-list', filters),
      providesTags: ['MailScannerBlock'],
    }),
    mailScannerBlock: build.mutation<{ added: string[] }, { targets: string[]; note: string }>({
      query: (data) => post('/block-list', data),
      transformResponse: dataOf<{ added: string[] }>,
      invalidatesTags: ['MailScannerBlock'],
    }),
    /** Which of these addresses are on the list. */
    mailScannerBlocked: build.query<string[], string[]>({
      query: (addresses) => post('/block-list/blocked', { addresses }),
      transformResponse: dataOf<string[]>,
      providesTags: ['MailScannerBlock'],
    }),
    mailScannerUnblock: build.mutation<null, number>({
      query: (id) => del(`/block-list/${id}`),
      invalidatesTags: ['MailScannerBlock'],
    }),
    mailScannerBlockToJunk: build.mutation<null, boolean>({
      query: (toJunk) => put('/block-list', { toJunk }),
      invalidatesTags: ['MailScannerBlock', 'MailScannerSettings'],
    }),
    mailScannerDecideAgain: build.mutation<RetryResult, number>({
      query: (id) => post(`/block-list/${id}/decide-again`),
      transformResponse: dataOf<RetryResult>,
      invalidatesTags: ['MailScannerBlock', 'MailScannerMessage'],
    }),
  }),
});

export const {
  useMailScannerBlocksQuery: useBlocksQuery,
  useMailScannerBlockedQuery: useBlockedQuery,
  useMailScannerBlockMutation: useBlockMutation,
  useMailScannerUnblockMutation: useUnblockMutation,
  useMailScannerBlockToJunkMutation: useBlockToJunkMutation,
  useMailScannerDecideAgainMutation: useDecideAgainMutation,
} = api;
