import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { noteActivities, type Activity } from '../helpdesk/activity';
import { inPieces } from '../lib/pieces';
import { log } from '../log';
import { count } from '../counters';
import { plainWords } from '../storage/failure';
import { LeaseLost, type Lease } from '../storage/lease';
import { inTransaction, tableIn } from '../storage/tables';
import { UID } from '../uids';
import { attachedFiles } from './attached-files';
import { composeDeliveries, NotDeliverable } from './compose-delivery';
import { afterTaken, givenUp, type PutOff } from './put-off';
import { readJournals, type Journal, type Left } from './sent-journal';
import { columnsOf, storedMail, type StoredMail } from './stored-mail';
import { SendError, type OutgoingFile, type OutgoingMail, type SentMail } from './transport';

/** One attempt to send emails of the outbox, and what is noted of each. */

/** Minutes until the next attempt, by attempts made. After the last one the delivery has failed. */
const RETRY_AFTER_MINUTES = [1, 2, 5, 10, 20, 30, 60, 60, 120, 120, 240, 240, 240, 480, 480, 480];
/** So long it is tried to note that an email has left. */
const NOTE_FOR_MS = 10 * 60_000;

/** So many emails are under way at the same time: as many as there are connections (transport.ts). */
const AT_ONCE = 5;

/** A row of the outbox with its relations. */
interface DeliveryRow extends StoredMail {
  id: number;
  documentId: string;
  attempts: number;
  putOff: PutOff | null;
  ticket: { id: number } | null;
  comment: { id: number; isPublic: boolean } | null;
}

const ROW_RELATIONS = { ticket: { select: ['id'] }, comment: { select: ['id', 'isPublic'] } };

/** Who works the outbox off, as long as the lease is theirs, and how a mail gets to the server. */
export interface Round {
  strapi: Core.Strapi;
  lease: Lease;
  send(mail: OutgoingMail): Promise<SentMail>;
  journal: Journal;
}

/** A mail that may be handed over now: the database knows that it is being sent. */
interface Begun {
  row: DeliveryRow;
  attempts: number;
  mail: OutgoingMail;
}

/**
 * Tries to send these emails, of which no two are of one ticket, and notes what became of each, also when it failed. Settles when nothing is
 * under way any more. Throws LeaseLost when the outbox is not ours any more, and what keeps us from noting that an email has left: then the
 * next round sends the same email again, under the same Message-ID.
 */
