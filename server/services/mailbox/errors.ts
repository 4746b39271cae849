import { redact } from '../lib/redact';
import { MailboxError, type MailboxErrorCode, type MailboxSettings } from './types';
import { type Said, say, withTexts, type Words } from '../../../shared/sentences/words';
import { cut } from '../lib/cut';

/** When something failed: while getting in, or in a session that already worked. It decides how the sentence begins. */
type Phase = 'connect' | 'session';

/**
 * Turns whatever a socket, TLS, imapflow or the POP3 client threw into a MailboxError: a stable code, and words that tell an
 * administrator what is wrong and what to do. The server's own words are quoted, the credential never appears, and the
 * original error is not kept as `cause` because loggers print causes with everything in them.
 */
export function mailboxErrorFrom(thrown: unknown, settings: MailboxSettings, phase: Phase): MailboxError {
  if (thrown instanceof MailboxError) return thrown;
  const failure = readFailure(thrown, settings);
  const rule = rules.find((each) => each.applies(failure, settings)) ?? fallback;
  const words = rule.words(failure, settings, phase);
  const { protocol, host, port } = settings;
  const said = say(phase === 'connect' ? 'mailbox.connect' : 'mailbox.failed', {
    protocol: protocol.toUpperCase(),
    host,
    port,
    what: words,
  });
  return new MailboxError(rule.code, said, { whileConnecting: phase === 'connect' });
}

// --- What the different layers tell about a failure, in one shape ---

interface ServerFailure {
  /** Code of Node or imapflow: `ECONNREFUSED`, `NoConnection`. */
  code: string;
  /** Response code of the server, upper case: `AUTHENTICATIONFAILED`, `SYS/TEMP`; '' when it sent none. */
  responseCode: string;
  /** What the server or the library said, without secrets. */
  text: string;
  /** The same, in codes where our POP3 client said it. */
  said: Words;
  /** True when `text` are words of the server. */
  fromServer: boolean;
  authenticationFailed: boolean;
  tlsFailed: boolean;
}

/** The fields that imapflow and our POP3 client put on their errors. */
interface ForeignError {
  code?: unknown;
  message?: unknown;
  said?: Words;
  responseText?: unknown;
  response?: unknown;
  reason?: unknown;
  serverResponseCode?: unknown;
  authenticationFailed?: unknown;
  tlsFailed?: unknown;
}

function readFailure(thrown: unknown, settings: MailboxSettings): ServerFailure {
  const error: ForeignError = typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) };
  // imapflow: `responseText` for NO and BAD, `reason` for BYE, `response` alone when Exchange answers to NAMESPACE.
  const fromServer = [error.responseText, error.reason, error.response].find((said) => typeof said === 'string' && said !== '');
  return {
    code: typeof error.code === 'string' ? error.code : '',
    responseCode: typeof error.serverResponseCode === 'string' ? error.serverResponseCode.toUpperCase() : '',
    text: withoutSecrets(String(fromServer ?? error.message ?? ''), settings),
    said: withTexts(fromServer === undefined ? (error.said ?? String(error.message ?? '')) : String(fromServer), (text) =>
      withoutSecrets(text, settings),
    ),
    fromServer: fromServer !== undefined,
    authenticationFailed: error.authenticationFailed === true,
    tlsFailed: error.tlsFailed === true,
  };
}

/** Server words, short and without the credential (some servers repeat the command they refuse). */
export function withoutSecrets(text: string, { credential }: MailboxSettings): string {
  return redact(text, [credential.type === 'password' ? credential.password : credential.accessToken]);
}

const MOST_CAPABILITIES = 100;
/** RFC 3501 has atoms, the longest in use some thirty characters. */
const LONGEST_CAPABILITY = 100;

/** Names of capabilities, as far as they can be shown: they are a server's words, too. */
export function shownCapabilities(capabilities: readonly string[], settings: MailboxSettings): string[] {
  return capabilities.slice(0, MOST_CAPABILITIES).map((name) => cut(withoutSecrets(name, settings), LONGEST_CAPABILITY));
}

// --- The rules, first match wins ---

interface ErrorRule {
  code: MailboxErrorCode;
  applies: (failure: ServerFailure, settings: MailboxSettings) => boolean;
  words: (failure: ServerFailure, settings: MailboxSettings, phase: Phase) => Words;
}

const quoted = (failure: ServerFailure): Words => (failure.fromServer ? say('mailbox.says', { words: failure.text }) : '');

