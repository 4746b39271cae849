import type { Core } from '@strapi/strapi';
import type { ParseOptions } from '../message/types';
import type { ActionContext } from '../action/types';
import { compilePattern, type Pattern } from '../rule/pattern';
import { defaultTicketNumberPattern } from '../rule/ticket-number';
import { agentAddresses, ownAddresses } from '../settings/own-addresses';
import { getSettings, prefixesOf, type Settings } from '../settings/settings';
import { findDocument } from '../storage/documents';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import type { Lease } from '../storage/lease';
import type { ScannerRow } from './access';
import { asParseOptions, authservOf } from './authserv';
import { loadRules, type ScannerRule } from './rules';

/** What stays the same during a scan. */
export interface ScanContext {
  strapi: Core.Strapi;
  scanner: ActionContext['scanner'];
  /** Since when it is active; null for one that never was. */
  activatedAt: Date | null;
  /** Whether the customer is who is named in Reply-To. */
  useReplyTo: boolean;
  /** Whose Authentication-Results are believed, as the parser takes them. */
  authserv: Pick<ParseOptions, 'trustedAuthservIds' | 'isLearningAuthserv'>;
  rules: ScannerRule[];
  settings: Settings;
  ticketNumberPattern: Pattern;
  ownAddresses: ReadonlySet<string>;
  agents: ReadonlySet<string>;
  lease: Lease;
  /** The name of its mailbox where others read that, too; null where it is alone. */
  sharedMailbox: string | null;
}

/** Reads what a scan needs to know. Throws when a rule names an action that nobody registered. */
export async function scanContext(strapi: Core.Strapi, scanner: ScannerRow, lease: Lease): Promise<ScanContext> {
  const settings = await getSettings(strapi);
  const onSameMailbox = await scannersOnSameMailbox(strapi, scanner);
  return {
    strapi,
    scanner: { id: scanner.id, documentId: scanner.documentId, name: scanner.name, team: await teamOf(strapi, scanner), onSameMailbox },
    activatedAt: scanner.activatedAt === null ? null : new Date(scanner.activatedAt),
    useReplyTo: scanner.useReplyTo ?? false,
    authserv: asParseOptions(authservOf(scanner)),
    rules: await loadRules(strapi, scanner.id),
    settings,
    ticketNumberPattern: settings.ticketPrefix ? defaultTicketNumberPattern(...prefixesOf(settings)) : compilePattern('\\b\\d+\\b'),
    ownAddresses: await ownAddresses(strapi),
    agents: await agentAddresses(strapi),
    lease,
    sharedMailbox: onSameMailbox.length > 0 ? mailboxOf(scanner) : null,
  };
}

/** The ids of others that read its mailbox: somebody has made it twice, or moves from one protocol to another. */
async function scannersOnSameMailbox(strapi: Core.Strapi, scanner: ScannerRow): Promise<number[]> {
  const rows = await rowsOf(strapi, UID.scanner).findMany({
    select: ['id', 'host', 'username', 'mailboxName'],
    where: { id: { $ne: scanner.id } },
  });
  return rows.filter((row) => mailboxOf(row) === mailboxOf(scanner)).map(({ id }) => id);
}

/** An address is one mailbox by whatever server; any other name is one on its own. */
function mailboxOf({ host, username, mailboxName }: Pick<ScannerRow, 'host' | 'username' | 'mailboxName'>): string {
  const name = (mailboxName || username || '').toLowerCase();
  return (name.includes('@') ? name : `${name} ${host.toLowerCase()}`).slice(0, 150);
}

async function teamOf(strapi: Core.Strapi, { documentId }: ScannerRow): Promise<number | null> {
  const row = await findDocument(strapi, UID.scanner, documentId, { select: ['id'], populate: { helpdeskTeam: { select: ['id'] } } });
  return row?.helpdeskTeam?.id ?? null;
}
