import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { engineOf } from '../services/engine/current';
import { scannerNames } from '../services/scanner/scanners';
import { refusal } from '../services/platform/refusal';
import { say } from '../../shared/sentences/words';

const deadLetter = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const letters = await engineOf(strapi).deadLetters();
    const scanners = await scannerNames(strapi);
    ctx.body = {
      data: letters.map(({ scanner, ...letter }) => ({
        ...letter,
        scanner: scanners.find(({ documentId }) => documentId === scanner) ?? null,
      })),
    };
  },

  async retry(ctx: Context) {
    const { id } = ctx.params;
    if (!(await engineOf(strapi).retry(id))) throw refusal(errors.NotFoundError, say('engine.worked'));
    ctx.body = { data: { id } };
  },
});

export default deadLetter;
