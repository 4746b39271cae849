import type { Core } from '@strapi/strapi';
import { pluginConfig, type EngineName } from '../settings/config';
import { useEngine } from './current';
import { databaseEngine } from './database';
import { pgBossEngine } from './pg-boss';
import type { Engine } from './types';

const ENGINES: Record<EngineName, (strapi: Core.Strapi) => Engine> = {
  database: databaseEngine,
  'pg-boss': pgBossEngine,
};

/** Starts the engine that the configuration names. An instance without a schedule hands work out, but takes none on. */
export async function startEngine(strapi: Core.Strapi): Promise<void> {
  const { engine: name, schedule } = pluginConfig(strapi);
  const engine = ENGINES[name](strapi);
  await engine.start(schedule);
  useEngine(strapi, engine);
}
