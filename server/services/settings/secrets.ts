import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { decryptOrNull, decryptWith, encrypt } from '../platform/encryption';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { refusal } from '../platform/refusal';
import { say } from '../../../shared/sentences/words';
import { SpokenError } from '../lib/spoken-error';

/** Names under which secrets are kept. */
export const secretName = {
  scannerPassword: (documentId: string) => `scanner:${documentId}:password`,
  authorizationTokens: (documentId: string) => `authorization:${documentId}:tokens`,
  outgoingPassword: 'outgoing-mail:password',
  alertWebhook: 'alerts:webhook',
  webhookTarget: (documentId: string) => `webhook:${documentId}:target`,
};

/**
 * Keeps a secret, encrypted with Strapi's key. Without a key it is refused with a ValidationError that says what to
 * configure: a secret is never stored in the clear.
 */
export async function saveSecret(strapi: Core.Strapi, name: string, secret: string): Promise<void> {
  const value = encrypt(strapi, secret);
  if (value === null) {
    throw refusal(errors.ValidationError, say('storage.noKey'));
  }
  await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.secrets).insert({ name, value }).onConflict('name').merge(['value']));
}

/** A secret is there, but not for the key that Strapi has now. */
export class SecretUnreadable extends SpokenError {
  constructor() {
    super(say('storage.otherKey'));
    this.name = 'SecretUnreadable';
  }
}

/** A secret; null when there is none. Throws SecretUnreadable when it cannot be decrypted any more. */
export async function readSecret(strapi: Core.Strapi, name: string): Promise<string | null> {
  const row = await readTable(strapi, TABLES.secrets, (table) => table.where({ name }).first('value'));
  if (!row) return null;
  const secret = decryptOrNull(strapi, row.value as string);
  if (secret === null) throw new SecretUnreadable();
  return secret;
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
  const rows = await readTable(strapi, TABLES.secrets, (table) => table.whereIn('name', names).select('name'));
  return new Set(rows.map((row: { name: string }) => row.name));
}

export async function deleteSecret(strapi: Core.Strapi, name: string): Promise<void> {
  await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.secrets).where({ name }).delete());
}

/**
 * At the start: what was encrypted with an earlier key, of those that the site names, is encrypted with the present one. What
 * no key opens is left as it is, for the day the key comes back, and counted in the log. Several instances may do so at once.
 */
export async function renewSecrets(strapi: Core.Strapi, previousKeys: string[]): Promise<void> {
  const rows: { name: string; value: string }[] = await readTable(strapi, TABLES.secrets, (table) => table.select('name', 'value'));
  const closed = rows.filter(({ value }) => decryptOrNull(strapi, value) === null);
  let lost = 0;
  for (const { name, value } of closed) {
    const secret = previousKeys.map((key) => decryptWith(key, value)).find((found) => found !== null);
    const renewed = secret === undefined ? null : encrypt(strapi, secret);
    if (renewed === null) lost += 1;
    // Only while it is what we read: somebody may just have entered a new one.
    else await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.secrets).where({ name, value }).update({ value: renewed }));
  }
  if (closed.length > lost)
    log(strapi, 'info', 'Saved passwords and authorizations are encrypted with the new key now', { count: closed.length - lost });
  if (lost > 0)
    log(strapi, 'error', 'Saved passwords and authorizations cannot be used', { count: lost, reason: new SecretUnreadable().message });
}
