import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { engineOf } from '../engine/current';
import { noteActivities, type Activity } from '../helpdesk/activity';
import { log } from '../log';
import { count } from '../operations/counters';
import { plainWords } from '../storage/failure';
import { acquireLease, LeaseLost, type Lease } from '../storage/lease';
import { getOutgoingMail, outgoingAccount, type OutgoingAccount } from '../settings/settings';
import { inTransaction, tableIn } from '../storage/tables';
import { UID } from '../uids';
import { attachedFiles } from './attached-files';
import { composeDelivery, NotDeliverable } from './compose-delivery';
import { createMessageId, domainOf, type Recipients } from './compose';
import { afterTaken, givenUp, type PutOff } from './put-off';
import { send } from './send';
import { SendError, type OutgoingMail } from './transport';

/**
 * The outbox: rows of deliveries, written in the transaction of the comment that they are about and sent afterwards by one
 * instance at a time. A mail is composed once, and every attempt sends the same one under the same Message-ID, so that the
 * rare second copy (a crash between the server's OK and our note of it) is recognised as the same by every mail server.
 */

/** Minutes until the next attempt, by attempts made. After the last one the delivery has failed. */
const RETRY_AFTER_MINUTES = [1, 2, 5, 10, 20, 30, 60, 60, 120, 120, 240, 240, 240, 480, 480, 480];
/** So long it is tried to note that an email has left. */
const NOTE_FOR_MS = 10 * 60_000;
const AT_ONCE = 3;
const A_ROUND = 30;

interface DeliveryRow {
  id: number;
  documentId: string;
  messageId: string;
  attempts: number;
  subject: string | null;
  fromAddress: string | null;
  fromName: string | null;
  to: OutgoingMail['to'] | null;
  cc: OutgoingMail['cc'] | null;
  html: string | null;
  text: string | null;
  headers: Record<string, string> | null;
  putOff: PutOff | null;
  ticket: { id: number } | null;
  comment: { id: number; isPublic: boolean } | null;
}

const ROW_RELATIONS = { ticket: { select: ['id'] }, comment: { select: ['id', 'isPublic'] } };

/**
 * Puts the email about a comment into the outbox, in the calling code's transaction. One that is held back, with the reason, is there
 * as failed: somebody may send it all the same.
 */
export async function enqueue(
  strapi: Core.Strapi,
  comment: { id: number },
  ticket: { id: number; threadToken: string },
  heldBack: string | null,
): Promise<void> {
  const { fromAddress } = await getOutgoingMail(strapi);
  // Before outgoing mail is set up there is no domain of ours yet; RFC 2606 keeps this one free.
  const messageId = createMessageId(ticket.threadToken, fromAddress ? domainOf(fromAddress) : 'mail-scanner.invalid');
  const state = heldBack === null ? { state: 'queued', nextAttemptAt: new Date() } : { state: 'failed', lastError: heldBack };
  const data = { comment: comment.id, ticket: ticket.id, messageId, attempts: 0, queuedAt: new Date(), ...state };
  await strapi.db.query(UID.delivery).create({ data: data as never });
  await strapi.db.transaction(async ({ onCommit }) => onCommit(() => kick(strapi)));
}

export interface Choices {
  /** In place of those that the template names; null for those. */
  recipients: Recipients | null;
  /** When the email may leave; null for at once. */
  dueAt: Date | null;
  /** See inbox/undo.ts; null when nothing can be taken back. */
  undo: object | null;
}

/** What the author of a comment chose for its email, in the transaction that put the email into the outbox. */
export async function chooseDelivery(strapi: Core.Strapi, commentId: number, { recipients, dueAt, undo }: Choices): Promise<void> {
  const data = { undo, ...(recipients ? { to: recipients.to, cc: recipients.cc } : {}), ...(dueAt ? { nextAttemptAt: dueAt } : {}) };
  const delivery = await strapi.db.query(UID.delivery).findOne({ select: ['id'], where: { comment: { id: commentId } } });
  await strapi.db.query(UID.delivery).updateMany({ where: { id: delivery.id }, data: data as never });
  if (dueAt) await strapi.db.transaction(async ({ onCommit }) => onCommit(() => wakeAt(strapi, dueAt)));
}

const alarms = new WeakMap<Core.Strapi, Set<NodeJS.Timeout>>();

/** Works the outbox off at that moment. Should this instance be gone by then, the cron of another one does. */
function wakeAt(strapi: Core.Strapi, moment: Date): void {
  const own = alarms.get(strapi) ?? new Set();
  alarms.set(strapi, own);
  // A timer may fire a little early by the clock.
  const alarm = setTimeout(() => (own.delete(alarm), kick(strapi)), moment.getTime() - Date.now() + 20);
  alarm.unref();
  own.add(alarm);
}

/** Lets nothing wake the outbox any more. */
export function stopAlarms(strapi: Core.Strapi): void {
  for (const alarm of alarms.get(strapi) ?? []) clearTimeout(alarm);
  alarms.delete(strapi);
}

