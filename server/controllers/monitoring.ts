import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { EXPOSITION_TYPE } from '../services/operations/exposition';
import { firstSteps } from '../services/operations/first-steps';
import { currentHealth, metricsText, monitorMay, monitorReport } from '../services/operations/monitoring';
import { pluginConfig } from '../services/settings/config';
import { may } from './ticket-access';

const monitoring = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** For a monitoring system: 200, or 503 when mail is not read or not sent. */
  async health(ctx: Context) {
    if (!admit(strapi, ctx)) return;
    const report = await monitorReport(strapi);
    ctx.status = report.status === 'failing' ? 503 : 200;
    ctx.body = report;
  },

  async metrics(ctx: Context) {
    if (!pluginConfig(strapi).monitoring.metrics) return nothingHere(ctx);
    if (!admit(strapi, ctx)) return;
    const text = await metricsText(strapi);
    if (text === null) {
      ctx.status = 503;
      return;
    }
    ctx.set('Content-Type', EXPOSITION_TYPE);
    ctx.body = text;
  },

  /** For the panel. */
  async status(ctx: Context) {
    ctx.body = { data: await currentHealth(strapi) };
  },

  /** For the empty helpdesk: what is still to be set up. */
  async firstSteps(ctx: Context) {
    const { scanner, done } = await firstSteps(strapi);
    ctx.body = { data: { scanner: may(ctx, 'read-scanners') ? scanner : null, done } };
  },
});

export default monitoring;

/** Answers here and does not throw: what a stranger tries does not belong in the log. */
function admit(strapi: Core.Strapi, ctx: Context): boolean {
  ctx.set('Cache-Control', 'no-store');
  const may = monitorMay(strapi, ctx.get('Authorization'));
  if (may === 'off') nothingHere(ctx);
  if (may === 'notAsk') {
    ctx.status = 401;
    ctx.set('WWW-Authenticate', 'Bearer');
    ctx.body = { error: 'Send the monitoring token: "Authorization: Bearer …".' };
  }
  return may === 'ask';
}

function nothingHere(ctx: Context): void {
  ctx.status = 404;
  ctx.body = { error: 'Monitoring is not switched on here: set monitoring of mail-scanner in config/plugins.' };
}
