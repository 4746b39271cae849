import { existsSync } from 'node:fs';

/** Strapi's panel in Chromium, for the browser tests and for the pictures of the README. */

/** Undefined where it is not installed. */
export const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => existsSync(file));

/** A window of its own, signed in by this token, without what Strapi shows to those who are new. */
export async function openWindow(browser, token, { width, height, theme = 'light', locale = 'en' }) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'en-US', timezoneId: 'UTC' });
  const remembered = {
    jwtToken: JSON.stringify(token),
    STRAPI_THEME: theme,
    'strapi-admin-language': locale,
    STRAPI_GUIDED_TOUR: JSON.stringify({ tours: {}, enabled: false, hidden: true, completedActions: [] }),
    'STRAPI_MEDIA_LIBRARY_BANNER_DISMISSED_FOR_false:false': 'true',
  };
  await context.addInitScript((items) => Object.entries(items).forEach(([key, value]) => localStorage.setItem(key, value)), remembered);
  return context;
}