const running = new WeakMap<Core.Strapi, { again: boolean; done: Promise<void> }>();

/** Sends what is due, soon and in the background. */
export function kick(strapi: Core.Strapi): void {
  setImmediate(() => {
    engineOf(strapi)
      .deliverDue()
      .catch((error) => log(strapi, 'error', 'The outbox could not be worked off', { reason: plainWords(error) }));
  });
}

/** Sends all that is due and resolves when it is through. While it runs already, it goes over the outbox once more. */
export function deliverDue(strapi: Core.Strapi): Promise<void> {
  const current = running.get(strapi);
  if (current) {
    current.again = true;
    return current.done;
  }
  const state = { again: false, done: Promise.resolve() };
  running.set(strapi, state);
  state.done = (async () => {
    try {
      do {
        state.again = false;
        await workOff(strapi);
      } while (state.again);
    } finally {
      running.delete(strapi);
    }
  })();
  return state.done;
}

async function workOff(strapi: Core.Strapi): Promise<void> {
  if ((await dueCount(strapi)) === 0) return;
  const outgoing = await getOutgoingMail(strapi);
  const server = outgoingAccount(outgoing);
  // Nothing is lost: what waits is sent once outgoing mail is set up.
  if (!server) return;
  const lease = await acquireLease(strapi, 'outbox');
  if (!lease) return;
  try {
    // Whoever was sending when the lease passed to us is gone: its mails may or may not have left.
    await strapi.db
      .query(UID.delivery)
      .updateMany({ where: { state: 'sending' }, data: { state: 'queued', nextAttemptAt: new Date() } as never });
    const next = async () => dueRows(strapi, await roomNow(strapi, outgoing.maxPerMinute));
    for (let due = await next(); due.length > 0; due = await next()) {
      await eachTicketAtOnce(due, (row) => deliver(strapi, lease, server, row));
      lease.signal.throwIfAborted();
    }
  } finally {
    await lease.release();
  }
}

/** Due now, or left in the middle of sending by a process that is gone. */
const due = () => ({ $or: [{ state: 'queued', nextAttemptAt: { $lte: new Date() } }, { state: 'sending' }] });

export const dueCount = (strapi: Core.Strapi): Promise<number> => strapi.db.query(UID.delivery).count({ where: due() });

/**
 * How many emails may leave at this moment. What left in the last minute stands in the database, so the limit holds for all instances
 * together; what it holds back stays due for the next beats.
 */
async function roomNow(strapi: Core.Strapi, maxPerMinute: number | null): Promise<number> {
  if (maxPerMinute === null) return A_ROUND;
  const left = await strapi.db.query(UID.delivery).count({ where: { sentAt: { $gt: new Date(Date.now() - 60_000) } } });
  return Math.max(0, Math.min(A_ROUND, maxPerMinute - left));
}

async function dueRows(strapi: Core.Strapi, most: number): Promise<DeliveryRow[]> {
  if (most === 0) return [];
  return strapi.db.query(UID.delivery).findMany({
    where: { state: 'queued', nextAttemptAt: { $lte: new Date() } },
    orderBy: { id: 'asc' },
    limit: most,
    populate: ROW_RELATIONS,
  });
}

/**
 * Mails of one ticket leave in their order; several tickets at a time. Settles when nothing is under way any more, also when one of
 * them threw: whoever took over the outbox before would send again what is just leaving.
 */
