import type { Core } from '@strapi/strapi';
import type { FetchedMessage, OpenFolder } from '../mailbox/types';
import { openMailbox, type ScannerRow } from './access';
import { previewBatch } from './commit';
import { scanContext, type ScanContext } from './context';
import type { Decision } from './decide';
import type { Item } from './item';
import { parse } from './intake';
import type { Lease } from '../storage/lease';
import type { PreviewedMessage } from '../../../shared/api/scanners';
import { foldersToScan, withServerPaths } from './rules';
import { inBoth } from '../../../shared/sentences/words';
import { cut } from '../lib/cut';

/** Nothing of a preview is committed, so it needs no fence. */
export const NO_LEASE: Lease = {
  confirm: async () => {},
  assertHeld: () => {},
  release: async () => {},
  signal: new AbortController().signal,
};

/**
 * What a scan would do with the newest messages of the mailbox, or with one given as source: the same code in a transaction
 * that is rolled back. Nothing changes, neither in the mailbox nor in the database. Throws a MailboxError.
 */
export async function preview(
  strapi: Core.Strapi,
  scanner: ScannerRow,
  { limit = 10, source }: { limit?: number; source?: string },
): Promise<PreviewedMessage[]> {
  const context = await scanContext(strapi, scanner, NO_LEASE);
  const folders = context.rules.length > 0 ? foldersToScan(context.rules) : ['INBOX'];
  if (source !== undefined) return [(await previewSource(context, folders[0], Buffer.from(source))).would];
  const items = await newestItems(context, scanner, folders, limit, context.settings.maxMessageMegabytes * 1024 * 1024);
  return (await previewBatch(context, items)).map(describe);
}

async function newestItems(context: ScanContext, scanner: ScannerRow, folders: string[], limit: number, maxBytes: number): Promise<Item[]> {
  const mailbox = await openMailbox(context.strapi, scanner);
  try {
    const items: Item[] = [];
    context.rules = await withServerPaths(context.rules, mailbox);
    for (const path of folders) {
      const folder = await mailbox.open(path);
      const refs = await mailbox.list({ type: 'newest', limit });
      for await (const fetched of mailbox.fetch(refs, { maxBytes })) items.push(await toItem(context, folder, fetched));
    }
    return items;
  } finally {
    await mailbox.close();
  }
}

const givenAs = (source: Uint8Array, maxBytes: number): FetchedMessage => ({
  ref: { uid: '', size: source.byteLength, receivedAt: null },
  source,
  truncated: source.byteLength > maxBytes,
});

/** A preview looks at messages as if they were new, also at those that were scanned already. */
async function toItem(context: ScanContext, folder: OpenFolder, fetched: FetchedMessage): Promise<Item> {
  const item = await parse(context, { folder, skipBefore: null }, fetched, 1);
  const asNew = (hash: string) => `preview:${folder.path}:${fetched.ref.uid}:${hash}`;
  const { contentHash, textHash } = item.parsed;
  return { ...item, parsed: { ...item.parsed, contentHash: asNew(contentHash), textHash: asNew(textHash) } };
}

/** What a scan with these rules would do with one email, given as its source. */
export async function previewSource(
  context: ScanContext,
  folder: string,
  source: Uint8Array,
): Promise<{ item: Item; would: PreviewedMessage }> {
  const maxBytes = context.settings.maxMessageMegabytes * 1024 * 1024;
  const item = await toItem(context, { path: folder, uidValidity: '', uidNext: null }, givenAs(source, maxBytes));
  const [decision] = await previewBatch(context, [item]);
  return { item, would: describe(decision) };
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
    ...inBoth('reason', reason),
    trace,
    effects,
    actions: (rule?.actions ?? []).map(({ action, config }) => ({ type: action.type, description: action.describe(config) })),
    ticket: ticket
      ? {
          ticketNumber: ticket.isNew ? null : ticket.ticketNumber,
          title: ticket.title,
          isNew: ticket.isNew,
          matchedBy: String(context.comment?.record.data.matchedBy ?? ''),
        }
      : null,
    visibleText: cut(parsed.visibleText, 2000),
    warnings: parsed.warnings,
    warningsSaid: parsed.warningsSaid,
  };
}
