import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { isAddress, pastedAddress } from '../../shared/address';
import { tryAlerts } from '../services/operations/alerts';
import { refuse } from '../services/platform/refusal';
import { changeAlertSettings, getAlertSettings } from '../services/settings/alert-settings';
import { ownAddresses } from '../services/settings/own-addresses';
import { limitCalls } from './limit';
import { parse, wholeNumber } from './request';
import { schemaSays } from '../services/lib/schema-words';
import { say } from '../../shared/sentences/words';

const shape = z.object({
  afterMinutes: wholeNumber(1, 10_080),
  emails: z
    .array(z.string().overwrite(pastedAddress).toLowerCase())
    .max(20, schemaSays('alert.most'))
    .refine((emails) => emails.every(isAddress), schemaSays('alert.addresses')),
  webhook: z
    .url({ protocol: /^https?$/, message: schemaSays('alert.url') })
    .max(2000)
    .nullable()
    .optional(),
});

const alert = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = { data: await getAlertSettings(strapi) };
  },

  async update(ctx: Context) {
    const saved = await changeAlertSettings(strapi, async (before) => {
      const input = parse(shape, { ...before, ...(ctx.request.body as object) });
      await refuseOwnAddresses(strapi, input.emails);
      return input;
    });
    ctx.body = { data: saved };
  },

  async test(ctx: Context) {
    limitCalls(ctx, 'test alert', 10);
    ctx.body = { data: await tryAlerts(strapi) };
  },
});

export default alert;

/** Nobody looks into a mailbox for the news that it is not being scanned. */
async function refuseOwnAddresses(strapi: Core.Strapi, emails: string[]): Promise<void> {
  const own = await ownAddresses(strapi);
  const known = emails.filter((address) => own.has(address));
  if (known.length > 0) refuse([{ path: ['emails'], said: say('alert.ownAddress', { address: known.join(', ') }) }]);
}
