import { redact } from '../lib/redact';
import { MailboxError, type MailboxErrorCode, type MailboxSettings } from './types';

/** When something failed: while getting in, or in a session that already worked. It decides how the sentence begins. */
export type Phase = 'connect' | 'session';

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
  return new MailboxError(rule.code, `${opening(settings, phase)}: ${words}`, { whileConnecting: phase === 'connect' });
}

function opening(settings: MailboxSettings, phase: Phase): string {
  const server = `${settings.protocol} server ${settings.host}:${settings.port}`;
  return phase === 'connect' ? `Couldn't connect to ${server}` : `The ${server} failed`;
}

// --- What the different layers tell about a failure, in one shape ---

interface Failure {
  /** Code of Node or imapflow: `ECONNREFUSED`, `NoConnection`. */
  code: string;
  /** Response code of the server, upper case: `AUTHENTICATIONFAILED`, `SYS/TEMP`; '' when it sent none. */
  responseCode: string;
  /** What the server or the library said, without secrets. */
  text: string;
  /** True when `text` are words of the server. */
  fromServer: boolean;
  authenticationFailed: boolean;
  tlsFailed: boolean;
}

/** The fields that imapflow and our POP3 client put on their errors. */
interface ForeignError {
  code?: unknown;
  message?: unknown;
  responseText?: unknown;
  response?: unknown;
  reason?: unknown;
  serverResponseCode?: unknown;
  authenticationFailed?: unknown;
  tlsFailed?: unknown;
}

function readFailure(thrown: unknown, settings: MailboxSettings): Failure {
  const error: ForeignError = typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) };
  // imapflow: `responseText` for NO and BAD, `reason` for BYE, `response` alone when Exchange answers to NAMESPACE.
  const fromServer = [error.responseText, error.reason, error.response].find((said) => typeof said === 'string' && said !== '');
  return {
    code: typeof error.code === 'string' ? error.code : '',
    responseCode: typeof error.serverResponseCode === 'string' ? error.serverResponseCode.toUpperCase() : '',
    text: withoutSecrets(String(fromServer ?? error.message ?? ''), settings),
    fromServer: fromServer !== undefined,
    authenticationFailed: error.authenticationFailed === true,
    tlsFailed: error.tlsFailed === true,
  };
}

/** Server words, short and without the credential (some servers repeat the command they refuse). */
export function withoutSecrets(text: string, { credential }: MailboxSettings): string {
  return redact(text, [credential.type === 'password' ? credential.password : credential.accessToken]);
}

const mostCapabilities = 100;
/** RFC 3501 has atoms, the longest in use some thirty characters. */
const longestCapability = 100;

/** Names of capabilities, as far as they can be shown: they are a server's words, too. */
export function tellable(capabilities: readonly string[], settings: MailboxSettings): string[] {
  return capabilities.slice(0, mostCapabilities).map((name) => withoutSecrets(name, settings).slice(0, longestCapability));
}

// --- The rules, first match wins ---

interface Rule {
  code: MailboxErrorCode;
  applies: (failure: Failure, settings: MailboxSettings) => boolean;
  words: (failure: Failure, settings: MailboxSettings, phase: Phase) => string;
}

const quoted = (failure: Failure): string => (failure.fromServer ? ` The server says: "${failure.text}".` : '');

/** Certificate errors of Node's TLS, and what they mean to a person. */
const certificateProblems: Record<string, string> = {
  CERT_HAS_EXPIRED: 'its certificate has expired. Ask its administrator to renew it',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet. Check the clock of this machine',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed, so nobody vouches for it',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that this machine does not know (self-signed chain)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified; the server probably does not send the intermediate certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'the issuer of its certificate is unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the issuer of its certificate is unknown to this machine',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is made out to another host name. Enter the host name that the provider documents',
  CERT_REVOKED: 'its certificate has been revoked',
  CERT_SIGNATURE_FAILURE: 'the signature of its certificate is wrong',
  HOSTNAME_MISMATCH: 'its certificate is made out to another host name. Enter the host name that the provider documents',
};

