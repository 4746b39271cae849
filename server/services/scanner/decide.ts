import { ActionError, type ActionContext } from '../action/types';
import type { Desk } from '../helpdesk/desk';
import { recordBounce } from '../helpdesk/bounces';
import type { MailboxEffect } from '../mailbox/types';
import { namesSecondReader } from '../message/doubts';
import type { ParsedMessage } from '../message/types';
import { isWrittenByMachine } from '../message/reading/machines/written-by-machine';
import { isOwnAlert } from '../outgoing/alert-mark';
import { OWN_MAIL_HEADER } from '../outgoing/compose';
import type { RuleSubject } from '../rule/types';
import { plainWords } from '../storage/failure';
import type { ScanContext } from './context';
import { correspondentsOf } from './correspondents';
import { fingerprintOf, knownRows, type KnownRow } from './fingerprint';
import { isRecent, receivedAt, type Item } from './item';
import { DELETED, updateRow, type Outcome } from './ledger';
import { applyRules, type RuleTrace, type ScannerRule } from './rules';

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
 * Decides about a batch, in its order and in the calling code's transaction; what tickets become of it waits in the desk. Throws an
 * ActionError that an action throws, and what the database throws. A preview shows what an action refuses as failed, beside the others.
 */
export async function decideAll(scan: ScanContext, items: Item[], desk: Desk, { preview = false } = {}): Promise<Decision[]> {
  const fingerprints = items.map(({ parsed }) => fingerprintOf(scan.scanner.documentId, parsed));
  const known = await knownRows(scan.strapi, scan.scanner.documentId, items);
  const seen = new Map<string, Decided>();
  const decisions: Decision[] = [];
  const serveOthers = breather(MAX_STRETCH_MS);
  for (const [index, item] of items.entries()) {
    const fingerprint = fingerprints[index];
    const row = known.get(fingerprint);
    const before = row && row.id !== item.rowId ? row : seen.get(fingerprint);
    const decision = before ? await duplicate(scan, item, before, row ?? null, preview) : await decideOrExplain(scan, item, desk, preview);
    if (!before) seen.set(fingerprint, decision);
    decisions.push(decision);
    await serveOthers();
  }
  return decisions;
}

/** What became of the first copy of an email. */
type Decided = { outcome: Outcome; rule?: { id: number } | null };

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

/** A message that the ledger has already, by an earlier scan or from this batch. */
async function duplicate(scan: ScanContext, item: Item, before: Decided, row: KnownRow | null, preview: boolean): Promise<Decision> {
  const moved = row !== null && row.folder === item.folder && ![item.uidValidity, DELETED].includes(row.uidValidity);
  if (row && !preview) await followMessage(scan, item, row, moved);
  const reason = moved ? 'Known already: the server numbered the folder anew.' : 'Known already: the same email was scanned before.';
  const plain = { item, outcome: 'duplicate' as const, reason, rule: null, trace: [], effects: [{ type: 'seen' as const }], context: null };
  return moved || item.problem ? plain : { ...plain, ...effectsOnCopy(scan, item, before) };
}

/**
 * A second copy is moved or deleted by the rule that handled the first one: else it stays in the mailbox for ever. No other rule
 * touches it, since nothing else is done about a copy: it may be the only one of an email that no rule has handled.
 */
function effectsOnCopy(scan: ScanContext, item: Item, { outcome, rule }: Decided): Partial<Decision> {
  if (outcome !== 'processed' || !rule) return {};
  const { matching, trace } = applyRules(scan.rules, subjectOf(item), scan.ticketNumberPattern);
  const [first] = matching;
  if (first?.id !== rule.id) return {};
  const effects = matching.flatMap(({ actions }) => actions.flatMap(({ action, config }) => action.effects?.(config) ?? []));
  return { rule: first, trace, effects: [{ type: 'seen' }, ...effects] };
}

/** Where the folder was numbered anew, the row follows its message, and the message is not news. A row of an earlier release knows it by today's fingerprint from now on. */
async function followMessage(scan: ScanContext, item: Item, row: KnownRow, moved: boolean): Promise<void> {
  const fingerprint = fingerprintOf(scan.scanner.documentId, item.parsed);
  const { uidValidity, uid } = item;
  if (!moved && row.fingerprint === fingerprint) return;
  await updateRow(scan.strapi, row.id, { fingerprint, ...(moved ? { uidValidity, uid } : {}) });
}

/** A scan lets the failure through, to roll back and try alone. */
async function decideOrExplain(scan: ScanContext, item: Item, desk: Desk, preview: boolean): Promise<Decision> {
  try {
    return await decide(scan, item, desk);
  } catch (error) {
    if (!preview || !(error instanceof ActionError)) throw error;
    return failedDecision(item, error);
  }
}

/** A mail of the outbox that came back: by its Message-ID or, where the outgoing server gives mails another one, by mark and sender. */
function isOurs({ ownAddresses }: ScanContext, { messageId, from, headers }: ParsedMessage, desk: Desk): boolean {
  if (messageId !== null && desk.delivery(messageId) !== null) return true;
  const isMarked = (headers[OWN_MAIL_HEADER.toLowerCase()] ?? []).some((value) => THREAD_TOKEN.test(value));
  return isMarked && from !== null && ownAddresses.has(from.address);
}

