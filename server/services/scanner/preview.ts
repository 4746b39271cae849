import type { Core } from '@strapi/strapi';
import type { MailboxEffect, MessageRef } from '../mailbox/types';
import { openMailbox, type ScannerRow } from './access';
import { previewBatch, type Decision, type Item } from './commit';
import type { Lease } from '../storage/lease';
import type { Outcome } from './ledger';
import { parserOf } from './runtime';
import { foldersToScan, type RuleTrace } from './rules';
import { scanContext } from './scan';

/** What a scan would do about one message. */
export interface PreviewedMessage {
  from: string;
  subject: string;
  receivedAt: string | null;
  folder: string;
  outcome: Outcome;
  rule: { documentId: string; name: string } | null;
  reason: string;
  trace: RuleTrace[];
  effects: MailboxEffect[];
  actions: { type: string; description: string }[];
  ticket: { ticketNumber: string | null; title: string; isNew: boolean; matchedBy: string } | null;
  visibleText: string;
  warnings: string[];
}

/** Nothing of a preview is committed, so it needs no fence. */
const NO_LEASE: Lease = { confirm: async () => {}, release: async () => {}, signal: new AbortController().signal };

/**
 * What a scan would do with the newest messages of the mailbox, or with one given as source: the same code in a transaction
 * that is rolled back. Nothing changes, neither in the mailbox nor in the database. Throws a MailboxError.
 */
export async function preview(strapi: Core.Strapi, scanner: ScannerRow, { limit = 10, source }: { limit?: number; source?: string }): Promise<PreviewedMessage[]> {
  const context = await scanContext(strapi, scanner, NO_LEASE);
  const folders = context.rules.length > 0 ? foldersToScan(context.rules) : ['INBOX'];
  const items =
    source === undefined
      ? await newestItems(strapi, scanner, folders, limit, context.settings.maxMessageMegabytes * 1024 * 1024)
      : [await toItem(strapi, folders[0], '', { uid: '', size: source.length, receivedAt: null }, Buffer.from(source))];
  return (await previewBatch(context, items)).map(describe);
}

async function newestItems(strapi: Core.Strapi, scanner: ScannerRow, folders: string[], limit: number, maxBytes: number): Promise<Item[]> {
  const mailbox = await openMailbox(strapi, scanner);
  try {
    const items: Item[] = [];
    for (const path of folders) {
      const folder = await mailbox.open(path);
      const refs = await mailbox.list({ type: 'newest', limit });
      for await (const { ref, source } of mailbox.fetch(refs, { maxBytes })) {
        items.push(await toItem(strapi, folder.path, folder.uidValidity, ref, source));
      }
    }
    return items;
  } finally {
    await mailbox.close();
  }
}

async function toItem(strapi: Core.Strapi, folder: string, uidValidity: string, ref: MessageRef, source: Uint8Array): Promise<Item> {
  const parsed = await parserOf(strapi).parse(source);
  // A preview looks at messages as if they were new, also at those that were scanned already.
  const item = { folder, uidValidity, uid: ref.uid, ref, source, attempts: 1, problem: null };
  return { ...item, parsed: { ...parsed, contentHash: `preview:${folder}:${ref.uid}:${parsed.contentHash}` } };
}

function describe({ item, outcome, rule, reason, trace, effects, context }: Decision): PreviewedMessage {
  const { parsed } = item;
  const ticket = context?.ticket;
  return {
    from: parsed.from?.address ?? '',
    subject: parsed.subject,
    receivedAt: item.ref.receivedAt ?? parsed.date,
    folder: item.folder,
    outcome,
    rule: rule && { documentId: rule.documentId, name: rule.name },
    reason,
    trace,
    effects,
    actions: (rule?.actions ?? []).map(({ action, config }) => ({ type: action.type, description: action.describe(config) })),
    ticket: ticket
      ? { ticketNumber: ticket.isNew ? null : ticket.ticketNumber, title: ticket.title, isNew: ticket.isNew, matchedBy: String(context.comment?.record.data.matchedBy ?? '') }
      : null,
    visibleText: parsed.visibleText.slice(0, 2000),
    warnings: parsed.warnings,
  };
}
