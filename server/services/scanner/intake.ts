import { createHash } from 'node:crypto';
import type { FetchedMessage, Mailbox, MessageRef, OpenFolder } from '../mailbox/types';
import type { ParsedMessage } from '../message/types';
import type { ScanContext } from './context';
import type { Item } from './item';
import { saveInFlight, type FolderState } from './folder-state';
import { parserOf, suspectTurn } from './runtime';
import { UnparsableMessage } from './parser';
import { say } from '../../../shared/sentences/words';

/** From the mailbox to parsed messages, in the order of the mailbox. */

export interface FetchPlan {
  folder: OpenFolder;
  refs: MessageRef[];
  state: FolderState;
  maxBytes: number;
  /** Messages dated before this are left alone, where the protocol cannot tell old from new (POP3); null: none. */
  skipBefore: Date | null;
  /** Called while the connection is free, between two FETCH commands. What it writes and `save` are one commit. */
  betweenFetches(save: () => Promise<void>): Promise<void>;
}

/** A message that is being parsed. */
interface Coming {
  item: Promise<Item>;
  bytes: number;
  /** To be committed in a batch of its own. */
  alone: boolean;
  /** To be called when it is committed, or never will be. */
  handled(): void;
}

const coming = (item: Promise<Item>, { source }: FetchedMessage): Coming => ({
  item,
  bytes: source.byteLength,
  alone: false,
  handled: () => {},
});

/** This many messages share a FETCH. Their effects wait until it is through, since a connection does one thing at a time. */
const MESSAGES_A_FETCH = 500;
/** A message that took the process down this often is not parsed again. */
const MAX_CRASHES = 3;

/**
 * Fetches and parses. Before messages are touched, the database knows that they are in hand: those that a dead process had in
 * hand come one by one, counted, so that one which takes the process down is found and set aside, and the others go on.
 */
export async function* fetchItems(context: ScanContext, mailbox: Mailbox, plan: FetchPlan): AsyncGenerator<Coming> {
  const { strapi } = context;
  const suspects = plan.refs.filter(({ uid }) => uid in plan.state.inFlight);
  const others = plan.refs.filter(({ uid }) => !(uid in plan.state.inFlight));
  const inFlight = { ...plan.state.inFlight };
  for (const ref of suspects) yield* fetchSuspect(context, mailbox, plan, ref, inFlight);
  for (let start = 0; start < others.length; start += MESSAGES_A_FETCH) {
    const refs = others.slice(start, start + MESSAGES_A_FETCH);
    const inHand = others.slice(Math.max(0, start - MESSAGES_A_FETCH), start + MESSAGES_A_FETCH);
    const save = () => saveInFlight(strapi, plan.state.id, Object.fromEntries(inHand.map(({ uid }) => [uid, 0])));
    await (start === 0 ? save() : plan.betweenFetches(save));
    for await (const fetched of mailbox.fetch(refs, plan)) {
      yield coming(parse(context, plan, fetched, 1), fetched);
    }
  }
}

/** One message that a dead process had in hand, alone in this process, so that a death counts against one message only. */
async function* fetchSuspect(
  context: ScanContext,
  mailbox: Mailbox,
  plan: FetchPlan,
  ref: MessageRef,
  inFlight: Record<string, number>,
): AsyncGenerator<Coming> {
  const { strapi } = context;
  const endTurn = await suspectTurn(strapi);
  try {
    inFlight[ref.uid] += 1;
    await saveInFlight(strapi, plan.state.id, inFlight);
    for await (const fetched of mailbox.fetch([ref], plan)) {
      const item = inFlight[ref.uid] > MAX_CRASHES ? setAside(plan, fetched) : parse(context, plan, fetched, inFlight[ref.uid]);
      let handled = () => {};
      const committed = new Promise<void>((resolve) => (handled = resolve));
      yield { ...coming(item, fetched), alone: true, handled };
      await committed;
    }
  } finally {
    endTurn();
  }
  delete inFlight[ref.uid];
  await plan.betweenFetches(async () => {});
}

/** A fetched message as an item for the rules. Never rejects: what cannot be parsed becomes an item that says so. */
export async function parse(
  context: ScanContext,
  plan: Pick<FetchPlan, 'folder' | 'skipBefore'>,
  fetched: FetchedMessage,
  attempts: number,
): Promise<Item> {
  const { ref, source, truncated, refused } = fetched;
  const place = { folder: plan.folder.path, uidValidity: plan.folder.uidValidity, uid: ref.uid };
  if (refused !== undefined) {
    const problem = { outcome: 'failed' as const, reason: say('log.notHandedOut', { reason: refused }), keepSource: false };
    return { ...place, ref, source, parsed: unparsed(source, ref), attempts, problem };
  }
  try {
    const parsed = await parseSource(context, source);
    return { ...place, ref, source, parsed, attempts, problem: problemOf(context, plan, fetched, parsed) };
  } catch (error) {
    const reason = error instanceof UnparsableMessage ? error.said : say('message.parserFailed', { what: (error as Error).message });
    return {
      ...place,
      ref,
      source,
      parsed: unparsed(source, ref),
      attempts,
      problem: { outcome: 'quarantined', reason, keepSource: !truncated },
    };
  }
}

/** Throws UnparsableMessage. */
export function parseSource({ strapi, authserv }: ScanContext, source: Uint8Array): Promise<ParsedMessage> {
  return parserOf(strapi).parse(source, authserv);
}

/** Why a message that could be parsed is not for the rules. */
function problemOf(
  { settings }: ScanContext,
  plan: Pick<FetchPlan, 'skipBefore'>,
  { ref, truncated }: FetchedMessage,
  { date }: ParsedMessage,
): Item['problem'] {
  if (plan.skipBefore && date !== null && new Date(date) < plan.skipBefore) {
    return { outcome: 'skipped', reason: say('log.tooOld'), keepSource: false };
  }
  if (!truncated) return null;
  const reason = say('log.tooLarge', { size: megabytes(ref.size), limit: settings.maxMessageMegabytes });
  return { outcome: 'failed', reason, keepSource: false };
}

async function setAside(plan: FetchPlan, { ref, source, truncated }: FetchedMessage): Promise<Item> {
  const place = { folder: plan.folder.path, uidValidity: plan.folder.uidValidity, uid: ref.uid };
  const reason = say('log.setAside', { count: MAX_CRASHES });
  return {
    ...place,
    ref,
    source,
    parsed: unparsed(source, ref),
    attempts: MAX_CRASHES,
    problem: { outcome: 'quarantined', reason, keepSource: !truncated },
  };
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);

/** What the ledger needs of a message that was not parsed. */
function unparsed(source: Uint8Array, ref: MessageRef): ParsedMessage {
  // Two messages of which nothing is known are not the same one.
  const contentHash = createHash('sha256')
    .update(source.byteLength > 0 ? source : `${ref.uid} ${ref.size} ${ref.receivedAt}`)
    .digest('hex');
  return {
    messageId: null,
    date: null,
    from: null,
    sender: null,
    replyTo: [],
    to: [],
    cc: [],
    bcc: [],
    subject: '(not read)',
    inReplyTo: [],
    references: [],
    headers: {},
    text: '',
    html: null,
    visibleText: '',
    attachments: [],
    automatic: null,
    list: null,
    bounce: null,
    authenticity: { spf: 'none', dkim: 'none', dmarc: 'none', authservId: null },
    identity: 'unknown',
    forwarded: null,
    size: source.byteLength,
    contentHash,
    textHash: contentHash,
    warnings: [],
    warningsSaid: [],
  };
}
