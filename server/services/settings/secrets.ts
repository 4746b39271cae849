import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { inTransaction, tableIn, TABLES } from '../storage/tables';

/** Names under which secrets are kept. */
export const secretName = {
  scannerPassword: (documentId: string) => `scanner:${documentId}:password`,
  authorizationTokens: (documentId: string) => `authorization:${documentId}:tokens`,
  outgoingPassword: 'outgoing-mail:password',
};

interface Encryption {
  encrypt(value: string): string | null;
  decrypt(value: string): string | null;
}

const encryption = (strapi: Core.Strapi) => strapi.service('admin::encryption') as unknown as Encryption;

/**
 * Keeps a secret, encrypted with Strapi's key. Without a key it is refused with a ValidationError that says what to
 * configure: a secret is never stored in the clear.
 */
export async function saveSecret(strapi: Core.Strapi, name: string, secret: string): Promise<void> {
  const value = encryption(strapi).encrypt(secret);
  if (value === null) {
    throw new errors.ValidationError(
      'Passwords and authorizations cannot be saved: Strapi has no encryption key. Set admin.secrets.encryptionKey (ENCRYPTION_KEY) in config/admin and start again.',
    );
  }
  await inTransaction(strapi, (trx) =>
    tableIn(strapi, trx, TABLES.secrets).insert({ name, value }).onConflict('name').merge(['value']),
  );
}

/** A secret; null when there is none. Throws when it cannot be decrypted any more, saying why. */
export async function readSecret(strapi: Core.Strapi, name: string): Promise<string | null> {
  const row = await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.secrets).where({ name }).first('value'));
  if (!row) return null;
  const secret = decryptOrNull(strapi, row.value as string);
  if (secret === null) {
    throw new Error(
      'A saved password cannot be decrypted: the encryption key (admin.secrets.encryptionKey) is missing or has changed. Restore the key, or enter the password again.',
    );
  }
  return secret;
}

function decryptOrNull(strapi: Core.Strapi, value: string): string | null {
  try {
    return encryption(strapi).decrypt(value);
  } catch {
    return null;
  }
}

/** A secret that serves once: of several who take it at the same time, one gets it. */
export function takeSecret(strapi: Core.Strapi, name: string): Promise<string | null> {
  return inTransaction(strapi, async () => {
    const secret = await readSecret(strapi, name);
    const taken = await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.secrets).where({ name }).delete());
    return taken === 1 ? secret : null;
  });
}

/** The names, among those given, under which a secret is kept. */
export async function knownSecrets(strapi: Core.Strapi, names: string[]): Promise<Set<string>> {
  const rows = await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.secrets).whereIn('name', names).select('name'));
  return new Set(rows.map((row: { name: string }) => row.name));
}

export async function deleteSecret(strapi: Core.Strapi, name: string): Promise<void> {
  await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.secrets).where({ name }).delete());
}
