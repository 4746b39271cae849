import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { readSecret, saveSecret, takeSecret } from '../settings/secrets';
import { inTransaction, tableIn, TABLES } from '../storage/tables';
import { connectedUses, askProvider, saveAuthorization, type AuthorizationRow } from './access-token';
import { createVerifier } from './pkce';
import { clientOf, redirectUriOf } from './provider-settings';
import { isProvider, type ProviderName } from '../settings/oauth-config';
import { providerOf } from './providers';
import { OAuthError, type SignIn } from './types';
import type { AccountUse } from '../../../shared/vocabulary';
import { say, type Words } from '../../../shared/sentences/words';

/**
 * The authorization code flow with PKCE (RFC 6749 §4.1, RFC 7636). What belongs to a sign-in under way stays on the server,
 * encrypted, under its `state`; it serves once, for ten minutes, and in the browser that began it.
 */

export const VALID_MS = 10 * 60_000;
const PREFIX = 'oauth-sign-in:';
/** With what `failureOf` answers, as JSON. */
const FAILURES = 'oauth-failed:';
/** With an English sentence, as earlier releases kept it. */
const FAILURES_BEFORE = 'oauth-failure:';

interface Pending {
  provider: ProviderName;
  adminUser: number;
  browser: string;
  /** Where in the panel the browser goes afterwards. */
  returnPath: string;
  signIn: SignIn;
}

interface SignInRequest {
  provider: ProviderName;
  adminUser: number;
  /** What only the browser that begins it knows (a cookie). */
  browser: string;
  returnPath: string;
  loginHint?: string;
  /** What the account is to be used for; left out: what the one of `loginHint` is connected for, else the mail servers. */
  uses?: AccountUse[];
}

/** Where to send the browser of an administrator who connects an account. Throws an OAuthError. */
export async function startSignIn(
  strapi: Core.Strapi,
  { provider, adminUser, browser, returnPath, loginHint, uses }: SignInRequest,
): Promise<string> {
  const client = await clientOf(strapi, provider);
  const state = newName();
  const signIn = {
    redirectUri: redirectUriOf(strapi, provider),
    state,
    nonce: randomBytes(16).toString('base64url'),
    verifier: createVerifier(),
    loginHint,
    uses: (uses ?? (await connectedUses(strapi, provider, loginHint)))?.filter((use) => providerOf(provider).uses.includes(use)),
  };
  const url = await askProvider(provider, () => client.authorizationUrl(signIn));
  await forgetOldSignIns(strapi);
  await saveSecret(strapi, PREFIX + state, JSON.stringify({ provider, adminUser, browser, returnPath, signIn } satisfies Pending));
  return url;
}

/**
 * How a sign-in ended, and where in the panel it began; `returnPath` is null when nobody knows. Of one that failed, `failure` is what
 * `failureOf` tells the reason for: in the panel's address anybody could write one.
 */
type SignInResult =
  { ok: true; returnPath: string; authorization: AuthorizationRow } | { ok: false; returnPath: string | null; failure: string };

const NOT_STARTED = say('oauth.notStarted');

/** Why a sign-in failed. Kept for ten minutes. */
export async function failureOf(strapi: Core.Strapi, failure: string): Promise<Words> {
  const kept = isValid(failure) ? await readSecret(strapi, FAILURES + failure) : null;
  return kept === null ? NOT_STARTED : (JSON.parse(kept) as Words);
}

async function keepFailure(strapi: Core.Strapi, said: Words): Promise<string> {
  const failure = newName();
  await saveSecret(strapi, FAILURES + failure, JSON.stringify(said));
  return failure;
}

/** Takes the answer that the browser brought from the provider. The code of another browser's is not redeemed. */
export async function finishSignIn(
  strapi: Core.Strapi,
  provider: string,
  query: URLSearchParams,
  browser: string | null,
): Promise<SignInResult> {
  const pending = await takePending(strapi, query.get('state') ?? '');
  if (!pending || !isProvider(provider) || pending.provider !== provider || !(await isActiveAdmin(strapi, pending.adminUser))) {
    // Whoever comes here uninvited leaves nothing behind in the database.
    return { ok: false, returnPath: null, failure: 'unknown' };
  }
  const { returnPath, signIn } = pending;
  const failed = async (said: Words): Promise<SignInResult> => ({
    ok: false,
    returnPath,
    failure: await keepFailure(strapi, said),
  });
  if (pending.browser !== browser) return failed([say('oauth.otherBrowser'), elsewhere(signIn)]);
  try {
    return { ok: true, returnPath, authorization: await redeem(strapi, provider, signIn, query) };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return failed(error.said);
  }
}

async function redeem(strapi: Core.Strapi, provider: ProviderName, signIn: SignIn, query: URLSearchParams): Promise<AuthorizationRow> {
  const client = await clientOf(strapi, provider);
  const signedIn = await askProvider(provider, async () => {
    if (query.has('error')) throw { error: query.get('error'), error_description: query.get('error_description') };
    return client.exchange(signIn, query);
  });
  const { username } = signedIn;
  if (!username) throw new OAuthError('fixApplication', say('oauth.noAddress'));
  return saveAuthorization(strapi, { provider, permission: 'delegated', username: username.toLowerCase() }, signedIn);
}

async function takePending(strapi: Core.Strapi, state: string): Promise<Pending | null> {
  if (!isValid(state)) return null;
  const pending = await takeSecret(strapi, PREFIX + state);
  return pending === null ? null : (JSON.parse(pending) as Pending);
}

/** The one honest way to get there: cookies are kept by host. */
const elsewhere = ({ redirectUri }: SignIn): Words => say('oauth.openThere', { address: new URL(redirectUri).origin });

const isActiveAdmin = async (strapi: Core.Strapi, id: number): Promise<boolean> =>
  (await strapi.db.query('admin::user').count({ where: { id, isActive: true, blocked: { $not: true } } })) > 0;

/** A name that nobody guesses. It begins with the end of its validity, so that the database finds old ones without opening them. */
const newName = (): string => `${Date.now() + VALID_MS}.${randomBytes(32).toString('base64url')}`;

const isValid = (name: string): boolean => Number(name.split('.')[0]) > Date.now();

const forgetOldSignIns = (strapi: Core.Strapi): Promise<unknown> =>
  inTransaction(strapi, async (trx) => {
    for (const prefix of [PREFIX, FAILURES, FAILURES_BEFORE])
      await tableIn(strapi, trx, TABLES.secrets).where('name', 'like', `${prefix}%`).where('name', '<', `${prefix}${Date.now()}`).delete();
  });
