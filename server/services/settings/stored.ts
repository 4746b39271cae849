import type { Core } from '@strapi/strapi';
import { holdName, inTransaction } from '../storage/tables';

/** What the plugin keeps in Strapi's own store, by a key. */

const store = (strapi: Core.Strapi, key: string) => strapi.store!({ type: 'plugin', name: 'mail-scanner', key });

/** What is saved under this key, or null. */
export const readStored = async <T>(strapi: Core.Strapi, key: string): Promise<T | null> => (await store(strapi, key).get({})) as T | null;

/** Makes what is saved out of what was, in one transaction: nobody else changes it meanwhile. Resolves with what is saved. */
export function changeStored<T>(strapi: Core.Strapi, key: string, change: (before: T | null) => T | Promise<T>): Promise<T> {
  return inTransaction(strapi, async () => {
    await holdName(strapi, key);
    const saved = await change(await readStored<T>(strapi, key));
    await store(strapi, key).set({ value: saved });
    return saved;
  });
}

export async function deleteStored(strapi: Core.Strapi, key: string): Promise<void> {
  await store(strapi, key).delete({});
}
