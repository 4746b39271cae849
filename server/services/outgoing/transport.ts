import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { createTransport, type Transporter } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { redact } from '../lib/redact';
import type { Address } from '../message/types';
import type { OutgoingAccount } from '../settings/settings';
import { SpokenError } from '../lib/spoken-error';
import { writeAtOnce } from './write-at-once';
import { type Said, say, type Words } from '../../../shared/sentences/words';

export interface OutgoingServer extends Omit<OutgoingAccount, 'authorization' | 'transport' | 'fromAddress'> {
  /** Where to connect when the host is not to be looked up again. Certificates are checked against the host. */
  address?: string;
  /** Null for a server that asks for none. */
  credential: { type: 'password'; password: string } | { type: 'accessToken'; accessToken: string } | null;
}

export interface OutgoingMail {
  from: Address;
  to: Address[];
  cc: Address[];
  /** Who gets it without being named in it. */
  bcc?: Address[];
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  /** Without angle brackets. */
  messageId: string;
  attachments?: readonly OutgoingFile[];
  /** Of its recipients, those who get it now: the others have it. Left out: all. */
  onlyTo?: readonly string[];
}

export interface OutgoingFile {
  name: string;
  mime: string;
  /** Read in pieces, and again whenever the mail is handed over again. */
  path: string;
  /** Of a picture that stands in the HTML, without angle brackets; null for all else. */
  contentId: string | null;
}

export interface SentMail {
  /** The server's words. */
  response: Words;
  /** Recipients that the server refused while it took the mail for others. */
  rejected: { address: string; response: string; permanent: boolean }[];
  /** Without angle brackets, where the provider gave it another Message-ID than ours. */
  sentMessageId?: string;
}

/**
 * What an attempt has left, or may have left, at a provider that sends by drafts. The next attempt asks for it before it sends anything.
 * Times in ISO 8601.
 */
export interface DraftNote {
  /** The documentId of the account that opens the mailbox. */
  authorization: string;
  mailbox: string;
  /** Since when there may be a draft, by our clock. */
  since: string;
  /** Left out until the provider has named it. */
  id?: string;
  /** By the provider's clock. */
  madeAt?: string;
  /** With angle brackets; the provider may have put its own in place of ours. */
  messageId?: string;
  /** Since when it may have left, by our clock: left out as long as nobody asked for it to be sent. */
  mayHaveLeftSince?: string;
}

/** One attempt to hand a mail over. */
export interface Attempt {
  /** The id of its row in the outbox; null for a mail that has none. */
  delivery: number | null;
  draft: DraftNote | null;
  /** True when `draft` was noted by an earlier attempt. */
  isRepeated: boolean;
  /** Notes what the provider has of it by now. Throws when the mail is not ours to send any more. */
  keep(draft: DraftNote | null): Promise<void>;
  /** Throws a LeaseLost when another instance may be sending it. To be called before the mail leaves. */
  assertHeld(): void;
}

/** How mails leave. */
export interface Transport {
  /** What may be left at the provider once a mail is begun; left out by one that leaves nothing but mails. */
  prepare?(mail: OutgoingMail): DraftNote | null;
  /** Throws a SendError; what keeps us from signing in is a temporary one: the mail can go once somebody has mended that. */
  send(mail: OutgoingMail, attempt: Attempt): Promise<SentMail>;
}

/** Why a mail was not sent, in words for an administrator. */
export class SendError extends SpokenError {
  constructor(
    said: Words,
    /** True when the same mail would be refused again: trying again is of no use. */
    readonly permanent: boolean,
    /** The server's own words; null when it said none. */
    readonly response: string | null,
    /** True when the server refused the credential. */
    readonly loginRefused = false,
  ) {
    super(said);
    this.name = 'SendError';
  }
}

const CONNECT_TIMEOUT_MS = 30_000;
const SILENCE_TIMEOUT_MS = 120_000;
/** This many emails are under way to a server at the same time. */
export const MAX_CONNECTIONS = 5;
/** RFC 5321 §4.5.3.1.5: 512 octets a line. A chatty server has some lines. */
const MAX_RESPONSE_BYTES = 64 * 1024;

type Pool = Transporter<SMTPPool.SentMessageInfo>;

/** Open connections by server and user. A changed password or a new access token takes the place of the old. */
const pools = new Map<string, { fingerprint: string; pool: Pool }>();

