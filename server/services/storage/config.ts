import type { Core } from '@strapi/strapi';

/** The part of the plugin's configuration that this room reads. settings/config.ts checks it and has its defaults. */
export interface StorageConfig {
  /** How long a scanner stays taken after the instance that scanned it died. */
  leaseSeconds: number;
  /** Where attachments and kept sources lie. Never below `public`. */
  privateFolder: string;
}

export const storageConfig = (strapi: Core.Strapi): StorageConfig => strapi.config.get('plugin::mail-scanner') as unknown as StorageConfig;
