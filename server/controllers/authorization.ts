import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { authoriseApplication, type AuthorizationRow } from '../services/oauth/access-token';
import { deleteAuthorization, findAuthorization, listAuthorizations, usersOf } from '../services/oauth/authorizations';
import { isProvider, PROVIDER_NAMES, problemsOfSettings, type ProviderName } from '../services/settings/oauth-config';
import { deleteProviderSettings, providerSettings, redirectUriOf, saveProviderSettings } from '../services/oauth/provider-settings';
import { providerOf } from '../services/oauth/providers';
import { failureOf, finishSignIn, startSignIn, VALID_MS } from '../services/oauth/sign-in';
import { OAuthError } from '../services/oauth/types';
import { refuse, conflict } from '../services/platform/refusal';
import { browserOf, markBrowser } from './browser-cookie';
import { limitCalls } from './limit';
import { keptAddress, lineShape, orNotFound, parse, presentAuthorization } from './request';
import { ACCOUNT_USES, CLOUDS } from '../../shared/vocabulary';
import { refusal } from '../services/platform/refusal';
import { schemaSays } from '../services/lib/schema-words';
import { inBoth, say } from '../../shared/sentences/words';
import { LINE_LENGTH } from '../../shared/lengths';

const option = z.string().trim().max(1000).optional();

const providerShape = z.object({
  clientId: lineShape.default(''),
  clientSecret: z.string().trim().max(1000).optional(),
  tenant: option,
  cloud: z.enum(CLOUDS).optional(),
  issuer: option,
  scopes: option,
});

/** A page of the plugin within the panel, without a host: nothing else may be returned to. */
const RETURN_PATH = /^\/settings\/mail-scanner(\/[\w-]+)*$/;
const OVERVIEW = '/settings/mail-scanner/scanners';

const startShape = z.object({
  returnPath: z
    .string()
    .regex(RETURN_PATH, 'The return path must be a page of the plugin’s settings, such as /settings/mail-scanner/scanners.')
    .default(OVERVIEW),
  loginHint: z.string().max(LINE_LENGTH).optional(),
  /** Separated by commas, as a query has them. */
  uses: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(ACCOUNT_USES)).min(1))
    .optional(),
});

const applicationShape = z.object({
  provider: z
    .enum(
      PROVIDER_NAMES.filter((name) => providerOf(name).applicationPermissions.length > 0) as [ProviderName],
      schemaSays('oauth.noApplication'),
    )
    .default('microsoft'),
  username: keptAddress(schemaSays('oauth.mailboxAddress')),
  use: z.enum(ACCOUNT_USES).default('mail'),
});

