import { CLOUDS, PROVIDER_NAMES, type Cloud, type ProviderName } from '../../../shared/vocabulary';
import { inEnglish, say, type Words } from '../../../shared/sentences/words';
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
    const [problem] = problemsOfSettings(name, settings ?? {});
    if (problem) return `oauth.${name}.${problem.option}: ${inEnglish(problem.said)}`;
  }
  return null;
}

interface SettingsProblem {
  option: keyof ProviderSettings;
  said: Words;
}

/** All that keeps these settings from working, in the order of the form. */
export function problemsOfSettings(name: ProviderName, settings: Partial<ProviderSettings>): SettingsProblem[] {
  const { clientId, tenant, cloud, issuer } = settings;
  const found: [keyof ProviderSettings, Words | false][] = [
    ['clientId', !isText(clientId) && say('oauth.enterClientId')],
    problemOfCredential(name, settings),
    ['tenant', isText(tenant) && !isTenant(tenant) && say('oauth.enterTenant')],
    ['cloud', cloud !== undefined && !CLOUDS.includes(cloud) && 'It must be global, usgov, dod or china.'],
    ...REQUIRED_OPTIONS[name].map((option): [typeof option, Words | false] => [
      option,
      !isText(settings[option]) && say('oauth.enterOption'),
    ]),
    ['issuer', isText(issuer) && !isIssuer(issuer) && say('oauth.enterIssuer')],
  ];
  return found.flatMap(([option, said]) => (said ? [{ option, said }] : []));
}

/** A secret, or in its place a certificate, which only the configuration can hold. */
function problemOfCredential(
  name: ProviderName,
  { clientSecret, certificate }: Partial<ProviderSettings>,
): [keyof ProviderSettings, Words | false] {
  if (certificate === undefined) return ['clientSecret', !isText(clientSecret) && say('oauth.enterSecret')];
  if (name !== 'microsoft') return ['certificate', 'It works for Microsoft only. Set clientSecret.'];
  if (!isText(certificate?.certificate) || !isText(certificate?.privateKey))
    return ['certificate', 'It needs certificate and privateKey, both in PEM.'];
  return ['certificate', clientSecret !== undefined && 'It and clientSecret exclude each other. Set one of them.'];
}

/** An id, a domain, or one of Microsoft's words such as `organizations`. */
const isTenant = (tenant: string): boolean => /^[\w.-]+$/.test(tenant.trim());

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const isIssuer = (issuer: string): boolean =>
  URL.canParse(issuer) && (issuer.startsWith('https://') || (issuer.startsWith('http://') && isLoopback(issuer)));
