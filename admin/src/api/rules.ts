import type { Rule, RuleInput, RuleProposal, RuleSchema, RulesFile, RulesImport, RuleTrial, RuleTry } from '../../../shared/api/rules';
import { dataOf, del, get, mailScannerApi, post, put } from './client';

export type * from '../../../shared/api/rules';

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerRules: build.query<Rule[], string>({
      query: (scanner) => get(`/scanners/${scanner}/rules`),
      transformResponse: dataOf<Rule[]>,
      providesTags: ['MailScannerRule'],
    }),
    mailScannerRule: build.query<Rule, string>({
      query: (id) => get(`/rules/${id}`),
      transformResponse: dataOf<Rule>,
      providesTags: ['MailScannerRule'],
    }),
    mailScannerCreateRule: build.mutation<Rule, { scanner: string; data: RuleInput }>({
      query: ({ scanner, data }) => post(`/scanners/${scanner}/rules`, data),
      transformResponse: dataOf<Rule>,
      invalidatesTags: ['MailScannerRule', 'MailScannerScanner'],
    }),
    mailScannerUpdateRule: build.mutation<Rule, { id: string; data: Partial<RuleInput> }>({
      query: ({ id, data }) => put(`/rules/${id}`, data),
      transformResponse: dataOf<Rule>,
      invalidatesTags: ['MailScannerRule'],
    }),
    mailScannerDeleteRule: build.mutation<unknown, string>({
      query: (id) => del(`/rules/${id}`),
      invalidatesTags: ['MailScannerRule', 'MailScannerScanner'],
    }),
    /** Shows the new order at once; a refusal brings the old one back. */
    mailScannerReorderRules: build.mutation<Rule[], { scanner: string; order: string[] }>({
      query: ({ scanner, order }) => put(`/scanners/${scanner}/rules/order`, { order }),
      transformResponse: dataOf<Rule[]>,
      invalidatesTags: ['MailScannerRule'],
      async onQueryStarted({ scanner, order }, { dispatch, queryFulfilled }) {
        const shown = dispatch(
          api.util.updateQueryData('mailScannerRules', scanner, (rules) => {
            rules.sort((one, other) => order.indexOf(one.documentId) - order.indexOf(other.documentId));
          }),
        );
        queryFulfilled.catch(shown.undo);
      },
    }),
    mailScannerImportRules: build.mutation<RulesImport, { scanner: string; data: RulesFile }>({
      query: ({ scanner, data }) => post(`/scanners/${scanner}/rules/import`, data),
      transformResponse: dataOf<RulesImport>,
      invalidatesTags: ['MailScannerRule', 'MailScannerScanner'],
    }),
    /** What a rule would do that is not saved yet. */
    mailScannerTryRule: build.mutation<RuleTry, { scanner: string; data: RuleTrial }>({
      query: ({ scanner, data }) => post(`/scanners/${scanner}/rules/try`, data),
      transformResponse: dataOf<RuleTry>,
    }),
    mailScannerRuleProposal: build.query<RuleProposal, { message?: string; comment?: string }>({
      query: (from) => get('/rule-proposal', from),
      transformResponse: dataOf<RuleProposal>,
    }),
    mailScannerRuleSchema: build.query<RuleSchema, void>({
      query: () => get('/rule-schema'),
      transformResponse: dataOf<RuleSchema>,
      providesTags: ['MailScannerSettings'],
    }),
  }),
});

export const {
  useMailScannerRulesQuery: useRulesQuery,
  useMailScannerRuleQuery: useRuleQuery,
  useMailScannerCreateRuleMutation: useCreateRuleMutation,
  useMailScannerUpdateRuleMutation: useUpdateRuleMutation,
  useMailScannerDeleteRuleMutation: useDeleteRuleMutation,
  useMailScannerReorderRulesMutation: useReorderRulesMutation,
  useMailScannerRuleSchemaQuery: useRuleSchemaQuery,
  useMailScannerImportRulesMutation: useImportRulesMutation,
  useMailScannerTryRuleMutation: useTryRuleMutation,
  useLazyMailScannerRuleProposalQuery: useLazyRuleProposalQuery,
} = api;
