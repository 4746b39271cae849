import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Core } from '@strapi/strapi';

/**
 * How a scan recognises an alert of this site, should one come into a mailbox that is scanned: an alert about a mailbox must not
 * become a ticket in it. The mark cannot be made by others, whose emails (another site's alerts, say) are for the rules.
 */

export const ALERT_HEADER = 'X-Mail-Scanner';

export function newAlertMark(strapi: Core.Strapi): string {
  const random = randomBytes(12).toString('hex');
  return `alert ${random}.${sealOf(strapi, random)}`;
}

/** `headers`: by their names in lower case, as a parsed message has them. */
export function isOwnAlert(strapi: Core.Strapi, headers: Record<string, string[]>): boolean {
  return (headers[ALERT_HEADER.toLowerCase()] ?? []).some((value) => {
    const [, random, seal] = /^\s*alert ([0-9a-f]{24})\.([0-9a-f]{64})\s*$/.exec(value) ?? [];
    return random !== undefined && timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(strapi, random)));
  });
}

/** Strapi's keys for signing, which all instances share. */
function sealOf(strapi: Core.Strapi, random: string): string {
  const [key] = strapi.config.get<string[]>('server.app.keys', []);
  return createHmac('sha256', `mail-scanner alert ${key ?? ''}`)
    .update(random)
    .digest('hex');
}
