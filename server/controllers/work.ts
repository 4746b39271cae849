import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { WorkKind } from '../../shared/vocabulary';
import { resultOf } from '../services/scanner/work';
import { askToStop, findWork, listWork, type WorkRow } from '../services/storage/work';
import { presentResult, presentWork } from './present-work';
import { orNotFound } from './request';
import { may } from './ticket-access';

/** Of each kind of work, who sees it and who stops it. */
const WHO: Record<WorkKind, Record<'sees' | 'stops', (ctx: Context, work: WorkRow) => boolean>> = {
  scan: { sees: (ctx) => may(ctx, 'read-scanners') || may(ctx, 'run-scanners'), stops: (ctx) => may(ctx, 'run-scanners') },
  bulkChange: { sees: isOwnChange, stops: isOwnChange },
};

/** Which tickets somebody has chosen is theirs. */
function isOwnChange(ctx: Context, { startedBy }: WorkRow): boolean {
  return startedBy === ctx.state.user.id && (may(ctx, 'edit-tickets') || may(ctx, 'assign-tickets'));
}

const work = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const rows = await listWork(strapi);
    ctx.body = { data: rows.filter((row) => WHO[row.kind].sees(ctx, row)).map(presentWork) };
  },

  async findOne(ctx: Context) {
    const row = await workOr404(strapi, ctx, 'sees');
    const result = await resultOf(strapi, row);
    ctx.body = { data: { ...presentWork(row), result: result && presentResult(ctx, result) } };
  },

  /** What has ended meanwhile is no error: the answer says so. */
  async stop(ctx: Context) {
    const { id } = await workOr404(strapi, ctx, 'stops');
    await askToStop(strapi, id);
    ctx.body = { data: presentWork(await workOr404(strapi, ctx, 'stops')) };
  },
});

export default work;

/** Work that the caller may not see looks like none. */
const workOr404 = async (strapi: Core.Strapi, ctx: Context, does: 'sees' | 'stops'): Promise<WorkRow> => {
  const row = await findWork(strapi, ctx.params.id);
  return orNotFound(Promise.resolve(row && WHO[row.kind][does](ctx, row) ? row : null));
};
