import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { count } from '../counters';
import { wordsOf } from '../storage/failure';
import { LeaseLost } from '../storage/lease';
import { inTransaction, tableIn } from '../storage/tables';
import { updateEach } from '../storage/update-each';
import { UID } from '../uids';
import { attachedFiles } from './attached-files';
import { composeDeliveries, NotDeliverable, NotWanted } from './compose-delivery';
import { isAutomatic, isOutdated } from './standard-templates';
import {
  gatherNotes,
  keepDraft,
  nextAttempt,
  recordOutcomes,
  type Begun,
  type DeliveryRow,
  type Round,
  type Sent,
  type LogEntry,
} from './delivery-notes';
import { givenUp, type PutOff } from './put-off';
import { columnsOf, storedMail } from './stored-mail';
import { MAX_CONNECTIONS } from './smtp';
import { SendError, type DraftNote, type OutgoingFile } from './transport';
import { FORWARD_TEMPLATE } from '../../../shared/vocabulary';
import { inBoth, inEnglish, say, type Words } from '../../../shared/sentences/words';

/** One attempt to send emails of the outbox. */

const ROW_RELATIONS = { ticket: { select: ['id', 'ticketStatus'] }, comment: { select: ['id', 'isPublic'] } };

/**
 * Tries to send these emails that are begun, of which no two are of one ticket, and notes what became of each, also when it failed. `handedOut`
 * resolves when none of them waits for a connection any more and one is free, `done` when nothing of it is under way. That rejects with
 * LeaseLost when the outbox is not ours any more, and with what keeps us from noting that an email has left: then the next round sends the same
 * email again, under the same Message-ID.
 */
export function sendBegun(round: Round, begun: readonly Begun[]): { handedOut: Promise<unknown>; done: Promise<void> } {
  const waiting = [...begun];
  const notes = gatherNotes(round);
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await round.lanes.run(() => tryToSend(next!, round, notes.add));
  };
  const lanes = Array.from({ length: MAX_CONNECTIONS }, lane);
  const done = Promise.allSettled(lanes).then(async (settled) => {
    const all = [...settled, ...(await Promise.allSettled([notes.end()]))];
    const failed = all.find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
  });
  return { handedOut: Promise.race(lanes).catch(() => {}), done };
}

async function tryToSend(begun: Begun, round: Round, left: (sent: Sent) => void): Promise<void> {
  try {
    // Where the database is away for longer than the lease, another instance may be sending these.
    round.lease.assertHeld();
    await handOver(round, begun, left);
  } catch (error) {
    round.lanes.close();
    throw error;
  }
}

/** Hands a mail over. `left` is called at once when it was taken. */
async function handOver(round: Round, begun: Begun, left: (sent: Sent) => void): Promise<void> {
  const { row, attempts, mail, draft } = begun;
  const attempt = {
    delivery: row.id,
    draft,
    isRepeated: row.draft !== null,
    keep: (kept: DraftNote | null) => keepDraft(round, row.id, kept),
    assertHeld: () => round.lease.assertHeld(),
  };
  const sent = await round.transport.send(mail, attempt).catch((error: unknown) => error as Error);
  if (!(sent instanceof Error)) return left({ ...begun, sent });
  await noteFailure(round, row, attempts, sent);
  round.leaving.delete(row.id);
}

async function noteFailure(round: Round, row: DeliveryRow, attempts: number, error: unknown): Promise<void> {
  if (error instanceof LeaseLost) throw error;
  if (error instanceof NotWanted)
    return recordOutcomes(round, [{ id: row.id, data: { state: 'cancelled', nextAttemptAt: null, ...inBoth('lastError', error.said) } }]);
  const failure = failureOf(error, attempts, row);
  const told: LogEntry | undefined =
    failure.state === 'failed' ? { kind: 'mailFailed', detail: inBoth('reason', failure.lastError) } : undefined;
  const { lastError, ...after } = failure.state === 'failed' ? givenUpFor(failure, row.putOff) : failure;
  const data = { ...after, ...inBoth('lastError', lastError), attempts };
  await recordOutcomes(round, [{ id: row.id, data, ...(told && { told }) }]);
  logFailure(round.strapi, row, failure, attempts);
}

interface AttemptFailure {
  state: 'failed' | 'queued';
  lastError: Words;
  nextAttemptAt?: Date;
}

/** What nobody expected, such as a database that was away for a moment, is not the email's fault: it may go the next time. */
function failureOf(error: unknown, attempts: number, row: DeliveryRow): AttemptFailure {
  if (error instanceof NotDeliverable) return { state: 'failed', lastError: error.said };
  if (!(error instanceof SendError))
    return afterFailure({ permanent: false, said: say('outgoing.notMade', { why: wordsOf(error) }) }, attempts);
  if (error.mayHaveLeft && attempts >= MOST_UNSURE && mayHaveLeftBefore(row))
    return { state: 'failed', lastError: [error.said, say('outgoing.notAgain')] };
  return afterFailure(error, attempts);
}

/** A server that takes emails and does not say so would send one as often as it is tried. */
const MOST_UNSURE = 3;

const mayHaveLeftBefore = ({ lastErrorSaid: said }: DeliveryRow): boolean =>
  Array.isArray(said) && said.some((each: Words) => typeof each === 'object' && 'code' in each && each.code === 'outgoing.mayHaveLeft');

