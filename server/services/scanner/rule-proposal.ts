import type { Core } from '@strapi/strapi';
import type { Condition, RuleProposal } from '../../../shared/api/rules';
import { subjectKey } from '../message/reading/subject-key';
import { UID } from '../uids';
import type { ScannerRow } from './access';
import { scanContext } from './context';
import { parseSource } from './intake';
import { NotThere, sourceOfMessage, type KeptMessage } from './message-source';
import { UnparsableMessage } from './parser';
import { NO_LEASE } from './preview';
import { LINE_LENGTH } from '../../../shared/lengths';

/** A row of the ledger with its scanner. */
interface LoggedMessage extends KeptMessage {
  documentId: string;
  fromAddress: string | null;
  fromName: string | null;
  subject: string | null;
  scanner: ScannerRow | null;
}

/** A row of the ledger, by its documentId or by that of the message of a ticket which came of it; null: there is none. */
export function findLogged(
  strapi: Core.Strapi,
  { message, comment }: { message?: string; comment?: string },
): Promise<LoggedMessage | null> {
  const where = message ? { documentId: message } : { comment: { documentId: comment }, scanner: { id: { $notNull: true } } };
  return strapi.db
    .query(UID.message)
    .findOne({ where, populate: { scanner: true }, orderBy: { id: 'asc' } }) as Promise<LoggedMessage | null>;
}

/** A rule to begin with for emails like this one: by its list or its sender, and by its subject. */
export async function proposeRule(strapi: Core.Strapi, logged: LoggedMessage, scanner: ScannerRow): Promise<RuleProposal> {
  const { documentId, fromAddress, fromName, subject, folder } = logged;
  const list = await listIdOf(strapi, scanner, logged);
  const about = subjectKey(subject ?? '');
  const rules: Condition[] = [
    ...(list ? [{ field: 'header:List-Id', operator: 'contains', value: list }] : []),
    ...(fromAddress ? [{ field: 'fromAddress', operator: '=', value: fromAddress }] : []),
    ...(about ? [{ field: 'subject', operator: 'contains', value: about }] : []),
  ];
  return {
    scanner: scanner.documentId,
    message: documentId,
    name: (list ?? (fromName || fromAddress) ?? '').slice(0, LINE_LENGTH),
    folders: [folder],
    conditions: { combinator: 'and', rules },
  };
}

/** RFC 2919: the list that handed an email on, `news.example.com`; null where it came by none, or is not there any more. */
async function listIdOf(strapi: Core.Strapi, scanner: ScannerRow, logged: LoggedMessage): Promise<string | null> {
  try {
    const context = await scanContext(strapi, scanner, NO_LEASE);
    const { headers } = await parseSource(context, await sourceOfMessage(strapi, scanner, logged, context.settings));
    const [value = ''] = Object.hasOwn(headers, 'list-id') ? headers['list-id'] : [];
    return (/<([^<>]+)>\s*$/.exec(value)?.[1] ?? value).trim() || null;
  } catch (error) {
    if (error instanceof NotThere || error instanceof UnparsableMessage) return null;
    throw error;
  }
}
