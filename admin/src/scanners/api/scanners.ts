import type { AuthorizationBrief, ProviderName } from '../../oauth/api/authorizations';
import { dataOf, del, get, mailScannerApi, post, put } from '../../shared/api/client';
import type { Outcome, RuleTrace } from '../../scan-log/api/messages';

export type Encryption = 'ssl' | 'starttls' | 'none';
export type Protocol = 'imap' | 'pop3';

/** What the form of a scanner edits. */
export interface ScannerInput {
  name: string;
  active: boolean;
  authType: 'password' | ProviderName;
  protocol: Protocol;
  host: string;
  port: number | null;
  encryption: Encryption;
  validateCertificate: boolean;
  scanType: 'unread' | 'sinceLastScan';
  username: string | null;
  mailboxName: string | null;
  /** The documentId of the account that signs in, for any other authType than `password`. */
  authorization: string | null;
  scanEvery: number;
  listen: boolean;
  scanFrom: string | null;
  fromAddress: string | null;
  fromName: string | null;
  useReplyTo: boolean;
  authservId: string | null;
}

export interface Scanner extends Omit<ScannerInput, 'authorization'> {
  documentId: string;
  authorization: AuthorizationBrief | null;
  /** Whose Authentication-Results count; `id` is '' for a server that gives no name. */
  authserv: { id: string | null; source: 'set' | 'learnt' | 'learning' | 'none' };
  hasPassword: boolean;
  activatedAt: string | null;
  lastScanAt: string | null;
  lastError: string | null;
  failingSince: string | null;
  messagesScanned: number;
  messagesFailed: number;
  running: boolean;
  ruleCount: number;
}

/** A change. `password` is written only, and left out to keep the saved one. */
export type ScannerChange = Partial<ScannerInput> & { password?: string; unread?: OlderUnread };

/** What becomes of the unread emails that lie there when a scanner is activated, or runs before that. */
export type OlderUnread = 'take' | 'leave';

export interface Folder {
  path: string;
  name: string;
  delimiter: string;
  specialUse: string | null;
  selectable: boolean;
}

export type ConnectionTest =
  | {
      ok: true;
      folders: Folder[];
      capabilities: { folders: boolean; readFlags: boolean; move: boolean; push: boolean };
      serverCapabilities: string[];
    }
  | { ok: false; code: string; message: string };

export interface RunResult {
  scanned: number;
  byOutcome: Record<Outcome, number>;
  failed: { subject: string; from: string; reason: string }[];
  openEffects: number;
  /** How many older unread emails a scanner left alone that was never activated. */
  leftAlone: { count: number; message: string } | null;
  durationMs: number;
  error: { code: string; message: string } | null;
}

export interface PreviewedMessage {
  from: string;
  subject: string;
  receivedAt: string | null;
  folder: string;
  outcome: Outcome;
  rule: { documentId: string; name: string } | null;
  reason: string;
  trace: RuleTrace[];
  effects: { type: string; folder?: string }[];
  actions: { type: string; description: string }[];
  ticket: { ticketNumber: string | null; title: string; isNew: boolean; matchedBy: string } | null;
  visibleText: string;
  warnings: string[];
}

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
    mailScannerCreateScanner: build.mutation<Scanner, ScannerChange>({
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
    /** How many unread emails lie there; null where nobody has to be asked. Counted anew each time. */
    mailScannerCountUnread: build.mutation<{ count: number | null }, string>({
      query: (id) => get(`/scanners/${id}/unread`),
      transformResponse: dataOf<{ count: number | null }>,
    }),
    /** Scans now. `unread` is only for a scanner that was never activated. */
    mailScannerRun: build.mutation<RunResult, { id: string; unread?: OlderUnread }>({
      query: ({ id, unread }) => post(`/scanners/${id}/run`, unread ? { unread } : {}),
      transformResponse: dataOf<RunResult>,
      invalidatesTags: ['MailScannerScanner', 'MailScannerMessage'],
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