/**
 * Hands a mail to the server; resolves when the server has taken it for at least one recipient. Throws a SendError,
 * permanent for what the server refuses for good (RFC 5321 §4.2.1, 5yz), temporary for everything that may change:
 * the network, the server's state, and credentials, which are not the mail's fault.
 */
export async function sendMail(server: OutgoingServer, mail: OutgoingMail): Promise<SentMail> {
  try {
    const info = await poolOf(server).sendMail({
      from: mail.from,
      to: mail.to,
      cc: mail.cc,
      // In the envelope alone: nodemailer writes no such header.
      bcc: mail.bcc,
      ...(mail.onlyTo && { envelope: { from: mail.from.address, to: [...mail.onlyTo] } }),
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      headers: mail.headers,
      messageId: `<${mail.messageId}>`,
      attachments: mail.attachments?.map(toPart),
      // Nothing but the private files of the mail is read: all else that could name a file is a string here.
      disableFileAccess: !mail.attachments?.length,
      disableUrlAccess: true,
    });
    return {
      response: withoutSecrets(info.response, server),
      rejected: (info.rejectedErrors ?? []).map((each) => toRejection(each, server)),
    };
  } catch (error) {
    throw toSendError(error as SmtpFailure, server);
  }
}

/**
 * By its path and not as a stream: when the server closes the connection in the middle, the mail goes over another one, and a
 * stream would be empty by then.
 */
const toPart = ({ name, mime, path, contentId }: OutgoingFile) => ({
  filename: name,
  contentType: mime,
  path,
  ...(contentId === null ? { contentDisposition: 'attachment' as const } : { contentDisposition: 'inline' as const, cid: contentId }),
});

/** Closes all connections; those in the middle of a mail finish it first. */
export function closeTransports(): void {
  for (const { pool } of pools.values()) pool.close();
  pools.clear();
}

function poolOf(server: OutgoingServer): Pool {
  const key = `${server.username ?? ''}@${server.host}:${server.port}`;
  const fingerprint = createHash('sha256').update(JSON.stringify(server)).digest('hex');
  const known = pools.get(key);
  if (known?.fingerprint === fingerprint) return known.pool;
  known?.pool.close();
  const pool = createTransport(poolOptions(server));
  pool.use('stream', ({ message }, done) => {
    writeAtOnce(message);
    done();
  });
  pools.set(key, { fingerprint, pool });
  return pool;
}

function poolOptions(server: OutgoingServer): SMTPPool.Options {
  return {
    pool: true,
    host: server.address ?? server.host,
    port: server.port,
    secure: server.encryption === 'ssl',
    requireTLS: server.encryption === 'starttls',
    ignoreTLS: server.encryption === 'none',
    tls: {
      rejectUnauthorized: server.validateCertificate,
      minVersion: 'TLSv1.2',
      ...(isIP(server.host) === 0 && { servername: server.host }),
    },
    auth: authOf(server),
    // Without it, credentials are silently left out when a server does not offer to check them.
    forceAuth: server.credential !== null,
    maxConnections: MAX_CONNECTIONS,
    // Once, for a connection that the server closed while it was idle; all else is the outbox's to repeat.
    maxRequeues: 1,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    dnsTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    maxResponseSize: MAX_RESPONSE_BYTES,
  };
}

function authOf({ username, credential }: OutgoingServer): SMTPPool.Options['auth'] {
  const user = username ?? '';
  if (!credential) return undefined;
  return credential.type === 'password'
    ? { user, pass: credential.password }
    : { type: 'OAuth2', user, accessToken: credential.accessToken };
}

// ---- Errors

/** What nodemailer puts on its errors. */
interface SmtpFailure extends Error {
  code?: string;
  /** The system's code beneath `code`, such as ECONNREFUSED. */
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  recipient?: string;
  rejectedErrors?: SmtpFailure[];
}

/** RFC 4954 §6: the session lacks a login, or the login failed. */
const LOGIN_CODES = [530, 534, 535, 538];

const CERTIFICATE_CODES = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;

interface Explanation {
  permanent: boolean;
  loginRefused?: true;
  fits(failure: SmtpFailure): boolean;
  words(server: OutgoingServer, what: string): Said;
}

