import type { Core } from '@strapi/strapi';
import { forgetOldCalls } from '../automation/webhook-calls';
import { sweepLeftovers } from '../helpdesk/leftovers';
import { log } from '../log';
import { acquireLease } from '../storage/lease';
import { forgetOldWork } from '../storage/work';
import { forgetOldNotices } from '../telling/retention';
import { shortenLongRows } from './long-rows';
import { recogniseOldSentences } from './old-sentences';
import { sweepOrphans } from './orphans';
import { applyRetention } from './retention';
import { sweepAbsences } from '../helpdesk/absences';
import { forgetPageAnswers } from './page-answers';
import { forgetViewsOfNobody } from './views-of-nobody';

/** How long one run works at most; what is left is for the next. */
const A_RUN_MS = 20_000;

/** Removes what the settings do not keep, shortens what is too long for a row, recognises what earlier releases said, and removes files that nothing refers to and work that has ended: a piece at a time, by one instance at a time. */
export async function runHousekeeping(strapi: Core.Strapi): Promise<void> {
  const lease = await acquireLease(strapi, 'tidy');
  if (!lease) return;
  try {
    await applyRetention(strapi, lease, Date.now() + A_RUN_MS);
    await shortenLongRows(strapi, lease, Date.now() + A_RUN_MS);
    await recogniseOldSentences(strapi, lease, Date.now() + A_RUN_MS);
    await sweepOrphans(strapi, lease);
    await forgetOldWork(strapi);
    await forgetOldNotices(strapi);
    await forgetOldCalls(strapi);
    await sweepDaily(strapi);
  } finally {
    await lease.release();
  }
}

const DAY_MS = 24 * 3_600_000;
const swept = new WeakMap<Core.Strapi, number>();

/** It looks at every comment there is: after a start, and then once a day. */
async function sweepDaily(strapi: Core.Strapi): Promise<void> {
  const last = swept.get(strapi);
  // A clock that went back does not put it off.
  if (last !== undefined && Math.abs(Date.now() - last) < DAY_MS) return;
  const count = await sweepLeftovers(strapi);
  await forgetViewsOfNobody(strapi);
  await sweepAbsences(strapi);
  await forgetPageAnswers(strapi);
  swept.set(strapi, Date.now());
  if (count > 0) log(strapi, 'info', 'What hung on tickets and comments that are gone was removed', { count });
}
