import { createHmac } from 'node:crypto';

/** Headers of a call by the Standard Webhooks 1.0.0 (standardwebhooks.com): who gets it knows one call again, and that it is ours. */

const PREFIX = 'whsec_';

/** Whether that is a secret of theirs: 24 to 64 bytes in base64. */
export function isWebhookSecret(secret: string): boolean {
  const text = secret.replace(PREFIX, '');
  const bytes = Buffer.from(text, 'base64');
  return secret.startsWith(PREFIX) && bytes.length >= 24 && bytes.length <= 64 && bytes.toString('base64') === text;
}

/** `id` is the same at each attempt, the moment is that of the attempt. Without a secret nothing is signed. */
export function webhookHeaders(secret: string | null, id: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (secret === null) return headers;
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}
