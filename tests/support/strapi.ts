import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { databaseOf } from './database';

// Node cannot load the ESM build of @strapi/strapi (a directory import of lodash): always by require.
const requireCjs = createRequire(path.join(process.cwd(), 'package.json'));

export const appDir = path.resolve(process.cwd(), 'playground');

export interface TestStrapi {
  strapi: Core.Strapi;
  base: string;
  /** A call to the admin API as super admin; resolves with `data` and throws with the error's message. */
  api<T = any>(method: string, path: string, body?: unknown): Promise<T>;
  /** The same without judging the answer. */
  request(
    method: string,
    path: string,
    body?: unknown,
    token?: string | null,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Headers; body: any }>;
  folder: string;
  stop(): Promise<void>;
}

export interface StrapiOptions {
  /** A folder of an earlier one, to go on with its database. */
  folder?: string;
  env?: Record<string, string>;
  /** The compiled app in place of the playground's, such as a copy with an extension. */
  distDir?: string;
}

/** A real Strapi on a database of its own (see database.ts), with what the playground configures. It listens nowhere. */
export async function loadStrapi({ folder: known, env = {}, distDir = path.join(appDir, 'dist') }: StrapiOptions = {}): Promise<{
  strapi: Core.Strapi;
  folder: string;
  stop(): Promise<void>;
}> {
  const folder = known ?? mkdtempSync(path.join(tmpdir(), 'mail-scanner-'));
  Object.assign(process.env, {
    DATABASE_CLIENT: 'sqlite',
    DATABASE_SCHEMA: 'public',
    DATABASE_FILENAME: path.join(folder, 'test.db'),
    ...(env.DATABASE_CLIENT ? {} : await databaseOf(folder, known === undefined)),
    MAIL_SCANNER_PRIVATE_FOLDER: path.join(folder, 'private'),
    MAIL_SCANNER_SCHEDULE: 'false',
    MAIL_SCANNER_LEASE_SECONDS: '3',
    ADMIN_RATE_LIMIT: 'false',
    ...env,
  });
  const { createStrapi } = requireCjs('@strapi/strapi') as typeof import('@strapi/strapi');
  const strapi = await createStrapi({ appDir, distDir, autoReload: false, serveAdminPanel: false }).load();
  return { strapi, folder, stop: () => stopStrapi(strapi) };
}

/** The same with the plugin, listening on a free port. */
export async function startStrapi(options: StrapiOptions = {}): Promise<TestStrapi> {
  const { strapi, folder, stop } = await loadStrapi(options);
  if (!strapi.plugin('mail-scanner')) throw new Error('The plugin is not there: its server half was not built.');
  await new Promise<void>((resolve, reject) => {
    strapi.server.httpServer.once('error', reject);
    strapi.server.listen(0, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${(strapi.server.httpServer.address() as AddressInfo).port}`;
  const request = async (
    method: string,
    url: string,
    body?: unknown,
    token: string | null = superToken,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(
      `${base}${url.startsWith('/admin/') || url.startsWith('/api/') || url.startsWith('/content-manager/') ? url : `/mail-scanner${url}`}`,
      {
        method,
        redirect: 'manual',
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      },
    );
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
    };
  };
  const superToken = await login(strapi, request);
  return {
    strapi,
    base,
    folder,
    request,
    async api(method, url, body) {
      const answer = await request(method, url, body);
      if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body?.error ?? answer.body)}`);
      return answer.body.data;
    },
    stop,
  };
}

const ADMIN = { email: 'admin@example.com', password: 'Passw0rd!test', firstname: 'Ada', lastname: 'Admin' };

async function login(strapi: Core.Strapi, request: TestStrapi['request']): Promise<string> {
  if ((await strapi.db.query('admin::user').count({ where: { email: ADMIN.email } })) === 0) {
    const role = await strapi.service('admin::role')!.getSuperAdmin();
    await strapi.service('admin::user')!.create({ ...ADMIN, isActive: true, registrationToken: null, roles: [role.id] });
  }
  const { status, body } = await request('POST', '/admin/login', { email: ADMIN.email, password: ADMIN.password }, null);
  if (status !== 200) throw new Error(`The administrator could not log in: ${JSON.stringify(body)}`);
  return body.data.token ?? body.data.accessToken;
}

/** Strapi's destroy() ends with process.removeAllListeners(), which would cut off the test runner's own. */
async function stopStrapi(strapi: Core.Strapi): Promise<void> {
  const { removeAllListeners } = process;
  process.removeAllListeners = () => process;
  try {
    await strapi.destroy();
  } finally {
    process.removeAllListeners = removeAllListeners;
  }
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