const place = ({ host, port }: OutgoingServer) => `${host}:${port}`;
const isCode =
  (...codes: string[]) =>
  ({ code, originalCode }: SmtpFailure) =>
    codes.includes(code ?? '') || codes.includes(originalCode ?? '');
const isLoginCode = ({ responseCode }: SmtpFailure) => LOGIN_CODES.includes(responseCode ?? 0);

/** The first that fits explains the failure. */
const EXPLANATIONS: Explanation[] = [
  {
    permanent: false,
    fits: ({ code = '', originalCode = '' }) => CERTIFICATE_CODES.test(originalCode) || CERTIFICATE_CODES.test(code),
    words: ({ host }, what) => say('outgoing.certificate', { host, what }),
  },
  {
    permanent: false,
    fits: (failure) => isCode('ETLS')(failure) || (!failure.responseCode && /wrong version number|SSL routines/.test(failure.message)),
    words: (server) => say('outgoing.noTls', { place: place(server) }),
  },
  {
    permanent: false,
    // RFC 4954 §6 has 538 for it, but 530 is used as well.
    fits: ({ responseCode, response = '' }) => responseCode === 538 || (responseCode === 530 && /STARTTLS|encrypt/i.test(response)),
    words: ({ host }) => say('outgoing.wantsTls', { host }),
  },
  {
    permanent: false,
    loginRefused: true,
    fits: (failure) => isCode('EAUTH', 'ENOAUTH', 'EOAUTH2')(failure) || isLoginCode(failure),
    words: ({ host, credential }) =>
      credential?.type === 'accessToken' ? say('outgoing.tokenRefused', { host }) : say('outgoing.loginRefused', { host }),
  },
  {
    permanent: true,
    fits: ({ rejectedErrors }) => rejectedErrors !== undefined && rejectedErrors.length > 0 && rejectedErrors.every(isPermanent),
    words: () => say('outgoing.everyRecipient'),
  },
  { permanent: true, fits: isPermanent, words: () => say('outgoing.refused') },
  {
    permanent: true,
    fits: ({ code, responseCode }) => !responseCode && (code === 'EENVELOPE' || code === 'EMESSAGE'),
    words: (_, what) => say('outgoing.cannotBeSent', { what }),
  },
  {
    permanent: false,
    fits: ({ responseCode }) => responseCode !== undefined,
    words: () => say('outgoing.notNow'),
  },
  {
    permanent: false,
    fits: isCode('EDNS', 'ENOTFOUND', 'EAI_AGAIN'),
    words: ({ host }) => say('outgoing.noHost', { host }),
  },
  {
    permanent: false,
    fits: isCode('ECONNREFUSED'),
    words: (server) => say('outgoing.noAnswer', { place: place(server) }),
  },
  {
    permanent: false,
    fits: isCode('ETIMEDOUT'),
    words: (server) => say('outgoing.timeout', { place: place(server) }),
  },
];

function toSendError(failure: SmtpFailure, server: OutgoingServer): SendError {
  const explanation = EXPLANATIONS.find(({ fits }) => fits(failure));
  const words = explanation?.words(server, withoutSecrets(failure.message, server)) ?? say('outgoing.broke', { place: place(server) });
  const response = failure.response ? withoutSecrets(failure.response, server) : null;
  const said = [words, response ? say('outgoing.said', { response }) : ''];
  return new SendError(said, explanation?.permanent ?? false, response, explanation?.loginRefused);
}

/** A 5yz that is about this mail. One that meets the connection (greeting, EHLO) would meet every mail, until it is gone. */
function isPermanent({ responseCode = 0, command = '' }: SmtpFailure): boolean {
  const aboutThisMail = ['MAIL FROM', 'RCPT TO', 'DATA'].includes(command);
  return aboutThisMail && responseCode >= 500 && responseCode !== 503 && !LOGIN_CODES.includes(responseCode);
}

function toRejection(failure: SmtpFailure, server: OutgoingServer): SentMail['rejected'][number] {
  const response = withoutSecrets(failure.response ?? failure.message, server);
  return { address: failure.recipient ?? '', response, permanent: isPermanent(failure) };
}

/** A server may repeat what it was given. */
function withoutSecrets(text: string, { credential }: OutgoingServer): string {
  return redact(text, [credential?.type === 'password' ? credential.password : credential?.accessToken]);
}
