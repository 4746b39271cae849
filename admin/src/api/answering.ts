import type {
  AnswerInput,
  CannedReply,
  CannedReplyInput,
  FilledReply,
  ForwardInput,
  SuggestedPerson,
  TakenBack,
} from '../../../shared/api/answering';
import type { Agent, Attachment, Comment } from '../../../shared/api/tickets';
import { dataOf, del, get, mailScannerApi, post, put } from './client';

export type * from '../../../shared/api/answering';

const api = mailScannerApi
  .enhanceEndpoints({ addTagTypes: ['MailScannerTicket', 'MailScannerCannedReply', 'MailScannerSignature'] })
  .injectEndpoints({
    overrideExisting: false,
    endpoints: (build) => ({
      mailScannerAnswer: build.mutation<Comment, { id: string; data: AnswerInput }>({
        query: ({ id, data }) => post(`/tickets/${id}/comments`, data),
        transformResponse: dataOf<Comment>,
        // After a refusal, too: what the others wrote is to be seen.
        invalidatesTags: ['MailScannerTicket'],
      }),
      mailScannerForward: build.mutation<Comment, { id: string; data: ForwardInput }>({
        query: ({ id, data }) => post(`/tickets/${id}/forward`, data),
        transformResponse: dataOf<Comment>,
        invalidatesTags: ['MailScannerTicket'],
      }),
      mailScannerUndoAnswer: build.mutation<TakenBack, string>({
        query: (comment) => post(`/comments/${comment}/undo`),
        transformResponse: dataOf<TakenBack>,
        invalidatesTags: ['MailScannerTicket'],
      }),
      mailScannerPresence: build.mutation<{ answering: Agent[] }, { ticket: string; answering: boolean }>({
        query: ({ ticket, answering }) => put(`/tickets/${ticket}/presence`, { answering }),
        transformResponse: dataOf<{ answering: Agent[] }>,
      }),
      mailScannerSignature: build.query<{ html: string }, void>({
        query: () => get('/my-signature'),
        transformResponse: dataOf<{ html: string }>,
        providesTags: ['MailScannerSignature'],
      }),
      mailScannerSaveSignature: build.mutation<{ html: string }, string>({
        query: (html) => put('/my-signature', { html }),
        transformResponse: dataOf<{ html: string }>,
        invalidatesTags: ['MailScannerSignature'],
      }),
      /** The people that one may mean who begins to write an address. */
      mailScannerPeopleToWriteTo: build.query<SuggestedPerson[], { ticket: string; search: string }>({
        query: ({ ticket, search }) => get(`/tickets/${ticket}/people`, { search }),
        transformResponse: dataOf<SuggestedPerson[]>,
      }),
      mailScannerDiscardUpload: build.mutation<null, string>({
        query: (id) => del(`/attachments/${id}`),
      }),
      /** The files of a canned reply, as uploads for an answer. */
      mailScannerAttachReplyFiles: build.mutation<Attachment[], string>({
        query: (reply) => post(`/canned-replies/${reply}/attachments`),
        transformResponse: dataOf<Attachment[]>,
      }),
      /** Copies of files of a message, as uploads for an answer. */
      mailScannerCopyFiles: build.mutation<Attachment[], { comment: string; files: string[] }>({
        query: ({ comment, files }) => post(`/comments/${comment}/attachments`, { files }),
        transformResponse: dataOf<Attachment[]>,
      }),
      mailScannerFilledReplies: build.query<FilledReply[], string>({
        query: (ticket) => get(`/tickets/${ticket}/canned-replies`),
        transformResponse: dataOf<FilledReply[]>,
        providesTags: ['MailScannerCannedReply', 'MailScannerTicket'],
      }),
      mailScannerCannedReplies: build.query<CannedReply[], void>({
        query: () => get('/canned-replies'),
        transformResponse: dataOf<CannedReply[]>,
        providesTags: ['MailScannerCannedReply'],
      }),
      mailScannerCannedReply: build.query<CannedReply, string>({
        query: (id) => get(`/canned-replies/${id}`),
        transformResponse: dataOf<CannedReply>,
        providesTags: ['MailScannerCannedReply'],
      }),
      mailScannerCannedReplyTags: build.query<{ tag: string; label: string }[], void>({
        query: () => get('/canned-replies/tags'),
        transformResponse: dataOf<{ tag: string; label: string }[]>,
      }),
      mailScannerSaveCannedReply: build.mutation<CannedReply, { id: string | null; data: CannedReplyInput }>({
        query: ({ id, data }) => (id === null ? post('/canned-replies', data) : put(`/canned-replies/${id}`, data)),
        transformResponse: dataOf<CannedReply>,
        invalidatesTags: ['MailScannerCannedReply'],
      }),
      mailScannerDeleteCannedReply: build.mutation<null, string>({
        query: (id) => del(`/canned-replies/${id}`),
        invalidatesTags: ['MailScannerCannedReply'],
      }),
    }),
  });

export const {
  useMailScannerAnswerMutation: useAnswerMutation,
  useMailScannerForwardMutation: useForwardMutation,
  useMailScannerUndoAnswerMutation: useUndoAnswerMutation,
  useMailScannerPresenceMutation: usePresenceMutation,
  useMailScannerSignatureQuery: useSignatureQuery,
  useMailScannerSaveSignatureMutation: useSaveSignatureMutation,
  useMailScannerPeopleToWriteToQuery: usePeopleQuery,
  useMailScannerDiscardUploadMutation: useDiscardUploadMutation,
  useMailScannerAttachReplyFilesMutation: useAttachReplyFilesMutation,
  useMailScannerCopyFilesMutation: useCopyFilesMutation,
  useMailScannerFilledRepliesQuery: useFilledRepliesQuery,
  useMailScannerCannedRepliesQuery: useCannedRepliesQuery,
  useMailScannerCannedReplyQuery: useCannedReplyQuery,
  useMailScannerCannedReplyTagsQuery: useCannedReplyTagsQuery,
  useMailScannerSaveCannedReplyMutation: useSaveCannedReplyMutation,
  useMailScannerDeleteCannedReplyMutation: useDeleteCannedReplyMutation,
} = api;
