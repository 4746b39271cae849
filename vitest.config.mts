import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/support/build.ts', 'tests/support/database.ts'],
    // Each file in a process of its own, one after the other: many of them start servers and a Strapi.
    pool: 'forks',
    fileParallelism: false,
    // Against hanging, and wide enough for a busy machine: no test is a stopwatch.
    hookTimeout: 240_000,
    testTimeout: 180_000,
    env: { STRAPI_TELEMETRY_DISABLED: 'true', NODE_ENV: 'test', LOG_LEVEL: 'error' },
  },
});
