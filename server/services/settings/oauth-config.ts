import { CLOUDS, PROVIDER_NAMES, type Cloud, type ProviderName } from '../../../shared/vocabulary';
import { isLoopback } from '../network/reach';

export { PROVIDER_NAMES, type ProviderName };

export const isProvider = (name: string): name is ProviderName => (PROVIDER_NAMES as readonly string[]).includes(name);

/** Options, beside client id and secret, without which a provider does not work. */
export const REQUIRED_OPTIONS: Record<ProviderName, readonly ('issuer' | 'scopes')[]> = { microsoft: [], google: [], oidc: ['issuer'] };

/** How a provider is reached, from config/plugins or from the settings page. */
export interface ProviderSettings {
  clientId: string;
  clientSecret?: string;
  /** In place of a secret (Microsoft). Both in PEM. */
  certificate?: { certificate: string; privateKey: string };
  /** Microsoft: the tenant's id or domain, `organizations` or `common`. */
  tenant?: string;
  /** Microsoft: which of its clouds. */
  cloud?: Cloud;
  /** OpenID Connect: where `/.well-known/openid-configuration` lies. */
  issuer?: string;
  /** OpenID Connect: what to ask for, separated by blanks. */
  scopes?: string;
  /** Microsoft: its endpoints as JSON, in place of the cloud's own. For tests. */
  authorityMetadata?: string;
  /** Microsoft: where Graph is, in place of the cloud's own, such as https://graph.example/v1.0. For tests. */
  graphUrl?: string;
}

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

interface SettingsProblem {
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
  if (cloud !== undefined && !CLOUDS.includes(cloud)) return { option: 'cloud', message: 'must be global, usgov, dod or china.' };
  const missing = REQUIRED_OPTIONS[name].find((option) => !isText(settings[option]));
  if (missing) return { option: missing, message: 'is missing. The provider’s documentation names it.' };
  if (issuer !== undefined && !isIssuer(issuer)) return { option: 'issuer', message: 'must be an address that begins with https://.' };
  return null;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const isIssuer = (issuer: string): boolean =>
  URL.canParse(issuer) && (issuer.startsWith('https://') || (issuer.startsWith('http://') && isLoopback(issuer)));
