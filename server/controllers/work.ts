import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { WORK_KINDS, type WorkKind } from '../../shared/vocabulary';
import type { Permission } from '../permissions';
import { resultOf } from '../services/scanner/work';
import { askToStop, findWork, listWork, type WorkRow } from '../services/storage/work';
import { presentResult, presentWork } from './present-work';
import { orNotFound } from './request';
import { may } from './ticket-access';

/** Of each kind of work, who sees it and who stops it: of several permissions, one is enough. */
const WHO: Record<WorkKind, { sees: Permission[]; stops: Permission[] }> = {
  scan: { sees: ['read-scanners', 'run-scanners'], stops: ['run-scanners'] },
};

const work = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const kinds = WORK_KINDS.filter((kind) => mayOneOf(ctx, WHO[kind].sees));
    ctx.body = { data: (await listWork(strapi, kinds)).map(presentWork) };
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

const mayOneOf = (ctx: Context, permissions: Permission[]): boolean => permissions.some((permission) => may(ctx, permission));

/** Work that the caller may not see looks like none. */
const workOr404 = async (strapi: Core.Strapi, ctx: Context, does: 'sees' | 'stops'): Promise<WorkRow> => {
  const row = await findWork(strapi, ctx.params.id);
  return orNotFound(Promise.resolve(row && mayOneOf(ctx, WHO[row.kind][does]) ? row : null));
};
