import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { noteActivities, type Activity } from '../helpdesk/activity';
import { log } from '../log';
import { count } from '../counters';
import type { OutgoingAccount } from '../settings/settings';
import { plainWords } from '../storage/failure';
import { LeaseLost, type Lease } from '../storage/lease';
import { inTransaction, tableIn } from '../storage/tables';
import { UID } from '../uids';
import { attachedFiles } from './attached-files';
import { composeDelivery, NotDeliverable } from './compose-delivery';
import { afterTaken, givenUp, type PutOff } from './put-off';
import { send } from './send';
import { columnsOf, storedMail, type StoredMail } from './stored-mail';
import { SendError, type OutgoingMail } from './transport';

/** One attempt to send an email of the outbox, and what is noted of it. */

/** Minutes until the next attempt, by attempts made. After the last one the delivery has failed. */
const RETRY_AFTER_MINUTES = [1, 2, 5, 10, 20, 30, 60, 60, 120, 120, 240, 240, 240, 480, 480, 480];
/** So long it is tried to note that an email has left. */
const NOTE_FOR_MS = 10 * 60_000;

/** A row of the outbox with its relations. */
export interface DeliveryRow extends StoredMail {
  id: number;
  documentId: string;
  attempts: number;
  putOff: PutOff | null;
  ticket: { id: number } | null;
  comment: { id: number; isPublic: boolean } | null;
}

export const ROW_RELATIONS = { ticket: { select: ['id'] }, comment: { select: ['id', 'isPublic'] } };

/** Who works the outbox off, as long as the lease is theirs, and by which server. */
export interface Round {
  strapi: Core.Strapi;
  lease: Lease;
  server: OutgoingAccount;
}

/**
 * Tries to send an email and notes what became of it, also when it failed. Throws LeaseLost when the outbox is not ours any more, and
 * what keeps us from noting that an email has left: then the next round sends the same email again, under the same Message-ID.
 */
export async function deliver(round: Round, row: DeliveryRow): Promise<void> {
  const { strapi, server } = round;
  const attempts = row.attempts + 1;
  let left = false;
  try {
    // What was composed for an earlier attempt may have been regretted since.
    if (!row.comment) throw new NotDeliverable('The ticket or the comment was deleted before the email left.');
    if (!row.comment.isPublic) throw new NotDeliverable('The comment was made internal before the email left.');
    const attachments = await attachedFiles(strapi, row.comment.id);
    const mail = await begin(round, row, attempts);
    if (!mail) return;
    const { rejected } = await send(strapi, server, { ...mail, attachments });
    left = true;
    const taken = afterTaken(rejected, row.putOff);
    const nextAttemptAt = taken.putOff && nextAttempt(attempts);
    const state = nextAttemptAt ? { state: 'queued', nextAttemptAt } : { state: 'sent', putOff: null };
    const missed = rejected.map(({ address }) => address);
    const to = (mail.onlyTo ?? [...mail.to, ...mail.cc].map(({ address }) => address)).filter((address) => !missed.includes(address));
    await noteSent(round, row, { ...taken, ...state, sentAt: new Date() }, to);
    count(strapi, 'deliveries', 'sent');
    log(strapi, 'info', 'An email was sent', { delivery: row.documentId, attempts });
  } catch (error) {
    if (left || error instanceof LeaseLost) throw error;
    const failure = failureOf(error, attempts);
    const told: Told | undefined = failure.state === 'failed' ? { kind: 'mailFailed', detail: { reason: failure.lastError } } : undefined;
    await note(round, row, { ...(failure.state === 'failed' ? givenUpFor(failure, row.putOff) : failure), attempts }, told);
    tell(strapi, row, failure, attempts);
  }
}

interface Failure {
  state: 'failed' | 'queued';
  lastError: string;
  nextAttemptAt?: Date;
}

/** What nobody expected, such as a database that was away for a moment, is not the email's fault: it may go the next time. */
function failureOf(error: unknown, attempts: number): Failure {
  if (error instanceof NotDeliverable) return { state: 'failed', lastError: error.message };
  if (error instanceof SendError) return afterFailure(error, attempts);
  return afterFailure({ permanent: false, message: `The email could not be made: ${plainWords(error)}` }, attempts);
}

