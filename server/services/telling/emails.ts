import type { Core } from '@strapi/strapi';
import { LANGUAGES, type Language, type NoticeKind } from '../../../shared/vocabulary';
import { forgetEndedAbsence } from '../helpdesk/absences';
import { mutedBy } from '../helpdesk/followers';
import { domainOf } from '../lib/address';
import { log } from '../log';
import { agentMayGetEmail } from '../outgoing/loop-budget';
import { automaticHeaders, markMessageId, newMark } from '../outgoing/site-mark';
import { send } from '../outgoing/transports';
import { ownAddresses } from '../settings/own-addresses';
import { getOutgoingMail, getSettings, outgoingAccount, type OutgoingMailSettings } from '../settings/settings';
import { plainWords } from '../storage/failure';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { choicesOfOne } from './choices';
import { whatWaits } from './digest';
import { digestEmail, noticeEmail, type AgentEmail } from './email-words';
import { presentNotices } from './notices';
import { sees } from '../inbox/viewer';
import { readersOf, type Reader } from './readers';
import { holdersOf } from './spread';

/**
 * What administrators are told by email. A row stands for each thing to be told, unique by its cause and its reader. What waits for one
 * person leaves as one email. Before that its rows get a mark and a moment for the next attempt by one conditional change, so that of several
 * instances one sends it; a process that dies meanwhile leaves them to the next attempt, which has the same Message-ID.
 */

/** Longer than any attempt takes. */
const ATTEMPT_MS = 15 * 60_000;
/** After each attempt that failed; behind the last one nobody is told any more. */
const RETRY_MINUTES = [1, 5, 15, 60, 240];
/** What is older is no news. */
const OLDEST_MS = 24 * 3_600_000;
/** Where somebody has got too many. */
const POSTPONED_MS = 10 * 60_000;
const ROWS_A_ROUND = 500;

interface EmailRow {
  id: number;
  user_id: number;
  ticket_id: number | null;
  comment_id: number | null;
  kind: NoticeKind | 'digest';
  by_user: number | null;
  at: number | string;
  mark: string | null;
  attempts: number;
}

interface Surroundings {
  outgoing: OutgoingMailSettings;
  account: NonNullable<ReturnType<typeof outgoingAccount>>;
  readers: Map<number, Reader>;
  own: ReadonlySet<string>;
  siteLanguage: Language;
  /** The address of the panel. */
  panel: string;
}

/** Sends what is due. */
export async function sendNoticeEmails(strapi: Core.Strapi): Promise<void> {
  const rows = await dueRows(strapi);
  if (rows.length === 0) return;
  const tooOld = rows.filter(({ at }) => Number(at) < Date.now() - OLDEST_MS);
  await settle(strapi, tooOld);
  const outgoing = await getOutgoingMail(strapi);
  const account = outgoingAccount(outgoing);
  if (!account) return;
  const surroundings: Surroundings = {
    outgoing,
    account,
    readers: await readersOf(strapi),
    own: await ownAddresses(strapi),
    siteLanguage: (await getSettings(strapi)).emailLanguage,
    panel: String(strapi.config.get('admin.absoluteUrl')).replace(/\/+$/, ''),
  };
  for (const group of together(rows.filter((row) => !tooOld.includes(row)))) await sendTogether(strapi, surroundings, group);
}

async function dueRows(strapi: Core.Strapi): Promise<EmailRow[]> {
  return readTable(strapi, TABLES.noticeEmails, (table) =>
    table.where('next_at', '<=', Date.now()).orderBy('id').limit(ROWS_A_ROUND).select(),
  );
}

