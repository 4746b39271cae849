import type { Core } from '@strapi/strapi';
import type { AnswersBy, Protocol } from '../../../shared/vocabulary';
import { MailboxError, type Folder, type Mailbox } from '../mailbox/types';
import type { AuthorizationRow } from '../oauth/access-token';
import { requireAuthorization } from '../oauth/authorizations';
import { checkSending } from '../outgoing/graph-transport';
import { refuse, type FieldError } from '../platform/refusal';
import { openMailbox, type ScannerRow } from './access';
import { inBoth, say, type Words } from '../../../shared/sentences/words';

/** How a mailbox is reached: what somebody enters of it, and whether it can be. */

/** How to reach a mailbox, as somebody enters it. */
export interface ConnectionInput {
  authType: 'password' | 'microsoft' | 'google' | 'oidc';
  protocol: Protocol;
  host: string;
  /** Left open, it is the usual one. */
  port?: number;
  encryption: 'ssl' | 'starttls' | 'none';
  validateCertificate: boolean;
  username?: string | null;
  /** Left out, the saved one stays. */
  password?: string;
  mailboxName?: string | null;
  /** The documentId of an authorization, in place of a password. */
  authorization?: string | null;
}

/** How answers leave, as far as a connection test goes. */
export interface SendingInput {
  fromAddress?: string | null;
  answersBy: AnswersBy;
}

/** Ports by protocol and encryption, for those who leave the port open (RFC 8314). */
const PORTS: Record<string, number> = {
  'imap ssl': 993,
  'imap starttls': 143,
  'imap none': 143,
  'pop3 ssl': 995,
  'pop3 starttls': 110,
  'pop3 none': 110,
};

export const portOf = ({ port, protocol, encryption }: ConnectionInput): number => port ?? PORTS[`${protocol} ${encryption}`];

const PASSWORD_OF_ANOTHER_SERVER: FieldError = {
  path: ['password'],
  said: say('form.passwordOtherServer'),
};

/** What a mailbox answers to a connection test. */
type ConnectionResult =
  | {
      ok: true;
      folders: Folder[];
      capabilities: Mailbox['capabilities'];
      serverCapabilities: Mailbox['serverCapabilities'];
      slowNews: string | null;
      slowNewsSaid: Words | null;
    }
  | { ok: false; code: string; message: string; messageSaid: Words };

/** Connects with what somebody entered, and tries whether answers may leave; what they left out is that of the `saved` scanner. Throws a 400 beside the field. */
export async function testConnection(
  strapi: Core.Strapi,
  saved: ScannerRow | null,
  input: ConnectionInput & SendingInput,
): Promise<ConnectionResult> {
  const usesPassword = input.authType === 'password';
  const authorization = usesPassword ? null : await requireAuthorization(strapi, input.authorization, input.authType);
  if (usesPassword && !input.password && saved && saved.host !== input.host) refuse([PASSWORD_OF_ANOTHER_SERVER]);
  const row = { ...saved, ...input, authorization, documentId: saved?.documentId ?? '', port: portOf(input) } as unknown as ScannerRow;
  try {
    const result = await withMailbox(strapi, row, input.password || undefined, async (mailbox) => ({
      ok: true as const,
      folders: await mailbox.folders(),
      capabilities: mailbox.capabilities,
      serverCapabilities: mailbox.serverCapabilities,
      ...inBoth('slowNews', mailbox.slowNews),
    }));
    return (await whySendingFails(strapi, authorization, input)) ?? result;
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    return { ok: false, code: error.code, ...inBoth('message', error.said) };
  }
}

/** Null when answers can leave by Graph, as far as that can be known without sending one, and when they leave another way. */
async function whySendingFails(
  strapi: Core.Strapi,
  authorization: AuthorizationRow | null,
  { answersBy, fromAddress }: SendingInput,
): Promise<Extract<ConnectionResult, { ok: false }> | null> {
  if (answersBy !== 'graph' || !authorization || !fromAddress) return null;
  const missing = await checkSending(strapi, authorization.documentId, fromAddress, fromAddress);
  return missing === null ? null : { ok: false, code: 'sending', ...inBoth('message', missing) };
}

/** The folders of a scanner's mailbox. Throws a MailboxError. */
export const foldersOfMailbox = (strapi: Core.Strapi, row: ScannerRow): Promise<Folder[]> =>
  withMailbox(strapi, row, undefined, (mailbox) => mailbox.folders());

async function withMailbox<T>(
  strapi: Core.Strapi,
  row: ScannerRow,
  password: string | undefined,
  work: (mailbox: Mailbox) => Promise<T>,
): Promise<T> {
  const mailbox = await openMailbox(strapi, row, password);
  try {
    return await work(mailbox);
  } finally {
    await mailbox.close();
  }
}
