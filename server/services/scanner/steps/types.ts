import type { ActionContext } from '../../action/types';
import type { Blockers } from '../../helpdesk/block-list';
import type { DecidedEffect } from '../decided-effects';
import type { ScanContext } from '../context';
import type { KnownRow } from '../fingerprint';
import type { Item } from '../item';
import type { Outcome } from '../../../../shared/vocabulary';
import type { RuleTrace, ScannerRule } from '../rules';
import type { Words } from '../../../../shared/sentences/words';

/**
 * How a message is judged: by a list of steps, in the order of registry.ts. Each one decides about the message, which ends its way, or
 * leaves it to the next one. What a step changes in the context, the steps and actions after it see.
 */
export interface Step<Context = StepContext, Decided extends Verdict = Verdict> {
  /** By which other steps are placed `before` or `after` it. */
  name: string;
  /**
   * Runs in the transaction of the batch, before anything is written. Null: the next step decides. An ActionError that it throws, or any other
   * error, makes the message fail, as an error of an action does: it is recorded with its source and tried again later.
   */
  decide(context: Context): Decided | null | Promise<Decided | null>;
}

/** What a step decided. */
export interface Verdict {
  outcome: Outcome;
  /** For the scan log: what happened, in words or codes. */
  reason: Words;
  /** What happens in the mailbox after the commit. Left out: the message is marked as read. */
  effects?: DecidedEffect[];
  rule?: ScannerRule;
  trace?: RuleTrace[];
  /** The id of the entry of the block list that caught it. */
  blockedBy?: number;
}

/** What a step that a site adds may decide: `processed` when it did something with the message, `noMatch` when nothing is to be done. */
export interface SiteVerdict extends Verdict {
  outcome: 'processed' | 'noMatch';
  rule?: undefined;
  trace?: undefined;
  blockedBy?: undefined;
}

/**
 * A step of a site or of another plugin. It has what an action has: `customer` is known after the step `customer`, `rule` is empty, and
 * `message` may be replaced for the steps and the rules that follow.
 */
export type SiteStep = Step<ActionContext, SiteVerdict>;

/** What the built-in steps have beside it. */
export interface StepContext extends ActionContext {
  scan: ScanContext;
  item: Item;
  /** What the block list says of the senders of the batch. */
  blockers: Blockers;
  /** What became of the first copy of this email; null when it is new. */
  known: KnownMessage | null;
  /** Nothing is kept of what is decided. */
  preview: boolean;
}

export interface KnownMessage {
  /** By an earlier scan, or earlier in this batch. */
  before: { outcome: Outcome; rule?: { id: number } | null };
  /** The ledger's row about the email; null when it came with this batch only. */
  row: KnownRow | null;
}
