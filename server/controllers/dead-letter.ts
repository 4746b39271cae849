import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { askWebhooks } from '../services/automation/send-webhooks';
import { deadCalls, retryCalls } from '../services/automation/webhook-calls';
import { listWebhooks } from '../services/automation/webhook-records';
import { engineOf } from '../services/engine/current';
import { scannerNames } from '../services/scanner/scanners';
import { refusal } from '../services/platform/refusal';
import { inBoth, say } from '../../shared/sentences/words';

const deadLetter = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const letters = await engineOf(strapi).deadLetters();
    const scanners = await scannerNames(strapi);
    const jobs = letters.map(({ scanner, ...letter }) => ({
      ...letter,
      scanner: scanners.find(({ documentId }) => documentId === scanner) ?? null,
      webhook: null,
    }));
    ctx.body = { data: [...jobs, ...(await calls(strapi))] };
  },

  async retry(ctx: Context) {
    const { id } = ctx.params;
    const retried = (await retryCalls(strapi, { call_id: id })) > 0;
    if (retried) askWebhooks(strapi);
    else if (!(await engineOf(strapi).retry(id))) throw refusal(errors.NotFoundError, say('engine.worked'));
    ctx.body = { data: { id } };
  },
});

export default deadLetter;

async function calls(strapi: Core.Strapi) {
  const names = new Map((await listWebhooks(strapi)).map(({ documentId, name }) => [documentId, name]));
  return (await deadCalls(strapi)).map(({ webhook, cause, reason, ...call }) => ({
    ...call,
    work: 'webhook',
    scanner: null,
    webhook: { name: names.get(webhook) ?? '', cause },
    ...inBoth('reason', reason),
  }));
}
