import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { changeTeam, createTeam, deleteTeam, listTeams } from '../services/inbox/teams';
import { orNotFound, parse } from './request';
import { NEW_COLOUR, tagShape } from './tag';
import { viewerOf } from './ticket-access';
import { say } from '../../shared/sentences/words';

const agents = z.array(z.int().positive()).max(500);
const newShape = tagShape.extend({ ...NEW_COLOUR, agents: agents.default([]) });
const changeShape = tagShape.extend({ agents }).partial();

/** Administrators who take care of the same tickets. */
const team = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = { data: await listTeams(strapi, viewerOf(ctx)) };
  },

  async create(ctx: Context) {
    ctx.body = { data: await createTeam(strapi, viewerOf(ctx), parse(newShape, ctx.request.body)) };
    ctx.status = 201;
  },

  async update(ctx: Context) {
    const change = parse(changeShape, ctx.request.body);
    ctx.body = { data: await orNotFound(changeTeam(strapi, viewerOf(ctx), ctx.params.id, change), say('team.gone')) };
  },

  async delete(ctx: Context) {
    await deleteTeam(strapi, ctx.params.id);
    ctx.body = { data: null };
  },
});

export default team;
