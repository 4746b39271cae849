import { say, type Said, type Words } from '../../../shared/sentences/words';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { graphClient, type GraphClient } from '../graph/client';
import {
  attachTo,
  deleteDraft,
  deleteOrphans,
  draftOf,
  draftOfMime,
  hasLeftSince,
  sendDraft,
  draftState,
  tryMailbox,
} from '../graph/drafts';
import { GraphError } from '../graph/errors';
import { inSendingTurn, isHeld, MailboxBusy } from '../graph/turns';
import { graphTokenOf, graphUrlOf } from '../oauth/access-token';
import { OAuthError } from '../oauth/types';
import { pluginConfig } from '../settings/config';
import { SecretUnreadable } from '../settings/secrets';
import { graphMailOf } from './graph-mail';
import { readBackLater } from './read-back';
import { SendError, type Attempt, type DraftNote, type OutgoingMail, type SentMail, type Transport } from './transport';

/**
 * Sends by Microsoft Graph. Each mail is a draft that is made, noted with its delivery, and sent. What an earlier attempt has noted is asked
 * for before anything is sent: what has left does not leave again, and where nobody can know, people decide.
 */

/** Whose account opens the mailbox, and which one that is. */
interface GraphSender {
  /** The documentId of the authorization. */
  authorization: string;
  mailboxOf(mail: Pick<OutgoingMail, 'from'>): string;
}

export const graphTransport = (strapi: Core.Strapi, { authorization, mailboxOf }: GraphSender): Transport => ({
  prepare: (mail) => ({ authorization, mailbox: mailboxOf(mail), since: new Date().toISOString() }),
  send: (mail, attempt) => sendByGraph(strapi, mail, attempt, { authorization, mailbox: mailboxOf(mail) }),
});

type GraphMailbox = Pick<DraftNote, 'authorization' | 'mailbox'>;

async function sendByGraph(strapi: Core.Strapi, mail: OutgoingMail, attempt: Attempt, place: GraphMailbox): Promise<SentMail> {
  const { authorization, mailbox } = attempt.draft ?? place;
  try {
    return await inSendingTurn(strapi, mailbox, async (lease) => {
      const client = await clientOf(strapi, authorization, mailbox);
      const assertHeld = () => {
        attempt.assertHeld();
        if (!isHeld(lease)) throw new MailboxBusy(mailbox, 'sending');
      };
      return handOver({ strapi, client, mail, attempt: { ...attempt, assertHeld } }, { authorization, mailbox });
    });
  } catch (error) {
    throw toSendError(error, attempt);
  }
}

async function clientOf(strapi: Core.Strapi, authorization: string, mailbox: string): Promise<GraphClient> {
  const access = {
    baseUrl: await graphUrlOf(strapi, authorization),
    // `allowedHosts` is about what people type; where Graph is stands in our code.
    policy: { allowedHosts: null, allowPrivateAddresses: pluginConfig(strapi).allowPrivateAddresses },
    token: (refused?: string) => graphTokenOf(strapi, authorization, refused),
  };
  return graphClient(access, mailbox, 'sending');
}

interface Sending {
  strapi: Core.Strapi;
  client: GraphClient;
  mail: OutgoingMail;
  attempt: Attempt;
}

async function handOver(sending: Sending, place: GraphMailbox): Promise<SentMail> {
  const { client, mail, attempt } = sending;
  const left = await whatIsLeft(sending);
  if (left && 'response' in left) return left;
  const draft = left ?? (await makeDraft(sending, place));
  const leaving = { ...draft, mayHaveLeftSince: new Date().toISOString() };
  await attempt.keep(leaving);
  attempt.assertHeld();
  try {
    await sendDraft(client, draft.id);
    readBackLater(sending.strapi, client, { delivery: attempt.delivery, id: draft.id, messageId: draft.messageId });
    return sentAs(mail, draft.messageId, say('graph.took'));
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    if (error.maybeDone) return await lookedFor(sending, leaving, error);
    // What was put off waits as it is; what was refused does not lie about.
    if (!error.passing) await forget(sending, draft.id);
    throw error;
  }
}

const FOUND = say('graph.found');

/** `messageId`: the one that it has left under, with angle brackets. */
const sentAs = (mail: OutgoingMail, messageId: string | null, response: Said): SentMail => {
  const own = `<${mail.messageId}>`;
  return { response, rejected: [], ...(messageId && messageId !== own ? { sentMessageId: messageId.replace(/^<|>$/g, '') } : {}) };
};

/** A draft that has a name. */
type Made = DraftNote & Required<Pick<DraftNote, 'id' | 'madeAt' | 'messageId'>>;

async function makeDraft({ client, mail, attempt }: Sending, place: GraphMailbox): Promise<Made> {
  const made = await graphMailOf(mail);
  const draft = Buffer.isBuffer(made) ? await draftOfMime(client, made) : await draftOf(client, made);
  const since = attempt.draft?.since ?? new Date().toISOString();
  const note = { ...place, since, id: draft.id, madeAt: draft.createdDateTime, messageId: draft.internetMessageId };
  if (Buffer.isBuffer(made)) return note;
  // Its files take a while: should we die meanwhile, the next attempt knows what to take away.
  await attempt.keep(note);
  try {
    await attachTo(client, draft.id, made.attached);
  } catch (error) {
    await forget({ client, attempt }, draft.id);
    throw error;
  }
  return note;
}

/** Nothing was sent; what is left of it goes, so that nobody sends it. Where that fails, the next attempt sees to it. */
async function forget({ client, attempt }: Pick<Sending, 'client' | 'attempt'>, id: string): Promise<void> {
  try {
    await deleteDraft(client, id);
    await attempt.keep(null);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
  }
}