/** To the log and the counters. */
function logFailure(strapi: Core.Strapi, { documentId }: DeliveryRow, { state, lastError }: AttemptFailure, attempts: number): void {
  const isFinal = state === 'failed';
  count(strapi, 'deliveries', isFinal ? 'failed' : 'retried');
  const sentence = isFinal ? 'An email could not be sent' : 'An email could not be sent yet';
  log(strapi, 'warn', sentence, { delivery: documentId, attempts, reason: inEnglish(lastError) });
}

function afterFailure({ permanent, said }: Pick<SendError, 'permanent' | 'said'>, attempts: number): AttemptFailure {
  const nextAttemptAt = nextAttempt(attempts);
  if (permanent || nextAttemptAt === null) return { state: 'failed', lastError: said };
  return { state: 'queued', lastError: said, nextAttemptAt };
}

/** A mail that somebody has got did not fail: sending it again would send it to them twice. */
const givenUpFor = (failure: AttemptFailure, putOff: PutOff | null): Omit<AttemptFailure, 'state'> & { state: string; putOff?: null } =>
  putOff ? { state: 'sent', putOff: null, lastError: givenUp(putOff, failure.lastError) } : failure;

/**
 * Composes the mails that are not composed yet and notes that all are being sent; from then on nobody takes them back. Where that fails, each
 * is tried alone. Resolves with those that are to be handed over: not with what somebody has taken back a moment ago, nor with what cannot
 * be made.
 */
export async function begin(round: Round, ids: number[]): Promise<Begun[]> {
  try {
    const { begun, failed } = await beginTogether(round, ids);
    for (const { row, error } of failed) await noteFailure(round, row, row.attempts + 1, error);
    return begun;
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    if (ids.length === 1) return failAlone(round, ids[0], error);
    const each: Begun[] = [];
    for (const id of ids) each.push(...(await begin(round, [id])));
    return each;
  }
}

async function failAlone(round: Round, id: number, error: unknown): Promise<[]> {
  const row: DeliveryRow | null = await rowsOf(round, [id]).then(([first]) => first ?? null);
  if (row) await noteFailure(round, row, row.attempts + 1, error);
  return [];
}

const rowsOf = ({ strapi }: Round, ids: number[]): Promise<DeliveryRow[]> =>
  strapi.db.query(UID.delivery).findMany({ where: { id: { $in: ids }, state: 'queued' }, orderBy: { id: 'asc' }, populate: ROW_RELATIONS });

/**
 * The rows are locked meanwhile, and read again: a merge of a ticket has either moved everything or waits until the mail is made
 * (compose-waiting.ts).
 */
async function beginTogether(round: Round, ids: number[]): Promise<{ begun: Begun[]; failed: { row: DeliveryRow; error: Error }[] }> {
  const { strapi, lease } = round;
  return inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    await tableIn(strapi, trx, strapi.db.metadata.get(UID.delivery).tableName).whereIn('id', ids).orderBy('id').forUpdate().select('id');
    const rows = await rowsOf(round, ids);
    const files = await attachedFiles(
      strapi,
      rows.flatMap(({ comment }) => comment?.id ?? []),
    );
    // What was composed for an earlier attempt may have been regretted since.
    const regretted = new Map(rows.map((row) => [row.id, regretOf(row) ?? files.get(row.comment?.id ?? 0) ?? []]));
    const composed = await composeDeliveries(
      strapi,
      rows.filter(({ id, subject }) => subject === null && !(regretted.get(id) instanceof Error)),
    );
    const begun: Begun[] = [];
    const failed: { row: DeliveryRow; error: Error }[] = [];
    for (const row of rows) {
      const attachments = regretted.get(row.id)!;
      const mail = attachments instanceof Error ? attachments : (composed.get(row.id) ?? storedMail(row));
      if (mail instanceof Error) {
        failed.push({ row, error: mail });
        continue;
      }
      const attempts = row.attempts + 1;
      const draft = row.draft ?? round.transport.prepare?.(mail) ?? null;
      const onlyTo = row.putOff ? { onlyTo: row.putOff.addresses } : {};
      begun.push({ row, attempts, draft, mail: { ...mail, ...onlyTo, attachments: attachments as OutgoingFile[] } });
    }
    const made = begun.filter(({ row }) => composed.has(row.id));
    await updateEach(
      strapi,
      trx,
      UID.delivery,
      made.map(({ row, mail }) => ({ id: row.id, values: columnsOf(mail) })),
    );
    await markBegun(strapi, begun);
    return { begun, failed };
  });
}

/** Those of the same attempt share a statement. */
async function markBegun(strapi: Core.Strapi, begun: readonly Begun[]): Promise<void> {
  const alike = new Map<string, { ids: number[]; data: object }>();
  for (const { row, attempts, draft } of begun) {
    const data = { ...(draft !== row.draft ? { draft } : {}), state: 'sending', attempts, undo: null };
    const key = JSON.stringify(data);
    const group = alike.get(key);
    if (group) group.ids.push(row.id);
    else alike.set(key, { ids: [row.id], data });
  }
  for (const { ids, data } of alike.values()) await strapi.db.query(UID.delivery).updateMany({ where: { id: { $in: ids } }, data });
}

function regretOf({ comment, ticket, template }: DeliveryRow): NotDeliverable | null {
  if (isAutomatic(template)) return ticket && isOutdated(template, ticket) ? new NotWanted(say('outgoing.reopened')) : null;
  if (!comment) return new NotDeliverable(say('outgoing.deleted'));
  return comment.isPublic || template === FORWARD_TEMPLATE ? null : new NotDeliverable(say('outgoing.internal'));
}
