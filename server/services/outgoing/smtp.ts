import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { createTransport, type Transporter } from 'nodemailer';
import type MimeNode from 'nodemailer/lib/mime-node';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { writeAtOnce } from './write-at-once';
import type { OutgoingFile, OutgoingMail, OutgoingServer, SentMail } from './transport';
import { type SmtpFailure, toRejection, toSendError, withoutSecrets } from './smtp-errors';
import { keepingHeaders, toldMessageId } from './told-message-id';

/** How mails leave by SMTP. */

const CONNECT_TIMEOUT_MS = 30_000;
/**
 * Silence that counts as a lost connection. A server that has all of an email may be busy with it for so long (RFC 5321 §4.5.3.2.6), and who hangs up
 * before sends it twice.
 */
const SILENCE_TIMEOUT_MS = 10 * 60_000;
/** Until a connection is there and signed in. */
const SIGN_IN_TIMEOUT_MS = 180_000;
/** Then, a server has so long for a step: the envelope, which takes longer for many recipients, and each piece of the mail. */
const STEP_TIMEOUT_MS = 120_000;
const STEP_OF_A_RECIPIENT_MS = 10_000;
/** A connection that nobody uses is closed, before a router forgets it. */
const IDLE_TIMEOUT_MS = 120_000;
/** This many emails are under way to a server at the same time. */
export const MAX_CONNECTIONS = 5;
/** RFC 5321 §4.5.3.1.5: 512 octets a line. A chatty server has some lines. */
const MAX_RESPONSE_BYTES = 64 * 1024;

type Pool = Transporter<SMTPPool.SentMessageInfo>;

/** Open connections by server and user. A changed password or a new access token takes the place of the old. */
const pools = new Map<string, { fingerprint: string; pool: Pool }>();

/** The Message-IDs of mails under way of which the server has all. */
const whole = new Set<string>();

/** What watches the steps of the mails under way, by Message-IDs. */
const watches = new Map<string, Watch>();

interface Watch {
  /** Begins the next step; without a time there is none to watch any more. */
  step(ms: number | null): void;
  /** Aborts when a step has taken too long. */
  signal: AbortSignal;
}

function watchSteps(): Watch {
  const tooLong = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  return {
    signal: tooLong.signal,
    step(ms) {
      clearTimeout(timer);
      if (ms !== null) timer = setTimeout(() => tooLong.abort(), ms).unref();
    },
  };
}

/**
 * Hands a mail to the server; resolves when the server has taken it for at least one recipient. Throws a SendError,
 * permanent for what the server refuses for good (RFC 5321 §4.2.1, 5yz), temporary for everything that may change:
 * the network, the server's state, and credentials, which are not the mail's fault.
 */
export async function sendMail(server: OutgoingServer, mail: OutgoingMail): Promise<SentMail> {
  const watch = watchSteps();
  watches.set(mail.messageId, watch);
  watch.step(SIGN_IN_TIMEOUT_MS);
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
      headers: { ...mail.headers, ...keepingHeaders(server.host) },
      messageId: `<${mail.messageId}>`,
      signal: watch.signal,
      attachments: mail.attachments?.map(toPart),
      // Nothing but the private files of the mail is read: all else that could name a file is a string here.
      disableFileAccess: !mail.attachments?.length,
      disableUrlAccess: true,
    });
    const sentMessageId = toldMessageId(info.response, server.host, mail.messageId);
    return {
      response: withoutSecrets(info.response, server),
      rejected: (info.rejectedErrors ?? []).map((each) => toRejection(each, server)),
      ...(sentMessageId === null ? {} : { sentMessageId }),
    };
  } catch (error) {
    const failure = watch.signal.aborted ? Object.assign(new Error('Timeout'), { code: 'ETIMEDOUT' }) : (error as SmtpFailure);
    throw toSendError(failure, server, whole.has(mail.messageId));
  } finally {
    watch.step(null);
    watches.delete(mail.messageId);
    whole.delete(mail.messageId);
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
    watchSending(message);
    done();
  });
  pools.set(key, { fingerprint, pool });
  return pool;
}

/** A connection that is signed in asks for the mail's stream first and then gives the envelope. */
function watchSending(message: MimeNode): void {
  const read = message.createReadStream.bind(message);
  const id = message.messageId().slice(1, -1);
  message.createReadStream = (options) => {
    const watch = watches.get(id);
    watch?.step(STEP_TIMEOUT_MS + message.getEnvelope().to.length * STEP_OF_A_RECIPIENT_MS);
    const stream = read(options);
    // It flows once the server has taken the envelope.
    stream.once('resume', () => stream.on('data', () => watch?.step(STEP_TIMEOUT_MS)));
    // Behind the last byte of a mail comes the point that ends it (RFC 5321 §4.1.1.4).
    return stream.once('end', () => {
      watch?.step(null);
      whole.add(id);
    });
  };
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
    idleTimeout: IDLE_TIMEOUT_MS,
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
