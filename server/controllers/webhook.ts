import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { askWebhooks } from '../services/automation/send-webhooks';
import { retryCalls } from '../services/automation/webhook-calls';
import { isWebhookSecret } from '../services/automation/webhook-headers';
import { addWebhook, changeWebhook, deleteWebhook, listWebhooks } from '../services/automation/webhook-records';
import { schemaSays } from '../services/lib/schema-words';
import { addressesFor, HostRefused } from '../services/network/reach';
import { refuse } from '../services/platform/refusal';
import { pluginConfig } from '../services/settings/config';
import { orNotFound, parse, requiredLine } from './request';
import { say } from '../../shared/sentences/words';
import type { WebhookTarget } from '../../shared/api/webhooks';

/** RFC 9110 §5.6.2 and §5.5; what a value may hold is printable ASCII here. */
const isHeader = ({ name, value }: { name: string; value: string }): boolean =>
  /^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/i.test(name) && /^[\x21-\x7e]([\x20-\x7e]{0,1998}[\x21-\x7e])?$/.test(value);

const targetShape = z.object(
  {
    url: z.url({ protocol: /^https?$/, message: schemaSays('alert.url') }).max(2000, schemaSays('alert.url')),
    headers: z
      .array(z.object({ name: z.string().trim(), value: z.string().trim() }), schemaSays('webhook.headers'))
      .max(10, schemaSays('webhook.headers'))
      .refine((headers) => headers.every(isHeader), schemaSays('webhook.headers'))
      .default([]),
    secret: z.string(schemaSays('webhook.secret')).trim().refine(isWebhookSecret, schemaSays('webhook.secret')).nullable().default(null),
  },
  schemaSays('alert.url'),
);

const shape = z.object({
  name: requiredLine(schemaSays('webhook.name')),
  target: targetShape.optional(),
});
const newShape = shape.extend({ target: targetShape });

const webhook = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = { data: await listWebhooks(strapi) };
  },

  async create(ctx: Context) {
    const { name, target } = parse(newShape, ctx.request.body);
    await check(strapi, target);
    ctx.body = { data: await addWebhook(strapi, name, target) };
    ctx.status = 201;
  },

  async update(ctx: Context) {
    const input = parse(shape, ctx.request.body);
    if (input.target) await check(strapi, input.target);
    ctx.body = { data: await orNotFound(changeWebhook(strapi, ctx.params.id, input)) };
  },

  async delete(ctx: Context) {
    await deleteWebhook(strapi, ctx.params.id);
    ctx.body = { data: null };
  },

  /** Has tried again what was given up. */
  async retry(ctx: Context) {
    const retried = await retryCalls(strapi, { webhook: ctx.params.id });
    askWebhooks(strapi);
    ctx.body = { data: { retried } };
  },
});

export default webhook;

/** What the mail scanner says itself, and what belongs to the connection. */
const OWN_HEADERS = /^(webhook-.*|host|content-.*|user-agent|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect)$/i;

/** Throws a 400 for what no schema sees: where the site lets nobody connect to, and headers that are not to be given. */
async function check(strapi: Core.Strapi, { url, headers }: WebhookTarget): Promise<void> {
  const own = headers.find(({ name }) => OWN_HEADERS.test(name));
  if (own) refuse([{ path: ['target', 'headers'], said: say('webhook.ownHeader', { name: own.name }) }]);
  const { protocol, hostname } = new URL(url);
  const policy = pluginConfig(strapi);
  // In clear, what customers write goes through one's own network at most.
  if (protocol !== 'https:' && !policy.allowPrivateAddresses) refuse([{ path: ['target', 'url'], said: say('alert.url') }]);
  try {
    await addressesFor(hostname.replace(/^\[|\]$/g, ''), policy);
  } catch (error) {
    if (!(error instanceof HostRefused)) throw error;
    refuse([{ path: ['target', 'url'], said: error.said }]);
  }
}
