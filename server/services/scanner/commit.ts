import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { ActionError, type ActionContext } from '../action/types';
import { openDesk, type Desk } from '../helpdesk/desk';
import { RECENT_MS } from '../helpdesk/recent-emails';
import { recordBounce } from '../helpdesk/bounces';
import { log } from '../log';
import type { MailboxEffect, MessageRef } from '../mailbox/types';
import { isOwnAlert } from '../operations/alert-mark';
import type { ParsedMessage } from '../message/types';
import type { Pattern } from '../rule/pattern';
import type { RuleSubject } from '../rule/types';
import type { Settings } from '../settings/settings';
import { deleteFiles, saveFile } from '../storage/files';
import { isConflict, isStorageFailure } from '../storage/failure';
import { inTransaction, transaction } from '../storage/tables';
import { savePosition, type Position } from './folder-state';
import { fingerprintOf, insertRows, isFailure, knownFingerprints, updateRow, type LedgerRow, type Outcome, type Place } from './ledger';
import type { Lease } from '../storage/lease';
import { nextChance } from './next-chance';
import { applyRules, type RuleTrace, type ScannerRule } from './rules';

/** What stays the same during a scan. */
export interface ScanContext {
  strapi: Core.Strapi;
  scanner: { id: number; documentId: string; name: string };
  /** Whether the customer is who is named in Reply-To. */
  useReplyTo: boolean;
  /** Whose Authentication-Results are believed, as the parser takes them. */
  trustedAuthservIds: string[];
  rules: ScannerRule[];
  settings: Settings;
  ticketNumberPattern: Pattern;
  ownAddresses: ReadonlySet<string>;
  lease: Lease;
}

/** A message on its way into the database. */
export interface Item extends Place {
  ref: MessageRef;
  source: Uint8Array;
  parsed: ParsedMessage;
  attempts: number;
  /** Why no rule may see it: it is too large, or could not be parsed. */
  problem: { outcome: 'failed' | 'quarantined' | 'skipped'; reason: string; keepSource: boolean } | null;
  /** The ledger row to write over, when the message is tried again. */
  rowId?: number;
  /** Its next chance then; null after the last. */
  retryAt?: Date | null;
}

/** What was decided about a message. */
export interface Decision {
  item: Item;
  outcome: Outcome;
  reason: string;
  rule: ScannerRule | null;
  trace: RuleTrace[];
  effects: MailboxEffect[];
  /** The ticket and the comment that came of it. */
  context: Pick<ActionContext, 'ticket' | 'comment'> | null;
}

/**
 * Decides about a batch and writes it down in one transaction: tickets, comments, contacts, ledger rows and the position.
 * When it cannot be written, each message is tried by itself, so that the one that fails is recorded as failed and the
 * others stand. Throws only when the disk or the database itself refuses: then no message is to blame, and nothing is written.
 */
export async function commitBatch(scan: ScanContext, items: Item[], position: Position | null): Promise<Decision[]> {
  try {
    return await writeBatch(scan, items, position);
  } catch (error) {
    if (scan.lease.signal.aborted || isStorageFailure(error)) throw error;
    if (items.length === 1) return [await writeAgain(scan, items[0], error as Error, position)];
    const decisions: Decision[] = [];
    for (const item of items) {
      decisions.push(...(await commitBatch(scan, [item], position && { ...position, lastUid: item.uid })));
    }
    return decisions;
  }
}

/** So often a message is tried when another process was in its way. */
const CONFLICT_ATTEMPTS = 5;

/** Tries a message again that met another process (both made the same contact, say); for any other reason it has failed. */
async function writeAgain(scan: ScanContext, item: Item, error: Error, position: Position | null): Promise<Decision> {
  let reason = error;
  for (let attempt = 1; attempt < CONFLICT_ATTEMPTS && isConflict(reason); attempt += 1) {
    await sleep(attempt * 100 * (0.5 + Math.random()));
    try {
      const [decision] = await writeBatch(scan, [item], position);
      return decision;
    } catch (again) {
      if (scan.lease.signal.aborted) throw again;
      reason = again as Error;
    }
  }
  return writeFailure(scan, item, reason, position);
}

async function writeBatch(scan: ScanContext, items: Item[], position: Position | null): Promise<Decision[]> {
  const { strapi } = scan;
  let desk: Desk | null = null;
  const sources: string[] = [];
  try {
    return await transaction(strapi, async (trx) => {
      await scan.lease.confirm(trx);
      desk = await openDesk(strapi, lookupsOf(scan, items), scan.scanner.name);
      const decisions = await decideAll(scan, items, desk);
      await desk.flush();
      await writeLedger(scan, decisions, sources);
      if (position) await savePosition(strapi, position);
      // PostgreSQL would turn the commit of a transaction with a swallowed error into a rollback without a word.
      await trx.raw('select 1');
      return decisions;
    });
  } catch (error) {
    await (desk as Desk | null)?.discardFiles();
    await deleteFiles(strapi, sources);
    throw error;
  }
}

