import type { RuleTrace } from './messages';
import type { PreviewedMessage } from './scanners';
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
  /** `fields` is null where a setting is beyond a simple form; `onTicket`: a time trigger can have it, too. */
  actions: { type: string; label: string; fields: ConfigField[] | null; onTicket: boolean }[];
  cannedReplies: { documentId: string; name: string }[];
  webhooks: { documentId: string; name: string }[];
  ticketFields: TicketField[];
  defaultTicketPattern: string;
}

/** On which email a rule is tried before it is saved: a row of the scan log, or the source of one. Neither: it is only counted. */
export interface RuleTrial {
  /** Of the rule that is changed; left out: it is a new one. */
  ruleId?: string;
  rule: RuleInput;
  /** Its documentId. */
  message?: string;
  source?: string;
  /** A source of which not all bytes are text is sent as base64. */
  encoding?: 'utf8' | 'base64';
}

export interface RuleTry {
  /** What a scan would do with the email; null where none was given, or it cannot be had: `problem` says why. */
  message: PreviewedMessage | null;
  problem: string | null;
  problemSaid: Words | null;
  /** What the rule alone says of it, whatever other rule comes first. */
  own: RuleTrace | null;
  /** Null for somebody who may not see the scan log. */
  counted: TriedCount | null;
}

/** How many of the last emails that rules were asked about the conditions and folders of a rule would have taken. */
export interface TriedCount {
  /** How many were looked at, 500 at most. */
  counted: number;
  met: number;
  /** Of which not enough is kept to say so. */
  unknown: number;
  /** It took too long, so older ones were left out. */
  isCutShort: boolean;
  /** Some that it would have taken, the newest first. */
  examples: { documentId: string; fromAddress: string; subject: string; receivedAt: string | null }[];
}

/** A rule to begin with, made from an email. */
export interface RuleProposal {
  scanner: string;
  /** The row of the scan log that it was made from. */
  message: string;
  name: string;
  folders: string[];
  conditions: ConditionGroup;
}

/** What stands in a file of exported rules, so that no other file is taken for one. */
export const RULES_FORMAT = 'mail-scanner-rules';

/** A file of exported rules, or one rule that is copied to another scanner. */
export interface RulesFile {
  format: typeof RULES_FORMAT;
  rules: RuleInput[];
}

export interface RulesImport {
  rules: Rule[];
  /** What the rules name that is not here, in sentences. */
  notes: string[];
  notesSaid: Words[];
}
