import type { Core } from '@strapi/strapi';
import type { Engine } from './types';

/** The engine of a running Strapi, for whoever has something for it to do. Knows no engine itself, so that all rooms may ask. */
const engines = new WeakMap<Core.Strapi, Engine>();

export const useEngine = (strapi: Core.Strapi, engine: Engine): void => void engines.set(strapi, engine);

export function engineOf(strapi: Core.Strapi): Engine {
  const engine = engines.get(strapi);
  if (!engine) throw new Error('The mail scanner has not started yet.');
  return engine;
}
