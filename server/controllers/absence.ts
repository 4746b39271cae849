import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { absencesOf, endAbsence, setAbsence } from '../services/helpdesk/absences';
import { schemaSays } from '../services/lib/schema-words';
import { refuse } from '../services/platform/refusal';
import { isAdministrator } from '../services/inbox/agents';
import { say } from '../../shared/sentences/words';
import { orNotFound, parse } from './request';
import { may, mustHave } from './ticket-access';

const day = z.iso.date({ message: schemaSays('team.absenceDay') });

const shape = z.strictObject({ from: day.optional(), until: day.nullable() });

/** Whether somebody is there. */
const absence = ({ strapi }: { strapi: Core.Strapi }) => ({
  async set(ctx: Context) {
    const user = Number(ctx.params.id);
    await orNotFound(isAdministrator(strapi, user), say('team.noAdministrator'));
    const isOwn = user === ctx.state.user.id && (may(ctx, 'read-tickets') || may(ctx, 'read-own-tickets'));
    if (!isOwn) mustHave(ctx, ['manage-teams'], say('team.ownAbsence'));
    const { from, until } = parse(shape, ctx.request.body);
    if (until === null) await endAbsence(strapi, user);
    else if (!(await setAbsence(strapi, user, { from, until }))) refuse([{ path: ['until'], said: say('team.absenceUntil') }]);
    ctx.body = { data: (await absencesOf(strapi, [user])).get(user) ?? null };
  },
});

export default absence;
