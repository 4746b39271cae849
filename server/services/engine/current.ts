import type { Core } from '@strapi/strapi';
import type { Engine } from './types';

/** The engine of a running Strapi, for HTTP, cron and the start. Rooms below ask by due-work.ts. */
const engines = new WeakMap<Core.Strapi, Engine>();

export const useEngine = (strapi: Core.Strapi, engine: Engine): void => void engines.set(strapi, engine);

export function engineOf(strapi: Core.Strapi): Engine {
  const engine = engines.get(strapi);
  if (!engine) throw new Error('The mail scanner has not started yet.');
  return engine;
}
