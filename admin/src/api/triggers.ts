import type {
  Trigger,
  TriggerChange,
  TriggerCount,
  TriggerInput,
  TriggerSchema,
  TriggersFile,
  TriggersImport,
} from '../../../shared/api/triggers';
import { dataOf, del, get, mailScannerApi, post, put } from './client';

export type * from '../../../shared/api/triggers';

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerTrigger'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerTriggers: build.query<Trigger[], void>({
      query: () => get('/triggers'),
      transformResponse: dataOf<Trigger[]>,
      providesTags: ['MailScannerTrigger'],
    }),
    mailScannerSaveTrigger: build.mutation<Trigger, { id: string | null; data: TriggerChange }>({
      query: ({ id, data }) => (id === null ? post('/triggers', data) : put(`/triggers/${id}`, data)),
      transformResponse: dataOf<Trigger>,
      invalidatesTags: ['MailScannerTrigger'],
    }),
    mailScannerImportTriggers: build.mutation<TriggersImport, TriggersFile>({
      query: (file) => post('/triggers/import', file),
      transformResponse: dataOf<TriggersImport>,
      invalidatesTags: ['MailScannerTrigger'],
    }),
    mailScannerDeleteTrigger: build.mutation<null, string>({
      query: (id) => del(`/triggers/${id}`),
      invalidatesTags: ['MailScannerTrigger'],
    }),
    /** How many tickets it would meet, as it stands in the form. */
    mailScannerCountTrigger: build.query<TriggerCount, { id?: string; trigger: TriggerInput }>({
      query: (data) => post('/triggers/count', data),
      transformResponse: dataOf<TriggerCount>,
      keepUnusedDataFor: 0,
    }),
    mailScannerTriggerSchema: build.query<TriggerSchema, void>({
      query: () => get('/trigger-schema'),
      transformResponse: dataOf<TriggerSchema>,
      keepUnusedDataFor: 0,
    }),
  }),
});

export const {
  useMailScannerTriggersQuery: useTriggersQuery,
  useMailScannerSaveTriggerMutation: useSaveTriggerMutation,
  useMailScannerImportTriggersMutation: useImportTriggersMutation,
  useMailScannerDeleteTriggerMutation: useDeleteTriggerMutation,
  useMailScannerCountTriggerQuery: useCountTriggerQuery,
  useMailScannerTriggerSchemaQuery: useTriggerSchemaQuery,
} = api;
