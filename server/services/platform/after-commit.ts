import type { Core } from '@strapi/strapi';

/** Strapi's transactions join, and only they know when the outermost one has committed. Its types do not show `onCommit` everywhere. */

/**
 * Does `work` once the calling code's transaction has committed, and at once where there is none. It takes no connection of its own: one that
 * is waited for by nobody, or while the caller holds the last of the pool, would end the process or hang it.
 */
export async function afterCommit(strapi: Core.Strapi, work: () => void): Promise<void> {
  if (!strapi.db.inTransaction()) return work();
  await strapi.db.transaction(async ({ onCommit }) => onCommit(work));
}

export const missingForCommits = (strapi: Core.Strapi): string | null =>
  typeof strapi.db?.inTransaction === 'function' && typeof strapi.db.transaction === 'function'
    ? null
    : 'strapi.db.transaction and inTransaction';
