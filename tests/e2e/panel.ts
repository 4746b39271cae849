import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { browserPath, openWindow } from '../../scripts/browser.mjs';
import { freePort } from '../support/mail-server';

const root = path.resolve(__dirname, '../..');

/** Whether there is a browser to test in. Tests that need it skip without, and say so in one line. */
export function hasChromium(): boolean {
  if (!browserPath && !told) console.log('Chromium is not installed (apt-get install chromium): the tests in a browser are skipped.');
  told = true;
  return browserPath !== undefined;
}
let told = false;

const PASSWORD = 'Passw0rd!test';
const ADMIN = { email: 'admin@example.com', password: PASSWORD, firstname: 'Ada', lastname: 'Admin' };
/** For whoever wants to see what a test saw. Those of the docs are taken of the demo (scripts/screenshots.mjs). */
const screenshots = path.join(root, '.tmp/screenshots');

export interface User {
  email: string;
  password: string;
}

export interface Panel {
  base: string;
  browser: Browser;
  admin: User;
  /** A call to the admin API as super admin; resolves with `data`. */
  api<T = any>(method: string, url: string, body?: unknown): Promise<T>;
  /** The same for Strapi's own API. */
  admins<T = any>(method: string, url: string, body?: unknown): Promise<T>;
  status(user: User, url: string): Promise<number>;
  /** A page of a browser of its own, signed in as this user. */
  open(user: User, options?: { width?: number; height?: number; theme?: 'light' | 'dark'; locale?: string }): Promise<Page>;
  /** A user whose role has these permissions of the plugin and no others. */
  addUser(name: string, permissions: string[]): Promise<User>;
  stop(): Promise<void>;
}

/** A browser without a Strapi. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: browserPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });

/** A Strapi as a site runs it (`strapi start`, the built admin panel) on a new database, and a browser. `settings` go into its environment. */
export async function startPanel(settings: Record<string, string> = {}): Promise<Panel> {
  const build = "import { buildPlugin, buildPlayground } from './scripts/prepare.mjs'; await buildPlugin(); await buildPlayground();";
  execFileSync(process.execPath, ['--input-type=module', '-e', build], { cwd: root, stdio: 'inherit' });

  const folder = mkdtempSync(path.join(tmpdir(), 'mail-scanner-panel-'));
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_FILENAME: path.join(folder, 'test.db'),
    MAIL_SCANNER_PRIVATE_FOLDER: path.join(folder, 'private'),
    MAIL_SCANNER_SCHEDULE: 'false',
    ADMIN_RATE_LIMIT: 'false',
    STARTUP_BANNER: 'false',
    LOG_LEVEL: 'error',
    ...settings,
  };
  const strapi = spawn(process.execPath, [path.join(root, 'node_modules/@strapi/strapi/bin/strapi.js'), 'start'], {
    cwd: path.join(root, 'playground'),
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const base = `http://127.0.0.1:${port}`;
  await healthy(base, strapi);
  await call(base, null, 'POST', '/admin/register-admin', ADMIN);
  const browser = await launchChromium();

  const tokens = new Map<string, string>();
  const tokenOf = async ({ email, password }: User): Promise<string> => {
    if (!tokens.has(email)) {
      const { token, accessToken } = await call(base, null, 'POST', '/admin/login', { email, password });
      tokens.set(email, token ?? accessToken);
    }
    return tokens.get(email)!;
  };
  const contexts: BrowserContext[] = [];
  const asAdmin = async <T>(method: string, url: string, body?: unknown) => call<T>(base, await tokenOf(ADMIN), method, url, body);

  return {
    base,
    browser,
    admin: ADMIN,
    api: (method, url, body) => asAdmin(method, `/mail-scanner${url}`, body),
    admins: asAdmin,
    status: async (user, url) =>
      (await fetch(`${base}/mail-scanner${url}`, { headers: { authorization: `Bearer ${await tokenOf(user)}` } })).status,
    async open(user, { width = 1280, height = 900, theme, locale } = {}) {
      const context = await openWindow(browser, await tokenOf(user), { width, height, theme, locale });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      return page;
    },
    async addUser(name, permissions) {
      const role = await asAdmin<{ id: number }>('POST', '/admin/roles', { name, description: name });
      const granted = permissions.map((uid) => ({ action: `plugin::mail-scanner.${uid}`, subject: null, conditions: [], properties: {} }));
      await asAdmin('PUT', `/admin/roles/${role.id}/permissions`, { permissions: granted });
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
      const user = await asAdmin<{ id: number }>('POST', '/admin/users', { email, firstname: name, lastname: 'Tester', roles: [role.id] });
      await asAdmin('PUT', `/admin/users/${user.id}`, { password: PASSWORD, isActive: true });
      return { email, password: PASSWORD };
    },
    async stop() {
      for (const context of contexts) await context.close();
      await browser.close();
      const ended = new Promise((resolve) => strapi.once('exit', resolve));
      strapi.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens a page of the plugin's settings and waits until it has loaded. */
export async function visit(page: Page, base: string, place: string): Promise<void> {
  await page.goto(`${base}/admin/settings/mail-scanner/${place}`);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
}

/** Without the mouse on a button and without a notification: both would be in the picture by chance. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    const outside = [...document.querySelectorAll('button')].filter(
      (button) => button.textContent === 'Close' && !button.closest('[role=dialog], [role=alertdialog]'),
    );
    outside.forEach((button) => button.click());
  });
  await page.waitForTimeout(300);
  await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core calls a serious or critical violation on the page, in one line each. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.mouse.move(0, 0);
  // What fades in is pale on the way.
  await page.waitForTimeout(500);
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (window as any).axe.run(document);
    return violations
      .filter(({ impact }: { impact: string }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      );
  });
}

async function call<T = any>(base: string, token: string | null, method: string, url: string, body?: unknown): Promise<T> {
  const response = await fetch(base + url, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return JSON.parse(text).data;
}

async function healthy(base: string, strapi: ChildProcess): Promise<void> {
  const deadline = Date.now() + 180_000;
  while (Date.now() < deadline) {
    if (strapi.exitCode !== null) throw new Error(`Strapi ended with code ${strapi.exitCode}.`);
    const answer = await fetch(`${base}/_health`).catch(() => null);
    if (answer?.status === 204) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('Strapi did not start within three minutes.');
}
