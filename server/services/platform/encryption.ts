import { createDecipheriv, createHash } from 'node:crypto';
import type { Core } from '@strapi/strapi';

/** Strapi's encryption service is not part of its documented API, and does not decrypt with an earlier key. */

interface Encryption {
  encrypt(value: string): string | null;
  decrypt(value: string): string | null;
}

const encryption = (strapi: Core.Strapi) => strapi.service('admin::encryption') as unknown as Encryption;

/** Encrypted with Strapi's key; null when Strapi has none. */
export const encrypt = (strapi: Core.Strapi, value: string): string | null => encryption(strapi).encrypt(value);

/** Null when the key that Strapi has now does not open it. */
export function decryptOrNull(strapi: Core.Strapi, value: string): string | null {
  try {
    return encryption(strapi).decrypt(value);
  } catch {
    return null;
  }
}

/** What Strapi's encryption service made with that key (`v1:iv:data:tag` in hex; AES-256-GCM under the key's SHA-256), or null. */
export function decryptWith(key: string, value: string): string | null {
  const [version, iv, data, tag] = value.split(':');
  if (version !== 'v1' || !tag) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', createHash('sha256').update(key).digest(), Buffer.from(iv, 'hex'));
    decipher.setAuthTag(Buffer.from(tag, 'hex'));
    return decipher.update(data, 'hex', 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}

export function missingForEncryption(strapi: Core.Strapi): string | null {
  const service = encryption(strapi) as Partial<Encryption> | undefined;
  return typeof service?.encrypt === 'function' && typeof service.decrypt === 'function' ? null : 'service admin::encryption';
}
