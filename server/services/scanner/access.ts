import type { Core } from '@strapi/strapi';
import { connectMailbox } from '../mailbox/connect';
import { MailboxError, type Mailbox, type MailboxSettings } from '../mailbox/types';
import { readSecret, secretName } from '../settings/secrets';

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
  scanType: 'unread' | 'sinceLastScan';
  scanFrom: string | Date | null;
  activatedAt: string | Date | null;
  createdAt: string | Date;
  fromAddress: string | null;
}

/** Connects to a scanner's mailbox with its saved credentials. Throws a MailboxError. */
export async function openMailbox(strapi: Core.Strapi, scanner: ScannerRow, password?: string): Promise<Mailbox> {
  return connectMailbox(await mailboxSettings(strapi, scanner, password));
}

/** How to connect, with the credentials of this moment: an access token is fresh when asked for again. */
export async function mailboxSettings(strapi: Core.Strapi, scanner: ScannerRow, given?: string): Promise<MailboxSettings> {
  const { protocol, host, port, encryption, validateCertificate } = scanner;
  const password = given ?? (await readSecret(strapi, secretName.scannerPassword(scanner.documentId)));
  if (password === null || password === '') {
    throw new MailboxError('authenticationFailed', 'No password is saved for this mailbox. Enter it in the scanner’s settings.');
  }
  return { protocol, host, port, encryption, validateCertificate, username: scanner.username ?? '', credential: { type: 'password', password } };
}
