import { isActionError, type ActionContext } from '../action/types';
import type { Desk } from '../helpdesk/desk';
import { saidBy } from '../lib/spoken-error';
import { namesSecondReader } from '../message/doubts';
import { wordsOf } from '../storage/failure';
import { blockersOf, type Blockers } from '../helpdesk/block-list';
import type { ScanContext } from './context';
import type { DecidedEffect } from './decided-effects';
import { fingerprintOf, knownRows } from './fingerprint';
import { letOthersRun } from '../lib/let-others-run';
import type { Item } from './item';
import type { Outcome } from '../../../shared/vocabulary';
import type { RuleTrace, ScannerRule } from './rules';
import { sendersOf } from './lookups';
import { stepContext, type Note } from './steps/context';
import { stepsOf } from './steps/registry';
import type { KnownMessage, StepContext, Verdict } from './steps/types';
import { inEnglish, say, type Words } from '../../../shared/sentences/words';
import { cut } from '../lib/cut';

/** What was decided about a message. */
export interface Decision {
  item: Item;
  outcome: Outcome;
  reason: Words;
  rule: ScannerRule | null;
  trace: RuleTrace[];
  effects: DecidedEffect[];
  /** The id of the entry of the block list that caught it. */
  blockedBy: number | null;
  /** The ticket and the comment that came of it, and whose request it is. */
  context: Pick<ActionContext, 'ticket' | 'comment' | 'customerFrom' | 'isOurs' | 'note'> | null;
}

/**
 * Decides about a batch, in its order and in the calling code's transaction; what tickets become of it waits in the desk. Throws an
 * ActionError that a step or an action throws, and what the database throws. A preview shows what an ActionError refuses as failed, beside
 * the others.
 */
export async function decideAll(scan: ScanContext, items: Item[], desk: Desk, { preview = false } = {}): Promise<Decision[]> {
  const fingerprints = items.map(({ parsed }) => fingerprintOf(scan.scanner.documentId, parsed));
  const rows = await knownRows(scan.strapi, scan.scanner.documentId, items);
  await letOthersRun();
  const blockers = await blockersOf(scan.strapi, sendersOf(scan, items));
  const seen = new Map<string, KnownMessage['before']>();
  const decisions: Decision[] = [];
  for (const [index, item] of items.entries()) {
    const fingerprint = fingerprints[index];
    const row = rows.get(fingerprint) ?? null;
    const before = row && row.id !== item.rowId ? row : seen.get(fingerprint);
    const decision = await decideOrExplain(scan, item, { desk, blockers, known: before ? { before, row } : null, preview });
    if (!before) seen.set(fingerprint, decision);
    decisions.push(decision);
    await letOthersRun();
  }
  return decisions;
}

/** What the steps have beside the message. */
interface Given {
  desk: Desk;
  blockers: Blockers;
  known: KnownMessage | null;
  preview: boolean;
}

/** A scan lets the failure through, to roll back and try alone. */
async function decideOrExplain(scan: ScanContext, item: Item, given: Given): Promise<Decision> {
  try {
    return await decide(scan, item, given);
  } catch (error) {
    if (!given.preview || !isActionError(error)) throw error;
    return failedDecision(item, error);
  }
}

/** The first step that has a verdict decides. */
async function decide(scan: ScanContext, item: Item, given: Given): Promise<Decision> {
  const notes: Note[] = [];
  const context = stepContext(scan, item, { ...given, notes });
  for (const step of stepsOf(scan.strapi)) {
    // Most steps say null at once: to wait for each of them would take longer than they do.
    const answer = step.decide(context);
    const verdict = answer && (await answer);
    if (verdict) return decisionOf(context, verdict, notes);
  }
  throw new Error('No step decided about a message. The last one, "rules", always does.');
}

function decisionOf(context: StepContext, { outcome, reason, rule, trace, effects, blockedBy }: Verdict, notes: Note[]): Decision {
  const warnings = warningsTold(context, outcome);
  return {
    item: { ...context.item, parsed: context.message },
    outcome,
    // Asked when all is written: only then the tickets have their numbers.
    get reason() {
      const all = [reason, ...warnings, ...notes.map((note) => (typeof note === 'function' ? note() : note))];
      return all.filter(Boolean);
    },
    rule: rule ?? null,
    trace: trace ?? [],
    effects: effects ?? [{ type: 'seen' }],
    blockedBy: blockedBy ?? null,
    context,
  };
}

/** Of a message that became something, all that is doubtful about its parts; of another one that was read, by which reader. */
function warningsTold({ message: { warningsSaid: warnings } }: StepContext, outcome: Outcome): Words[] {
  if (outcome === 'processed') return warnings;
  return outcome === 'duplicate' ? [] : warnings.filter(namesSecondReader);
}

/** What is said of a message that could not be handled. */
export const failedDecision = (item: Item, error: Error): Decision => ({
  item,
  outcome: 'failed',
  reason: reasonOf(error),
  rule: null,
  trace: [],
  effects: [],
  blockedBy: null,
  context: null,
});

/** A sentence for the scan log. What a database says of a statement may hold the message's text, so only its kind is told. */
function reasonOf(error: Error & { code?: unknown }): Words {
  if (isActionError(error)) return error.said;
  if (error.code === 'ER_NET_PACKET_TOO_LARGE') return say('log.tooMuchText');
  if (typeof error.code === 'string') return say('log.notWritten', { code: error.code });
  if (error.name === 'ValidationError' || error.name === 'YupValidationError') return say('log.notSaved', { what: short(wordsOf(error)) });
  return say('log.unexpected', { what: short(saidBy(error)) });
}

const MAX_ERROR_LENGTH = 300;

function short(words: Words): Words {
  const text = inEnglish(words);
  return text.length > MAX_ERROR_LENGTH ? cut(text, MAX_ERROR_LENGTH) : words;
}
