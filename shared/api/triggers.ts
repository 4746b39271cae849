import type { TriggerWhen } from '../vocabulary';
import type { Words } from '../sentences/words';
import type { ConditionGroup, RuleAction, RuleSchema } from './rules';

export interface TriggerInput {
  name: string;
  active: boolean;
  state: TriggerWhen;
  /** How long the state lasts; for `dueSoon` how long before the target. */
  minutes: number;
  countsBusinessHours: boolean;
  conditions: ConditionGroup;
  actions: RuleAction[];
}

export interface Trigger extends TriggerInput {
  documentId: string;
  /** Tickets whose state began before are left alone; null: it was never active. ISO 8601. */
  startsAt: string | null;
}

/** A trigger to be saved. */
export interface TriggerChange extends TriggerInput {
  /** Also for tickets that are in the state already, when it is activated or changed. */
  alsoExisting?: boolean;
}

/** What stands in a file of exported time triggers, so that no other file is taken for one. */
export const TRIGGERS_FORMAT = 'mail-scanner-triggers';

export interface TriggersFile {
  format: typeof TRIGGERS_FORMAT;
  triggers: TriggerInput[];
}

export interface TriggersImport {
  triggers: Trigger[];
  /** What the triggers name that is not here, in sentences. */
  notes: string[];
  notesSaid: Words[];
}

/** How many tickets are in the state, meet the conditions, and were not acted on. */
export interface TriggerCount {
  /** Whose time is up already. */
  now: number;
  later: number;
  /** Not all were looked at: there are too many. */
  isCutShort: boolean;
}

/** What the editor of triggers offers: actions and conditions about a ticket. */
export type TriggerSchema = RuleSchema;
