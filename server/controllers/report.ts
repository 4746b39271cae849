import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { REPORT_TABLES } from '../../shared/api/reports';
import { schemaSays } from '../services/lib/schema-words';
import { csvOf } from '../services/times/csv';
import { reportOf } from '../services/times/report';
import { andVisible } from '../services/inbox/viewer';
import { limitCalls } from './limit';
import { idShape, parse } from './request';
import { viewerOf } from './ticket-access';

const DAY_MS = 86_400_000;
const MOST_DAYS = 731;

const day = z.iso.date(schemaSays('levels.date'));

const queryShape = z
  .object({
    since: day,
    until: day,
    agent: z.coerce.number().int().min(1).optional(),
    scanner: idShape.optional(),
    tag: idShape.optional(),
    team: idShape.optional(),
    counted: z
      .enum(['true', 'false'])
      .transform((value) => value === 'true')
      .optional(),
  })
  .refine(({ since, until }) => since <= until && Date.parse(until) - Date.parse(since) < MOST_DAYS * DAY_MS, {
    path: ['until'],
    message: schemaSays('levels.range'),
  });

/** Of people who see the tickets of their teams, the numbers are those of these tickets. */
function inSightOf(strapi: Core.Strapi, ctx: Context): Parameters<typeof reportOf>[2] {
  const viewer = viewerOf(ctx);
  // Who sees their own tickets alone was given the numbers of all beside them.
  return (rows, column) => (viewer.teams ? andVisible(strapi, viewer, rows, column) : rows);
}

/** How fast the team answers, for its leader. */
const report = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    limitCalls(ctx, 'report', 120);
    ctx.body = { data: await reportOf(strapi, parse(queryShape, ctx.query), inSightOf(strapi, ctx)) };
  },

  /** One of its tables as a file. */
  async csv(ctx: Context) {
    limitCalls(ctx, 'report', 120);
    const { table } = parse(z.object({ table: z.enum(REPORT_TABLES) }), ctx.query);
    const found = await reportOf(strapi, parse(queryShape, ctx.query), inSightOf(strapi, ctx));
    ctx.set('Content-Type', 'text/csv; charset=utf-8');
    ctx.set('Content-Disposition', `attachment; filename="report-${table}-${found.since}-${found.until}.csv"`);
    ctx.body = csvOf(found, table);
  },
});

export default report;
