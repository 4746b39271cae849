import type { Core } from '@strapi/strapi';
import { deliverDue } from '../outgoing/deliver-due';
import { scanDue } from '../scanner/schedule';
import type { Engine } from './types';

/** The engine that needs nothing but the database: every instance looks at each beat for what is due, and does what it gets the lease of. */
export const databaseEngine = (strapi: Core.Strapi): Engine => ({
  start: async () => {},
  stop: async () => {},
  scanDue: () => scanDue(strapi),
  deliverDue: () => deliverDue(strapi),
  // A scanner that fails says so itself, a delivery too; both are tried again in time.
  deadLetters: async () => [],
  retry: async () => false,
});
