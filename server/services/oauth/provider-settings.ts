import type { IncomingMessage } from 'node:http';
import type { Core } from '@strapi/strapi';
import { HostRefused, type ReachPolicy } from '../network/reach';
import { AnswerTooLarge, readAnswer, sendRequest } from '../network/request';
import { pluginConfig } from '../settings/config';
import { deleteSecret, readSecret, saveSecret } from '../settings/secrets';
import { changeStored, deleteStored, readStored } from '../settings/stored';
import { holdName, inTransaction } from '../storage/tables';
import { classifyError } from './classify-error';
import { problemsOfSettings, type ProviderName, type ProviderSettings } from '../settings/oauth-config';
import { providerOf } from './providers';
import { OAuthError, type OAuthClient } from './types';
import { say } from '../../../shared/sentences/words';

/** What the panel saves; the secret lies apart, encrypted. */
type SavedSettings = Pick<ProviderSettings, 'clientId' | 'tenant' | 'cloud' | 'issuer' | 'scopes'>;

const keyOf = (name: ProviderName) => `oauth-provider-${name}`;
const secretOf = (name: ProviderName) => `oauth-provider:${name}:secret`;

/** A provider's settings: those of config/plugins, else those saved in the panel, else null. */
export async function providerSettings(
  strapi: Core.Strapi,
  name: ProviderName,
): Promise<{ managedByConfig: boolean; settings: ProviderSettings } | null> {
  const configured = pluginConfig(strapi).oauth[name];
  if (configured) return { managedByConfig: true, settings: configured };
  const saved = await readStored<SavedSettings>(strapi, keyOf(name));
  if (!saved) return null;
  return { managedByConfig: false, settings: { ...saved, clientSecret: (await readSecret(strapi, secretOf(name))) ?? undefined } };
}

/**
 * Saves a provider's settings; without a secret the saved one stays, as long as the issuer does. Resolves with all that is wrong with them, and
 * saves nothing then.
 */
export async function saveProviderSettings(
  strapi: Core.Strapi,
  name: ProviderName,
  settings: SavedSettings,
  clientSecret?: string,
): Promise<ReturnType<typeof problemsOfSettings>> {
  return inTransaction(strapi, async () => {
    await holdName(strapi, keyOf(name));
    const before = (await providerSettings(strapi, name))?.settings;
    // A saved secret goes to the provider that it was entered for, and to no other.
    const saved = clientSecret || ((before?.issuer ?? '') === (settings.issuer ?? '') ? before?.clientSecret : undefined);
    const problems = problemsOfSettings(name, { ...settings, clientSecret: saved });
    if (problems.length > 0) return problems;
    if (clientSecret) await saveSecret(strapi, secretOf(name), clientSecret);
    await changeStored(strapi, keyOf(name), () => settings);
    return [];
  });
}

export async function deleteProviderSettings(strapi: Core.Strapi, name: ProviderName): Promise<void> {
  await deleteSecret(strapi, secretOf(name));
  await deleteStored(strapi, keyOf(name));
}

/** Throws an OAuthError when the provider is not set up. */
export async function clientOf(strapi: Core.Strapi, name: ProviderName): Promise<OAuthClient> {
  const found = await providerSettings(strapi, name);
  const { label, client, options } = providerOf(name);
  if (!found || problemsOfSettings(name, found.settings).length > 0) {
    throw new OAuthError('fixApplication', say('oauth.notSetUp', { provider: label }));
  }
  const secrets = [found.settings.clientSecret, found.settings.certificate?.privateKey];
  // `allowedHosts` is about what people type: an issuer. The other providers' own servers stand in our code.
  const { allowedHosts, allowPrivateAddresses } = pluginConfig(strapi);
  const policy = { allowedHosts: options.includes('issuer') ? allowedHosts : null, allowPrivateAddresses };
  return withOAuthErrors(client(found.settings, fetchWithin(policy)), label, secrets);
}

/** What goes wrong comes out as an OAuthError, without the secrets that the provider was told: it may repeat them. */
function withOAuthErrors(client: OAuthClient, label: string, secrets: (string | undefined)[]): OAuthClient {
  const told = <T>(ask: Promise<T>, ...more: (string | null)[]): Promise<T> =>
    ask.catch((error: unknown) => {
      throw classifyError(error, label, [...secrets, ...more.map((secret) => secret ?? undefined)]);
    });
  const { applicationToken } = client;
  return {
    authorizationUrl: (signIn) => told(client.authorizationUrl(signIn)),
    exchange: (signIn, query) => told(client.exchange(signIn, query), signIn.verifier, query.get('code')),
    refresh: (grant, use) => told(client.refresh(grant, use), grant),
    applicationToken: applicationToken && ((use) => told(applicationToken(use))),
  };
}

const TIMEOUT_MS = 15_000;
/** Discovery documents have a few kilobytes, tokens with many groups some ten. */
const MAX_ANSWER_BYTES = 1_000_000;

/**
 * `fetch` for the libraries that speak to providers. An issuer is typed by people and names its own endpoints: each request asks the
 * site's policy, goes to the address that was checked, and reads no answer beyond MAX_ANSWER_BYTES.
 */
function fetchWithin(policy: ReachPolicy): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const headers = { ...Object.fromEntries(request.headers), 'accept-encoding': 'identity' };
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
    try {
      const answer = await sendRequest(url, { method: request.method, headers: withLength(headers, body), body, policy, signal });
      return responseOf(answer, await readAnswer(answer, MAX_ANSWER_BYTES));
    } catch (error) {
      if (error instanceof HostRefused) throw new OAuthError('fixApplication', error.said);
      if (!(error instanceof AnswerTooLarge)) throw error;
      throw new OAuthError('fixApplication', say('oauth.endless', { host: url.host }));
    }
  };
}

const withLength = (headers: Record<string, string>, body: Uint8Array | undefined): Record<string, string> =>
  body ? { ...headers, 'content-length': String(body.length) } : headers;

function responseOf({ statusCode = 502, headers }: IncomingMessage, body: Buffer): Response {
  const told = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each ?? '']));
  // These may have no body, not even an empty one.
  return new Response([204, 205, 304].includes(statusCode) ? null : new Uint8Array(body), { status: statusCode, headers: told });
}

/** Where the provider sends the browser back to; to be registered there. */
export function redirectUriOf(strapi: Core.Strapi, name: ProviderName): string {
  const origin = String(strapi.config.get('server.absoluteUrl')).replace(/\/+$/, '');
  return `${origin}/mail-scanner/oauth/${name}/callback`;
}
