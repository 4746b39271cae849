import os from 'node:os';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import type { ReachPolicy } from '../network/reach';
import type { StorageConfig } from '../storage/config';
import { problemOfOAuthConfig, type OAuthConfig } from './oauth-config';

/** What says when things run: see services/engine. */
const ENGINE_NAMES = ['database', 'pg-boss'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** What a site may set in config/plugins under `mail-scanner`. Everything else is set in the admin panel. */
export interface PluginConfig extends ReachPolicy, StorageConfig {
  /** False: nothing runs by itself on this instance, neither scans nor deliveries. They still run when asked to. */
  schedule: boolean;
  /** `pg-boss` hands scans and deliveries to the queue of that name, in the PostgreSQL that Strapi uses. */
  engine: EngineName;
  /** Threads that parse messages. */
  parsers: number;
  /** For a monitoring system: `/mail-scanner/health` and, where `metrics` is true, `/mail-scanner/metrics`, for those who have the token. */
  monitoring: { token: string; metrics: boolean };
  /** Applications registered at OAuth providers, for sites that keep them out of the panel. */
  oauth: OAuthConfig;
  /** Strapi's encryption keys before the present one: what they encrypted is encrypted again at the start. */
  previousEncryptionKeys: string[];
}

/** As many that nobody guesses them, asking a thousand times a second. */
const MIN_TOKEN_LENGTH = 20;

export const configDefaults = (): PluginConfig => ({
  schedule: true,
  engine: 'database',
  leaseSeconds: 30,
  privateFolder: path.join('private', 'mail-scanner'),
  parsers: Math.max(1, Math.min(4, os.availableParallelism() - 1)),
  monitoring: { token: '', metrics: false },
  oauth: {},
  previousEncryptionKeys: [],
  allowedHosts: null,
  allowPrivateAddresses: true,
});

/** Throws, naming the option, so that Strapi does not start with a configuration that was meant otherwise. */
export function validateConfig(config: PluginConfig): void {
  const require = (valid: boolean, message: string) => {
    if (!valid) throw new Error(`config/plugins, mail-scanner: ${message}`);
  };
  require(typeof config.schedule === 'boolean', 'schedule must be true or false.');
  require(ENGINE_NAMES.includes(config.engine), `engine must be ${ENGINE_NAMES.map((name) => `"${name}"`).join(' or ')}.`);
  require(Number.isInteger(config.leaseSeconds) && config.leaseSeconds >= 2, 'leaseSeconds must be a whole number of 2 or more.');
  require(typeof config.privateFolder === 'string' && config.privateFolder !== '', 'privateFolder must be a path.');
  require(!path.normalize(config.privateFolder).split(path.sep).includes('public'), 'privateFolder must not lie in a public folder.');
  require(Number.isInteger(config.parsers) && config.parsers >= 1, 'parsers must be a whole number of 1 or more.');
  require(isTextList(config.previousEncryptionKeys), 'previousEncryptionKeys must be a list of keys.');
  require(isHostList(
    config.allowedHosts,
  ), 'allowedHosts must be null or a list of host names, such as ["imap.example.com", "*.example.org"].');
  require(typeof config.allowPrivateAddresses === 'boolean', 'allowPrivateAddresses must be true or false.');
  const { token, metrics } = config.monitoring;
  require(typeof token === 'string' &&
    (token === '' ||
      token.length >= MIN_TOKEN_LENGTH), `monitoring.token must be '' (nobody may ask) or at least ${MIN_TOKEN_LENGTH} random characters.`);
  require(typeof metrics === 'boolean' &&
    (!metrics || token !== ''), 'monitoring.metrics must be true or false, and needs a monitoring.token.');
  const problem = problemOfOAuthConfig(config.oauth);
  require(problem === null, problem ?? '');
}

const isTextList = (value: unknown): value is string[] => Array.isArray(value) && value.every((text) => typeof text === 'string');

const isHostList = (value: unknown): boolean =>
  value === null || (isTextList(value) && value.every((host) => /^(\*\.)?[^\s*/]+$/.test(host)));

export function pluginConfig(strapi: Core.Strapi): PluginConfig {
  return strapi.config.get('plugin::mail-scanner') as unknown as PluginConfig;
}
