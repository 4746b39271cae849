import type { Following, NewsCount, Notice, NoticeChoices, ReadChange } from '../../../shared/api/notices';
import type { Agent } from '../../../shared/api/tickets';
import { dataOf, get, mailScannerApi, put, type PageOf } from './client';

export type * from '../../../shared/api/notices';

const api = mailScannerApi
  .enhanceEndpoints({ addTagTypes: ['MailScannerTicket', 'MailScannerNotice', 'MailScannerNoticeChoices'] })
  .injectEndpoints({
    overrideExisting: false,
    endpoints: (build) => ({
      mailScannerNews: build.query<NewsCount, void>({
        query: () => get('/notices/news'),
        transformResponse: dataOf<NewsCount>,
        providesTags: ['MailScannerNotice'],
      }),
      mailScannerNotices: build.query<PageOf<Notice>, { page: number; pageSize: number; unread?: 'true' }>({
        query: (query) => get('/notices', { ...query }),
        providesTags: ['MailScannerNotice'],
      }),
      mailScannerReadNotices: build.mutation<{ unread: number }, ReadChange>({
        query: (change) => put('/notices/read', change),
        transformResponse: dataOf<{ unread: number }>,
        invalidatesTags: ['MailScannerNotice'],
      }),
      mailScannerNoticeChoices: build.query<NoticeChoices, void>({
        query: () => get('/notices/choices'),
        transformResponse: dataOf<NoticeChoices>,
        providesTags: ['MailScannerNoticeChoices'],
      }),
      mailScannerChooseNotices: build.mutation<NoticeChoices, NoticeChoices>({
        query: (choices) => put('/notices/choices', choices),
        transformResponse: dataOf<NoticeChoices>,
        invalidatesTags: ['MailScannerNoticeChoices'],
      }),
      mailScannerFollow: build.mutation<Following, { ticket: string; follows: boolean }>({
        query: ({ ticket, follows }) => put(`/tickets/${ticket}/follow`, { follows }),
        transformResponse: dataOf<Following>,
        invalidatesTags: ['MailScannerTicket'],
      }),
      mailScannerMute: build.mutation<Following, { ticket: string; isMuted: boolean }>({
        query: ({ ticket, isMuted }) => put(`/tickets/${ticket}/mute`, { isMuted }),
        transformResponse: dataOf<Following>,
        invalidatesTags: ['MailScannerTicket'],
      }),
      /** The people that a note on the ticket may name. */
      mailScannerMentionable: build.query<Agent[], string>({
        query: (ticket) => get(`/tickets/${ticket}/mentionable`),
        transformResponse: dataOf<Agent[]>,
        providesTags: ['MailScannerTicket'],
      }),
    }),
  });

export const {
  useMailScannerNewsQuery: useNewsQuery,
  useMailScannerNoticesQuery: useNoticesQuery,
  useMailScannerReadNoticesMutation: useReadNoticesMutation,
  useMailScannerNoticeChoicesQuery: useNoticeChoicesQuery,
  useMailScannerChooseNoticesMutation: useChooseNoticesMutation,
  useMailScannerFollowMutation: useFollowMutation,
  useMailScannerMuteMutation: useMuteMutation,
  useMailScannerMentionableQuery: useMentionableQuery,
} = api;

/** Lists and tickets are read again: something new is in them. */
export const readAnew = () => api.util.invalidateTags(['MailScannerNotice', 'MailScannerTicket']);
