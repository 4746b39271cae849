import { dataOf, del, get, mailScannerApi, post, put } from '../../shared/api/client';

/** A condition in react-querybuilder's format, which the server reads as it is. */
export interface Condition {
  field: string;
  operator: string;
  value: unknown;
}

export interface ConditionGroup {
  combinator: 'and' | 'or';
  not?: boolean;
  rules: (Condition | ConditionGroup)[];
}

export interface RuleAction {
  type: string;
  config: Record<string, unknown>;
}

export interface RuleInput {
  name: string;
  active: boolean;
  folders: string[];
  conditions: ConditionGroup;
  actions: RuleAction[];
  continueAfterMatch: boolean;
}

export interface Rule extends RuleInput {
  documentId: string;
  order: number;
  summary: string;
  warnings: string[];
}

export type OperandKind = 'none' | 'one' | 'list' | 'pair' | 'pattern' | 'ticketPattern';
export type FieldType = 'text' | 'number' | 'date' | 'boolean';

export interface TicketField {
  name: string;
  label: string;
  type: string;
  enum?: string[];
  target?: string;
  required: boolean;
}

/** One setting of an action, as the plugin that brings it describes it. */
export interface ConfigField {
  name: string;
  label: string;
  hint: string | null;
  type: 'text' | 'number' | 'boolean' | 'choice' | 'list';
  options?: string[];
  default: unknown;
  required: boolean;
}

/** What the rule editor offers. */
export interface RuleSchema {
  fields: { name: string; label: string; type: FieldType; operators: string[] }[];
  operators: { name: string; label: string; type: OperandKind }[];
  /** `fields` is null where a setting is beyond a simple form. */
  actions: { type: string; label: string; fields: ConfigField[] | null }[];
  ticketFields: TicketField[];
  defaultTicketPattern: string;
}

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
} = api;
