import type { Words } from '../sentences/words';

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
  warningsSaid: Words[];
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
  /** `list` is a list of texts; `choice` one of `options`. */
  type: 'text' | 'number' | 'boolean' | 'choice' | 'list';
  options?: string[];
  /** What counts while nothing is entered. */
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
