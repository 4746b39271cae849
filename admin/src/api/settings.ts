import type { FirstSteps } from '../../../shared/api/operations';
import type { ServiceLevels } from '../../../shared/api/service-levels';
import type { OutgoingMail, OutgoingMailInput, RoundTrip, Settings, TestEmail } from '../../../shared/api/settings';
import { dataOf, get, mailScannerApi, post, put } from './client';

export type * from '../../../shared/api/settings';

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
    mailScannerSendTestEmail: build.mutation<TestEmail, string>({
      query: (to) => post('/outgoing-mail/test', { to }),
      transformResponse: dataOf<TestEmail>,
    }),
    /** Sends it, with the saved settings. */
    mailScannerStartRoundTrip: build.mutation<TestEmail, string>({
      query: (scanner) => post('/outgoing-mail/round-trip', { scanner }),
      transformResponse: dataOf<TestEmail>,
    }),
    /** Looks once. */
    mailScannerLookForRoundTrip: build.mutation<RoundTrip | null, void>({
      query: () => post('/outgoing-mail/round-trip/look'),
      transformResponse: dataOf<RoundTrip | null>,
    }),
    mailScannerFirstSteps: build.query<FirstSteps, void>({
      query: () => get('/first-steps'),
      transformResponse: dataOf<FirstSteps>,
      providesTags: ['MailScannerScanner', 'MailScannerRule', 'MailScannerOutgoing'],
    }),
    mailScannerSettings: build.query<Settings, void>({
      query: () => get('/settings'),
      transformResponse: dataOf<Settings>,
      providesTags: ['MailScannerSettings'],
    }),
    mailScannerServiceLevels: build.query<ServiceLevels, void>({
      query: () => get('/service-levels'),
      transformResponse: dataOf<ServiceLevels>,
      providesTags: ['MailScannerSettings'],
    }),
    mailScannerUpdateServiceLevels: build.mutation<ServiceLevels, ServiceLevels>({
      query: (data) => put('/service-levels', data),
      transformResponse: dataOf<ServiceLevels>,
      invalidatesTags: ['MailScannerSettings'],
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
  useMailScannerStartRoundTripMutation: useStartRoundTripMutation,
  useMailScannerLookForRoundTripMutation: useLookForRoundTripMutation,
  useMailScannerFirstStepsQuery: useFirstStepsQuery,
  useMailScannerServiceLevelsQuery: useServiceLevelsQuery,
  useMailScannerUpdateServiceLevelsMutation: useUpdateServiceLevelsMutation,
  useMailScannerSettingsQuery: useSettingsQuery,
  useMailScannerUpdateSettingsMutation: useUpdateSettingsMutation,
} = api;
