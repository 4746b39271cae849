import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { Said } from '../../shared/sentences/words';
import type { Viewer } from '../services/inbox/viewer';
import { orNotFound, parse } from './request';
import { viewerOf } from './ticket-access';

interface Merging<Plan, Row, Shown> {
  strapi: Core.Strapi;
  /** What the schema says where `into` is missing: see schemaSays(). */
  chooseInto: string;
  /** Of a record that is not there, or that this viewer does not see. */
  gone: Said;
  plan(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<Plan | null>;
  /** Resolves with the documentId of the record that remains. */
  merge(strapi: Core.Strapi, viewer: Viewer, from: string, into: string): Promise<string | null>;
  find(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<Row | null>;
  present(row: Row): Shown;
}

/** The two routes by which one record of people takes in another, alike for contacts and accounts. */
export function mergeRoutes<Plan, Row, Shown>({ strapi, chooseInto, gone, plan, merge, find, present }: Merging<Plan, Row, Shown>) {
  const shape = z.object({ into: z.string(chooseInto).max(50) });
  return {
    /** What `merge` would move. */
    async mergePlan(ctx: Context) {
      ctx.body = { data: await orNotFound(plan(strapi, viewerOf(ctx), ctx.params.id), gone) };
    },

    /** Answers with the record that remains. */
    async merge(ctx: Context) {
      const viewer = viewerOf(ctx);
      const { into } = parse(shape, ctx.request.body);
      const remaining = await orNotFound(merge(strapi, viewer, ctx.params.id, into), gone);
      ctx.body = { data: present(await orNotFound(find(strapi, viewer, remaining), gone)) };
    },
  };
}
