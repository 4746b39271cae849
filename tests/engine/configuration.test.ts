import { expect, test } from 'vitest';
import { configDefaults, validateConfig } from '../../server/services/settings/config';
import { startStrapi } from '../support/strapi';

test('an engine that does not exist is refused by its name', () => {
  expect(() => validateConfig({ ...configDefaults(), engine: 'redis' as never })).toThrow('engine must be "database" or "pg-boss"');
  expect(() => validateConfig({ ...configDefaults(), engine: 'pg-boss' })).not.toThrow();
});

test('with the engine pg-boss, Strapi does not start on another database and says what to do', async () => {
  const env = { DATABASE_CLIENT: 'sqlite', MAIL_SCANNER_ENGINE: 'pg-boss' };
  await expect(startStrapi({ env })).rejects.toThrow('needs Strapi on PostgreSQL. Use the engine "database"');
});