/** The same, rolled back: what a scan would do. Messages among which one fails are looked at one by one, as a scan does. */
export async function previewBatch(scan: ScanContext, items: Item[]): Promise<Decision[]> {
  try {
    return await rolledBack(scan, items);
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    if (items.length === 1) return [failedDecision(items[0], error as Error)];
    const decisions: Decision[] = [];
    for (const item of items) decisions.push(...(await previewBatch(scan, [item])));
    return decisions;
  }
}

async function rolledBack(scan: ScanContext, items: Item[]): Promise<Decision[]> {
  let decisions: Decision[] = [];
  let desk: Desk | null = null;
  try {
    await scan.strapi.db.transaction(async ({ rollback }) => {
      desk = await openDesk(scan.strapi, lookupsOf(scan, items), scan.scanner.name);
      decisions = await decideAll(scan, items, desk, true);
      await desk.flush();
      await rollback();
    });
  } finally {
    await (desk as Desk | null)?.discardFiles();
  }
  return decisions;
}

function lookupsOf({ rules, settings, useReplyTo }: ScanContext, items: Item[]) {
  const messages = items.map(({ parsed }) => parsed);
  const actions = rules.flatMap((rule) => rule.actions);
  return {
    emails: messages.flatMap(({ from, forwarded, replyTo }) =>
      [from?.address, forwarded?.from.address, ...(useReplyTo ? [replyTo[0]?.address] : [])].filter((address): address is string =>
        Boolean(address),
      ),
    ),
    recentFrom: items.filter(isRecent).flatMap(({ parsed }) => (parsed.from?.address ? [parsed.from.address] : [])),
    messageIds: messages.flatMap((message) => [
      ...(message.messageId ? [message.messageId] : []),
      ...message.inReplyTo.slice(-MAX_REFERENCES),
      ...message.references.slice(-MAX_REFERENCES),
      ...(message.references.length > MAX_REFERENCES ? [message.references[0]] : []),
      ...(message.bounce?.originalMessageIds ?? []),
    ]),
    ticketNumbers: messages.flatMap((message) =>
      actions.flatMap(({ action, config }) => action.lookups?.(message, config, settings.ticketPrefix).ticketNumbers ?? []),
    ),
  };
}

/** Received just now, and not read from an old mailbox: only such mails can be part of a loop. */
function isRecent({ ref, parsed }: Item): boolean {
  const received = dateOf(ref.receivedAt) ?? dateOf(parsed.date);
  return received !== null && Date.now() - received.getTime() < RECENT_MS;
}

/** A thread of thousands names its start and its end; what lies between adds nothing. */
const MAX_REFERENCES = 20;

async function decideAll(scan: ScanContext, items: Item[], desk: Desk, tolerant = false): Promise<Decision[]> {
  const fingerprints = items.map(({ parsed }) => fingerprintOf(scan.scanner.documentId, parsed));
  const known = await knownFingerprints(scan.strapi, fingerprints);
  const seen = new Set<string>();
  const decisions: Decision[] = [];
  const serveOthers = breather(MAX_STRETCH_MS);
  for (const [index, item] of items.entries()) {
    const row = known.get(fingerprints[index]);
    const repeated = seen.has(fingerprints[index]) || (row !== undefined && row.id !== item.rowId);
    seen.add(fingerprints[index]);
    if (repeated) decisions.push(await duplicate(scan, item, row ?? null, tolerant));
    else decisions.push(await decideOrExplain(scan, item, desk, tolerant));
    await serveOthers();
  }
  return decisions;
}

/** The database may answer without ever yielding (SQLite does); so long at most are all others kept waiting. */
const MAX_STRETCH_MS = 5;

/** Lets the event loop turn when the last turn is longer ago than that. */
function breather(afterMs: number): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < afterMs) return;
    await new Promise(setImmediate);
    last = performance.now();
  };
}

async function duplicate(scan: ScanContext, item: Item, row: ({ id: number } & Place) | null, preview: boolean): Promise<Decision> {
  const moved = row !== null && row.folder === item.folder && row.uidValidity !== item.uidValidity;
  // The folder was numbered anew: the row follows its message, and the message is not news.
  if (moved && !preview) await updateRow(scan.strapi, row.id, { uidValidity: item.uidValidity, uid: item.uid });
  const reason = moved ? 'Known already: the server numbered the folder anew.' : 'Known already: the same email was scanned before.';
  return { item, outcome: 'duplicate', reason, rule: null, trace: [], effects: [{ type: 'seen' }], context: null };
}

