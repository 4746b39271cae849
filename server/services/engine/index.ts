import type { Core } from '@strapi/strapi';
import { pluginConfig, type EngineName } from '../settings/config';
import { registerDueWork } from '../due-work';
import { useEngine } from './current';
import { databaseEngine } from './database';
import { pgBossEngine } from './pg-boss';
import type { Engine } from './types';

const ENGINES: Record<EngineName, (strapi: Core.Strapi) => Engine> = {
  database: databaseEngine,
  'pg-boss': pgBossEngine,
};

/** Starts the engine that the configuration names. It hands work out, but takes none on yet. */
export async function startEngine(strapi: Core.Strapi): Promise<void> {
  const engine = ENGINES[pluginConfig(strapi).engine](strapi);
  await engine.start(false);
  useEngine(strapi, engine);
  registerDueWork(strapi, engine);
}
