import { get, mailScannerApi, post, dataOf, type PageOf } from '../../shared/api/client';

export const OUTCOMES = ['processed', 'noMatch', 'duplicate', 'bounce', 'failed', 'quarantined', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What became of a condition or a group: the words that it saw and its answer. */
export type Trace =
  | { field: string; operator: string; value: unknown; saw: string; result: boolean }
  | { combinator: 'and' | 'or'; not: boolean; result: boolean; rules: Trace[] };

export interface RuleTrace {
  rule: { documentId: string; name: string };
  matched: boolean;
  skipped: 'folder' | null;
  conditions: Trace | null;
}

/** A row of the scan log. */
export interface Message {
  documentId: string;
  scanner: { documentId: string; name: string } | null;
  folder: string;
  messageId: string | null;
  fromAddress: string | null;
  fromName: string | null;
  subject: string | null;
  receivedAt: string | null;
  size: number | null;
  attempts: number;
  outcome: Outcome;
  reason: string | null;
  trace?: RuleTrace[] | null;
  hasSource: boolean;
  effectsOpen: boolean;
  /** When a failed one is tried again by itself. */
  retryAt: string | null;
  rule: { documentId: string; name: string } | null;
  ticket: { documentId: string; ticketNumber: string } | null;
  createdAt: string;
}

/** It did not get where it should, and may be tried again. */
export const isFailure = ({ outcome }: Pick<Message, 'outcome'>): boolean => outcome === 'failed' || outcome === 'quarantined';

export interface MessageFilters {
  page?: number;
  pageSize?: number;
  scanner?: string;
  outcome?: string;
  since?: string;
  until?: string;
  search?: string;
}

export interface RetryResult {
  tried: number;
  succeeded: number;
  failed: { reason: string }[];
}

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerMessages: build.query<PageOf<Message>, MessageFilters>({
      query: (filters) => get('/messages', { ...filters }),
      providesTags: ['MailScannerMessage'],
    }),
    mailScannerMessage: build.query<Message, string>({
      query: (id) => get(`/messages/${id}`),
      transformResponse: dataOf<Message>,
      providesTags: ['MailScannerMessage'],
    }),
    mailScannerRetry: build.mutation<RetryResult, string>({
      query: (id) => post(`/messages/${id}/retry`),
      transformResponse: dataOf<RetryResult>,
      invalidatesTags: ['MailScannerMessage', 'MailScannerScanner'],
    }),
    mailScannerRetryAll: build.mutation<RetryResult, { scanner?: string }>({
      query: (data) => post('/messages/retry', data),
      transformResponse: dataOf<RetryResult>,
      invalidatesTags: ['MailScannerMessage', 'MailScannerScanner'],
    }),
  }),
});

export const {
  useMailScannerMessagesQuery: useMessagesQuery,
  useMailScannerMessageQuery: useMessageQuery,
  useMailScannerRetryMutation: useRetryMutation,
  useMailScannerRetryAllMutation: useRetryAllMutation,
} = api;