/** To the log and the counters. */
function tell(strapi: Core.Strapi, { documentId }: DeliveryRow, { state, lastError }: Failure, attempts: number): void {
  const isFinal = state === 'failed';
  count(strapi, 'deliveries', isFinal ? 'failed' : 'retried');
  const sentence = isFinal ? 'An email could not be sent' : 'An email could not be sent yet';
  log(strapi, 'warn', sentence, { delivery: documentId, attempts, reason: lastError });
}

function afterFailure({ permanent, message }: Pick<SendError, 'permanent' | 'message'>, attempts: number): Failure {
  const nextAttemptAt = nextAttempt(attempts);
  if (permanent || nextAttemptAt === null) return { state: 'failed', lastError: message };
  return { state: 'queued', lastError: message, nextAttemptAt };
}

/** When it is tried again after so many attempts; null when there were enough. */
function nextAttempt(attempts: number): Date | null {
  const minutes = RETRY_AFTER_MINUTES[attempts - 1];
  return minutes === undefined ? null : new Date(Date.now() + minutes * 60_000);
}

/** A mail that somebody has got did not fail: sending it again would send it to them twice. */
const givenUpFor = (failure: Failure, putOff: PutOff | null): object =>
  putOff ? { state: 'sent', putOff: null, lastError: givenUp(putOff, failure.lastError) } : failure;

/**
 * Composes the mail, unless it is composed already, and notes that it is being sent; from then on nobody takes it back. The row is
 * locked meanwhile, and read anew: a merge of its ticket has either moved everything or waits until the mail is made
 * (compose-waiting.ts). Null when somebody has taken it back a moment ago.
 */
async function begin({ strapi, lease }: Round, { id }: DeliveryRow, attempts: number): Promise<OutgoingMail | null> {
  return inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    await tableIn(strapi, trx, strapi.db.metadata.get(UID.delivery).tableName).where({ id }).forUpdate().select('id');
    const row: DeliveryRow | null = await strapi.db
      .query(UID.delivery)
      .findOne({ where: { id, state: 'queued' }, populate: ROW_RELATIONS });
    if (!row) return null;
    const mail = row.subject === null ? await composeDelivery(strapi, row) : storedMail(row);
    const data = { ...columnsOf(mail), state: 'sending', attempts, undo: null };
    await strapi.db.query(UID.delivery).updateMany({ where: { id }, data: data as never });
    return row.putOff ? { ...mail, onlyTo: row.putOff.addresses } : mail;
  });
}

type Told = Pick<Activity, 'kind' | 'detail'>;

/**
 * Writes to a row, and to the log of its ticket what became of it, as long as the outbox is ours. A row that says something else by now
 * (a bounce was faster, somebody cancelled it) goes on saying that.
 */
async function note({ strapi, lease }: Round, { id }: DeliveryRow, data: Record<string, unknown>, activity?: Told): Promise<void> {
  await inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    const where = { id, state: { $in: ['queued', 'sending'] } };
    await strapi.db.query(UID.delivery).updateMany({ where, data: data as never });
    if (!activity) return;
    const row = await strapi.db.query(UID.delivery).findOne({ select: ['id'], where: { id }, populate: { ticket: { select: ['id'] } } });
    if (row?.ticket) await noteActivities(strapi, [{ ticket: row.ticket.id, ...activity }], { kind: 'system', name: '' });
  });
}

/** What has left must not leave again because the database was away just then: only a process that dies gives up noting it. */
async function noteSent(round: Round, row: DeliveryRow, data: Record<string, unknown>, to: string[]): Promise<void> {
  for (const end = Date.now() + NOTE_FOR_MS; ; await sleep(1000)) {
    try {
      return await note(round, row, data, { kind: 'mailSent', detail: { to } });
    } catch (error) {
      if (error instanceof LeaseLost || Date.now() > end) throw error;
    }
  }
}