/** An alert has another mark: outgoing/alert-mark.ts. */
const THREAD_TOKEN = /^\s*[0-9a-f]{32}\s*$/i;

/** What is marked like ours and is not comes from another desk with this plugin: people write there, as they do here. */
function fromAnotherDesk(item: Item): Item {
  const { automatic } = item.parsed;
  const isPersons = automatic?.kind === 'own' && automatic.reasons.every((reason) => reason === 'own-header');
  return isPersons ? { ...item, parsed: { ...item.parsed, automatic: null } } : item;
}

/**
 * What a list handed on in its own name is its author's. Nothing proves who that is: the list's server vouches for the list alone.
 */
function fromListAuthor({ ownAddresses }: ScanContext, item: Item): Item {
  const { from, list, identity } = item.parsed;
  const isListsName = list !== null && from !== null && (list.isInFrom || ownAddresses.has(from.address));
  if (!isListsName || list.author === null || ownAddresses.has(list.author.address)) return item;
  const unproven = identity === 'proven' ? 'unknown' : identity;
  return { ...item, parsed: { ...item.parsed, from: list.author, list: { ...list, isInFrom: true }, identity: unproven } };
}

/** Our own emails and bounces of them are no matter of rules; all else is. */
async function decide(scan: ScanContext, read: Item, desk: Desk): Promise<Decision> {
  const decision = await decideUnderRules(scan, read, desk);
  const reader = decision.outcome === 'processed' ? [] : decision.item.parsed.warnings.filter(namesSecondReader);
  return reader.length === 0 ? decision : { ...decision, reason: [decision.reason, ...reader].join(' ') };
}

async function decideUnderRules(scan: ScanContext, read: Item, desk: Desk): Promise<Decision> {
  const item = fromListAuthor(scan, fromAnotherDesk(read));
  const { parsed, problem } = item;
  if (problem) return { item, outcome: problem.outcome, reason: problem.reason, rule: null, trace: [], effects: [], context: null };
  const plain = { item, rule: null, trace: [], effects: [{ type: 'seen' as const }], context: null };
  if (isOwnAlert(scan.strapi, parsed.headers)) return { ...plain, outcome: 'noMatch', reason: 'An alert of this mail scanner.' };
  if (isOurs(scan, parsed, desk)) return { ...plain, outcome: 'noMatch', reason: 'An email that we sent ourselves.' };
  const bounced = parsed.bounce && parsed.identity !== 'doubtful' && (await recordBounce(scan.strapi, desk, parsed));
  if (bounced) return { ...plain, outcome: 'bounce', reason: bounced.reason, context: bounced };

  const { matching, trace } = applyRules(scan.rules, subjectOf(item), scan.ticketNumberPattern);
  if (matching.length === 0) return { ...plain, outcome: 'noMatch', reason: 'No rule matched.', trace };
  const notes: Note[] = [...parsed.warnings];
  const context = actionContext(scan, item, desk, notes);
  const effects: MailboxEffect[] = [{ type: 'seen' }];
  for (const rule of matching) {
    context.rule = rule.name;
    for (const { action, config } of rule.actions) effects.push(...(await action.run(context, config)));
  }
  return {
    item,
    outcome: 'processed',
    // Asked when all is written: only then the tickets have their numbers.
    get reason() {
      return notes.map((note) => (typeof note === 'string' ? note : note())).join(' ');
    },
    rule: matching[0],
    trace,
    effects,
    context,
  };
}

type Note = string | (() => string);

function actionContext(scan: ScanContext, item: Item, desk: Desk, notes: Note[]): ActionContext {
  return {
    strapi: scan.strapi,
    message: item.parsed,
    ...correspondentsOf(scan, item.parsed),
    receivedAt: receivedAt(item),
    isRecent: isRecent(item),
    source: sourceReader(item),
    folder: item.folder,
    scanner: scan.scanner,
    rule: '',
    ownAddresses: scan.ownAddresses,
    ticketPrefix: scan.settings.ticketPrefix,
    maxNewTicketsPerHour: scan.settings.maxNewTicketsPerHour,
    desk,
    contact: null,
    ticket: null,
    comment: null,
    note: (sentence) => void notes.push(sentence),
  };
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
    isAutomatic: isWrittenByMachine(parsed),
    verified: parsed.identity === 'proven',
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

/** What is said of a message that could not be handled. */
export const failedDecision = (item: Item, error: Error): Decision => ({
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
  if (error.code === 'ER_NET_PACKET_TOO_LARGE')
    return 'It has more text than the database takes at once. Raise max_allowed_packet of the database, then try it again.';
  if (typeof error.code === 'string') return `It could not be written (${error.code}).`;
  if (error.name === 'ValidationError' || error.name === 'YupValidationError')
    return `The records could not be saved: ${plainWords(error).slice(0, 300)}`;
  return `Something unexpected went wrong: ${error.message.slice(0, 300)}`;
}
