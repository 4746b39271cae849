import { adminApi, deepEncodeQueryValues } from '@strapi/strapi/admin';

export interface RelatedRecord {
  documentId: string;
  [attribute: string]: unknown;
}

/** Records of any content type, by the Content Manager's API and so by its permissions. */
const api = adminApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerRelatedRecords: build.query<RelatedRecord[], { uid: string; search: string }>({
      query: ({ uid, search }) => ({
        url: `/content-manager/collection-types/${uid}`,
        method: 'GET',
        config: { params: deepEncodeQueryValues({ page: 1, pageSize: 50, ...(search ? { _q: search } : {}) }) },
      }),
      transformResponse: (answer: { results: RelatedRecord[] }) => answer.results,
    }),
  }),
});

export const { useMailScannerRelatedRecordsQuery: useRelatedRecordsQuery } = api;
