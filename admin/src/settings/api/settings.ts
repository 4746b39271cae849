import type { AuthorizationBrief } from '../../oauth/api/authorizations';
import { dataOf, get, mailScannerApi, post, put } from '../../shared/api/client';
import type { Encryption } from '../../scanners/api/scanners';

export interface OutgoingMailInput {
  host: string;
  port: number | null;
  encryption: Encryption;
  validateCertificate: boolean;
  /** With an authorization: the mailbox that is sent from, where it is not the account's own. */
  username: string;
  /** The documentId of the account that signs in, in place of a password. */
  authorization: string | null;
  fromAddress: string;
  fromName: string;
  maxPerMinute: number | null;
}

export interface OutgoingMail extends Omit<OutgoingMailInput, 'authorization'> {
  authorization: AuthorizationBrief | null;
  hasPassword: boolean;
  warnings: string[];
}

/** Those of the panel: the server has the words. */
export const EMAIL_LANGUAGES = ['en', 'de', 'es', 'fi', 'fr', 'sv'] as const;

export interface Settings {
  ticketPrefix: string;
  ticketStart: number;
  maxMessageMegabytes: number;
  /** 0: no limit. */
  maxNewTicketsPerHour: number;
  keepSources: 'failed' | 'all';
  staffDomains: string[];
  /** Days; 0: for ever. */
  keepLogDays: number | null;
  keepSourceDays: number | null;
  keepDeliveryDays: number | null;
  /** How the plugin speaks to customers; the time zone by its IANA name. */
  emailLanguage: (typeof EMAIL_LANGUAGES)[number];
  emailTimeZone: string;
}

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerOutgoingMail: build.query<OutgoingMail, void>({
      query: () => get('/outgoing-mail'),
      transformResponse: dataOf<OutgoingMail>,
      providesTags: ['MailScannerOutgoing'],
    }),
    mailScannerUpdateOutgoingMail: build.mutation<OutgoingMail, OutgoingMailInput & { password?: string; authType?: string }>({
      query: (data) => put('/outgoing-mail', data),
      transformResponse: dataOf<OutgoingMail>,
      invalidatesTags: ['MailScannerOutgoing'],
    }),
    mailScannerSendTestEmail: build.mutation<{ ok: boolean; message: string }, string>({
      query: (to) => post('/outgoing-mail/test', { to }),
      transformResponse: dataOf<{ ok: boolean; message: string }>,
    }),
    mailScannerSettings: build.query<Settings, void>({
      query: () => get('/settings'),
      transformResponse: dataOf<Settings>,
      providesTags: ['MailScannerSettings'],
    }),
    mailScannerUpdateSettings: build.mutation<Settings, Partial<Settings>>({
      query: (data) => put('/settings', data),
      transformResponse: dataOf<Settings>,
      invalidatesTags: ['MailScannerSettings'],
    }),
  }),
});

export const {
  useMailScannerOutgoingMailQuery: useOutgoingMailQuery,
  useMailScannerUpdateOutgoingMailMutation: useUpdateOutgoingMailMutation,
  useMailScannerSendTestEmailMutation: useSendTestEmailMutation,
  useMailScannerSettingsQuery: useSettingsQuery,
  useMailScannerUpdateSettingsMutation: useUpdateSettingsMutation,
} = api;
