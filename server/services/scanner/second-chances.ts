import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { timeHasCome } from '../storage/clock';
import { plainWords } from '../storage/failure';
import { acquireLease } from '../storage/lease';
import { UID } from '../uids';
import { FAILURES } from '../../../shared/vocabulary';
import { retryMessages } from './retry';

/** This many in one go: each may be as large as a message can be. */
const AT_ONCE = 50;

interface DueRow {
  id: number;
  scanner: { id: number; documentId: string; name: string };
}

/**
 * Tries failed messages of active scanners again whose next chance (next-chance.ts) has come. One instance at a time does. A chance
 * that cannot be given now, since the scanner is busy or its mailbox is away, stays.
 */
export async function giveSecondChances(strapi: Core.Strapi): Promise<void> {
  const lease = await acquireLease(strapi, 'second-chances');
  if (!lease) return;
  try {
    const rows = await dueRows(strapi);
    const scanners = new Map(rows.map(({ scanner }) => [scanner.id, scanner]));
    for (const scanner of scanners.values()) {
      const ids = rows.filter((row) => row.scanner.id === scanner.id).map(({ id }) => id);
      await retryOrWait(strapi, scanner, ids);
    }
  } finally {
    await lease.release();
  }
}

function dueRows(strapi: Core.Strapi): Promise<DueRow[]> {
  return strapi.db.query(UID.message).findMany({
    select: ['id'],
    // Of nearly all rows, nothing is to be tried again: without the first condition, SQLite goes through those, too.
    where: { retryAt: { $notNull: true }, ...timeHasCome('retryAt'), outcome: { $in: FAILURES }, scanner: { active: true } },
    orderBy: { retryAt: 'asc' },
    populate: { scanner: { select: ['id', 'documentId', 'name'] } },
    limit: AT_ONCE,
  });
}

async function retryOrWait(strapi: Core.Strapi, scanner: DueRow['scanner'], ids: number[]): Promise<void> {
  try {
    const { tried, succeeded } = await retryMessages(strapi, { id: { $in: ids } });
    log(strapi, 'info', 'Messages that had failed were tried again', { scanner, count: tried, succeeded });
  } catch (error) {
    log(strapi, 'warn', 'Messages that had failed could not be tried again yet', { scanner, reason: plainWords(error) });
  }
}
