import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { ServiceLevels } from '../../shared/api/service-levels';
import { PRIORITIES } from '../../shared/vocabulary';
import { schemaSays } from '../services/lib/schema-words';
import { isTimeZone } from '../services/outgoing/speech';
import { getServiceLevels } from '../services/settings/settings';
import { saveServiceLevels } from '../services/times/levels';
import { numberOrNone, parse, wholeNumber } from './request';

const time = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, schemaSays('levels.time'));
const span = z.strictObject({ from: time, to: time }).refine(({ from, to }) => from < to, schemaSays('levels.order'));
const day = z
  .array(span)
  .max(6)
  .refine((spans) => spans.every(({ from }, index) => index === 0 || from >= spans[index - 1].to), schemaSays('levels.overlap'));

const isDate = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

const minutes = numberOrNone(1, 525_600).default(null);

const target = z.strictObject({ firstResponse: minutes, resolution: minutes });

const shape = z
  .object({
    countsBusinessHours: z.boolean(),
    hours: z.strictObject({
      timeZone: z.string().trim().refine(isTimeZone, schemaSays('form.timeZone')),
      days: z.array(day).length(7),
      holidays: z
        .array(z.strictObject({ date: z.string().refine(isDate, schemaSays('levels.date')), name: z.string().trim().max(100) }))
        .max(400),
    }),
    targets: z.strictObject(Object.fromEntries(PRIORITIES.map((priority) => [priority, target]))),
    waitingPauses: z.boolean(),
    dueSoonMinutes: wholeNumber(1, 10_080),
  })
  .refine(({ countsBusinessHours, hours }) => !countsBusinessHours || hours.days.some((spans) => spans.length > 0), {
    path: ['hours', 'days'],
    message: schemaSays('levels.noHours'),
  });

/** Business hours, and how fast the team wants to answer. */
const serviceLevels = ({ strapi }: { strapi: Core.Strapi }) => ({
  async get(ctx: Context) {
    ctx.body = { data: await getServiceLevels(strapi) };
  },

  /** Whatever is due by them is measured again. */
  async update(ctx: Context) {
    const saved = await saveServiceLevels(
      strapi,
      (before) => parse(shape, { ...before, ...(ctx.request.body as object) }) as unknown as ServiceLevels,
    );
    ctx.body = { data: saved };
  },
});

export default serviceLevels;