const authorization = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = {
      data: (await listAuthorizations(strapi)).map(({ usage, ...row }) => ({ ...present(row), createdAt: row.createdAt, usage })),
    };
  },

  /** An application permission: there is nobody to sign in. */
  async create(ctx: Context) {
    const { provider, username, use } = parse(applicationShape, ctx.request.body);
    const row = await orRefused(() => authoriseApplication(strapi, provider, username, use));
    ctx.status = 201;
    ctx.body = { data: present(row) };
  },

  async delete(ctx: Context) {
    const row = await orNotFound(findAuthorization(strapi, ctx.params.id));
    const users = await usersOf(strapi, row.documentId);
    if (users.length > 0) return conflict(ctx, say('oauth.inUse', { users: users.join(', ') }));
    await deleteAuthorization(strapi, row.documentId);
    ctx.body = { data: { documentId: row.documentId } };
  },

  async start(ctx: Context) {
    const request = parse(startShape, ctx.query);
    const provider = providerParam(ctx);
    const browser = markBrowser(ctx, redirectUriOf(strapi, provider), VALID_MS);
    const url = await orRefused(() => startSignIn(strapi, { ...request, provider, adminUser: ctx.state.user.id, browser }));
    ctx.body = { data: { url } };
  },

  async callback(ctx: Context) {
    limitCalls(ctx, 'sign-in', 60);
    const result = await finishSignIn(strapi, ctx.params.provider, new URLSearchParams(ctx.querystring), browserOf(ctx));
    // The address of this page holds the code: it goes nowhere else.
    ctx.set({ 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' });
    // An administrator has consented for all: nobody signed in, and nothing failed.
    if (!result.ok && result.returnPath === null && isConsentForAll(ctx.query)) return ctx.redirect(panelUrl(strapi, OVERVIEW));
    const outcome = result.ok ? `authorization=${result.authorization.documentId}` : `signInFailed=${result.failure}`;
    ctx.redirect(`${panelUrl(strapi, result.returnPath ?? OVERVIEW)}?${outcome}`);
  },

  /** Why a sign-in failed, which the panel says in its own language. */
  async failure(ctx: Context) {
    ctx.body = { data: inBoth('message', await failureOf(strapi, ctx.params.id)) };
  },

  async providers(ctx: Context) {
    ctx.body = { data: await Promise.all(PROVIDER_NAMES.map((name) => presentProvider(strapi, name))) };
  },

  async updateProvider(ctx: Context) {
    const name = await editableProvider(strapi, ctx);
    const { clientSecret, ...settings } = parse(providerShape, ctx.request.body);
    const problems = await saveProviderSettings(strapi, name, withoutEmpty(settings), clientSecret);
    if (problems.length > 0) return refuse(problems.map(({ option, said }) => ({ path: [option], said })));
    ctx.body = { data: await presentProvider(strapi, name) };
  },

  async deleteProvider(ctx: Context) {
    const name = await editableProvider(strapi, ctx);
    await deleteProviderSettings(strapi, name);
    ctx.body = { data: await presentProvider(strapi, name) };
  },
});

/** What Microsoft's link for administrators comes back with. */
const isConsentForAll = ({ admin_consent: consent, error }: Context['query']): boolean =>
  /^true$/i.test(String(consent)) && error === undefined;

export default authorization;

const present = (row: AuthorizationRow) => ({
  ...presentAuthorization(row),
  providerLabel: providerOf(row.provider).label,
});

/** A provider as the settings page shows it: whether there is a secret, never the secret. */
async function presentProvider(strapi: Core.Strapi, name: ProviderName) {
  const { label, permissions, applicationPermissions, graphPermissions = [], options, required, mailServers } = providerOf(name);
  const found = await providerSettings(strapi, name);
  const { clientId = '', tenant = null, cloud = null, issuer = null, scopes = null, clientSecret, certificate } = found?.settings ?? {};
  return {
    provider: name,
    label,
    configured: found !== null && problemsOfSettings(name, found.settings).length === 0,
    managedByConfig: found?.managedByConfig ?? false,
    clientId,
    hasSecret: Boolean(clientSecret),
    hasCertificate: certificate !== undefined,
    tenant,
    cloud,
    issuer,
    scopes,
    options,
    required,
    redirectUri: redirectUriOf(strapi, name),
    permissions,
    applicationPermissions,
    graphPermissions,
    mailServers,
  };
}

function providerParam(ctx: Context): ProviderName {
  const { provider } = ctx.params;
  if (!isProvider(provider)) throw new errors.NotFoundError(`There is no provider "${provider}". There are ${PROVIDER_NAMES.join(', ')}.`);
  return provider;
}

async function editableProvider(strapi: Core.Strapi, ctx: Context): Promise<ProviderName> {
  const name = providerParam(ctx);
  if ((await providerSettings(strapi, name))?.managedByConfig)
    return conflict(ctx, say('oauth.inConfig', { provider: providerOf(name).label }));
  return name;
}

/** What the form leaves empty is not set. */
const withoutEmpty = <T extends object>(settings: T): T =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== '' && value !== undefined)) as T;

async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof OAuthError ? refusal(errors.ApplicationError, error.said, { remedy: error.remedy }) : error;
  }
}

// ---- The way back

const panelUrl = (strapi: Core.Strapi, path: string): string => String(strapi.config.get('admin.absoluteUrl')).replace(/\/+$/, '') + path;
