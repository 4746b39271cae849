import type { Core } from '@strapi/strapi';
import { saidBy } from '../lib/spoken-error';
import { connectMailbox } from '../mailbox/connect';
import { holdReading, MailboxBusy } from '../graph/turns';
import { connectGraph } from '../mailbox/graph';
import type { KnownFolders } from '../mailbox/graph-changes';
import { withFreshToken } from '../mailbox/fresh-token';
import { MailboxError, type Mailbox, type MailboxErrorCode, type MailboxSettings } from '../mailbox/types';
import { addressFor, HostRefused } from '../network/reach';
import { credentialOf, graphTokenOf, graphUrlOf, type AuthorizationRow } from '../oauth/access-token';
import { OAuthError } from '../oauth/types';
import { pluginConfig } from '../settings/config';
import { readSecret, secretName, SecretUnreadable } from '../settings/secrets';
import { UID } from '../uids';
import { say } from '../../../shared/sentences/words';
import type { Protocol, ServerProtocol } from '../../../shared/vocabulary';

/** A scanner as the database has it, as far as reaching its mailbox goes. */
export interface ScannerRow {
  id: number;
  documentId: string;
  name: string;
  active: boolean;
  authType: string;
  protocol: Protocol;
  host: string;
  port: number;
  encryption: 'ssl' | 'starttls' | 'none';
  validateCertificate: boolean;
  username: string | null;
  mailboxName: string | null;
  /** Looked up when it was not read along. */
  authorization?: AuthorizationRow | null;
  scanType: 'unread' | 'sinceLastScan';
  scanFrom: string | Date | null;
  activatedAt: string | Date | null;
  createdAt: string | Date;
  fromAddress: string | null;
  useReplyTo?: boolean | null;
  authservId?: string | null;
  authservSeen?: unknown;
}

/** A scanner whose mailbox is on a mail server. */
type ServerRow = ScannerRow & { protocol: ServerProtocol };

export const isOnServer = (scanner: ScannerRow): scanner is ServerRow => scanner.protocol !== 'graph';

/** Connects to a scanner's mailbox with its saved credentials; a refused token is renewed once. Throws a MailboxError. */
export function openMailbox(strapi: Core.Strapi, scanner: ScannerRow, password?: string): Promise<Mailbox> {
  if (!isOnServer(scanner)) return openByGraph(strapi, scanner);
  return withFreshToken((refusedToken) => mailboxSettings(strapi, scanner, { password, refusedToken }), connectMailbox);
}

/** Graph has no login of its own: each request bears a token, and one that is refused is renewed there. */
async function openByGraph(strapi: Core.Strapi, scanner: ScannerRow): Promise<Mailbox> {
  const authorization = await authorizationOf(strapi, scanner);
  const mailbox = scanner.mailboxName || authorization.username;
  const asMailboxError = (error: unknown) => {
    const code = codeOf(error);
    return code ? new MailboxError(code, say('graph.notAsked', { mailbox, what: saidBy(error) })) : error;
  };
  const spoken = <T>(asked: Promise<T>): Promise<T> =>
    asked.catch((error: unknown) => {
      throw asMailboxError(error);
    });
  const { allowPrivateAddresses } = pluginConfig(strapi);
  const baseUrl = await spoken(graphUrlOf(strapi, authorization.documentId));
  const { assertHeld, release } = await spoken(holdReading(strapi, mailbox));
  const access = {
    baseUrl,
    // `allowedHosts` is about what people type; where Graph is stands in our code.
    policy: { allowedHosts: null, allowPrivateAddresses },
    token: (refused?: string) => spoken(graphTokenOf(strapi, authorization.documentId, refused)),
    // Who has lost the mailbox to another instance leaves it alone.
    assertMay() {
      try {
        assertHeld();
      } catch (error) {
        throw asMailboxError(error);
      }
    },
  };
  return connectGraph({ access, mailbox, known: knownFoldersOf(strapi, `${scanner.documentId} ${mailbox.toLowerCase()}`), release });
}

const knownFolders = new WeakMap<Core.Strapi, Map<string, KnownFolders>>();

function knownFoldersOf(strapi: Core.Strapi, reader: string): KnownFolders {
  const all = knownFolders.get(strapi) ?? new Map<string, KnownFolders>();
  knownFolders.set(strapi, all);
  const known = all.get(reader) ?? new Map();
  all.set(reader, known);
  return known;
}

interface CredentialOptions {
  /** In place of the saved one. */
  password?: string;
  /** The access token that the mail server has just refused. */
  refusedToken?: string;
}

/** How to connect, with the credentials of this moment: an access token is fresh when asked for again. Throws a MailboxError. */
export async function mailboxSettings(strapi: Core.Strapi, scanner: ServerRow, options: CredentialOptions): Promise<MailboxSettings> {
  const { protocol, host, port, encryption, validateCertificate } = scanner;
  try {
    const server = { protocol, host, address: await addressFor(host, pluginConfig(strapi)), port, encryption, validateCertificate };
    return { ...server, ...(await loginOf(strapi, scanner, options)) };
  } catch (error) {
    const code = codeOf(error);
    throw code
      ? new MailboxError(code, say('mailbox.connect', { protocol: protocol.toUpperCase(), host, port, what: saidBy(error) }))
      : error;
  }
}

/** For what keeps us from even trying. */
function codeOf(error: unknown): MailboxErrorCode | null {
  if (error instanceof HostRefused) return 'hostRefused';
  if (error instanceof MailboxBusy) return 'unavailable';
  if (error instanceof SecretUnreadable) return 'secretUnreadable';
  if (error instanceof OAuthError) return error.remedy === 'later' ? 'unavailable' : 'authenticationFailed';
  return null;
}

async function loginOf(
  strapi: Core.Strapi,
  scanner: ScannerRow,
  { password, refusedToken }: CredentialOptions,
): Promise<Pick<MailboxSettings, 'username' | 'credential'>> {
  if (scanner.authType === 'password') {
    return { username: scanner.username ?? '', credential: { type: 'password', password: await passwordOf(strapi, scanner, password) } };
  }
  const authorization = await authorizationOf(strapi, scanner);
  // A shared mailbox is opened under its own name, with the token of somebody who may (XOAUTH2 keeps the two apart).
  return {
    username: scanner.mailboxName || authorization.username,
    credential: await credentialOf(strapi, authorization.documentId, scanner.host, refusedToken),
  };
}

async function passwordOf(strapi: Core.Strapi, { documentId }: ScannerRow, given?: string): Promise<string> {
  const password = given ?? (await readSecret(strapi, secretName.scannerPassword(documentId)));
  if (password) return password;
  throw new MailboxError('authenticationFailed', say('mailbox.noPassword'));
}

async function authorizationOf(strapi: Core.Strapi, scanner: ScannerRow): Promise<AuthorizationRow> {
  const { authorization } = scanner.authorization
    ? scanner
    : ((await strapi.db.query(UID.scanner).findOne({ where: { id: scanner.id }, populate: { authorization: true } })) ?? {
        authorization: null,
      });
  if (authorization) return authorization;
  throw new MailboxError('authenticationFailed', say('mailbox.noAuthorization'));
}
