import type { Core } from '@strapi/strapi';
import { whenNews } from '../helpdesk/news';
import { soon, type Soon } from '../lib/soon';
import { log } from '../log';
import { plainWords } from '../storage/failure';
import { spreadNews } from './spread';

/** How long news are gathered: those of one request, and of the batches of a scan. */
const GATHER_MS = 200;

const telling = new WeakMap<Core.Strapi, Soon>();

/** From now on people are told of what this process commits, a moment later. What a process that is gone has left is told by `spreadNews` of the schedule. */
export function startTelling(strapi: Core.Strapi): void {
  const spreading = soon(async () => {
    try {
      await spreadNews(strapi);
    } catch (error) {
      log(strapi, 'warn', 'People could not be told yet what has happened', { reason: plainWords(error) });
    }
  }, GATHER_MS);
  telling.set(strapi, spreading);
  whenNews(strapi, spreading.ask);
}

/** Resolves when nothing is being told any more. The rest is in the database. */
export const stopTelling = async (strapi: Core.Strapi): Promise<void> => telling.get(strapi)?.stop();
