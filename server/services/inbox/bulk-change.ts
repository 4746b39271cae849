import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import type { Work } from '../../../shared/api/work';
import { inBoth, type Words } from '../../../shared/sentences/words';
import { inPieces } from '../lib/pieces';
import { wordsOf } from '../storage/failure';
import { inTransaction } from '../storage/tables';
import { countClosingEmails } from '../outgoing/customer-emails';
import { withoutClosingEmails } from '../outgoing/announce';
import { inBackground, type WorkRow } from '../storage/work';
import { UID } from '../uids';
import { STATUS } from '../../../shared/vocabulary';
import { dataOf, type SharedChange } from './open-ticket';
import { idsOfTickets } from './ticket-question';
import type { TicketFilter } from './ticket-question';
import { whereVisible, type Viewer } from './viewer';

/** One change of all tickets of a list, however many there are. */

/** Small, so that SQLite keeps nobody waiting. */
const TICKETS_A_SLICE = 20;
const PAUSE_MS = 10;

type BulkChange = SharedChange & {
  /** What is closed, the customers are not told of. */
  isQuiet?: boolean;
};
interface BulkCounts {
  tickets: NonNullable<Work['tickets']>;
  error: string | null;
  errorSaid: Words | null;
  /** Where they are marked as spam. */
  spam: Work['spam'];
}

/**
 * Changes all tickets that are in that list at this moment, a slice at a time and without anybody waiting for it. Resolves with the id of the
 * work. Of each ticket it is asked again whether the viewer sees it; one that cannot be changed is counted, and the others go on. Throws a 400
 * for a tag, a team or a status that is not there.
 */
export async function changeAllTickets(
  strapi: Core.Strapi,
  viewer: Viewer,
  filter: TicketFilter,
  { isQuiet, ...change }: BulkChange,
): Promise<string> {
  const data = { ...(await dataOf(strapi, change)), updatedBy: viewer.id };
  const changeThese = (ids: number[]) => changeThoseInSight(strapi, viewer, ids, data);
  const ids = await idsInList(strapi, viewer, filter);
  return changeAll(strapi, viewer, ids, isQuiet ? (some) => withoutClosingEmails(() => changeThese(some)) : changeThese);
}

/** The tickets of a list; none for somebody who may read none. */
export const idsInList = async (strapi: Core.Strapi, viewer: Viewer, filter: TicketFilter): Promise<number[]> =>
  viewer.reads ? idsOfTickets(strapi, viewer, filter) : [];

/** What is done with some tickets, by their ids, in a transaction. Resolves with how many of them there were for the viewer. `work` is the id of the whole. */
type ChangeSlice = (ids: number[], work: string) => Promise<number>;

/** The same for any change; those that are closed to the viewer by now, it leaves out. `spam` counts for a mark as spam. */
export async function changeAll(
  strapi: Core.Strapi,
  viewer: Viewer,
  ids: number[],
  change: ChangeSlice,
  spam: BulkCounts['spam'] = null,
): Promise<string> {
  const tickets = { changed: 0, gone: 0, failed: 0 };
  const counts: BulkCounts = { tickets, error: null, errorSaid: null, spam };
  const topic = { kind: 'bulkChange' as const, subject: null, subjectName: null, startedBy: viewer.id };
  const progress = () => ({ done: tickets.changed + tickets.gone + tickets.failed, total: ids.length, details: { ...counts } });
  return inBackground(strapi, topic, progress, async (ends, work) => {
    for (const slice of inPieces(ids, TICKETS_A_SLICE)) {
      if (ends.aborted) return;
      await changeSlice(strapi, slice, (some) => change(some, work), counts);
      await sleep(PAUSE_MS);
    }
  });
}

/** What a row of work holds about such a change. */
export const bulkCountsOf = ({ details }: WorkRow): BulkCounts =>
  ({ spam: null, ...(details as unknown as Partial<BulkCounts>) }) as BulkCounts;

/** How many emails leave when the open ones of these tickets, or of that list, are closed. */
export async function closingEmails(
  strapi: Core.Strapi,
  viewer: Viewer,
  which: { documentIds: string[] } | { filter: TicketFilter },
): Promise<number> {
  if (!viewer.reads) return 0;
  const isOpen = { ticketStatus: { $ne: STATUS.closed } };
  const question = async (where: object): Promise<number[]> =>
    (await strapi.db.query(UID.ticket).findMany({ select: ['id'], where: { $and: [where, isOpen, whereVisible(strapi, viewer)] } })).map(
      ({ id }) => Number(id),
    );
  if ('documentIds' in which) return countClosingEmails(strapi, await question({ documentId: { $in: which.documentIds } }));
  let count = 0;
  for (const some of inPieces(await idsOfTickets(strapi, viewer, which.filter)))
    count += await countClosingEmails(strapi, await question({ id: { $in: some } }));
  return count;
}

/** All of a slice in one transaction; where that fails, each by itself. */
async function changeSlice(
  strapi: Core.Strapi,
  ids: number[],
  change: (ids: number[]) => Promise<number>,
  counts: BulkCounts,
): Promise<void> {
  try {
    const changed = await inTransaction(strapi, () => change(ids));
    counts.tickets.changed += changed;
    counts.tickets.gone += ids.length - changed;
  } catch (error) {
    if (ids.length > 1) {
      for (const id of ids) await changeSlice(strapi, [id], change, counts);
      return;
    }
    counts.tickets.failed += 1;
    if (counts.error === null) Object.assign(counts, inBoth('error', wordsOf(error)));
  }
}

/** Resolves with how many of them there were for this viewer. */
async function changeThoseInSight(strapi: Core.Strapi, viewer: Viewer, ids: number[], data: object): Promise<number> {
  const rows: { documentId: string }[] = await strapi.db
    .query(UID.ticket)
    .findMany({ select: ['id', 'documentId'], where: { $and: [{ id: { $in: ids } }, whereVisible(strapi, viewer)] } });
  let changed = 0;
  for (const { documentId } of rows) if (await strapi.documents(UID.ticket).update({ documentId, data })) changed += 1;
  return changed;
}
