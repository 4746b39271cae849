import type { Core } from '@strapi/strapi';
import { refuse, type FieldError } from '../platform/refusal';
import { deleteSecret, secretName } from '../settings/secrets';
import { getOutgoingMail } from '../settings/settings';
import { findDocument } from '../storage/documents';
import { inTransaction } from '../storage/tables';
import { UID } from '../uids';
import type { AuthorizationRow } from './access-token';
import { say } from '../../../shared/sentences/words';

interface Usage {
  scanners: { documentId: string; name: string }[];
  outgoingMail: boolean;
}

/** All authorizations with who uses them, the oldest first. */
export async function listAuthorizations(strapi: Core.Strapi): Promise<(AuthorizationRow & { createdAt: string; usage: Usage })[]> {
  const rows = await strapi.db.query(UID.authorization).findMany({ orderBy: { id: 'asc' } });
  const scanners = await strapi.db.query(UID.scanner).findMany({
    select: ['documentId', 'name'],
    where: { authorization: { id: { $notNull: true } } },
    orderBy: { id: 'asc' },
    populate: { authorization: { select: ['id'] } },
  });
  const { authorization: forOutgoing } = await getOutgoingMail(strapi);
  return rows.map((row) => ({
    ...row,
    usage: {
      scanners: scanners.filter(({ authorization }) => authorization?.id === row.id).map(({ documentId, name }) => ({ documentId, name })),
      outgoingMail: forOutgoing === row.documentId,
    },
  }));
}

export const MISSING_AUTHORIZATION: FieldError = { path: ['authorization'], said: say('form.authorization') };

const OF_ANOTHER_PROVIDER: FieldError = {
  path: ['authorization'],
  said: say('form.otherProvider'),
};

/** Null when there is none. */
export const findAuthorization = (strapi: Core.Strapi, documentId: string): Promise<AuthorizationRow | null> =>
  findDocument(strapi, UID.authorization, documentId);

/** The authorization of that documentId. Throws a 400 beside the field when there is none, or not of this provider. */
export async function requireAuthorization(
  strapi: Core.Strapi,
  documentId: string | null | undefined,
  provider?: string,
): Promise<AuthorizationRow> {
  const row = documentId ? await findAuthorization(strapi, documentId) : null;
  if (!row) return refuse([MISSING_AUTHORIZATION]);
  return provider && row.provider !== provider ? refuse([OF_ANOTHER_PROVIDER]) : row;
}

/** What still needs an authorization, by name; empty when it can go. */
export async function usersOf(strapi: Core.Strapi, documentId: string): Promise<string[]> {
  const found = (await listAuthorizations(strapi)).find((row) => row.documentId === documentId);
  if (!found) return [];
  return [...found.usage.scanners.map(({ name }) => `the scanner "${name}"`), ...(found.usage.outgoingMail ? ['outgoing mail'] : [])];
}

/** Removes an authorization with its tokens. */
export async function deleteAuthorization(strapi: Core.Strapi, documentId: string): Promise<void> {
  await inTransaction(strapi, async () => {
    await deleteSecret(strapi, secretName.authorizationTokens(documentId));
    await strapi.db.query(UID.authorization).deleteMany({ where: { documentId } });
  });
}
