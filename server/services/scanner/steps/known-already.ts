import { fingerprintOf, type KnownRow } from '../fingerprint';
import { DELETED, updateRow } from '../ledger';
import { applyRules } from '../rules';
import { subjectOf } from './context';
import type { KnownMessage, Step, StepContext, Verdict } from './types';
import { say } from '../../../../shared/sentences/words';

/** A message that the ledger has already, by an earlier scan or from this batch, is a duplicate. */
export const knownAlready: Step = {
  name: 'knownAlready',
  decide(context) {
    return context.known && asDuplicate(context, context.known);
  },
};

async function asDuplicate(context: StepContext, known: KnownMessage): Promise<Verdict> {
  const { item, preview } = context;
  const { row } = known;
  const moved = row !== null && row.folder === item.folder && ![item.uidValidity, DELETED].includes(row.uidValidity);
  if (row && !preview) await followMessage(context, row, moved);
  const reason = moved ? say('log.renumbered') : say('log.duplicate');
  return { outcome: 'duplicate', reason, ...(moved || item.problem ? {} : effectsOnCopy(context, known)) };
}

/**
 * A second copy is moved or deleted by the rule that handled the first one: else it stays in the mailbox for ever. No other rule
 * touches it, since nothing else is done about a copy: it may be the only one of an email that no rule has handled.
 */
function effectsOnCopy({ scan, item }: StepContext, { before: { outcome, rule } }: KnownMessage): Partial<Verdict> {
  if (outcome !== 'processed' || !rule) return {};
  const { matching, trace } = applyRules(scan.rules, subjectOf(item), scan.ticketNumberPattern);
  const [first] = matching;
  if (first?.id !== rule.id) return {};
  const effects = matching.flatMap(({ actions }) => actions.flatMap(({ action, config }) => action.effects?.(config) ?? []));
  return { rule: first, trace, effects: [{ type: 'seen' }, ...effects] };
}

/**
 * Where the folder was numbered again, the row follows its message, and the message is not news. A row of an earlier release knows it by
 * today's fingerprint from now on.
 */
async function followMessage({ scan, item }: StepContext, row: KnownRow, moved: boolean): Promise<void> {
  const fingerprint = fingerprintOf(scan.scanner.documentId, item.parsed);
  const { uidValidity, uid } = item;
  if (!moved && row.fingerprint === fingerprint) return;
  await updateRow(scan.strapi, row.id, { fingerprint, ...(moved ? { uidValidity, uid } : {}) });
}
