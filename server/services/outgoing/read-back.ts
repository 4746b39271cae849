import type { Core } from '@strapi/strapi';
import type { GraphClient } from '../graph/client';
import { messageIdsSince } from '../graph/drafts';
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

interface Waiting {
  left: Left[];
  since: string;
  timer: NodeJS.Timeout;
}

const waiting = new WeakMap<Core.Strapi, Map<string, Waiting>>();

export function readBackLater(strapi: Core.Strapi, client: GraphClient, left: Left): void {
  if (left.delivery === null) return;
  const all = waiting.get(strapi) ?? new Map<string, Waiting>();
  waiting.set(strapi, all);
  const known = all.get(client.mailbox);
  if (known) return void known.left.push(left);
  const look = () => {
    const { left: some, since } = all.get(client.mailbox)!;
    all.delete(client.mailbox);
    void readBack(strapi, client, some, since).catch(() => {});
  };
  const timer = setTimeout(look, LOOKS_AFTER_MS).unref();
  all.set(client.mailbox, { left: [left], since: new Date().toISOString(), timer });
}

/** Looks at none any more. */
export function stopReadingBack(strapi: Core.Strapi): void {
  for (const { timer } of waiting.get(strapi)?.values() ?? []) clearTimeout(timer);
  waiting.delete(strapi);
}

async function readBack(strapi: Core.Strapi, client: GraphClient, left: Left[], since: string): Promise<void> {
  const now = await messageIdsSince(client, since);
  for (const { delivery, id, messageId } of left) {
    const changed = now.get(id);
    if (!changed || changed === messageId) continue;
    await strapi.db.query(UID.delivery).updateMany({ where: { id: delivery! }, data: { sentMessageId: changed.replace(/^<|>$/g, '') } });
  }
}
