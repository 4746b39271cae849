import type { Mailbox, OpenFolder } from '../mailbox/types';
import type { ScanContext } from './context';
import type { Decision } from './decide';
import { withJunkFolder, type DecidedEffects } from './decided-effects';
import { onDisk } from '../storage/sqlite/on-disk';
import { inTransaction } from '../storage/tables';
import { closeRows, noteDeleted, noteEffect, noteEffectError, openRows, folderPlaceOf } from './ledger';

/** What is done in the mailbox after the commit. */

/** Applies what an earlier scan committed but could not, or not surely, apply. Returns how many are still open. */
export async function finishOpenEffects(context: ScanContext, mailbox: Mailbox, folder: OpenFolder): Promise<number> {
  const queue = effectQueue(context, mailbox, folder);
  queue.addEffects(await openRows(context.strapi, context.scanner.id, folderPlaceOf(folder)));
  await queue.apply();
  return queue.refused();
}

/** Effects that wait until the connection is free, and what became of them in the ledger. */
interface EffectQueue {
  add(decisions: Decision[]): void;
  addEffects(effects: DecidedEffects[]): void;
  /**
   * Applies what waits. What the ledger says of it, and what `save` writes beside it, are one commit. Throws a MailboxError when the mailbox is
   * away; then they stay open in the ledger.
   */
  apply(save?: () => Promise<void>): Promise<void>;
  /** How many could not be applied; the ledger says why, and the next scan tries again. */
  refused(): number;
}

function deletedAmong(messages: DecidedEffects[], applied: string[]): string[] {
  const done = new Set(applied);
  return messages.filter(({ uid, effects }) => done.has(uid) && effects.some(({ type }) => type === 'delete')).map(({ uid }) => uid);
}

export function effectQueue({ strapi, scanner }: ScanContext, mailbox: Mailbox, folder: OpenFolder): EffectQueue {
  let waiting: DecidedEffects[] = [];
  let refused = 0;
  const place = folderPlaceOf(folder);
  return {
    add(decisions: Decision[]) {
      waiting.push(...decisions.map(({ item, effects }) => ({ uid: item.uid, effects })).filter(({ effects }) => effects.length > 0));
    },
    addEffects(effects: DecidedEffects[]) {
      waiting.push(...effects.map(({ uid, effects: list }) => ({ uid, effects: list })));
    },
    refused: () => refused,
    async apply(save = async () => {}) {
      const effects = waiting;
      waiting = [];
      if (effects.length === 0) return save();
      await onDisk(strapi);
      const results = await mailbox.apply(await withJunkFolder(mailbox, effects));
      const applied = results.filter(({ error }) => error === null).map(({ uid }) => uid);
      await inTransaction(strapi, async () => {
        if (!mailbox.capabilities.folders) await noteDeleted(strapi, scanner.id, place, deletedAmong(effects, applied));
        await closeRows(strapi, scanner.id, place, applied);
        for (const { uid, error, note: told } of results) {
          if (told) await noteEffect(strapi, scanner.id, { ...place, uid }, told);
          if (error !== null) await noteEffectError(strapi, scanner.id, { ...place, uid }, error);
        }
        await save();
      });
      refused += results.filter(({ error }) => error !== null).length;
    },
  };
}
