import { hasMariadb, startMariadb } from '../tests/support/mariadb';
import { hasPostgres, startPostgres } from '../tests/support/postgres';

interface Server {
  env: Record<string, string>;
  stop(): unknown;
}

const DATABASES: Record<string, { name: string; isThere(): boolean; start(): Promise<Server> }> = {
  sqlite: { name: 'SQLite', isThere: () => true, start: async () => ({ env: {}, stop: () => {} }) },
  postgres: { name: 'PostgreSQL', isThere: hasPostgres, start: startPostgres },
  mariadb: { name: 'MariaDB', isThere: hasMariadb, start: startMariadb },
};

/**
 * Measures each database that is installed, one after the other; `BENCH_DATABASES=postgres,mariadb` those alone. `measure` gets what a Strapi
 * is told of it. Resolves with what was measured, by sqlite, postgres and mariadb.
 */
export async function onEachDatabase<T>(measure: (name: string, env: Record<string, string>) => Promise<T>): Promise<Record<string, T>> {
  const results: Record<string, T> = {};
  for (const key of process.env.BENCH_DATABASES?.split(',') ?? Object.keys(DATABASES)) {
    const { name, isThere, start } = DATABASES[key];
    if (!isThere()) continue;
    const { env, stop } = await start();
    try {
      results[key] = await measure(name, env);
    } finally {
      await stop();
    }
  }
  return results;
}
