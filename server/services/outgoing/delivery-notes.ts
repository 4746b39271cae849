import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { noteActivities, type Activity } from '../helpdesk/activity';
import { noteNews } from '../helpdesk/news';
import { inPieces } from '../lib/pieces';
import { log } from '../log';
import { count } from '../counters';
import { LeaseLost, type Lease } from '../storage/lease';
import { inTransaction, tableIn } from '../storage/tables';
import { UID } from '../uids';
import type { Lanes } from './lanes';
import { afterTaken, type PutOff } from './put-off';
import { readJournals, type Journal, type Left } from './sent-journal';
import type { StoredMail } from './stored-mail';
import { SendError, type DraftNote, type OutgoingMail, type SentMail, type Transport } from './transport';
import { inBoth, say, type Words } from '../../../shared/sentences/words';

/** What is noted of emails that were tried, and of those that a process has left behind. */

/** Minutes until the next attempt, by attempts made. After the last one the delivery has failed. */
const RETRY_AFTER_MINUTES = [1, 2, 5, 10, 20, 30, 60, 60, 120, 120, 240, 240, 240, 480, 480, 480];
/** How long the process tries to note that an email has left. */
const NOTE_FOR_MS = 10 * 60_000;

/** A row of the outbox with its relations. */
export interface DeliveryRow extends StoredMail {
  id: number;
  documentId: string;
  attempts: number;
  putOff: PutOff | null;
  draft: DraftNote | null;
  /** Why the last attempt failed. */
  lastErrorSaid: Words | null;
  template: string | null;
  ticket: { id: number; ticketStatus: string } | null;
  comment: { id: number; isPublic: boolean } | null;
}

/** Who works the outbox off, as long as the lease is theirs, and how a mail gets to the server. */
export interface Round {
  strapi: Core.Strapi;
  lease: Lease;
  transport: Transport;
  journal: Journal;
  lanes: Lanes;
  /** What is begun and not noted yet: by the ids of the rows, whose ticket each holds up (`ticketKey`). */
  leaving: Map<number, number>;
}

/** Stands for the ticket of an email, and for the email alone where it is of none. */
export const ticketKey = ({ id, ticket }: { id: number; ticket: { id: number } | null }): number => ticket?.id ?? -id;

/** A mail that may be handed over now: the database knows that it is being sent. */
export interface Begun {
  row: DeliveryRow;
  attempts: number;
  mail: OutgoingMail;
  /** What the provider may have of it. */
  draft: DraftNote | null;
}

/** When it is tried again after this many attempts; null when there were enough. */
export function nextAttempt(attempts: number): Date | null {
  const minutes = RETRY_AFTER_MINUTES[attempts - 1];
  return minutes === undefined ? null : new Date(Date.now() + minutes * 60_000);
}

export type LogEntry = Pick<Activity, 'kind' | 'detail'>;

/** What is to be written to a row, and to the log of its ticket. */
interface Note {
  id: number;
  data: Record<string, unknown>;
  told?: LogEntry;
}

/**
 * Writes to rows, and to the logs of their tickets what became of them, as long as the outbox is ours. A row that says something else by now
 * (a bounce was faster, somebody cancelled it) goes on saying that.
 */
export async function recordOutcomes({ strapi, lease }: Pick<Round, 'strapi' | 'lease'>, notes: Note[]): Promise<void> {
  await inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    const alike = new Map<string, Note[]>();
    for (const each of notes) {
      const key = JSON.stringify(each.data);
      alike.set(key, [...(alike.get(key) ?? []), each]);
    }
    for (const some of alike.values()) {
      const where = { id: { $in: some.map(({ id }) => id) }, state: { $in: ['queued', 'sending'] } };
      await strapi.db.query(UID.delivery).updateMany({ where, data: { ...some[0].data } });
    }
    const told = new Map(notes.flatMap(({ id, told: words }) => (words ? [[id, words] as const] : [])));
    if (told.size === 0) return;
    const rows: { id: number; ticket_id: number }[] = await tableIn(strapi, trx, strapi.db.metadata.get(UID.delivery).tableName)
      .whereIn('id', [...told.keys()])
      .whereNotNull('ticket_id')
      .orderBy('id')
      .select('id', 'ticket_id');
    const activities = rows.map(({ id, ticket_id: ticket }) => ({ ticket, ...told.get(id)! }));
    await noteActivities(strapi, activities, { kind: 'system', name: '' });
    const failed = rows.filter(({ id }) => told.get(id)!.kind === 'mailFailed');
    await noteNews(
      strapi,
      failed.map(({ id, ticket_id: ticket }) => ({ kind: 'failed', ticket, record: id })),
    );
  });
}

/** Notes what the provider has of a mail that is being sent, before it is asked to send it. Throws a SendError when it is not to leave any more. */
export async function keepDraft({ strapi, lease }: Round, id: number, draft: DraftNote | null): Promise<void> {
  await inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    const { count: kept } = await strapi.db.query(UID.delivery).updateMany({ where: { id, state: 'sending' }, data: { draft } });
    if (kept === 0) throw new SendError(say('outgoing.takenBack'), true, null);
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
    await recordOutcomes({ strapi, lease }, some.filter(isOf));
  }
  await strapi.db.query(UID.delivery).updateMany({ where: { state: 'sending' }, data: { state: 'queued', nextAttemptAt: new Date() } });
  await drop();
}

export interface Sent extends Begun {
  sent: Pick<SentMail, 'rejected' | 'sentMessageId'>;
}

type Noted = Begun & Pick<Left, 'id' | 'data' | 'told'>;

/** How long emails that have left are gathered, to be noted by one commit. */
const GATHER_MS = 30;

/** Notes the emails that have left, those of a moment together. `end` resolves when all are noted. */
export function gatherNotes(round: Round): { add(sent: Sent): void; end(): Promise<void> } {
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
      await recordOutcomes(round, notes);
      break;
    } catch (error) {
      if (error instanceof LeaseLost || Date.now() > end) throw error;
    }
  }
  for (const { row, attempts } of sent) {
    round.leaving.delete(row.id);
    count(round.strapi, 'deliveries', 'sent');
    log(round.strapi, 'info', 'An email was sent', { delivery: row.documentId, attempts });
  }
}

function noteOf({ row, attempts, mail, draft, sent }: Sent, now: Date): Pick<Left, 'id' | 'data' | 'told'> {
  const { rejected, sentMessageId } = sent;
  const { lastError, ...taken } = afterTaken(rejected, row.putOff);
  const nextAttemptAt = taken.putOff && nextAttempt(attempts);
  const state = nextAttemptAt ? { state: 'queued', nextAttemptAt } : { state: 'sent', putOff: null };
  // What came back and is sent again must not be taken for the one that left before.
  const settled = { ...(draft || row.draft ? { draft: null } : {}), ...(sentMessageId ? { sentMessageId } : {}) };
  const missed = rejected.map(({ address }) => address);
  const to = (mail.onlyTo ?? [...mail.to, ...mail.cc].map(({ address }) => address)).filter((address) => !missed.includes(address));
  return {
    id: row.id,
    data: { ...taken, ...inBoth('lastError', lastError), ...state, ...settled, sentAt: now },
    told: { kind: 'mailSent', detail: { to, ...(row.template ? { template: row.template } : {}) } },
  };
}
