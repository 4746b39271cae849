import type { Report } from '../../../shared/api/reports';
import { dataOf, get, mailScannerApi } from './client';

export type * from '../../../shared/api/reports';

/** What the address bar holds of a report; days as "2026-11-30". */
export interface ReportQuery {
  since: string;
  until: string;
  agent?: string;
  scanner?: string;
  tag?: string;
  team?: string;
  counted?: 'true';
}

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerReport: build.query<Report, ReportQuery>({
      query: (query) => get('/reports', { ...query }),
      transformResponse: dataOf<Report>,
    }),
  }),
});

export const { useMailScannerReportQuery: useReportQuery } = api;