/** A preview shows what would fail beside what would not; a scan lets the failure through, to roll back and try alone. */
async function decideOrExplain(scan: ScanContext, item: Item, desk: Desk, preview: boolean): Promise<Decision> {
  try {
    return await decide(scan, item, desk);
  } catch (error) {
    if (!preview || !(error instanceof ActionError)) throw error;
    return failedDecision(item, error);
  }
}

async function decide(scan: ScanContext, item: Item, desk: Desk): Promise<Decision> {
  const { parsed, problem } = item;
  if (problem) return { item, outcome: problem.outcome, reason: problem.reason, rule: null, trace: [], effects: [], context: null };
  const plain = { item, rule: null, trace: [], effects: [{ type: 'seen' as const }], context: null };
  if (parsed.messageId && desk.delivery(parsed.messageId)) {
    return { ...plain, outcome: 'noMatch', reason: 'An email that we sent ourselves.' };
  }
  if (isOwnAlert(scan.strapi, parsed.headers)) return { ...plain, outcome: 'noMatch', reason: 'An alert of this mail scanner.' };
  const bounced = parsed.bounce && (await recordBounce(scan.strapi, desk, parsed));
  if (bounced) return { ...plain, outcome: 'bounce', reason: bounced.reason, context: bounced };

  const { matching, trace } = applyRules(scan.rules, subjectOf(item), scan.ticketNumberPattern);
  if (matching.length === 0) return { ...plain, outcome: 'noMatch', reason: 'No rule matched.', trace };
  const notes: string[] = [...parsed.warnings];
  const context = actionContext(scan, item, desk, notes);
  const effects: MailboxEffect[] = [{ type: 'seen' }];
  for (const rule of matching) {
    context.rule = rule.name;
    for (const { action, config } of rule.actions) effects.push(...(await action.run(context, config)));
  }
  return { item, outcome: 'processed', reason: notes.join(' '), rule: matching[0], trace, effects, context };
}

function actionContext(scan: ScanContext, item: Item, desk: Desk, notes: string[]): ActionContext {
  return {
    strapi: scan.strapi,
    message: item.parsed,
    ...customerOf(scan, item.parsed),
    isRecent: isRecent(item),
    source: sourceReader(item),
    folder: item.folder,
    scanner: scan.scanner,
    rule: '',
    ownAddresses: scan.ownAddresses,
    ticketPrefix: scan.settings.ticketPrefix,
    desk,
    contact: null,
    ticket: null,
    comment: null,
    note: (sentence) => void notes.push(sentence),
  };
}

/**
 * Whose request it is: the sender's; of an email that a colleague forwarded, its original sender's; of a web form's, where the scanner
 * says so, that of who is named in Reply-To. Never our own: a form may put the mailbox's address there.
 */
function customerOf(
  { settings, useReplyTo, ownAddresses }: ScanContext,
  message: ParsedMessage,
): Pick<ActionContext, 'customer' | 'customerFrom'> {
  const { from, forwarded, authenticity, replyTo, automatic } = message;
  const domain = from?.address.slice(from.address.lastIndexOf('@') + 1) ?? '';
  const isColleague = settings.staffDomains.includes(domain) && authenticity.dmarc !== 'fail';
  if (isColleague && forwarded?.from.address) return { customer: forwarded.from, customerFrom: 'forwarded' };
  const [named] = replyTo;
  const isForm = useReplyTo && named?.address && named.address !== from?.address && !ownAddresses.has(named.address);
  // A list's Reply-To is the list.
  return isForm && automatic?.kind !== 'mailing-list'
    ? { customer: named, customerFrom: 'replyTo' }
    : { customer: from, customerFrom: 'sender' };
}

/** What the conditions look at. */
function subjectOf(item: Item): RuleSubject {
  const { parsed } = item;
  return {
    from: parsed.from,
    to: parsed.to,
    cc: parsed.cc,
    bcc: parsed.bcc,
    replyTo: parsed.replyTo,
    subject: parsed.subject,
    text: parsed.text,
    source: sourceReader(item),
    headers: parsed.headers,
    attachmentNames: parsed.attachments.filter(({ inline }) => !inline).map(({ name }) => name),
    size: parsed.size,
    date: parsed.date ?? item.ref.receivedAt,
    folder: item.folder,
    isAutomatic: parsed.automatic !== null,
    verified: parsed.authenticity.dmarc === 'pass',
  };
}