/** One email each: what was tried together is tried together again. */
function together(rows: EmailRow[]): EmailRow[][] {
  const groups = new Map<string, EmailRow[]>();
  for (const row of rows) {
    const key = `${row.user_id} ${row.mark ?? ''} ${row.kind === 'digest'}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

async function sendTogether(strapi: Core.Strapi, around: Surroundings, rows: EmailRow[]): Promise<void> {
  const reader = around.readers.get(rows[0].user_id);
  // A mailbox of ours would scan it.
  const isReached = reader !== undefined && !around.own.has(reader.email.toLowerCase());
  const wanted = isReached ? await stillWanted(strapi, reader, rows) : [];
  await settle(
    strapi,
    rows.filter((row) => !wanted.includes(row)),
  );
  if (!reader || wanted.length === 0) return;
  if (wanted[0].mark === null && !(await agentMayGetEmail(strapi, reader.id))) return postpone(strapi, wanted);
  const claimed = await claim(strapi, wanted);
  if (claimed.length === 0) return;
  const email = await emailFor(strapi, around, reader, claimed);
  if (!email) return settle(strapi, claimed);
  try {
    await deliver(strapi, around, reader, claimed[0].mark!, email);
    await change(strapi, claimed, { sent_at: Date.now(), next_at: null });
    if (claimed[0].kind === 'digest') await forgetEndedAbsence(strapi, reader.id);
  } catch (error) {
    await failed(strapi, claimed, error);
  }
}

/** What this reader may see, has not read yet and wants to hear of at this moment. */
async function stillWanted(strapi: Core.Strapi, reader: Reader, rows: EmailRow[]): Promise<EmailRow[]> {
  const { channels, digest } = await choicesOfOne(strapi, reader.id);
  const tickets = [...new Set(rows.flatMap(({ ticket_id: ticket }) => ticket ?? []))];
  const holders = await holdersOf(strapi, tickets);
  const muted = new Set((await mutedBy(strapi, tickets)).filter(({ user }) => user === reader.id).map(({ ticket }) => ticket));
  const read = await readInPanel(strapi, reader.id, rows);
  return rows.filter((row) => {
    if (row.kind === 'digest') return digest !== null;
    const { kind, ticket_id: ticket } = row;
    if (ticket === null || !holders.has(ticket) || !sees(reader, holders.get(ticket)!)) return false;
    return channels[kind].email && !read.has(keyOf(row)) && (kind === 'deliveryFailed' || !muted.has(ticket));
  });
}

const keyOf = (row: { ticket_id: number | null; comment_id: number | null; kind: string }): string =>
  `${row.kind} ${row.ticket_id} ${row.comment_id}`;

async function readInPanel(strapi: Core.Strapi, user: number, rows: EmailRow[]): Promise<Set<string>> {
  const tickets = [...new Set(rows.flatMap(({ ticket_id: ticket }) => ticket ?? []))];
  if (tickets.length === 0) return new Set();
  const read: { kind: string; ticket_id: number; comment_id: number | null }[] = await readTable(strapi, TABLES.notices, (table) =>
    table
      .where({ user_id: user })
      .whereNotNull('read_at')
      .whereIn('ticket_id', tickets)
      .where('at', '>=', Math.min(...rows.map(({ at }) => Number(at))))
      .select('kind', 'ticket_id', 'comment_id'),
  );
  return new Set(read.map(keyOf));
}

/** From its commit on, these rows are this process's for the length of an attempt. Resolves with those that it got. */
async function claim(strapi: Core.Strapi, rows: EmailRow[]): Promise<EmailRow[]> {
  const mark = rows[0].mark ?? newMark(strapi, 'notice');
  return inTransaction(strapi, async (trx) => {
    const table = () =>
      tableIn(strapi, trx, TABLES.noticeEmails).whereIn(
        'id',
        rows.map(({ id }) => id),
      );
    const count: number = await table()
      .where('next_at', '<=', Date.now())
      .modify((query) => void (rows[0].mark === null && query.whereNull('mark')))
      .update({ mark, next_at: Date.now() + ATTEMPT_MS, attempts: rows[0].attempts + 1 });
    // Where another instance came first, it has some of them, or all.
    return count === 0 ? [] : table().where({ mark }).orderBy('id').select();
  });
}

async function emailFor(strapi: Core.Strapi, around: Surroundings, reader: Reader, rows: EmailRow[]): Promise<AgentEmail | null> {
  const language = LANGUAGES.find((each) => each === reader.language) ?? around.siteLanguage;
  const choices = await choicesOfOne(strapi, reader.id);
  if (rows[0].kind === 'digest') {
    const waits = await whatWaits(strapi, reader);
    if (!waits) await forgetEndedAbsence(strapi, reader.id);
    return waits && digestEmail(waits, { language, panel: around.panel });
  }
  const notices = await presentNotices(
    strapi,
    rows.map((row) => ({ ...row, read_at: null })),
  );
  if (notices.length === 0) return null;
  return noticeEmail(notices, { language, panel: around.panel, withExcerpt: choices.withExcerpt });
}

async function deliver(
  strapi: Core.Strapi,
  { outgoing, account }: Surroundings,
  reader: Reader,
  mark: string,
  { subject, text, html }: AgentEmail,
): Promise<void> {
  await send(strapi, account, {
    from: { address: outgoing.fromAddress, name: outgoing.fromName },
    to: [{ address: reader.email, name: '' }],
    cc: [],
    subject,
    text,
    html,
    headers: automaticHeaders(mark),
    messageId: markMessageId(mark, domainOf(outgoing.fromAddress)),
  });
}

async function failed(strapi: Core.Strapi, rows: EmailRow[], error: unknown): Promise<void> {
  const minutes = RETRY_MINUTES[rows[0].attempts - 1];
  log(strapi, 'warn', 'An email to an administrator could not be sent', { attempts: rows[0].attempts, reason: plainWords(error) });
  await change(strapi, rows, { next_at: minutes === undefined ? null : Date.now() + minutes * 60_000 });
}

/** Nothing more is to be done about them. */
const settle = (strapi: Core.Strapi, rows: EmailRow[]): Promise<void> => change(strapi, rows, { next_at: null });

const postpone = (strapi: Core.Strapi, rows: EmailRow[]): Promise<void> => change(strapi, rows, { next_at: Date.now() + POSTPONED_MS });

async function change(strapi: Core.Strapi, rows: EmailRow[], values: { next_at: number | null; sent_at?: number }): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.noticeEmails).whereIn('id', ids).update(values));
}
