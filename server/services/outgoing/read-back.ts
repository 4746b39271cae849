import type { Core } from '@strapi/strapi';
import type { GraphClient } from '../graph/client';
import { messageIdsSince } from '../graph/drafts';
import { inSendingTurn, MailboxBusy } from '../graph/turns';
import { UID } from '../uids';

/**
 * Exchange gives some emails another Message-ID on their way out, and answers and bounces name that one. So the copies in Sent Items are
 * looked at a moment later, those of a mailbox together. What is missed here was most likely not changed: the draft told its own before.
 */

interface Left {
  /** The id of the delivery; null for one that is none. */
  delivery: number | null;
  /** Graph's id of the message. */
  id: string;
  /** The Message-ID of its draft, with angle brackets. */
  messageId: string;
}

/** The copy shows some seconds after the email has left. */
const LOOKS_AFTER_MS = 5_000;

interface Some {
  left: Left[];
  since: string;
}

const waiting = new WeakMap<Core.Strapi, Map<string, Some & { timer: NodeJS.Timeout }>>();

export function readBackLater(strapi: Core.Strapi, client: GraphClient, left: Left): void {
  if (left.delivery !== null) lookLater(strapi, client, { left: [left], since: new Date().toISOString() });
}

function lookLater(strapi: Core.Strapi, client: GraphClient, { left, since }: Some): void {
  const all = waiting.get(strapi) ?? new Map();
  waiting.set(strapi, all);
  const known = all.get(client.mailbox);
  if (known) {
    known.left.push(...left);
    known.since = known.since < since ? known.since : since;
    return;
  }
  const look = async () => {
    const some: Some = all.get(client.mailbox)!;
    all.delete(client.mailbox);
    try {
      // In turn with what is sent from there: Microsoft counts the requests of all instances together.
      await inSendingTurn(strapi, client.mailbox, () => readBack(strapi, client, some));
    } catch (error) {
      // Another instance is sending.
      if (error instanceof MailboxBusy && waiting.get(strapi) === all) lookLater(strapi, client, some);
    }
  };
  const timer = setTimeout(() => void look().catch(() => {}), LOOKS_AFTER_MS).unref();
  all.set(client.mailbox, { left, since, timer });
}

/** Looks at none any more. */
export function stopReadingBack(strapi: Core.Strapi): void {
  for (const { timer } of waiting.get(strapi)?.values() ?? []) clearTimeout(timer);
  waiting.delete(strapi);
}

async function readBack(strapi: Core.Strapi, client: GraphClient, { left, since }: Some): Promise<void> {
  const now = await messageIdsSince(client, since);
  for (const { delivery, id, messageId } of left) {
    const changed = now.get(id);
    if (!changed || changed === messageId) continue;
    await strapi.db.query(UID.delivery).updateMany({ where: { id: delivery! }, data: { sentMessageId: changed.replace(/^<|>$/g, '') } });
  }
}
