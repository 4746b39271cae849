import type { Core } from '@strapi/strapi';
import { saidBy } from '../lib/spoken-error';
import { connectMailbox } from '../mailbox/connect';
import { withFreshToken } from '../mailbox/fresh-token';
import { MailboxError, type Mailbox, type MailboxErrorCode, type MailboxSettings } from '../mailbox/types';
import { addressFor, HostRefused } from '../network/reach';
import { credentialOf, type AuthorizationRow } from '../oauth/access-token';
import { OAuthError } from '../oauth/types';
import { pluginConfig } from '../settings/config';
import { readSecret, secretName, SecretUnreadable } from '../settings/secrets';
import { UID } from '../uids';
import { say } from '../../../shared/sentences/words';

/** A scanner as the database has it, as far as reaching its mailbox goes. */
export interface ScannerRow {
  id: number;
  documentId: string;
  name: string;
  active: boolean;
  authType: string;
  protocol: 'imap' | 'pop3';
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
  useReplyTo?: boolean;
  authservId?: string | null;
  authservSeen?: unknown;
}

/** Connects to a scanner's mailbox with its saved credentials; a refused token is renewed once. Throws a MailboxError. */
export function openMailbox(strapi: Core.Strapi, scanner: ScannerRow, password?: string): Promise<Mailbox> {
  return withFreshToken((refusedToken) => mailboxSettings(strapi, scanner, { password, refusedToken }), connectMailbox);
}

interface CredentialOptions {
  /** In place of the saved one. */
  password?: string;
  /** The access token that the mail server has just refused. */
  refusedToken?: string;
}

/** How to connect, with the credentials of this moment: an access token is fresh when asked for again. Throws a MailboxError. */
export async function mailboxSettings(strapi: Core.Strapi, scanner: ScannerRow, options: CredentialOptions = {}): Promise<MailboxSettings> {
  const { protocol, host, port, encryption, validateCertificate } = scanner;
  try {
    const server = { protocol, host, address: await addressFor(host, pluginConfig(strapi)), port, encryption, validateCertificate };
    return { ...server, ...(await loginOf(strapi, scanner, options)) };
  } catch (error) {
    const code = codeOf(error);
    throw code ? new MailboxError(code, say('mailbox.connect', { protocol, host, port, what: saidBy(error) })) : error;
  }
}

/** For what keeps us from even trying. */
function codeOf(error: unknown): MailboxErrorCode | null {
  if (error instanceof HostRefused) return 'hostRefused';
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
