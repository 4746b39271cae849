import type { Browser, BrowserContext } from 'playwright-core';

export const browserPath: string | undefined;

export interface WindowOptions {
  width: number;
  height: number;
  theme?: 'light' | 'dark';
  locale?: string;
}

export function openWindow(browser: Browser, token: string, options: WindowOptions): Promise<BrowserContext>;