/** Searching a whole source stops after this many bytes. */
const MAX_SEARCHED_BYTES = 256 * 1024;

function sourceReader({ source }: Item): () => string {
  let text: string | undefined;
  return () =>
    (text ??= Buffer.from(source.buffer, source.byteOffset, Math.min(source.byteLength, MAX_SEARCHED_BYTES))
      .toString('utf8')
      .replaceAll('\0', ''));
}

// ---- The ledger

async function writeLedger(scan: ScanContext, decisions: Decision[], sources: string[]): Promise<void> {
  const rows: LedgerRow[] = [];
  for (const decision of decisions) {
    const row = ledgerRow(scan, decision);
    if (keepsSource(scan, decision)) {
      row.sourceKey = await saveFile(scan.strapi, decision.item.source);
      sources.push(row.sourceKey);
    }
    if (decision.item.rowId === undefined) rows.push(row);
    else await updateRow(scan.strapi, decision.item.rowId, row);
  }
  await insertRows(scan.strapi, rows);
}

function keepsSource({ settings }: ScanContext, { item, outcome }: Decision): boolean {
  return item.problem ? item.problem.keepSource : settings.keepSources === 'all' && outcome !== 'duplicate';
}

function ledgerRow(scan: ScanContext, { item, outcome, reason, rule, trace, effects, context }: Decision): LedgerRow {
  return {
    ...messageColumns(scan, item),
    fingerprint: outcome === 'duplicate' ? null : fingerprintOf(scan.scanner.documentId, item.parsed),
    outcome,
    reason,
    trace,
    effects,
    effectsOpen: effects.length > 0,
    effectAttempts: 0,
    retryAt: isFailure(outcome) ? retryAtOf(item) : null,
    sourceKey: null,
    rule: rule?.id ?? null,
    ticket: context?.ticket?.record.id ?? null,
    comment: context?.comment?.record.id ?? null,
  };
}

function retryAtOf({ retryAt }: Item): Date | null {
  const now = new Date();
  return retryAt === undefined ? nextChance(now, now) : retryAt;
}

/** What a row says about the message itself. */
export function messageColumns(scan: ScanContext, { folder, uidValidity, uid, parsed, ref, attempts }: Item) {
  return {
    scanner: scan.scanner.id,
    folder,
    uidValidity,
    uid,
    messageId: parsed.messageId?.slice(0, 255) ?? null,
    fromAddress: parsed.from?.address.slice(0, 255) ?? '',
    fromName: parsed.from?.name.slice(0, 255) ?? '',
    subject: parsed.subject.slice(0, 1000),
    receivedAt: dateOf(ref.receivedAt) ?? dateOf(parsed.date),
    size: ref.size,
    attempts,
  };
}

function dateOf(text: string | null): Date | null {
  const date = text === null ? null : new Date(text);
  return date && !Number.isNaN(date.getTime()) ? date : null;
}

/** Records that a message could not be handled, with its source, and leaves it unread where it lies. */
async function writeFailure(scan: ScanContext, item: Item, error: Error, position: Position | null): Promise<Decision> {
  const { strapi } = scan;
  const decision = failedDecision(item, error);
  const sourceKey = await saveFile(strapi, item.source);
  try {
    await inTransaction(strapi, async (trx) => {
      await scan.lease.confirm(trx);
      const row = { ...ledgerRow(scan, decision), sourceKey };
      if (item.rowId !== undefined) await updateRow(strapi, item.rowId, row);
      else await insertRows(strapi, [row]);
      if (position) await savePosition(strapi, position);
    });
  } catch (refused) {
    await deleteFiles(strapi, [sourceKey]);
    throw refused;
  }
  log(strapi, 'warn', 'A message failed', { scanner: scan.scanner, folder: item.folder, uid: item.uid, reason: decision.reason });
  return decision;
}

const failedDecision = (item: Item, error: Error): Decision => ({
  item,
  outcome: 'failed',
  reason: reasonOf(error),
  rule: null,
  trace: [],
  effects: [],
  context: null,
});

/** A sentence for the scan log. What a database says of a statement may hold the message's text, so only its kind is told. */
function reasonOf(error: Error & { code?: unknown }): string {
  if (error instanceof ActionError) return error.message;
  if (typeof error.code === 'string') return `It could not be written (${error.code}).`;
  if (error.name === 'ValidationError' || error.name === 'YupValidationError')
    return `The records could not be saved: ${error.message.slice(0, 300)}`;
  return `Something unexpected went wrong: ${error.message.slice(0, 300)}`;
}
