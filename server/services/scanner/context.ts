import type { Core } from '@strapi/strapi';
import type { ParseOptions } from '../message/types';
import type { ActionContext } from '../action/types';
import { compilePattern, type Pattern } from '../rule/pattern';
import { defaultTicketNumberPattern } from '../rule/ticket-number';
import { ownAddresses } from '../settings/own-addresses';
import { getSettings, prefixesOf, type Settings } from '../settings/settings';
import { findDocument } from '../storage/documents';
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
  lease: Lease;
}

/** Reads what a scan needs to know. Throws when a rule names an action that nobody registered. */
export async function scanContext(strapi: Core.Strapi, scanner: ScannerRow, lease: Lease): Promise<ScanContext> {
  const settings = await getSettings(strapi);
  return {
    strapi,
    scanner: { id: scanner.id, documentId: scanner.documentId, name: scanner.name, team: await teamOf(strapi, scanner) },
    activatedAt: scanner.activatedAt === null ? null : new Date(scanner.activatedAt),
    useReplyTo: scanner.useReplyTo ?? false,
    authserv: asParseOptions(authservOf(scanner)),
    rules: await loadRules(strapi, scanner.id),
    settings,
    ticketNumberPattern: settings.ticketPrefix ? defaultTicketNumberPattern(...prefixesOf(settings)) : compilePattern('\\b\\d+\\b'),
    ownAddresses: await ownAddresses(strapi),
    lease,
  };
}

async function teamOf(strapi: Core.Strapi, { documentId }: ScannerRow): Promise<number | null> {
  const row = await findDocument(strapi, UID.scanner, documentId, { select: ['id'], populate: { helpdeskTeam: { select: ['id'] } } });
  return row?.helpdeskTeam?.id ?? null;
}
