import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Core } from '@strapi/strapi';

/**
 * How a scan recognises what this site wrote to its own people, should it come into a mailbox that is scanned: an alert about a mailbox,
 * a test email, or what an administrator is told must not become a ticket in it. The mark cannot be made by others, whose emails (another site's alerts, say) are for the rules.
 */

export const MARK_HEADER = 'X-Mail-Scanner';

const KINDS = ['alert', 'test', 'notice'] as const;
export type MarkKind = (typeof KINDS)[number];

export function newMark(strapi: Core.Strapi, kind: MarkKind): string {
  const random = randomBytes(12).toString('hex');
  return `${kind} ${random}.${sealOf(strapi, kind, random)}`;
}

/** Of an automatic mail: nothing answers it (RFC 3834 §5), and a scan of ours knows it. */
export const automaticHeaders = (mark: string) => ({
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
  [MARK_HEADER]: mark,
});

/** Without angle brackets. Beside the header, and where neither gets through, the name in Reply-To bears the mark (email-shapes.ts). A provider may pass on no header of ours, but the Message-ID. */
export const markMessageId = (mark: string, domain: string): string => `${mark.replace(' ', '.')}@${domain}`;

/** What the email with these headers is; null when this site has not marked it. `headers`: by their names in lower case, as a parsed message has them. */
export function markOf(strapi: Core.Strapi, headers: Record<string, string[]>): MarkKind | null {
  return markIn(
    strapi,
    [MARK_HEADER.toLowerCase(), 'message-id', 'reply-to'].flatMap((name) => headers[name] ?? []),
  );
}

/** The first mark of ours among values of these headers, and Message-IDs, with angle brackets or without. */
export function markIn(strapi: Core.Strapi, values: readonly string[]): MarkKind | null {
  for (const value of values) {
    const found = readMark(strapi, value);
    if (found) return found.kind;
  }
  return null;
}

/** The mark of what an administrator was told, as it was made, among such values; null when there is none. */
export function noticeMarkIn(strapi: Core.Strapi, values: readonly string[]): string | null {
  for (const value of values) {
    const found = readMark(strapi, value);
    if (found?.kind === 'notice') return found.mark;
  }
  return null;
}

function readMark(strapi: Core.Strapi, value: string): { kind: MarkKind; mark: string } | null {
  const [, word, random, seal] = /^\s*[<"]?(\w+)[ .]([0-9a-f]{24})\.([0-9a-f]{64})(?:"?\s|\s*$|@)/.exec(value) ?? [];
  const kind = KINDS.find((each) => each === word);
  if (!kind || !timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(strapi, kind, random)))) return null;
  return { kind, mark: `${kind} ${random}.${seal}` };
}

/** Strapi's keys for signing, which all instances share. */
function sealOf(strapi: Core.Strapi, kind: MarkKind, random: string): string {
  const [key] = strapi.config.get<string[]>('server.app.keys', []);
  return createHmac('sha256', `mail-scanner ${kind} ${key ?? ''}`)
    .update(random)
    .digest('hex');
}
