import type { Core } from '@strapi/strapi';
import { acquireLease } from '../storage/lease';
import { shortenLongRows } from './long-rows';
import { sweepOrphans } from './orphans';
import { applyRetention } from './retention';

/** So long one run works at most; what is left is for the next. */
const A_RUN_MS = 20_000;

/** Removes what the settings do not keep, shortens what is too long for a row, and removes files that nothing refers to: a piece at a time, by one instance at a time. */
export async function tidy(strapi: Core.Strapi): Promise<void> {
  const lease = await acquireLease(strapi, 'tidy');
  if (!lease) return;
  try {
    await applyRetention(strapi, lease, Date.now() + A_RUN_MS);
    await shortenLongRows(strapi, lease, Date.now() + A_RUN_MS);
    await sweepOrphans(strapi, lease);
  } finally {
    await lease.release();
  }
}
