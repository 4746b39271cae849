import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';

/**
 * Ties a sign-in at a provider to the browser that began it. Without this, who begins one could send the provider's page to
 * somebody else, whose consent would then connect that person's mailbox here (RFC 6749 §10.12).
 */

const NAME = 'mail-scanner-sign-in';
const SHAPE = /^[\w-]{43}$/;

/** The secret of this browser, given to it when it has none; one for all its tabs. It comes back to `redirectUri`, and is kept for `maxAgeMs`. */
export function markBrowser(ctx: Context, redirectUri: string, maxAgeMs: number): string {
  const { protocol, pathname } = new URL(redirectUri);
  const known = browserOf(ctx);
  const secret = known ?? randomBytes(32).toString('base64url');
  const secure = protocol === 'https:';
  // TLS may end at a proxy that Koa does not know of; the redirect URI tells what the browser speaks.
  ctx.cookies.secure = secure;
  ctx.cookies.set(NAME, secret, {
    path: pathname.replace(/\/[^/]+\/callback$/, ''),
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: maxAgeMs,
    signed: false,
    overwrite: true,
  });
  return secret;
}

export function browserOf(ctx: Context): string | null {
  const secret = ctx.cookies.get(NAME, { signed: false });
  return secret && SHAPE.test(secret) ? secret : null;
}
