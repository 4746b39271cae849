import type { Core } from '@strapi/strapi';
import { addressFor, HostRefused, type ReachPolicy } from '../network/reach';
import { pluginConfig } from '../settings/config';
import { deleteSecret, readSecret, saveSecret } from '../settings/secrets';
import { problemOfSettings } from './provider-config';
import { providerOf, type ProviderName } from './providers';
import { OAuthError, type OAuthClient, type ProviderSettings } from './types';

/** What the panel saves; the secret lies apart, encrypted. */
export type SavedSettings = Pick<ProviderSettings, 'clientId' | 'tenant' | 'cloud' | 'issuer' | 'scopes'>;

const store = (strapi: Core.Strapi, name: ProviderName) =>
  strapi.store!({ type: 'plugin', name: 'mail-scanner', key: `oauth-provider-${name}` });
const secretOf = (name: ProviderName) => `oauth-provider:${name}:secret`;

/** A provider's settings: those of config/plugins, else those saved in the panel, else null. */
export async function providerSettings(
  strapi: Core.Strapi,
  name: ProviderName,
): Promise<{ managedByConfig: boolean; settings: ProviderSettings } | null> {
  const configured = pluginConfig(strapi).oauth[name];
  if (configured) return { managedByConfig: true, settings: configured };
  const saved = (await store(strapi, name).get({})) as SavedSettings | null;
  if (!saved) return null;
  return { managedByConfig: false, settings: { ...saved, clientSecret: (await readSecret(strapi, secretOf(name))) ?? undefined } };
}

/** Without a secret the saved one stays. */
export async function saveProviderSettings(
  strapi: Core.Strapi,
  name: ProviderName,
  settings: SavedSettings,
  clientSecret?: string,
): Promise<void> {
  if (clientSecret) await saveSecret(strapi, secretOf(name), clientSecret);
  await store(strapi, name).set({ value: settings });
}

export async function deleteProviderSettings(strapi: Core.Strapi, name: ProviderName): Promise<void> {
  await deleteSecret(strapi, secretOf(name));
  await store(strapi, name).delete({});
}

/** Throws an OAuthError when the provider is not set up. */
export async function clientOf(strapi: Core.Strapi, name: ProviderName): Promise<OAuthClient> {
  const found = await providerSettings(strapi, name);
  const { label, client } = providerOf(name);
  if (!found || problemOfSettings(name, found.settings)) {
    throw new OAuthError('fixApplication', `${label} is not set up: enter client id and secret in the settings of the provider.`);
  }
  return client(found.settings, fetchWithin(pluginConfig(strapi)));
}

/** An issuer is typed by people and names its own endpoints: each request asks the site's policy. */
function fetchWithin(policy: ReachPolicy): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    try {
      await addressFor(url.hostname, policy);
    } catch (error) {
      throw error instanceof HostRefused ? new OAuthError('fixApplication', error.message) : error;
    }
    return fetch(input, init);
  };
}

/** Where the provider sends the browser back to; to be registered there. */
export function redirectUriOf(strapi: Core.Strapi, name: ProviderName): string {
  const origin = String(strapi.config.get('server.absoluteUrl')).replace(/\/+$/, '');
  return `${origin}/mail-scanner/oauth/${name}/callback`;
}