/** Providers whose refusals have a usual reason. */
const passwordHints: { host: RegExp; hint: string }[] = [
  {
    host: /(^|\.)(gmail|googlemail|google)\.com$/i,
    hint: 'Gmail takes no account password here: create an app password (Google account → Security → 2-Step Verification → App passwords) or connect with OAuth',
  },
  {
    host: /(^|\.)(outlook|office365|hotmail|live)\.com$|(^|\.)(office365\.us|outlook\.cn)$/i,
    hint: 'Microsoft no longer accepts passwords for mailboxes: choose OAuth as authentication and make an authorization',
  },
  {
    host: /(^|\.)(yahoo|aol)\.com$/i,
    hint: 'Yahoo and AOL take no account password here: generate an app password in the account security settings',
  },
  {
    host: /(^|\.)(me|icloud)\.com$/i,
    hint: 'iCloud needs an app-specific password (account.apple.com → Sign-In and Security)',
  },
  {
    host: /(^|\.)(gmx|web|mail\.com|1und1|ionos)(\.[a-z]{2,3})?$/i,
    hint: 'GMX, WEB.DE and mail.com let programs in only after "POP3/IMAP" has been switched on in the settings of the mailbox',
  },
  {
    host: /(^|\.)zoho(mail)?\.[a-z.]+$/i,
    hint: 'Zoho needs IMAP or POP switched on in the mailbox settings, and an app-specific password when two-factor authentication is on',
  },
  { host: /(^|\.)fastmail\.com$/i, hint: 'Fastmail needs an app password (Settings → Privacy & Security → Manage app passwords)' },
];

function authenticationHint({ host, credential, username }: MailboxSettings): string {
  if (credential.type === 'accessToken') {
    return `The authorization may have been withdrawn, or its account has no rights to the mailbox "${username}". Make a new authorization, or give the account full access to that mailbox`;
  }
  return (
    passwordHints.find((provider) => provider.host.test(host))?.hint ??
    'Check user name and password; some providers want the full email address as user name, and an app password when two-factor authentication is on'
  );
}

const refusedSignIn = (failure: Failure, settings: MailboxSettings): string =>
  `it refused the sign-in of "${settings.username}". ${authenticationHint(settings)}.${quoted(failure)}`;

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

