import { dataOf, get, mailScannerApi, post, put } from '../../shared/api/client';

export type ScannerState = 'ok' | 'failing' | 'overdue' | 'waiting';

export interface ScannerHealth {
  documentId: string;
  name: string;
  state: ScannerState;
  running: boolean;
  failingSince: string | null;
  lastScanAt: string | null;
  lastSuccessAt: string | null;
  lastError: string | null;
}

export interface Problem {
  kind: 'scannerFailing' | 'scannerOverdue' | 'outboxWaiting' | 'deliveriesFailed' | 'messagesFailed';
  key: string;
  since: string;
  scanner: { documentId: string; name: string } | null;
  count: number;
  reason: string | null;
}

export interface SiteHealth {
  status: 'ok' | 'warning' | 'failing';
  checkedAt: string;
  scanners: ScannerHealth[];
  outbox: { isSetUp: boolean; waiting: number; oldest: string | null; lastSent: string | null; failed: number; failedLastDay: number };
  messages: { failed: number; quarantined: number };
  problems: Problem[];
}

export interface AlertSettings {
  afterMinutes: number | null;
  emails: string[];
  webhookHost: string | null;
}

/** `webhook`: a URL; null for none; left out to keep the one there is. */
export type AlertInput = Omit<AlertSettings, 'webhookHost'> & { webhook?: string | null };

export interface AlertResult {
  channel: 'email' | 'webhook';
  error: string | null;
}

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerSiteHealth: build.query<SiteHealth, void>({ query: () => get('/status'), transformResponse: dataOf<SiteHealth> }),
    mailScannerAlerts: build.query<AlertSettings, void>({
      query: () => get('/alerts'),
      transformResponse: dataOf<AlertSettings>,
      providesTags: ['MailScannerAlerts'],
    }),
    mailScannerUpdateAlerts: build.mutation<AlertSettings, AlertInput>({
      query: (data) => put('/alerts', data),
      transformResponse: dataOf<AlertSettings>,
      invalidatesTags: ['MailScannerAlerts'],
    }),
    mailScannerTestAlerts: build.mutation<AlertResult[], void>({
      query: () => post('/alerts/test'),
      transformResponse: dataOf<AlertResult[]>,
    }),
  }),
});

export const {
  useMailScannerSiteHealthQuery: useSiteHealthQuery,
  useMailScannerAlertsQuery: useAlertsQuery,
  useMailScannerUpdateAlertsMutation: useUpdateAlertsMutation,
  useMailScannerTestAlertsMutation: useTestAlertsMutation,
} = api;