export async function deliverTogether(round: Round, ids: number[]): Promise<void> {
  const waiting = await begin(round, ids);
  const notes = gatherNotes(round);
  let goesOn = true;
  const lane = async () => {
    try {
      for (let next = waiting.shift(); next && goesOn; next = waiting.shift()) {
        // Where the database is away for longer than the lease, another instance may be sending these.
        round.lease.assertHeld();
        await handOver(round, next, notes.add);
      }
    } catch (error) {
      goesOn = false;
      throw error;
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
  const all = [...lanes, ...(await Promise.allSettled([notes.end()]))];
  const broken = all.find((settled) => settled.status === 'rejected');
  if (broken) throw broken.reason;
}

/** Hands a mail to the server. `left` is called at once when the server has taken it. */
async function handOver(round: Round, begun: Begun, left: (sent: Sent) => void): Promise<void> {
  const { row, attempts, mail } = begun;
  const sent = await round.send(mail).catch((error: unknown) => error as Error);
  if (sent instanceof Error) return noteFailure(round, row, attempts, sent);
  left({ row, attempts, mail, rejected: sent.rejected });
}

async function noteFailure(round: Round, row: DeliveryRow, attempts: number, error: unknown): Promise<void> {
  if (error instanceof LeaseLost) throw error;
  const failure = failureOf(error, attempts);
  const told: Told | undefined = failure.state === 'failed' ? { kind: 'mailFailed', detail: { reason: failure.lastError } } : undefined;
  const data = { ...(failure.state === 'failed' ? givenUpFor(failure, row.putOff) : failure), attempts };
  await note(round, [{ id: row.id, data, ...(told && { told }) }]);
  tell(round.strapi, row, failure, attempts);
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
 * Composes the mails that are not composed yet and notes that all are being sent; from then on nobody takes them back. Where that fails, each
 * is tried alone. Resolves with those that are to be handed over: not with what somebody has taken back a moment ago, nor with what cannot
 * be made.
 */
async function begin(round: Round, ids: number[]): Promise<Begun[]> {
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
  strapi.db
    .query(UID.delivery)
    .findMany({ where: { id: { $in: ids }, state: 'queued' }, orderBy: { id: 'asc' }, populate: ROW_RELATIONS }) as never;

/**
 * The rows are locked meanwhile, and read anew: a merge of a ticket has either moved everything or waits until the mail is made
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
    const regretted = new Map(rows.map((row) => [row.id, regretOf(row) ?? files.get(row.comment!.id) ?? []]));
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
      const data = { ...(composed.has(row.id) ? columnsOf(mail) : {}), state: 'sending', attempts, undo: null };
      await strapi.db.query(UID.delivery).updateMany({ where: { id: row.id }, data: data as never });
      const onlyTo = row.putOff ? { onlyTo: row.putOff.addresses } : {};
      begun.push({ row, attempts, mail: { ...mail, ...onlyTo, attachments: attachments as OutgoingFile[] } });
    }
    return { begun, failed };
  });
}

function regretOf({ comment }: DeliveryRow): NotDeliverable | null {
  if (!comment) return new NotDeliverable('The ticket or the comment was deleted before the email left.');
  return comment.isPublic ? null : new NotDeliverable('The comment was made internal before the email left.');
}

type Told = Pick<Activity, 'kind' | 'detail'>;

/** What is to be written to a row, and to the log of its ticket. */
interface Note {
  id: number;
  data: Record<string, unknown>;
  told?: Told;
}

/**
 * Writes to rows, and to the logs of their tickets what became of them, as long as the outbox is ours. A row that says something else by now
 * (a bounce was faster, somebody cancelled it) goes on saying that.
 */
async function note({ strapi, lease }: Pick<Round, 'strapi' | 'lease'>, notes: Note[]): Promise<void> {
  await inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    const alike = new Map<string, Note[]>();
    for (const each of notes) {
      const key = JSON.stringify(each.data);
      alike.set(key, [...(alike.get(key) ?? []), each]);
    }
    for (const some of alike.values()) {
      const where = { id: { $in: some.map(({ id }) => id) }, state: { $in: ['queued', 'sending'] } };
      await strapi.db.query(UID.delivery).updateMany({ where, data: { ...some[0].data } as never });
    }
    const told = new Map(notes.flatMap(({ id, told: words }) => (words ? [[id, words] as const] : [])));
    if (told.size === 0) return;
    const rows = await strapi.db.query(UID.delivery).findMany({
      select: ['id'],
      where: { id: { $in: [...told.keys()] } },
      orderBy: { id: 'asc' },
      populate: { ticket: { select: ['id'] } },
    });
    const activities = rows.flatMap(({ id, ticket }: any) => (ticket ? [{ ticket: ticket.id, ...told.get(id)! }] : []));
    await noteActivities(strapi, activities, { kind: 'system', name: '' });
  });
}

// ---- What has left

/** Notes what a process that is gone has sent and could not note any more; the rest of what it had begun is due again. */
export async function settleBegun(strapi: Core.Strapi, lease: Lease): Promise<void> {
  const { left, drop } = await readJournals(strapi);
  for (const some of inPieces(left)) {
    const where = { id: { $in: some.map(({ id }) => id) }, state: 'sending' };
    const rows = await strapi.db.query(UID.delivery).findMany({ select: ['id', 'messageId', 'attempts'], where, orderBy: { id: 'asc' } });
    const known = new Map(rows.map((row) => [row.id, row]));
    const isOf = ({ id, messageId, attempts }: Left) => known.get(id)?.messageId === messageId && known.get(id)?.attempts === attempts;
    await note({ strapi, lease }, some.filter(isOf));
  }
  await strapi.db
    .query(UID.delivery)
    .updateMany({ where: { state: 'sending' }, data: { state: 'queued', nextAttemptAt: new Date() } as never });
  await drop();
}

interface Sent extends Begun {
  rejected: SentMail['rejected'];
}

type Noted = Begun & Pick<Left, 'id' | 'data' | 'told'>;

/** So long emails that have left are gathered, to be noted by one commit. */
const GATHER_MS = 30;

/** Notes the emails that have left, those of a moment together. `end` resolves when all are noted. */
function gatherNotes(round: Round): { add(sent: Sent): void; end(): Promise<void> } {
  let gathered: Noted[] = [];
  let timer: NodeJS.Timeout | null = null;
  let work: Promise<void> = Promise.resolve();
  const write = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const some = gathered;
    gathered = [];
    if (some.length > 0) work = work.then(() => noteSent(round, some));
    // Whoever ends hears of it.
    work.catch(() => {});
  };
  return {
    add(begun) {
      const sent = { ...begun, ...noteOf(begun, new Date()) };
      const { row, attempts, data, told } = sent;
      round.journal.add({ id: row.id, messageId: row.messageId, attempts, data, told });
      gathered.push(sent);
      timer ??= setTimeout(write, GATHER_MS);
    },
    end() {
      write();
      return work;
    },
  };
}

/** What has left must not leave again because the database was away just then: only a process that dies gives up noting it. */
async function noteSent(round: Round, sent: Noted[]): Promise<void> {
  // They left within a moment; said alike, they share a statement.
  const [{ data: first }] = sent;
  const notes = sent.map(({ id, data, told }) => ({ id, data: { ...data, sentAt: first.sentAt }, told }));
  for (const end = Date.now() + NOTE_FOR_MS; ; await sleep(1000)) {
    try {
      await note(round, notes);
      break;
    } catch (error) {
      if (error instanceof LeaseLost || Date.now() > end) throw error;
    }
  }
  for (const { row, attempts } of sent) {
    count(round.strapi, 'deliveries', 'sent');
    log(round.strapi, 'info', 'An email was sent', { delivery: row.documentId, attempts });
  }
}

function noteOf({ row, attempts, mail, rejected }: Sent, now: Date): Pick<Left, 'id' | 'data' | 'told'> {
  const taken = afterTaken(rejected, row.putOff);
  const nextAttemptAt = taken.putOff && nextAttempt(attempts);
  const state = nextAttemptAt ? { state: 'queued', nextAttemptAt } : { state: 'sent', putOff: null };
  const missed = rejected.map(({ address }) => address);
  const to = (mail.onlyTo ?? [...mail.to, ...mail.cc].map(({ address }) => address)).filter((address) => !missed.includes(address));
  return { id: row.id, data: { ...taken, ...state, sentAt: now }, told: { kind: 'mailSent', detail: { to } } };
}
