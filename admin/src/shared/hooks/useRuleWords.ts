import * as React from 'react';
import { useIntl } from 'react-intl';
import type { Trace } from '../../api/messages';
import type { Condition, ConditionGroup, OperandKind, RuleAction, RuleInput, RuleSchema } from '../../api/rules';
import { useText, useTextOr } from './useText';

export interface RuleWords {
  field(name: string): string;
  operator(name: string): string;
  ticketField(name: string): string;
  actionType(type: string): string;
  condition(condition: Condition): string;
  /** What a condition saw in a message. */
  saw(trace: { field: string; saw: string }): string;
  conditions(group: ConditionGroup): string;
  action(action: RuleAction): string;
  sentence(rule: Pick<RuleInput, 'conditions' | 'actions'>): string;
}

const HEADER = 'header:';
const HIDDEN = /^\((\d+) characters\)$/;
const QUIET: OperandKind[] = ['none', 'ticketPattern'];

const VALUES: Record<string, string> = { ticketStatus: 'inbox.status', priority: 'inbox.priority' };

/** What a value of a ticket's field is called, where it has a name. */
export function useTicketValue(): (field: string, value: string) => string {
  const textOr = useTextOr();
  return React.useCallback((field, value) => textOr(`${VALUES[field]}.${value}`, value), [textOr]);
}

/** Says in the administrator's language what a rule does. Names that nobody knows are shown as they are written. */
export function useRuleWords(schema: RuleSchema | undefined): RuleWords {
  const text = useText();
  const textOr = useTextOr();
  const ticketValue = useTicketValue();
  const { formatList, formatDate } = useIntl();

  return React.useMemo(() => {
    const field = (name: string) =>
      name.startsWith(HEADER)
        ? text('field.header', { name: name.slice(HEADER.length) })
        : textOr(`field.${name}`, schema?.fields.find((known) => known.name === name)?.label ?? name);
    const operator = (name: string) => textOr(`operator.${name}`, schema?.operators.find((known) => known.name === name)?.label ?? name);
    const ticketField = (name: string) =>
      textOr(`ticketField.${name}`, schema?.ticketFields.find((known) => known.name === name)?.label ?? name);
    const actionType = (type: string) => textOr(`action.${type}`, schema?.actions.find((known) => known.type === type)?.label ?? type);

    const condition = ({ field: name, operator: how, value }: Condition) => {
      const kind = schema?.operators.find((known) => known.name === how)?.type ?? 'one';
      const words = `${field(name)} ${operator(how)}`;
      if (QUIET.includes(kind)) return words;
      if (schema?.fields.find((known) => known.name === name)?.type === 'boolean')
        return `${words} ${isTrue(value) ? text('common.yes') : text('common.no')}`;
      if (kind === 'pattern') return `${words} /${String(value ?? '')}/`;
      const values = kind === 'list' || kind === 'pair' ? listOf(value) : [value];
      return `${words} ${formatList(values.map(quote), { type: kind === 'pair' ? 'conjunction' : 'disjunction' })}`;
    };
    const saw = ({ field: name, saw: seen }: { field: string; saw: string }) => {
      const type = schema?.fields.find((known) => known.name === name)?.type;
      const [, hidden] = HIDDEN.exec(seen) ?? [];
      if (seen === '') return text('trace.sawNothing');
      // For the whole source, and for headers that carry keys, the server sends only the length.
      if (hidden) return text('trace.saw', { words: text('trace.length', { count: Number(hidden) }) });
      if (type === 'boolean') return text('trace.saw', { words: text(isTrue(seen) ? 'common.yes' : 'common.no') });
      if (type === 'date') return text('trace.saw', { words: formatDate(seen, { dateStyle: 'medium', timeStyle: 'short' }) });
      return text('trace.saw', { words: seen });
    };
    const group = ({ combinator, not, rules }: ConditionGroup, root: boolean): string => {
      const parts = rules.map((rule) => ('rules' in rule ? group(rule, false) : condition(rule)));
      const words = parts.join(` ${text(`rule.${combinator}`)} `);
      if (not) return text('rule.not', { words });
      return root || parts.length < 2 ? words : `(${words})`;
    };
    const conditions = (root: ConditionGroup) => {
      if (root.rules.length > 0) return group(root, true);
      return root.not ? text('rule.noMessage') : text('rule.everyMessage');
    };
    const action = ({ type, config }: RuleAction): string => {
      if (type === 'moveToFolder') return text('actionWords.move', { folder: String(config.folder || '…') });
      if (type === 'createOrUpdateTicket') return ticketWords(config);
      return textOr(`actionWords.${type}`, actionType(type));
    };
    const ticketWords = ({ onCreate = {}, updateOnly }: RuleAction['config']) => {
      const { helpdeskStatus: _id, ...fields } = onCreate as Record<string, unknown>;
      const values = Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [ticketValue(name, value)] : []));
      const words = updateOnly ? text('actionWords.updateTicket') : text('actionWords.createOrUpdateTicket');
      return values.length > 0 ? `${words} (${values.join(', ')})` : words;
    };
    const sentence = (rule: Pick<RuleInput, 'conditions' | 'actions'>) =>
      text('rule.sentence', {
        conditions: conditions(rule.conditions),
        actions: rule.actions.map(action).join(', ') || text('actionWords.none'),
      });
    return { field, operator, ticketField, actionType, condition, saw, conditions, action, sentence };
  }, [schema, text, textOr, ticketValue, formatList, formatDate]);
}

/** Whether a part of a trace is a group. */
export const isGroup = (trace: Trace): trace is Extract<Trace, { rules: Trace[] }> => 'rules' in trace;

export const isTrue = (value: unknown): boolean => value === true || value === 'true' || value === 1 || value === '1';

/** A list as editors write it: an array, or with commas. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string'
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean)
    : [value];
}

function quote(value: unknown): string {
  if (value === null || value === undefined || value === '') return '…';
  return typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value) ? `“${value}”` : String(value);
}
