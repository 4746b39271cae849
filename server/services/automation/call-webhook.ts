import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { say } from '../../../shared/sentences/words';
import type { Action, ActionContext, TicketContext } from '../action/types';
import type { Ticket } from '../helpdesk/desk-records';
import { schemaSays } from '../lib/schema-words';
import { cutText } from '../message/cut';
import { afterCommit } from '../platform/after-commit';
import { UID } from '../uids';
import { askWebhooks } from './send-webhooks';
import { noteCalls } from './webhook-calls';
import { ticketsTold, type PersonTold } from './webhook-words';

interface Config {
  /** The documentId of a webhook. */
  webhook: string;
  /** Whether the text of the email goes along. */
  withText: boolean;
}

/** Tells another program: what it is told stands in a row by the transaction of its cause, and leaves after the commit (send-webhooks.ts). */
export const callWebhook: Action<Config> = {
  type: 'callWebhook',
  label: 'Call a webhook',
  config: z
    .object({
      webhook: z.string(schemaSays('webhook.choose')).min(1, schemaSays('webhook.choose')).max(50),
      withText: z.boolean().default(false),
    })
    .strict(),
  describe: () => 'call a webhook',
  async run(context, { webhook, withText }) {
    if (context.isNews) draft(context, webhook, { message: factsOf(context, withText), customer: context.customer });
    else context.note(say('webhook.old'));
    return [];
  },
  async onTicket(context, { webhook }) {
    draft(context, webhook, { message: null, customer: null });
  },
};

const MOST_FILES = 100;
/** Programs read what is larger unwillingly. */
const MAX_TEXT_BYTES = 50_000;

function factsOf({ message, isOurs, writtenAt }: ActionContext, withText: boolean) {
  const { messageId, from, subject, attachments, visibleText } = message;
  return {
    id: messageId,
    date: writtenAt.toISOString(),
    from,
    isOurs,
    subject,
    files: attachments
      .filter(({ inline }) => !inline)
      .slice(0, MOST_FILES)
      .map(({ name, size }) => ({ name, size })),
    ...(withText ? { text: cutText(visibleText, MAX_TEXT_BYTES) } : {}),
  };
}

interface CallDraft extends Pick<TicketContext, 'ticket' | 'isTimed' | 'note'> {
  webhook: string;
  cause: { id: string; name: string };
  /** The email opened it. */
  isNew: boolean;
  message: ReturnType<typeof factsOf> | null;
  customer: PersonTold | null;
}

/** Of each desk, what is written together: a statement for a batch. */
const drafts = new WeakMap<TicketContext['desk'], CallDraft[]>();

function draft(context: TicketContext, webhook: string, about: Pick<CallDraft, 'message' | 'customer'>): void {
  const { strapi, desk, ticket, isTimed, note, rule, ruleId } = context;
  const one = { ticket, isTimed, note, webhook, cause: { id: ruleId, name: rule }, isNew: ticket?.isNew === true, ...about };
  const waiting = drafts.get(desk);
  if (waiting) return void waiting.push(one);
  const all: CallDraft[] = [one];
  drafts.set(desk, all);
  desk.whenWritten(async () => {
    drafts.delete(desk);
    await write(strapi, all);
  });
}

async function write(strapi: Core.Strapi, all: CallDraft[]): Promise<void> {
  const rows = await strapi.db.query(UID.webhook).findMany({ select: ['documentId'] });
  const known = new Set(rows.map(({ documentId }) => documentId as string));
  for (const { webhook, note } of all) if (!known.has(webhook)) note(say('webhook.gone'));
  const there = all.filter(({ webhook }) => known.has(webhook));
  const idOf = (ticket: Ticket | null): number | null => ticket?.record.id ?? null;
  const told = await ticketsTold(
    strapi,
    there.flatMap(({ ticket }) => idOf(ticket) ?? []),
  );
  const timestamp = new Date().toISOString();
  await noteCalls(
    strapi,
    there.map(({ webhook, cause, ticket, isTimed, isNew, message, customer }) => {
      const found = told.get(idOf(ticket) ?? 0);
      const data = {
        [isTimed ? 'trigger' : 'rule']: cause,
        ticket: found ? { ...found.ticket, isNew } : null,
        contact: found?.contact ?? customer,
        message,
      };
      return {
        webhook,
        cause: cause.name,
        ticket: idOf(ticket),
        body: { type: isTimed ? 'ticket.due' : 'email.received', timestamp, data },
      };
    }),
  );
  await afterCommit(strapi, () => askWebhooks(strapi));
}
