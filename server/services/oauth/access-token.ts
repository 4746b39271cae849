import type { Core } from '@strapi/strapi';
import { covers } from '../network/reach';
import { readSecret, saveSecret, secretName } from '../settings/secrets';
import { acquireLease } from '../storage/lease';
import { UID } from '../uids';
import { classifyError } from './classify-error';
import { clientOf, providerSettings } from './provider-settings';
import type { ProviderName } from '../settings/oauth-config';
import { providerOf } from './providers';
import { OAuthError, type OAuthClient, type SignedIn, type Tokens } from './types';
import type { AccountUse } from '../../../shared/vocabulary';
import { graphUrl } from '../graph/clouds';
import { inBoth, say, type Words } from '../../../shared/sentences/words';

/** An authorization as the database has it. */
export interface AuthorizationRow {
  id: number;
  documentId: string;
  provider: ProviderName;
  permission: 'delegated' | 'application';
  username: string;
  needsAuthorization: boolean;
  lastError: string | null;
  lastErrorSaid: Words | null;
}

/** A token that ends sooner than this is renewed before it is handed out: a scan may take a while to sign in with it. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** Longer than the provider's timeout, so that who waits usually gets the token that the other one fetched. */
const WAIT_MS = 45_000;
const POLL_MS = 50;

/**
 * A working access token of an authorization, for `{ type: 'accessToken' }` credentials of the mail server `host`. `seen` is the token
 * that it has just refused: another one is handed out. Of all instances, one at a time asks the provider; an authorization
 * that the provider has ended is not asked for again until somebody authorises it. Throws an OAuthError; must not be called
 * within a transaction, because it waits for the network.
 */
export async function credentialOf(
  strapi: Core.Strapi,
  documentId: string,
  host: string,
  seen?: string,
): Promise<{ type: 'accessToken'; accessToken: string }> {
  await requireMailHost(strapi, await findAuthorization(strapi, documentId), host);
  return { type: 'accessToken', accessToken: await tokenFor(strapi, documentId, 'mail', seen) };
}

/** Where Microsoft Graph is for this authorization, and a working token for it; all else is as with `credentialOf`. */
export async function graphTokenOf(strapi: Core.Strapi, documentId: string, seen?: string): Promise<string> {
  return tokenFor(strapi, documentId, 'graph', seen);
}

/** The address of Graph: by the cloud of the provider, and none that anybody types. Throws an OAuthError for another provider's account. */
export async function graphUrlOf(strapi: Core.Strapi, documentId: string): Promise<string> {
  const { provider } = await findAuthorization(strapi, documentId);
  if (!providerOf(provider).uses.includes('graph')) throw new OAuthError('fixApplication', say('graph.otherProvider'));
  const { cloud, graphUrl: other } = (await providerSettings(strapi, provider))?.settings ?? {};
  return other ?? graphUrl(cloud);
}

async function tokenFor(strapi: Core.Strapi, documentId: string, use: AccountUse, seen?: string): Promise<string> {
  const usable = () => usableToken(strapi, documentId, use, seen);
  return (await usable()) ?? (await underLease(strapi, documentId, async () => (await usable()) ?? renew(strapi, documentId, use)));
}

/** Who gets a token can read the mail with it: a host that is none of the provider's gets none, whoever set up the scanner. */
async function requireMailHost(strapi: Core.Strapi, { provider }: AuthorizationRow, host: string): Promise<void> {
  const { label, mailHosts } = providerOf(provider);
  if (!mailHosts || mailHosts.some((pattern) => covers(pattern, host))) return;
  // A provider that config/plugins puts elsewhere has its mail servers elsewhere, too.
  if ((await providerSettings(strapi, provider))?.settings.authorityMetadata) return;
  throw new OAuthError('fixApplication', say('oauth.mailHost', { host, provider: label, hosts: mailHosts.join(', ') }));
}

/** The saved token if it still serves. Throws when the authorization has ended. */
async function usableToken(strapi: Core.Strapi, documentId: string, use: AccountUse, seen?: string): Promise<string | null> {
  const row = await findAuthorization(strapi, documentId);
  if (row.needsAuthorization) throw new OAuthError('authoriseAgain', row.lastErrorSaid ?? row.lastError ?? say('oauth.ended'));
  const tokens = (await readTokens(strapi, documentId))?.tokens[use];
  if (!tokens || tokens.accessToken === seen || tokens.expiresAt - Date.now() < RENEW_BEFORE_MS) return null;
  return tokens.accessToken;
}

async function renew(strapi: Core.Strapi, documentId: string, use: AccountUse): Promise<string> {
  const row = await findAuthorization(strapi, documentId);
  const saved = await readTokens(strapi, documentId);
  try {
    const { grant, ...token } = await fetchTokens(strapi, row, saved, use);
    await saveTokens(strapi, documentId, { grant, tokens: { ...saved?.tokens, [use]: token } });
    if (row.lastError) await changeAuthorization(strapi, row, inBoth('lastError', null));
    return token.accessToken;
  } catch (error) {
    // Consent to Graph that was withdrawn does not end what reads by IMAP with the same account.
    const hasOtherUse = use !== 'mail' && saved?.tokens.mail !== undefined;
    if (error instanceof OAuthError)
      await changeAuthorization(strapi, row, {
        ...inBoth('lastError', error.said),
        needsAuthorization: error.remedy === 'authoriseAgain' && !hasOtherUse,
      });
    throw error;
  }
}

