import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Core } from '@strapi/strapi';

/**
 * Links in emails, each of which opens one page for one customer without an account. What a link may do is signed with Strapi's own keys, which
 * all instances share, so that nobody makes or changes one; and it is found out without asking the database.
 */

/** What a link is for; a link of one kind is none of another. */
type LinkKind = 'rating' | 'ticket';

interface CustomerLink {
  /** The id of the email that holds it. */
  delivery: number;
  /** By which the email is known: a row of the same id that came later is another one. */
  messageId: string;
  expiresAt: Date;
}

/** Safe in a path. Null where the site has no keys to sign with. */
export function linkToken(strapi: Core.Strapi, kind: LinkKind, { delivery, messageId, expiresAt }: CustomerLink): string | null {
  const [key] = keysOf(strapi);
  if (!key) return null;
  const said = [delivery.toString(36), Math.floor(expiresAt.getTime() / 1000).toString(36), markOf(messageId)].join('.');
  return `${said}.${sealOf(key, kind, said)}`;
}

interface OpenedLink {
  delivery: number;
  /** Whether it is the email with that Message-ID which held the link. */
  isOf(messageId: string): boolean;
}

/** What somebody comes with; null for what we have not signed, or whose time is over. */
export function readLink(strapi: Core.Strapi, kind: LinkKind, token: string): OpenedLink | null {
  const [, said, delivery, expires, mark, seal] = /^(([0-9a-z]{1,9})\.([0-9a-z]{1,9})\.([\w-]{16}))\.([\w-]{43})$/.exec(token) ?? [];
  if (!said || !keysOf(strapi).some((key) => isSame(seal, sealOf(key, kind, said)))) return null;
  if (Number.parseInt(expires, 36) * 1000 < Date.now()) return null;
  return { delivery: Number.parseInt(delivery, 36), isOf: (messageId) => isSame(mark, markOf(messageId)) };
}

/** A text without what makes such links of use: an answer quotes the email that it answers, and later emails repeat the answer to others. */
export const withoutTokens = (text: string): string => text.replace(/(?:#|%23)[0-9a-z]{1,9}\.[0-9a-z]{1,9}\.[\w-]{16}\.[\w-]{43}/gi, '');

/** The address of a page of ours, as customers reach it; `publicUrl` is what the settings say. */
export function customerUrl(strapi: Core.Strapi, publicUrl: string, path: string): string {
  const prefix = strapi.config.get<string>('api.rest.prefix', '/api');
  return `${publicUrl.replace(/\/+$/, '')}/${prefix.replace(/^\/+|\/+$/g, '')}/mail-scanner/${path}`;
}

/** The first one signs; older ones are good as long as the site keeps them. */
const keysOf = (strapi: Core.Strapi): string[] => strapi.config.get<string[]>('server.app.keys', []).filter(Boolean);

const markOf = (messageId: string): string => createHash('sha256').update(messageId).digest('base64url').slice(0, 16);

const sealOf = (key: string, kind: LinkKind, said: string): string =>
  createHmac('sha256', `mail-scanner link ${kind} ${key}`).update(said).digest('base64url');

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
