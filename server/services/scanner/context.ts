import type { Core } from '@strapi/strapi';
import type { Pattern } from '../rule/pattern';
import type { Settings } from '../settings/settings';
import type { Lease } from '../storage/lease';
import type { ScannerRule } from './rules';

/** What stays the same during a scan. */
export interface ScanContext {
  strapi: Core.Strapi;
  scanner: { id: number; documentId: string; name: string };
  /** Whether the customer is who is named in Reply-To. */
  useReplyTo: boolean;
  /** Whose Authentication-Results are believed, as the parser takes them. */
  trustedAuthservIds: string[];
  rules: ScannerRule[];
  settings: Settings;
  ticketNumberPattern: Pattern;
  ownAddresses: ReadonlySet<string>;
  lease: Lease;
}
