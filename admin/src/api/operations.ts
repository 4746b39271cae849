import type { AlertInput, AlertResult, AlertSettings, SiteHealth } from '../../../shared/api/operations';
import { dataOf, get, mailScannerApi, post, put } from './client';

export type * from '../../../shared/api/operations';

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
