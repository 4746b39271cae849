import { chromium } from 'playwright-core';
import { browserPath } from '../browser.mjs';

/** The panel in a browser: with two copies of what it shares with Strapi's own, its pages fail. */

export const hasBrowser = (): boolean => browserPath !== undefined;

/** Opens the helpdesk as who has this token, and waits until a ticket is listed. */
export async function panelShows(base: string, token: string, title: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  try {
    const context = await browser.newContext({ locale: 'en-US' });
    await context.addInitScript((value) => localStorage.setItem('jwtToken', value), JSON.stringify(token));
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${base}/admin/plugins/mail-scanner?view=all`, { timeout: 300_000 });
    await page
      .getByText(title)
      .first()
      .waitFor({ timeout: 300_000 })
      .catch(async () => {
        throw new Error(`The panel does not show it: ${errors.join('; ') || (await page.locator('body').innerText()).slice(0, 500)}`);
      });
  } finally {
    await browser.close();
  }
}