// ---- What an earlier attempt has left

/** This long after it was asked for, a draft that is still one was not sent: a gateway gives up earlier than the server behind it. */
const SETTLED_AFTER_MS = 60_000;
/** How long a copy may take to show. */
const SHOWN_AFTER_MS = 15 * 60_000;
/** How often, and after which pauses, it is looked for when an answer is lost: the copy comes some seconds late. */
const LOOKS_AFTER_MS = [500, 1_500, 3_000];

const PERHAPS_SENT = say('graph.perhaps');
const LOOKED_FOR_AGAIN = say('graph.again');

/** Null: nothing, so it is made again. */
async function whatIsLeft(sending: Sending): Promise<Made | SentMail | null> {
  const { client, mail, attempt } = sending;
  const { draft } = attempt;
  if (!draft || !attempt.isRepeated) return null;
  if (draft.id === undefined) {
    await deleteOrphans(client, `<${mail.messageId}>`, draft.since);
    return null;
  }
  const found = await becameOf(sending, draft as Made);
  // Somebody may have sent by hand what was never finished.
  if (found.sent) return found.sent;
  if (draft.mayHaveLeftSince === undefined) {
    if (found.isDraft) await deleteDraft(client, draft.id);
    return null;
  }
  const elapsedMs = Date.now() - Date.parse(draft.mayHaveLeftSince);
  if (found.isDraft && elapsedMs >= SETTLED_AFTER_MS) return draft as Made;
  if (elapsedMs < (found.isDraft ? SETTLED_AFTER_MS : SHOWN_AFTER_MS)) throw new SendError([PERHAPS_SENT, LOOKED_FOR_AGAIN], false, null);
  // Whoever has it sent again has decided that.
  await attempt.keep(null);
  throw new SendError([PERHAPS_SENT, say('graph.nowhere', { mailbox: draft.mailbox })], true, null);
}

/** `sent` when it has left. The copy may lie where somebody has moved it, under another id. */
async function becameOf({ client, mail }: Sending, draft: Made): Promise<{ sent: SentMail | null; isDraft: boolean }> {
  const { state, messageId } = await draftState(client, draft.id);
  if (state === 'sent') return { sent: sentAs(mail, messageId ?? draft.messageId, FOUND), isDraft: false };
  if (state === 'draft') return { sent: null, isDraft: true };
  const hasLeft = await hasLeftSince(client, draft.messageId, draft.madeAt);
  return { sent: hasLeft ? sentAs(mail, draft.messageId, FOUND) : null, isDraft: false };
}

/** After an answer that was lost: whether the mail has left. It is not sent again in this attempt. */
async function lookedFor(sending: Sending, draft: Made & DraftNote, error: GraphError): Promise<SentMail> {
  for (const pause of LOOKS_AFTER_MS) {
    await sleep(pause);
    const { sent } = await becameOf(sending, draft).catch(() => ({ sent: null }));
    if (sent) return sent;
  }
  throw new SendError([PERHAPS_SENT, LOOKED_FOR_AGAIN, error.said], false, null);
}

// ---- Around the outbox

/**
 * Takes a draft away that is not to be sent any more, and says what became of it. `messageId`: ours, without angle brackets. Throws a
 * GraphError and what keeps us from signing in.
 */
export function withdrawDraft(strapi: Core.Strapi, draft: DraftNote, messageId: string): Promise<'withdrawn' | 'sent' | 'unknown'> {
  const { id, mailbox, authorization } = draft;
  return inSendingTurn(strapi, mailbox, async () => {
    const client = await clientOf(strapi, authorization, mailbox);
    if (id === undefined) {
      await deleteOrphans(client, `<${messageId}>`, draft.since);
      return 'withdrawn';
    }
    const { state } = await draftState(client, id);
    if (state === 'draft') await deleteDraft(client, id);
    if (state === 'gone' && draft.mayHaveLeftSince !== undefined) return 'unknown';
    return state === 'sent' ? 'sent' : 'withdrawn';
  });
}

/** What a connection test of sending says: null when nothing is missing, else what is, in words. */
export async function checkSending(strapi: Core.Strapi, authorization: string, mailbox: string, from: string): Promise<Words | null> {
  try {
    await inSendingTurn(strapi, mailbox, async () => tryMailbox(await clientOf(strapi, authorization, mailbox), from));
    return null;
  } catch (error) {
    const said = toSendError(error, { draft: null });
    if (said instanceof SendError) return said.said;
    throw error;
  }
}

/** Refusals of this one mail; all else can be mended, or passes. */
const ABOUT_THE_MAIL = ['recipients', 'tooLarge'];

function toSendError(error: unknown, { draft }: Pick<Attempt, 'draft'>): unknown {
  // What keeps us from asking leaves it as open as it was.
  const perhaps: Words[] = draft?.mayHaveLeftSince === undefined ? [] : [PERHAPS_SENT, LOOKED_FOR_AGAIN];
  if (error instanceof GraphError)
    return new SendError(
      [...perhaps, error.said],
      perhaps.length === 0 && ABOUT_THE_MAIL.includes(error.trouble),
      null,
      error.trouble === 'token',
    );
  if (error instanceof OAuthError || error instanceof SecretUnreadable)
    return new SendError([...perhaps, say('outgoing.notAsked', { host: 'Microsoft Graph', why: error.said })], false, null);
  return error instanceof MailboxBusy ? new SendError([...perhaps, error.said], false, null) : error;
}
