import type { TextKey } from '../shared/hooks/useText';
import type { RuleInput } from '../api/rules';

/** Rules to begin with. What their text key says becomes the name. */
interface RuleTemplate {
  name: TextKey;
  rule: Partial<RuleInput>;
}

const condition = (field: string, operator: string, value: unknown) => ({ field, operator, value });
const TICKET = { type: 'createOrUpdateTicket', config: {} };
const CONTACT = { type: 'createContact', config: {} };

export const TEMPLATES: RuleTemplate[] = [
  { name: 'template.support', rule: { conditions: { combinator: 'and', rules: [] }, actions: [CONTACT, TICKET] } },
  {
    name: 'template.invoices',
    rule: {
      conditions: {
        combinator: 'and',
        rules: [condition('subject', 'contains', 'invoice'), condition('attachmentName', 'endsWith', '.pdf')],
      },
      actions: [{ type: 'moveToFolder', config: { folder: 'Invoices' } }],
    },
  },
  {
    name: 'template.newsletters',
    rule: {
      conditions: { combinator: 'and', rules: [condition('header:List-Unsubscribe', 'notNull', '')] },
      actions: [{ type: 'moveToFolder', config: { folder: 'Newsletters' } }],
    },
  },
  {
    name: 'template.monitoring',
    rule: {
      conditions: { combinator: 'and', rules: [condition('fromAddress', '=', 'monitor@example.com')] },
      actions: [CONTACT, { type: 'createOrUpdateTicket', config: { matchSameSubject: true } }],
    },
  },
];
