import { isLoopback } from './openid-connect';
import { isProvider, PROVIDER_NAMES, providerOf, type ProviderName } from './providers';
import type { ProviderSettings } from './types';

/** The part `oauth` of the plugin's configuration: a provider set here is not edited in the panel. */
export type OAuthConfig = Partial<Record<ProviderName, ProviderSettings>>;

/** What is wrong with it, naming the option; null when nothing is. */
export function problemOfOAuthConfig(config: unknown): string | null {
  if (typeof config !== 'object' || config === null) return 'oauth must be an object of providers.';
  for (const [name, settings] of Object.entries(config)) {
    if (!isProvider(name)) return `oauth.${name} is not a provider. There are ${PROVIDER_NAMES.join(', ')}.`;
    const problem = problemOfSettings(name, settings ?? {});
    if (problem) return `oauth.${name}.${problem.option} ${problem.message}`;
  }
  return null;
}

export interface SettingsProblem {
  option: keyof ProviderSettings;
  message: string;
}

/** The first thing that keeps these settings from working, or null. */
export function problemOfSettings(name: ProviderName, settings: Partial<ProviderSettings>): SettingsProblem | null {
  const { clientId, clientSecret, certificate, cloud, issuer } = settings;
  if (!isText(clientId))
    return { option: 'clientId', message: 'is missing. It is the client id of the application registered at the provider.' };
  if (certificate !== undefined) {
    if (name !== 'microsoft') return { option: 'certificate', message: 'works for Microsoft only. Set clientSecret.' };
    if (!isText(certificate?.certificate) || !isText(certificate?.privateKey))
      return { option: 'certificate', message: 'needs certificate and privateKey, both in PEM.' };
    if (clientSecret !== undefined) return { option: 'certificate', message: 'and clientSecret exclude each other. Set one of them.' };
  } else if (!isText(clientSecret))
    return { option: 'clientSecret', message: 'is missing. It is the secret of the application registered at the provider.' };
  if (cloud !== undefined && !['global', 'usgov', 'china'].includes(cloud))
    return { option: 'cloud', message: 'must be global, usgov or china.' };
  const missing = providerOf(name).required.find((option) => !isText(settings[option]));
  if (missing) return { option: missing, message: 'is missing. The provider’s documentation names it.' };
  if (issuer !== undefined && !isIssuer(issuer)) return { option: 'issuer', message: 'must be an address that begins with https://.' };
  return null;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const isIssuer = (issuer: string): boolean =>
  URL.canParse(issuer) && (issuer.startsWith('https://') || (issuer.startsWith('http://') && isLoopback(issuer)));
