import type { Core } from '@strapi/strapi';
import { covers } from '../network/reach';
import { readSecret, saveSecret, secretName } from '../settings/secrets';
import { acquireLease } from '../storage/lease';
import { UID } from '../uids';
import { judge } from './judge';
import { clientOf, providerSettings } from './provider-settings';
import type { ProviderName } from '../settings/oauth-config';
import { providerOf } from './providers';
import { OAuthError, type Tokens } from './types';

/** An authorization as the database has it. */
export interface AuthorizationRow {
  id: number;
  documentId: string;
  provider: ProviderName;
  permission: 'delegated' | 'application';
  username: string;
  needsAuthorization: boolean;
  lastError: string | null;
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
  const known = await usableToken(strapi, documentId, seen);
  const accessToken =
    known ?? (await underLease(strapi, documentId, async () => (await usableToken(strapi, documentId, seen)) ?? renew(strapi, documentId)));
  return { type: 'accessToken', accessToken };
}

/** Who gets a token can read the mail with it: a host that is none of the provider's gets none, whoever set up the scanner. */
async function requireMailHost(strapi: Core.Strapi, { provider }: AuthorizationRow, host: string): Promise<void> {
  const { label, mailHosts } = providerOf(provider);
  if (!mailHosts || mailHosts.some((pattern) => covers(pattern, host))) return;
  // A provider that config/plugins puts elsewhere has its mail servers elsewhere, too.
  if ((await providerSettings(strapi, provider))?.settings.authorityMetadata) return;
  throw new OAuthError(
    'fixApplication',
    `${host} is no mail server of ${label}, and gets no access to its accounts. Choose one of ${mailHosts.join(', ')}, or sign in with a password.`,
  );
}

/** The saved token if it still serves. Throws when the authorization has ended. */
async function usableToken(strapi: Core.Strapi, documentId: string, seen?: string): Promise<string | null> {
  const row = await findAuthorization(strapi, documentId);
  if (row.needsAuthorization) throw new OAuthError('authoriseAgain', row.lastError ?? 'This authorization has ended. Authorise it again.');
  const tokens = await readTokens(strapi, documentId);
  if (!tokens || tokens.accessToken === seen || tokens.expiresAt - Date.now() < RENEW_BEFORE_MS) return null;
  return tokens.accessToken;
}

async function renew(strapi: Core.Strapi, documentId: string): Promise<string> {
  const row = await findAuthorization(strapi, documentId);
  try {
    const tokens = await fetchTokens(strapi, row);
    await saveTokens(strapi, documentId, tokens);
    if (row.lastError) await note(strapi, row, { lastError: null });
    return tokens.accessToken;
  } catch (error) {
    if (error instanceof OAuthError)
      await note(strapi, row, { lastError: error.message, needsAuthorization: error.remedy === 'authoriseAgain' });
    throw error;
  }
}

async function fetchTokens(strapi: Core.Strapi, row: AuthorizationRow): Promise<Tokens> {
  const client = await clientOf(strapi, row.provider);
  if (row.permission === 'application') return inWords(row.provider, () => applicationTokens(client.applicationToken));
  const tokens = await readTokens(strapi, row.documentId);
  if (!tokens)
    throw new OAuthError(
      'authoriseAgain',
      `The tokens of ${row.username} are not here; an import does not bring them along. Authorise it again.`,
    );
  return inWords(row.provider, () => client.refresh(tokens.grant));
}

/** Asks a provider; what goes wrong comes out as an OAuthError. */
export async function inWords<T>(provider: ProviderName, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw judge(error, providerOf(provider).label);
  }
}

async function applicationTokens(ask: (() => Promise<Tokens>) | null): Promise<Tokens> {
  if (!ask) throw new OAuthError('fixApplication', 'This provider has no application permission. Authorise an account instead.');
  return ask();
}

async function findAuthorization(strapi: Core.Strapi, documentId: string): Promise<AuthorizationRow> {
  const row = await strapi.db.query(UID.authorization).findOne({ where: { documentId } });
  if (!row) throw new OAuthError('authoriseAgain', 'The authorization is not there any more. Choose another one, or make a new one.');
  return row;
}

async function readTokens(strapi: Core.Strapi, documentId: string): Promise<Tokens | null> {
  const saved = await readSecret(strapi, secretName.authorizationTokens(documentId));
  return saved === null ? null : (JSON.parse(saved) as Tokens);
}

const saveTokens = (strapi: Core.Strapi, documentId: string, tokens: Tokens): Promise<void> =>
  saveSecret(strapi, secretName.authorizationTokens(documentId), JSON.stringify(tokens));

const note = (strapi: Core.Strapi, { id }: AuthorizationRow, data: Partial<AuthorizationRow>) =>
  strapi.db.query(UID.authorization).updateMany({ where: { id }, data: data as never });

/** Does the work while nobody else, on any instance, has this authorization in hand. */
async function underLease<T>(strapi: Core.Strapi, documentId: string, work: () => Promise<T>): Promise<T> {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const lease = await acquireLease(strapi, `authorization:${documentId}`);
    if (lease) return work().finally(() => lease.release());
    if (Date.now() > end)
      throw new OAuthError('later', 'Another instance is renewing this authorization and takes very long. It is tried again.');
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Keeps an account that was just authorised: a known one works again, with its new tokens. */
export async function saveAuthorization(
  strapi: Core.Strapi,
  { provider, permission, username }: Pick<AuthorizationRow, 'provider' | 'permission' | 'username'>,
  tokens: Tokens,
): Promise<AuthorizationRow> {
  const authorizations = strapi.db.query(UID.authorization);
  const where = { provider, permission, username };
  const row =
    (await authorizations.findOne({ where })) ?? (await authorizations.create({ data: { ...where, needsAuthorization: false } as never }));
  return underLease(strapi, row.documentId, async () => {
    await saveTokens(strapi, row.documentId, tokens);
    return authorizations.update({ where: { id: row.id }, data: { needsAuthorization: false, lastError: null } as never });
  });
}

/** An application permission, tried at once. `username` is the mailbox that it is for. Throws an OAuthError. */
export async function authoriseApplication(strapi: Core.Strapi, provider: ProviderName, username: string): Promise<AuthorizationRow> {
  const client = await clientOf(strapi, provider);
  const tokens = await inWords(provider, () => applicationTokens(client.applicationToken));
  return saveAuthorization(strapi, { provider, permission: 'application', username }, tokens);
}
