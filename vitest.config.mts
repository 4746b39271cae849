import path from 'node:path';
import { defineConfig } from 'vitest/config';

const installed = (file: string) => path.resolve('node_modules', file);
const strapiAdmin = (file: string) => installed(`@strapi/admin/dist/admin/admin/src/${file}.mjs`);

export default defineConfig({
  test: {
    // One file after the other: many of them start servers and a Strapi.
    fileParallelism: false,
    projects: [
      {
        test: {
          name: 'server',
          include: ['tests/**/*.test.ts'],
          globalSetup: ['tests/support/build.ts', 'tests/support/database.ts'],
          // Each file in a process of its own.
          pool: 'forks',
          // Against hanging, and wide enough for a busy machine: no test is a stopwatch.
          hookTimeout: 240_000,
          testTimeout: 180_000,
          env: { STRAPI_TELEMETRY_DISABLED: 'true', NODE_ENV: 'test', LOG_LEVEL: 'error' },
        },
      },
      {
        // Parts of the panel in a DOM. Strapi's panel is made for bundlers: it is bundled once and kept in node_modules/.vite.
        resolve: {
          mainFields: ['module', 'main'],
          alias: [
            { find: /^.*\.css(\?raw)?$/, replacement: path.resolve('tests/admin/support/no-style.mjs') },
            { find: /^tslib$/, replacement: installed('tslib/tslib.es6.js') },
            // What surrounds each page of Strapi's panel and is not exported.
            { find: 'strapi-admin-insides/Auth', replacement: strapiAdmin('features/Auth') },
            { find: 'strapi-admin-insides/StrapiApp', replacement: strapiAdmin('features/StrapiApp') },
            { find: 'strapi-admin-insides/rbac', replacement: strapiAdmin('core/apis/rbac') },
            { find: 'strapi-admin-insides/reducer', replacement: strapiAdmin('reducer') },
          ],
        },
        test: {
          name: 'panel',
          include: ['tests/**/*.test.tsx'],
          environment: 'jsdom',
          pool: 'forks',
          hookTimeout: 240_000,
          testTimeout: 180_000,
          deps: {
            optimizer: {
              client: {
                enabled: true,
                include: [
                  '@dnd-kit/core',
                  '@dnd-kit/sortable',
                  '@reduxjs/toolkit',
                  '@strapi/design-system',
                  '@strapi/icons',
                  '@strapi/icons/symbols',
                  '@strapi/strapi/admin',
                  '@testing-library/react',
                  '@testing-library/user-event',
                  '@tiptap/react',
                  '@tiptap/starter-kit',
                  'react-dom',
                  'react-dom/client',
                  'react-intl',
                  'react-querybuilder',
                  'react-querybuilder/formatQuery',
                  'react-redux',
                  'react-router-dom',
                  'strapi-admin-insides/Auth',
                  'strapi-admin-insides/StrapiApp',
                  'strapi-admin-insides/rbac',
                  'strapi-admin-insides/reducer',
                  'styled-components',
                ],
              },
            },
          },
        },
      },
    ],
  },
});