async function eachTicketAtOnce(rows: DeliveryRow[], work: (row: DeliveryRow) => Promise<void>): Promise<void> {
  const queues = new Map<number, DeliveryRow[]>();
  for (const row of rows) {
    const key = row.ticket?.id ?? -row.id;
    queues.set(key, [...(queues.get(key) ?? []), row]);
  }
  const waiting = [...queues.values()];
  let goesOn = true;
  const lane = async () => {
    try {
      for (let queue = waiting.shift(); queue; queue = waiting.shift()) for (const row of queue) if (goesOn) await work(row);
    } catch (error) {
      goesOn = false;
      throw error;
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
  const broken = lanes.find((settled) => settled.status === 'rejected');
  if (broken) throw broken.reason;
}

async function deliver(strapi: Core.Strapi, lease: Lease, server: OutgoingAccount, row: DeliveryRow): Promise<void> {
  const attempts = row.attempts + 1;
  let left = false;
  try {
    // What was composed for an earlier attempt may have been regretted since.
    if (!row.comment) throw new NotDeliverable('The ticket or the comment was deleted before the email left.');
    if (!row.comment.isPublic) throw new NotDeliverable('The comment was made internal before the email left.');
    const attachments = await attachedFiles(strapi, row.comment.id);
    const mail = await begin(strapi, lease, row, attempts);
    if (!mail) return;
    const { rejected } = await send(strapi, server, { ...mail, attachments });
    left = true;
    const taken = afterTaken(rejected, row.putOff);
    const nextAttemptAt = taken.putOff && nextAttempt(attempts);
    const state = nextAttemptAt ? { state: 'queued', nextAttemptAt } : { state: 'sent', putOff: null };
    const missed = rejected.map(({ address }) => address);
    const to = (mail.onlyTo ?? [...mail.to, ...mail.cc].map(({ address }) => address)).filter((address) => !missed.includes(address));
    await noteSent(strapi, lease, row, { ...taken, ...state, sentAt: new Date() }, to);
    count(strapi, 'deliveries', 'sent');
    log(strapi, 'info', 'An email was sent', { delivery: row.documentId, attempts });
  } catch (error) {
    // When it has left and that was not noted, the next round sends the same email again, under the same Message-ID.
    if (left || error instanceof LeaseLost) throw error;
    const failure = failureOf(error, attempts);
    const told: Told | undefined = failure.state === 'failed' ? { kind: 'mailFailed', detail: { reason: failure.lastError } } : undefined;
    await note(strapi, lease, row, { ...(failure.state === 'failed' ? givenUpFor(failure, row.putOff) : failure), attempts }, told);
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

/** Null when there were enough. */
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
async function begin(strapi: Core.Strapi, lease: Lease, { id }: DeliveryRow, attempts: number): Promise<OutgoingMail | null> {
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
async function note(strapi: Core.Strapi, lease: Lease, { id }: DeliveryRow, data: Record<string, unknown>, activity?: Told): Promise<void> {
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
async function noteSent(strapi: Core.Strapi, lease: Lease, row: DeliveryRow, data: Record<string, unknown>, to: string[]): Promise<void> {
  for (const end = Date.now() + NOTE_FOR_MS; ; await sleep(1000)) {
    try {
      return await note(strapi, lease, row, data, { kind: 'mailSent', detail: { to } });
    } catch (error) {
      if (error instanceof LeaseLost || Date.now() > end) throw error;
    }
  }
}

/** What a composed mail is kept as. */
export const columnsOf = ({ from, to, cc, subject, html, text, headers }: OutgoingMail) => ({
  fromAddress: from.address,
  fromName: from.name,
  to,
  cc,
  subject,
  html,
  text,
  headers,
});

const storedMail = (row: DeliveryRow): OutgoingMail => ({
  from: { address: row.fromAddress ?? '', name: row.fromName ?? '' },
  to: row.to ?? [],
  cc: row.cc ?? [],
  subject: row.subject ?? '',
  html: row.html ?? '',
  text: row.text ?? '',
  headers: row.headers ?? {},
  messageId: row.messageId,
});

const retried = () => ({ state: 'queued', attempts: 0, queuedAt: new Date(), nextAttemptAt: new Date(), bouncedAt: null }) as never;

/** Sends a failed, waiting or cancelled delivery at the next opportunity. Returns false when there is none to be sent. */
export async function retryDelivery(strapi: Core.Strapi, documentId: string): Promise<boolean> {
  const { count } = await strapi.db
    .query(UID.delivery)
    .updateMany({ where: { documentId, state: { $in: ['failed', 'queued', 'cancelled'] } }, data: retried() });
  if (count > 0) kick(strapi);
  return count > 0;
}

/** SQLite takes 999 parameters in its older builds. */
const IDS_A_QUERY = 500;

/** Sends all that could not leave once more, apart from what came back. Returns how many those are. */
export async function retryFailed(strapi: Core.Strapi, where: object): Promise<number> {
  const failed = await strapi.db
    .query(UID.delivery)
    .findMany({ select: ['id'], where: { $and: [where, { state: 'failed', bouncedAt: { $null: true } }] } as never });
  let total = 0;
  for (let start = 0; start < failed.length; start += IDS_A_QUERY) {
    const ids = failed.slice(start, start + IDS_A_QUERY).map(({ id }) => id);
    const { count } = await strapi.db.query(UID.delivery).updateMany({ where: { id: { $in: ids }, state: 'failed' }, data: retried() });
    total += count;
  }
  if (total > 0) kick(strapi);
  return total;
}

/**
 * Keeps a waiting email from leaving; the comment stays. One that some have got already is not tried again for the others. Returns
 * false when it is not waiting: it has left, or is about to.
 */
export async function cancelDelivery(strapi: Core.Strapi, documentId: string): Promise<boolean> {
  const deliveries = strapi.db.query(UID.delivery);
  const waits = { documentId, state: 'queued' };
  const data = { nextAttemptAt: null, putOff: null };
  const { count: leftForSome } = await deliveries.updateMany({
    where: { ...waits, putOff: { $notNull: true } },
    data: { ...data, state: 'sent' } as never,
  });
  if (leftForSome > 0) return true;
  const { count } = await deliveries.updateMany({ where: waits, data: { ...data, state: 'cancelled' } as never });
  return count > 0;
}
