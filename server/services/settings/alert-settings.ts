import type { Core } from '@strapi/strapi';
import { deleteSecret, readSecret, saveSecret, secretName } from './secrets';

/** Who is told when something is wrong, and after how long. */
export interface AlertSettings {
  /** Minutes for which something must be wrong before anybody is told, and before the health check fails. */
  afterMinutes: number;
  emails: string[];
  /** The host of the webhook, or null for none. The URL itself mostly lets anybody post there, so it is a secret. */
  webhookHost: string | null;
}

const DEFAULTS: AlertSettings = { afterMinutes: 30, emails: [], webhookHost: null };

const store = (strapi: Core.Strapi) => strapi.store!({ type: 'plugin', name: 'mail-scanner', key: 'alerts' });

export async function getAlertSettings(strapi: Core.Strapi): Promise<AlertSettings> {
  return { ...DEFAULTS, ...((await store(strapi).get({})) as Partial<AlertSettings> | null) };
}

/** `webhook`: the URL; null for none; undefined to keep what there is. Throws what saveSecret throws. */
export async function saveAlertSettings(
  strapi: Core.Strapi,
  { afterMinutes, emails }: Pick<AlertSettings, 'afterMinutes' | 'emails'>,
  webhook?: string | null,
): Promise<AlertSettings> {
  let { webhookHost } = await getAlertSettings(strapi);
  if (webhook === null) {
    await deleteSecret(strapi, secretName.alertWebhook);
    webhookHost = null;
  } else if (webhook !== undefined) {
    await saveSecret(strapi, secretName.alertWebhook, webhook);
    webhookHost = new URL(webhook).host;
  }
  const saved = { afterMinutes, emails, webhookHost };
  await store(strapi).set({ value: saved });
  return saved;
}

export const alertWebhook = (strapi: Core.Strapi): Promise<string | null> => readSecret(strapi, secretName.alertWebhook);
