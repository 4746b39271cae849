import type { Core } from '@strapi/strapi';
import type { RuleTry, TriedCount } from '../../../shared/api/rules';
import { inBoth, type Words } from '../../../shared/sentences/words';
import { log } from '../log';
import { ConditionError, evaluate } from '../rule/evaluate';
import { wouldHold, type KnownSubject } from '../rule/known-subject';
import { UID } from '../uids';
import type { ScannerRow } from './access';
import { scanContext, type ScanContext } from './context';
import { parseSource } from './intake';
import { NotThere, sourceOfMessage, type KeptMessage } from './message-source';
import { NO_LEASE, previewSource } from './preview';
import { readPrivateFile } from '../storage/files';
import { readyRule, sameFolder, withNameOf, type KeptRule, type ScannerRule } from './rules';
import { subjectOf } from './steps/context';

/** A rule that is tried before it is saved. */

/** This many of the last emails are asked. */
const MOST_COUNTED = 500;
const ROWS_A_PIECE = 50;
/** How long a trial takes at most: a pattern may be slow, and where sources are kept each of them is read. */
const MAX_COUNT_MS = 5_000;
const MOST_EXAMPLES = 5;

/** On which email: given as its source, or a row of the ledger. */
interface Trial {
  source?: Uint8Array;
  message?: KeptMessage & { scanner: ScannerRow | null };
  /** Whether the emails of the scan log are counted. */
  counts: boolean;
}

/**
 * What a scan would do with an email if this rule stood among the others of its scanner, active: in its place, or behind them when it is new.
 * Nothing changes. Throws a MailboxError.
 */
export async function tryRule(strapi: Core.Strapi, scanner: ScannerRow, rule: KeptRule, trial: Trial): Promise<RuleTry> {
  const context = await scanContext(strapi, scanner, NO_LEASE);
  const tried = await readyRule(strapi, rule);
  context.rules = await among(strapi, scanner, context.rules, tried);
  const seen = await onEmail(context, scanner, tried, trial);
  return { ...seen, counted: trial.counts ? await countMet(context, tried) : null };
}

async function among(strapi: Core.Strapi, scanner: ScannerRow, active: ScannerRule[], tried: ScannerRule): Promise<ScannerRule[]> {
  const rows = await strapi.db.query(UID.rule).findMany({
    select: ['id', 'documentId'],
    where: { scanner: { id: scanner.id } },
    orderBy: [{ order: 'asc' }, { id: 'asc' }],
  });
  const order = rows.map(({ documentId }) => documentId as string);
  const before = order.slice(0, order.includes(tried.documentId) ? order.indexOf(tried.documentId) : order.length);
  const others = active.filter(({ documentId }) => documentId !== tried.documentId);
  const isBefore = ({ documentId }: ScannerRule) => before.includes(documentId);
  return [...others.filter(isBefore), tried, ...others.filter((other) => !isBefore(other))];
}

type OnEmail = Omit<RuleTry, 'counted'>;

async function onEmail(context: ScanContext, scanner: ScannerRow, tried: ScannerRule, { source, message }: Trial): Promise<OnEmail> {
  const nothing = (problem: Words | null): OnEmail => ({ message: null, own: null, ...inBoth('problem', problem) });
  if (!source && !message) return nothing(null);
  try {
    const bytes = source ?? (await sourceOfMessage(context.strapi, message!.scanner ?? scanner, message!, context.settings));
    const folder = message?.folder ?? tried.folders[0];
    const named = { ...context, rules: withNameOf(context.rules, folder) };
    const { item, would } = await previewSource(named, folder, bytes);
    const isThere = named.rules.find(({ documentId }) => documentId === tried.documentId)!.folders.some((name) => sameFolder(name, folder));
    const name = { documentId: tried.documentId, name: tried.name };
    const { matched, trace } = evaluate(tried.conditions, subjectOf(item), context);
    const own = isThere
      ? { rule: name, matched, skipped: null, conditions: trace }
      : { rule: name, matched: false, skipped: 'folder' as const, conditions: trace };
    return { ...nothing(null), message: would, own };
  } catch (error) {
    if (error instanceof NotThere) return nothing(error.said);
    throw error;
  }
}

// ---- How many of the last emails

interface CountedRow extends KeptMessage {
  id: number;
  documentId: string;
  fromAddress: string | null;
  fromName: string | null;
  subject: string | null;
  comment: KeptComment | null;
}

interface KeptComment {
  id: number;
  text: string | null;
  authorAddress: string | null;
  isAutomatic: boolean;
  verified: boolean;
  recipients: { to?: Person[]; cc?: Person[] } | null;
  attachments?: string[];
}

interface Person {
  address: string;
  name: string;
}

