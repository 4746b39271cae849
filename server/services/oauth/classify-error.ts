import { redact } from '../lib/redact';
import { OAuthError, type Remedy } from './types';
import { type Said, say } from '../../../shared/sentences/words';

/** Reads what the two libraries throw, and says in words what has to be done. */

interface ProviderFailure {
  /** RFC 6749 §5.2 `error`, or the library's own code. */
  code: string;
  /** Microsoft's AADSTS number; 0 when there is none. */
  number: number;
  /** What the provider said, in one line; '' when it said nothing. */
  said: string;
  interactionRequired: boolean;
}

/** Fields of MSAL's AuthError and of openid-client's ResponseBodyError, AuthorizationResponseError and ClientError. */
interface ForeignError {
  name?: string;
  code?: unknown;
  errorCode?: unknown;
  errorNo?: unknown;
  errorMessage?: unknown;
  error?: unknown;
  error_description?: unknown;
  cause?: { error_codes?: unknown[] };
}

function readFailure(thrown: unknown, secrets: readonly (string | undefined)[]): ProviderFailure {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as ForeignError;
  const code = [error.errorCode, error.error, error.code].find((value) => typeof value === 'string' && value !== '');
  // MSAL's `errorMessage` is the provider's description when it carries an AADSTS number, else MSAL's own prose.
  const said = error.error_description ?? (String(error.errorMessage ?? '').includes('AADSTS') ? error.errorMessage : '');
  return {
    code: String(code ?? ''),
    number: Number(error.errorNo ?? error.cause?.error_codes?.[0] ?? 0),
    said: redact(withoutIds(String(said ?? '')), secrets),
    interactionRequired: error.name === 'InteractionRequiredAuthError',
  };
}

/** Microsoft's descriptions carry the code before them (MSAL) and ids after them; neither helps a person. */
const withoutIds = (text: string): string => text.replace(/^.*?(?=AADSTS\d)/s, '').replace(/Trace ID:.*$/s, '');

interface ErrorRule {
  remedy: Remedy;
  fits(failure: ProviderFailure): boolean;
  words(provider: string): Said;
}

const isCode =
  (...codes: string[]) =>
  ({ code }: ProviderFailure) =>
    codes.includes(code);
const isNumber =
  (...numbers: number[]) =>
  ({ number }: ProviderFailure) =>
    numbers.includes(number);

/** The first that fits. */
const RULES: ErrorRule[] = [
  {
    remedy: 'fixApplication',
    fits: isNumber(7000222),
    words: (provider) => say('oauth.secretExpired', { provider }),
  },
  {
    remedy: 'fixApplication',
    fits: isNumber(7000215),
    words: () => say('oauth.secretWrong'),
  },
  {
    remedy: 'fixApplication',
    fits: isNumber(700027),
    words: () => say('oauth.certificate'),
  },
  {
    remedy: 'fixApplication',
    fits: isNumber(700016),
    words: () => say('oauth.noClient'),
  },
  {
    remedy: 'fixApplication',
    fits: (failure) => isNumber(90002, 900023, 50194)(failure) || isCode('missing_tenant_id_error')(failure),
    words: () => say('oauth.tenant'),
  },
  {
    remedy: 'fixApplication',
    fits: isCode(
      'invalid_client',
      'unauthorized_client',
      'invalid_scope',
      'invalid_resource',
      'invalid_client_credential',
      'redirect_uri_mismatch',
    ),
    words: (provider) => say('oauth.refused', { provider }),
  },
  {
    remedy: 'authoriseAgain',
    fits: isNumber(65001, 90094),
    words: () => say('oauth.consent'),
  },
  {
    remedy: 'authoriseAgain',
    fits: isCode('access_denied'),
    words: () => say('oauth.cancelled'),
  },
  {
    remedy: 'authoriseAgain',
    fits: (failure) =>
      failure.interactionRequired || isCode('invalid_grant', 'interaction_required', 'login_required', 'consent_required')(failure),
    words: (provider) => say('oauth.revoked', { provider }),
  },
  {
    remedy: 'authoriseAgain',
    fits: isCode('state_mismatch', 'nonce_mismatch', 'OAUTH_INVALID_RESPONSE', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'),
    words: () => say('oauth.otherAnswer'),
  },
  {
    remedy: 'later',
    fits: () => true,
    words: (provider) => say('oauth.outOfOrder', { provider }),
  },
];

/** Puts whatever a provider's client threw into words, without the secrets that the provider was told. */
export function classifyError(thrown: unknown, provider: string, secrets: readonly (string | undefined)[] = []): OAuthError {
  const [ours] = [thrown, (thrown as ForeignError | null)?.cause].filter((error) => error instanceof OAuthError);
  if (ours) return ours;
  const failure = readFailure(thrown, secrets);
  const rule = RULES.find(({ fits }) => fits(failure))!;
  const quoted = failure.said ? say('oauth.says', { provider, words: failure.said }) : '';
  return new OAuthError(rule.remedy, [rule.words(provider), quoted]);
}
