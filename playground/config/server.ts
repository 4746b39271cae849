export default ({ env }: any) => ({
  host: env('HOST', '127.0.0.1'),
  port: env.int('PORT', 1337),
  app: { keys: env.array('APP_KEYS', ['demoKeyA', 'demoKeyB']) },
  logger: {
    updates: { enabled: false },
    startup: { enabled: env.bool('STARTUP_BANNER', env('NODE_ENV') !== 'test') },
    config: { level: env('LOG_LEVEL', 'http') },
  },
});