/** Certificate errors of Node's TLS, and what they mean to a person. */
const certificateProblems: Record<string, Said> = {
  CERT_HAS_EXPIRED: say('mailbox.certExpired'),
  CERT_NOT_YET_VALID: say('mailbox.certNotYetValid'),
  DEPTH_ZERO_SELF_SIGNED_CERT: say('mailbox.certSelfSigned'),
  SELF_SIGNED_CERT_IN_CHAIN: say('mailbox.certUnknownAuthority'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: say('mailbox.certUnverified'),
  UNABLE_TO_GET_ISSUER_CERT: say('mailbox.certIssuer'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: say('mailbox.certIssuerHere'),
  ERR_TLS_CERT_ALTNAME_INVALID: say('mailbox.certOtherHost'),
  CERT_REVOKED: say('mailbox.certRevoked'),
  CERT_SIGNATURE_FAILURE: say('mailbox.certSignature'),
  HOSTNAME_MISMATCH: say('mailbox.certOtherHost'),
};

/** Providers whose refusals have a usual reason. */
const passwordHints: { host: RegExp; hint: Said }[] = [
  {
    host: /(^|\.)(gmail|googlemail|google)\.com$/i,
    hint: say('mailbox.hintGmail'),
  },
  {
    host: /(^|\.)(outlook|office365|hotmail|live)\.com$|(^|\.)(office365\.us|outlook\.cn)$/i,
    hint: say('mailbox.hintMicrosoft'),
  },
  {
    host: /(^|\.)(yahoo|aol)\.com$/i,
    hint: say('mailbox.hintYahoo'),
  },
  {
    host: /(^|\.)(me|icloud)\.com$/i,
    hint: say('mailbox.hintICloud'),
  },
  {
    host: /(^|\.)(gmx|web|mail\.com|1und1|ionos)(\.[a-z]{2,3})?$/i,
    hint: say('mailbox.hintGmx'),
  },
  {
    host: /(^|\.)zoho(mail)?\.[a-z.]+$/i,
    hint: say('mailbox.hintZoho'),
  },
  { host: /(^|\.)fastmail\.com$/i, hint: say('mailbox.hintFastmail') },
];

function authenticationHint({ host, credential, username }: MailboxSettings): Said {
  if (credential.type === 'accessToken') return say('mailbox.hintToken', { mailbox: username });
  return passwordHints.find((provider) => provider.host.test(host))?.hint ?? say('mailbox.hintPassword');
}

const refusedSignIn = (failure: ServerFailure, settings: MailboxSettings): Words => [
  say('mailbox.refusedSignIn', { user: settings.username }),
  authenticationHint(settings),
  quoted(failure),
];

const oneOf = (...codes: string[]) => {
  const set = new Set(codes);
  return (code: string): boolean => set.has(code);
};
const isThrottle = oneOf('THROTTLED', 'LIMIT', 'OVERQUOTA', 'LOGIN-DELAY');
const isOutage = oneOf('UNAVAILABLE', 'SERVERBUG', 'INUSE', 'IN-USE', 'CONTACTADMIN', 'SYS/TEMP', 'SYS/PERM');
const isRefusal = oneOf('AUTHENTICATIONFAILED', 'EXPIRED', 'PRIVACYREQUIRED', 'AUTH', 'WEBALERT');
const isForbidden = oneOf('AUTHORIZATIONFAILED', 'NOPERM');
const isUnreachable = oneOf('ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL', 'EACCES');
const isTimeout = oneOf('ETIMEDOUT', 'ETIMEOUT', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT');
const isLost = oneOf(
  'NoConnection',
  'EConnectionClosed',
  'StateLogout',
  'ClosedAfterConnectText',
  'ClosedAfterConnectTLS',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'NoMailboxSelected',
);

const isEndless = oneOf('LineTooLarge', 'LiteralTooLarge', 'ResponseTooLarge', 'TooManyTokens', 'TooManyResponses');
const tooManyConnections =
  /(?:maximum|too many|exceed\w*|limit)[^.]{0,40}\b(?:connections?|sessions?|logins?)\b|\b(?:connections?|sessions?)\b[^.]{0,40}(?:exceeded|limit|too many)/i;

/** Of a file that holds a whole mailbox (mbox), one program at a time may read; said of an account, it is something else. */
const lockedMailbox =
  /\b(?:mail ?box|mail ?drop|mbox|spool|inbox|folder)\b[^.]{0,40}\b(?:lock\w*|in use|busy)\b|\b(?:lock\w*|in use|busy)\b[^.]{0,40}\b(?:mail ?box|mail ?drop|mbox|spool|inbox|folder)\b|\banother (?:pop3? )?(?:session|client|process)\b/i;

const rules: ErrorRule[] = [
  {
    // The code of a server that sends one counts more than our reading of its words below.
    code: 'authenticationFailed',
    applies: (f) => isRefusal(f.responseCode),
    words: refusedSignIn,
  },
  {
    code: 'throttled',
    applies: (f) => f.fromServer && tooManyConnections.test(f.text),
    words: (f) => [say('mailbox.connectionLimit'), quoted(f)],
  },
  {
    code: 'throttled',
    applies: (f) =>
      f.code === 'ETHROTTLE' ||
      isThrottle(f.responseCode) ||
      (f.fromServer && /throttl|too many|rate limit|(maximum|exceeded).*(connections|limit)|bandwidth limit/i.test(f.text)),
    words: (f) => [say('mailbox.throttled'), quoted(f)],
  },
  {
    // Exchange accepts the sign-in and then has no mailbox for it; imapflow reports that as a failed authentication.
    code: 'noAccess',
    applies: (f) => isForbidden(f.responseCode) || /authenticated but not connected/i.test(f.text),
    words: (f, { username }) => [say('mailbox.noAccess', { mailbox: username }), quoted(f)],
  },
  {
    code: 'unavailable',
    applies: (f) => f.fromServer && lockedMailbox.test(f.text),
    words: (f) => [say('mailbox.locked'), quoted(f)],
  },
  {
    code: 'unavailable',
    applies: (f) =>
      isOutage(f.responseCode) ||
      (f.fromServer && /unavailable|temporar|try again later|internal (server )?error|shutting down|maintenance/i.test(f.text)),
    words: (f) => [say('mailbox.unavailable'), quoted(f)],
  },
  {
    code: 'authenticationFailed',
    applies: (f) => f.authenticationFailed && f.fromServer,
    words: refusedSignIn,
  },
  {
    code: 'authenticationFailed',
    applies: (f) => /unsupported authentication mechanism|login is disabled|no matching authentication/i.test(f.text),
    words: (_, { credential, encryption }) =>
      encryption === 'none' && credential.type === 'password'
        ? say('mailbox.wantsEncryption')
        : say('mailbox.otherAuthentication', { method: credential.type === 'password' ? 'password' : 'OAuth' }),
  },
  {
    code: 'hostUnknown',
    applies: (f) => f.code === 'ENOTFOUND' || f.code === 'EAI_AGAIN' || f.code === 'EAI_FAIL' || f.code === 'EAI_NONAME',
    words: (f) => (f.code === 'EAI_AGAIN' ? say('mailbox.noLookup') : say('mailbox.noHost')),
  },
  {
    code: 'connectionRefused',
    applies: (f) => isUnreachable(f.code),
    words: (f, { port }) =>
      f.code === 'ECONNREFUSED' ? say('mailbox.refusedPort', { port }) : say('mailbox.unreachable', { code: f.code }),
  },
  {
    code: 'timeout',
    applies: (f) => isTimeout(f.code),
    words: (f, { encryption, port }) =>
      f.code === 'GREETING_TIMEOUT' && encryption !== 'ssl' ? say('mailbox.silentGreeting', { port }) : say('mailbox.timeout'),
  },
  {
    code: 'certificateInvalid',
    applies: (f) => f.code in certificateProblems,
    words: (f) => [certificateProblems[f.code], say('mailbox.certAdvice')],
  },
  {
    code: 'starttlsUnavailable',
    // No code: it is the library that gives up here, not a TLS handshake that failed.
    applies: (f) => f.code === '' && /STARTTLS|STLS/.test(f.text),
    words: () => say('mailbox.noStarttls'),
  },
  {
    code: 'tlsFailed',
    applies: (f) =>
      f.tlsFailed ||
      f.code === 'EPROTO' ||
      f.code.startsWith('ERR_SSL_') ||
      f.code.startsWith('ERR_TLS_') ||
      f.code === 'STARTTLS_INJECTION',
    words: (f, { port, encryption }) =>
      f.code === 'ERR_SSL_WRONG_VERSION_NUMBER' || f.code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG'
        ? [say('mailbox.noSsl', { port }), say(encryption === 'ssl' ? 'mailbox.chooseStarttls' : 'mailbox.chooseSsl')]
        : say('mailbox.noTls', { code: f.code || f.said }),
  },
  {
    code: 'connectionLost',
    applies: (f) => isLost(f.code),
    words: (f, _, phase) => (phase === 'connect' ? [say('mailbox.closedAtOnce'), quoted(f)] : [say('mailbox.closed'), quoted(f)]),
  },
  {
    code: 'protocol',
    applies: (f) => isEndless(f.code),
    words: (f) => say('mailbox.endless', { code: f.code }),
  },
];

const fallback: ErrorRule = {
  code: 'protocol',
  applies: () => true,
  words: (f) =>
    f.fromServer
      ? [say('mailbox.refusedCommand'), quoted(f)]
      : say('mailbox.notUnderstood', { words: [f.code && f.text ? `${f.code}:` : f.code, f.said] }),
};