const rules: Rule[] = [
  {
    // The code of a server that sends one counts more than our reading of its words below.
    code: 'authenticationFailed',
    applies: (f) => isRefusal(f.responseCode),
    words: refusedSignIn,
  },
  {
    code: 'throttled',
    applies: (f) => f.fromServer && tooManyConnections.test(f.text),
    words: (f) =>
      `it allows no further connection for this user or this address at the moment. From now on this scanner listens over fewer connections, and the next scan tries again; until then no email is read. If that lasts, close other mail programs, or raise the limit on the server (Dovecot: mail_max_userip_connections; Courier: MAXPERIP).${quoted(f)}`,
  },
  {
    code: 'throttled',
    applies: (f) =>
      f.code === 'ETHROTTLE' ||
      isThrottle(f.responseCode) ||
      (f.fromServer && /throttl|too many|rate limit|(maximum|exceeded).*(connections|limit)|bandwidth limit/i.test(f.text)),
    words: (f) => `it asks us to slow down (too many requests). No email is read meanwhile; the next scan tries again.${quoted(f)}`,
  },
  {
    // Exchange accepts the sign-in and then has no mailbox for it; imapflow reports that as a failed authentication.
    code: 'noAccess',
    applies: (f) => isForbidden(f.responseCode) || /authenticated but not connected/i.test(f.text),
    words: (f, { username }) =>
      `the sign-in was accepted, but it has no access to the mailbox "${username}". Check the mailbox name, give the signed-in account full access to that mailbox, and make sure that IMAP is enabled for it; new rights can take an hour.${quoted(f)}`,
  },
  {
    code: 'unavailable',
    applies: (f) => f.fromServer && lockedMailbox.test(f.text),
    words: (f) =>
      `another program holds the mailbox at the moment (it is locked). Nothing needs to be done unless it lasts; the next scan tries again.${quoted(f)}`,
  },
  {
    code: 'unavailable',
    applies: (f) =>
      isOutage(f.responseCode) ||
      (f.fromServer && /unavailable|temporar|try again later|internal (server )?error|shutting down|maintenance/i.test(f.text)),
    words: (f) => `it is out of order at the moment. Nothing needs to be done unless it lasts; the next scan tries again.${quoted(f)}`,
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
        ? 'it takes no password without encryption. Choose SSL or STARTTLS as encryption.'
        : `it offers no way to sign in by ${credential.type === 'password' ? 'password' : 'OAuth'}. Choose the other kind of authentication.`,
  },
  {
    code: 'hostUnknown',
    applies: (f) => f.code === 'ENOTFOUND' || f.code === 'EAI_AGAIN' || f.code === 'EAI_FAIL' || f.code === 'EAI_NONAME',
    words: (f) =>
      f.code === 'EAI_AGAIN'
        ? 'the host name cannot be looked up at the moment. Check the spelling, and that this machine reaches its DNS server.'
        : 'there is no host of that name. Check the spelling.',
  },
  {
    code: 'connectionRefused',
    applies: (f) => isUnreachable(f.code),
    words: (f, { port }) =>
      f.code === 'ECONNREFUSED'
        ? `nothing answers on port ${port}. Check the port, and that no firewall is in between.`
        : `there is no way to that host (${f.code}). Check the network and the firewall of this machine.`,
  },
  {
    code: 'timeout',
    applies: (f) => isTimeout(f.code),
    words: (f, { encryption, port }) =>
      f.code === 'GREETING_TIMEOUT' && encryption !== 'ssl'
        ? `it accepted the connection but said nothing. Port ${port} may want SSL from the start: choose SSL as encryption.`
        : 'it did not answer in time. Check host and port; a firewall that drops packets looks like this too.',
  },
  {
    code: 'certificateInvalid',
    applies: (f) => f.code in certificateProblems,
    words: (f) =>
      `${certificateProblems[f.code]}. If you trust this server nevertheless, switch off "Validate certificate"; for a certificate authority of your own, start Strapi with NODE_EXTRA_CA_CERTS.`,
  },
  {
    code: 'starttlsUnavailable',
    // No code: it is the library that gives up here, not a TLS handshake that failed.
    applies: (f) => f.code === '' && /STARTTLS|STLS/.test(f.text),
    words: () =>
      'it does not offer STARTTLS. Choose SSL (usually port 993 for IMAP, 995 for POP3); "None" would send the password in the clear.',
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
        ? `port ${port} does not speak SSL. ${encryption === 'ssl' ? 'Choose STARTTLS as encryption, or the port that the provider gives for SSL' : 'Choose SSL as encryption'}.`
        : `no encrypted connection could be made (${f.code || f.text}). The server may only know outdated encryption.`,
  },
  {
    code: 'connectionLost',
    applies: (f) => isLost(f.code),
    words: (f, _, phase) =>
      phase === 'connect'
        ? `it closed the connection at once. Check port and encryption; it may also refuse this machine, or allow it no further connection at the moment (Courier: MAXPERIP).${quoted(f)}`
        : `the connection was closed by the other side. Nothing is lost; the next scan goes on from there.${quoted(f)}`,
  },
  {
    code: 'protocol',
    applies: (f) => isEndless(f.code),
    words: (f) => `it sends more than a mail server has to say (${f.code}). Check host and port, and whether that is the mail server.`,
  },
];

const fallback: Rule = {
  code: 'protocol',
  applies: () => true,
  words: (f) =>
    f.fromServer
      ? `it refused a command.${quoted(f)}`
      : `its answer could not be understood (${[f.code, f.text].filter(Boolean).join(': ')}).`,
};
