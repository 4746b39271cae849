import type { Core } from '@strapi/strapi';
import { whenNews } from '../helpdesk/news';
import { log } from '../log';
import { plainWords } from '../storage/failure';
import { spreadNews } from './spread';

/** So long news are gathered: those of one request, and of the batches of a scan. */
const GATHER_MS = 200;

interface Spreading {
  timer: NodeJS.Timeout | null;
  running: Promise<void>;
}

const spreading = new WeakMap<Core.Strapi, Spreading>();

/** From now on people are told of what this process commits, a moment later. What a process that is gone has left is told by `spreadNews` of the schedule. */
export function startTelling(strapi: Core.Strapi): void {
  const state: Spreading = { timer: null, running: Promise.resolve() };
  spreading.set(strapi, state);
  const spread = () => {
    state.timer = null;
    state.running = state.running
      .then(() => spreadNews(strapi))
      .then(() => {})
      .catch((error) => log(strapi, 'warn', 'People could not be told yet what has happened', { reason: plainWords(error) }));
  };
  whenNews(strapi, () => {
    state.timer ??= setTimeout(spread, GATHER_MS);
    state.timer.unref();
  });
}

/** Resolves when nothing is being told any more. The rest is in the database. */
export async function stopTelling(strapi: Core.Strapi): Promise<void> {
  whenNews(strapi, () => {});
  const state = spreading.get(strapi);
  if (state?.timer) clearTimeout(state.timer);
  await state?.running;
}
