import type { Core } from '@strapi/strapi';
import { changeStored, readStored } from './stored';

/** What stands below the answers of each administrator: sanitised HTML, '' for none. */

const keyOf = (user: number): string => `signature-${user}`;

export const signatureOf = async (strapi: Core.Strapi, user: number): Promise<string> =>
  (await readStored<{ html: string }>(strapi, keyOf(user)))?.html ?? '';

/** Whoever calls has made the HTML clean. */
export const saveSignature = (strapi: Core.Strapi, user: number, html: string): Promise<{ html: string }> =>
  changeStored<{ html: string }>(strapi, keyOf(user), () => ({ html }));

/** By the ids of the administrators. */
export async function signaturesOf(strapi: Core.Strapi, users: Iterable<number>): Promise<Map<number, string>> {
  const signatures = new Map<number, string>();
  for (const user of new Set(users)) signatures.set(user, await signatureOf(strapi, user));
  return signatures;
}
