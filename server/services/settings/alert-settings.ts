import type { Core } from '@strapi/strapi';
import { deleteSecret, readSecret, saveSecret, secretName } from './secrets';
import { changeStored, readStored } from './stored';

/** Who is told when something is wrong, and after how long. */
export interface AlertSettings {
  /** Minutes for which something must be wrong before anybody is told, and before the health check fails. */
  afterMinutes: number;
  emails: string[];
  /** The host of the webhook, or null for none. The URL itself mostly lets anybody post there, so it is a secret. */
  webhookHost: string | null;
}

const DEFAULTS: AlertSettings = { afterMinutes: 30, emails: [], webhookHost: null };

const withDefaults = (saved: Partial<AlertSettings> | null): AlertSettings => ({ ...DEFAULTS, ...saved });

export const getAlertSettings = async (strapi: Core.Strapi): Promise<AlertSettings> => withDefaults(await readStored(strapi, 'alerts'));

interface AlertInput extends Pick<AlertSettings, 'afterMinutes' | 'emails'> {
  /** The URL; null for none; left out to keep what there is. */
  webhook?: string | null;
}

/** See `changeStored`. Throws what saveSecret throws. */
export const changeAlertSettings = (
  strapi: Core.Strapi,
  change: (before: AlertSettings) => AlertInput | Promise<AlertInput>,
): Promise<AlertSettings> =>
  changeStored<AlertSettings>(strapi, 'alerts', async (saved) => {
    const before = withDefaults(saved);
    const { afterMinutes, emails, webhook } = await change(before);
    return { afterMinutes, emails, webhookHost: await saveWebhook(strapi, webhook, before.webhookHost) };
  });

/** Resolves with the host of the webhook that there is then. */
async function saveWebhook(strapi: Core.Strapi, webhook: string | null | undefined, host: string | null): Promise<string | null> {
  if (webhook === undefined) return host;
  if (webhook === null) await deleteSecret(strapi, secretName.alertWebhook);
  else await saveSecret(strapi, secretName.alertWebhook, webhook);
  return webhook && new URL(webhook).host;
}

export const alertWebhook = (strapi: Core.Strapi): Promise<string | null> => readSecret(strapi, secretName.alertWebhook);
