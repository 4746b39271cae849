import type { Core } from '@strapi/strapi';
import { deleteSecret, secretName } from '../settings/secrets';
import { getOutgoingMail } from '../settings/settings';
import { inTransaction } from '../storage/tables';
import { UID } from '../uids';
import type { AuthorizationRow } from './access-token';

export interface Usage {
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