/** Of the last emails that rules were asked about, how many this rule's conditions and folders would have taken. */
async function countMet(context: ScanContext, tried: ScannerRule): Promise<TriedCount> {
  const count: TriedCount = { counted: 0, met: 0, unknown: 0, isCutShort: false, examples: [] };
  const until = Date.now() + MAX_COUNT_MS;
  for await (const row of lastRows(context)) {
    if (Date.now() > until) return { ...count, isCutShort: true };
    const met = await wouldMeet(context, tried, row);
    count.counted += 1;
    if (met === null) count.unknown += 1;
    if (met !== true) continue;
    count.met += 1;
    if (count.examples.length < MOST_EXAMPLES) {
      const { documentId, fromAddress, subject, receivedAt } = row;
      count.examples.push({ documentId, fromAddress: fromAddress ?? '', subject: subject ?? '', receivedAt });
    }
  }
  return count;
}

/** The last rows of the ledger about which rules were asked, newest first. */
async function* lastRows({ strapi, scanner }: ScanContext): AsyncGenerator<CountedRow> {
  let last: number | undefined;
  for (let seen = 0; seen < MOST_COUNTED; seen += ROWS_A_PIECE) {
    const rows: CountedRow[] = await strapi.db.query(UID.message).findMany({
      select: ['id', 'documentId', 'folder', 'uidValidity', 'uid', 'size', 'receivedAt', 'sourceKey', 'fromAddress', 'fromName', 'subject'],
      where: {
        scanner: { id: scanner.id },
        outcome: { $in: ['processed', 'noMatch'] },
        forgottenAt: { $null: true },
        ...(last === undefined ? {} : { id: { $lt: last } }),
      },
      populate: { comment: { select: ['id', 'text', 'authorAddress', 'isAutomatic', 'verified', 'recipients'] } },
      orderBy: { id: 'desc' },
      limit: ROWS_A_PIECE,
    });
    await withAttachments(strapi, rows);
    yield* rows;
    if (rows.length < ROWS_A_PIECE) return;
    last = rows.at(-1)!.id;
  }
}

async function withAttachments(strapi: Core.Strapi, rows: CountedRow[]): Promise<void> {
  const comments = rows.flatMap(({ comment }) => comment ?? []);
  const files = await strapi.db.query(UID.attachment).findMany({
    select: ['name'],
    where: { comment: { id: { $in: comments.map(({ id }) => id) } }, inline: false, wholeOf: { $null: true } },
    populate: { comment: { select: ['id'] } },
  });
  for (const comment of comments)
    comment.attachments = files.filter((file) => file.comment?.id === comment.id).map(({ name }) => name as string);
}

/** Null where that depends on what was not kept. */
async function wouldMeet(context: ScanContext, tried: ScannerRule, row: CountedRow): Promise<boolean | null> {
  const [{ folders }] = withNameOf([tried], row.folder);
  if (!folders.some((folder) => sameFolder(folder, row.folder))) return false;
  try {
    const met = wouldHold(tried.conditions, keptSubject(row), context);
    return met === null && row.sourceKey ? await holdsForSource(context, tried, row, row.sourceKey) : met;
  } catch (error) {
    if (error instanceof ConditionError) throw error;
    log(context.strapi, 'warn', 'A kept email could not be read to try a rule', { folder: row.folder, uid: row.uid });
    return null;
  }
}

async function holdsForSource(context: ScanContext, { conditions }: ScannerRule, row: CountedRow, key: string): Promise<boolean> {
  const source = await readPrivateFile(context.strapi, key);
  const parsed = await parseSource(context, source);
  const { folder, uidValidity, uid } = row;
  const ref = { uid, size: row.size ?? source.byteLength, receivedAt: row.receivedAt };
  return evaluate(conditions, subjectOf({ folder, uidValidity, uid, ref, source, parsed, attempts: 1, problem: null }), context).matched;
}

/** What every row says. */
const OF_ROW = ['from', 'fromAddress', 'fromName', 'subject', 'size', 'date', 'folder'];
/** What the message of a ticket says beside it. */
const OF_COMMENT = ['to', 'cc', 'recipients', 'text', 'attachmentName', 'attachmentCount', 'verified'];

function keptSubject({ fromAddress, fromName, subject, size, receivedAt, folder, comment }: CountedRow): KnownSubject {
  // What else is known of an email that a colleague forwarded is the same; a machine's mark may also stand for one of very many.
  const known = [...OF_ROW, ...(comment ? OF_COMMENT : []), ...(comment && !comment.isAutomatic ? ['isAutomatic'] : [])];
  return {
    isKnown: (field) => known.includes(field),
    subject: {
      from: fromAddress ? { address: fromAddress, name: fromName ?? '' } : null,
      to: comment?.recipients?.to ?? [],
      cc: comment?.recipients?.cc ?? [],
      bcc: [],
      replyTo: [],
      subject: subject ?? '',
      text: comment?.text ?? '',
      source: () => '',
      headers: {},
      attachmentNames: comment?.attachments ?? [],
      size: size ?? 0,
      date: receivedAt === null ? null : new Date(receivedAt).toISOString(),
      folder,
      isAutomatic: false,
      verified: comment?.verified ?? false,
    },
  };
}
