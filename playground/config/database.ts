import path from 'path';

export default ({ env }: any) => {
  const client = env('DATABASE_CLIENT', 'sqlite');
  if (client !== 'sqlite') {
    return {
      connection: {
        client,
        connection: {
          host: env('DATABASE_HOST', '127.0.0.1'),
          port: env.int('DATABASE_PORT', client === 'postgres' ? 5432 : 3306),
          database: env('DATABASE_NAME', 'strapi'),
          user: env('DATABASE_USERNAME', 'strapi'),
          password: env('DATABASE_PASSWORD', 'strapi'),
          // As create-strapi-app sets PostgreSQL up. An empty one leaves it to the server's search_path.
          ...(client === 'postgres' ? { schema: env('DATABASE_SCHEMA', 'public') || undefined } : {}),
        },
        pool: { min: 0, max: env.int('DATABASE_POOL_MAX', 10) },
        acquireConnectionTimeout: env.int('DATABASE_ACQUIRE_TIMEOUT_MS', 60_000),
      },
    };
  }
  return {
    connection: {
      client,
      connection: { filename: path.resolve(__dirname, '..', '..', env('DATABASE_FILENAME', '.tmp/data.db')) },
      useNullAsDefault: true,
      acquireConnectionTimeout: env.int('DATABASE_ACQUIRE_TIMEOUT_MS', 60_000),
      pool: {
        min: 1,
        max: env.int('DATABASE_POOL_MAX', 1),
        // A write-ahead log: a commit waits for the disk once instead of three times, and is as durable (synchronous FULL).
        afterCreate(connection: any, done: (error: Error | null, connection: any) => void) {
          connection.pragma('journal_mode = WAL');
          connection.pragma('synchronous = FULL');
          done(null, connection);
        },
      },
    },
  };
};