async function fetchTokens(strapi: Core.Strapi, row: AuthorizationRow, tokens: SavedTokens | null, use: AccountUse): Promise<Tokens> {
  const client = await clientOf(strapi, row.provider);
  if (row.permission === 'application') return askProvider(row.provider, () => applicationTokens(client.applicationToken, use));
  if (!tokens) throw new OAuthError('authoriseAgain', say('oauth.tokensGone', { account: row.username }));
  return askProvider(row.provider, () => client.refresh(tokens.grant, use));
}

/** Asks a provider; what goes wrong comes out as an OAuthError. */
export async function askProvider<T>(provider: ProviderName, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw classifyError(error, providerOf(provider).label);
  }
}

async function applicationTokens(ask: OAuthClient['applicationToken'], use: AccountUse): Promise<Tokens> {
  if (!ask) throw new OAuthError('fixApplication', say('oauth.noApplicationHere'));
  return ask(use);
}

async function findAuthorization(strapi: Core.Strapi, documentId: string): Promise<AuthorizationRow> {
  const row = await strapi.db.query(UID.authorization).findOne({ where: { documentId } });
  if (!row) throw new OAuthError('authoriseAgain', say('oauth.gone'));
  return row;
}

/** What an account that signed in here is connected for; undefined where nobody knows. */
export async function connectedUses(strapi: Core.Strapi, provider: ProviderName, username?: string): Promise<AccountUse[] | undefined> {
  if (!username) return undefined;
  const where = { provider, permission: 'delegated', username: username.toLowerCase() };
  const row = await strapi.db.query(UID.authorization).findOne({ select: ['documentId'], where });
  const tokens = row && (await readTokens(strapi, row.documentId).catch(() => null))?.tokens;
  const uses = Object.keys(tokens ?? {}) as AccountUse[];
  return uses.length > 0 ? uses : undefined;
}

/** What is kept of an authorization. A use is among the tokens once it was consented to. */
type SavedTokens = Pick<SignedIn, 'grant' | 'tokens'>;

async function readTokens(strapi: Core.Strapi, documentId: string): Promise<SavedTokens | null> {
  const saved = await readSecret(strapi, secretName.authorizationTokens(documentId));
  if (saved === null) return null;
  const kept = JSON.parse(saved) as SavedTokens | Tokens;
  if ('tokens' in kept) return kept;
  // Releases before Graph kept one token, which is for the mail servers.
  const { grant, ...mail } = kept;
  return { grant, tokens: { mail } };
}

const saveTokens = (strapi: Core.Strapi, documentId: string, tokens: SavedTokens): Promise<void> =>
  saveSecret(strapi, secretName.authorizationTokens(documentId), JSON.stringify(tokens));

const changeAuthorization = (strapi: Core.Strapi, { id }: AuthorizationRow, data: Partial<AuthorizationRow>) =>
  strapi.db.query(UID.authorization).updateMany({ where: { id }, data });

/** Does the work while nobody else, on any instance, has this authorization in hand. */
async function underLease<T>(strapi: Core.Strapi, documentId: string, work: () => Promise<T>): Promise<T> {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const lease = await acquireLease(strapi, `authorization:${documentId}`);
    if (lease) return work().finally(() => lease.release());
    if (Date.now() > end) throw new OAuthError('later', say('oauth.renewing'));
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Keeps an account that was just authorised: a known one works again, with its new tokens. */
export async function saveAuthorization(
  strapi: Core.Strapi,
  { provider, permission, username }: Pick<AuthorizationRow, 'provider' | 'permission' | 'username'>,
  { tokens, grant }: SavedTokens,
): Promise<AuthorizationRow> {
  const authorizations = strapi.db.query(UID.authorization);
  const where = { provider, permission, username };
  const row = (await authorizations.findOne({ where })) ?? (await authorizations.create({ data: { ...where, needsAuthorization: false } }));
  return underLease(strapi, row.documentId, async () => {
    const before = await readTokens(strapi, row.documentId).catch(() => null);
    const kept = { grant: providerOf(provider).grantOf(before?.grant || null, grant), tokens: { ...before?.tokens, ...tokens } };
    await saveTokens(strapi, row.documentId, kept);
    return authorizations.update({ where: { id: row.id }, data: { needsAuthorization: false, ...inBoth('lastError', null) } });
  });
}

/** An application permission, tried at once. `username` is the mailbox that it is for. Throws an OAuthError. */
export async function authoriseApplication(
  strapi: Core.Strapi,
  provider: ProviderName,
  username: string,
  use: AccountUse,
): Promise<AuthorizationRow> {
  const client = await clientOf(strapi, provider);
  const { grant, ...token } = await askProvider(provider, () => applicationTokens(client.applicationToken, use));
  return saveAuthorization(strapi, { provider, permission: 'application', username }, { grant, tokens: { [use]: token } });
}
