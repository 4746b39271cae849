import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addScanner } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { VECTORS } from './hostile-vectors';
import { hasChromium, screenshot, startPanel, type Panel } from './panel';

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** One conversation, each vector an email of its own: what one leaves open swallows no other. */
function hostileMails(): string[] {
  return Object.entries(VECTORS).map(([name, html], index) =>
    [
      'From: Jane Doe <jane@customer.test>',
      'To: support@example.com',
      `Subject: ${index === 0 ? '' : 'Re: '}Hostile mail`,
      `Message-ID: <vector-${index}@customer.test>`,
      ...(index === 0 ? [] : ['In-Reply-To: <vector-0@customer.test>', 'References: <vector-0@customer.test>']),
      `Date: ${new Date(Date.UTC(2026, 10, 24, 8, index)).toUTCString()}`,
      'MIME-Version: 1.0',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(`<p>Vector ${index}, ${name}</p>${html}`).toString('base64').replace(/.{76}/g, '$&\r\n'),
    ].join('\r\n'),
  );
}

const PICTURES = [
  'From: News <news@shop.test>',
  'To: support@example.com',
  'Subject: Pictures from elsewhere',
  'Message-ID: <pictures@shop.test>',
  'Date: Tue, 24 Nov 2026 12:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Our spring collection</p><img src="http://tracker.internet.test/pixel.gif?who=jane&amp;n=1" alt="spring" width="120" height="60"><img src="http://127.0.0.1/admin" alt="inside">',
].join('\r\n');

describe.skipIf(!hasChromium())('HTML of strangers in the panel', () => {
  let panel: Panel;
  let server: TestMailServer;
  let internet: Server;
  let page: Page;
  const asked: IncomingMessage[] = [];
  const requests: string[] = [];
  const surprises: string[] = [];

  beforeAll(async () => {
    internet = createServer((request, response) => {
      asked.push(request);
      response.writeHead(200, { 'content-type': 'image/gif', 'set-cookie': 'tracked=1' }).end(GIF);
    });
    await new Promise<void>((resolve) => internet.listen(0, '127.0.0.1', resolve));
    server = await startHoodiecrow();
    panel = await startPanel({
      NODE_OPTIONS: `--require ${path.resolve(__dirname, '../support/fake-internet.cjs')}`,
      FAKE_INTERNET_PORT: String((internet.address() as AddressInfo).port),
    });
    const scanner = await addScanner(panel, server);
    await panel.api('PUT', `/scanners/${scanner.documentId}`, { scanFrom: '2020-01-01T00:00:00.000Z' });
    await server.appendAll('INBOX', [...hostileMails(), PICTURES]);
    const { error, byOutcome } = await panel.api('POST', `/scanners/${scanner.documentId}/run`);
    expect([error, byOutcome.processed]).toEqual([null, Object.keys(VECTORS).length + 1]);
    page = await panel.open(panel.admin);
    page.on('request', (request) => requests.push(request.url()));
    page.on('dialog', (dialog) => (surprises.push(`dialog ${dialog.message()}`), void dialog.dismiss()));
    page.on('pageerror', (error) => surprises.push(String(error)));
    page.on('download', (download) => surprises.push(`download ${download.url()}`));
  }, 400_000);

  afterAll(async () => {
    await panel?.stop();
    await server?.stop();
    internet?.close();
  });

  const openTicket = async (title: string) => {
    await page.goto(`${panel.base}/admin/plugins/mail-scanner?view=all`);
    await page.getByRole('link', { name: title }).click();
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
  };
  const fromOutside = () => requests.filter((url) => !url.startsWith(panel.base) && !/^(data|blob|about):/.test(url));
  const mailFrames = (): Frame[] => page.frames().filter((frame) => frame !== page.mainFrame());

  test(`${Object.keys(VECTORS).length} ways to run code run nothing, load nothing and leave nothing behind`, async () => {
    expect(Object.keys(VECTORS).length).toBeGreaterThanOrEqual(40);
    await openTicket('Hostile mail');
    // First those that are put away, then the pages before them.
    const earlier = page.getByRole('button', { name: /^Show \d+ earlier messages$/ });
    const shown = async () => {
      // It goes away when the last page has come, perhaps just now.
      if ((await earlier.count()) > 0) await earlier.click({ timeout: 2_000 }).catch(() => {});
      return page.getByRole('article').count();
    };
    await expect.poll(shown, { timeout: 60_000 }).toBeGreaterThanOrEqual(Object.keys(VECTORS).length);
    const closed = page
      .getByRole('article')
      .getByRole('button', { expanded: false })
      .filter({ has: page.locator('time') });
    while ((await closed.count()) > 0) await closed.first().click();
    await page.waitForFunction((count) => document.querySelectorAll('article iframe').length === count, Object.keys(VECTORS).length);
    await page.waitForTimeout(1_500);

    const left = await Promise.all(
      mailFrames().map((frame) =>
        frame.evaluate(() => {
          const forbidden =
            'script, iframe, frame, object, embed, applet, portal, form, input, button, textarea, select, svg, math, link, template, dialog, video, audio, source, area, body style, body meta, body base, [srcset], [ping], [popover], [autofocus], [style*="url("], [style*="position"], [style*="transform"], a:not([target="_blank"])';
          const elements = [...document.querySelectorAll('*')];
          const handlers = elements.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on')));
          const addresses = elements
            .flatMap((element) => ['href', 'src', 'action', 'data'].map((name) => element.getAttribute(name) ?? ''))
            .filter((value) => value && !/^(https?:|mailto:|tel:|blob:|data:image\/(png|jpe?g|gif|webp);)/i.test(value));
          return [...[...document.querySelectorAll(forbidden)].map(({ outerHTML }) => outerHTML.slice(0, 100)), ...handlers, ...addresses];
        }),
      ),
    );
    expect(left.flat()).toEqual([]);
    expect(mailFrames()).toHaveLength(Object.keys(VECTORS).length);
    expect(await page.evaluate(() => (window as any).hacked)).toBeUndefined();
    expect(fromOutside()).toEqual([]);
    expect(asked).toEqual([]);
    expect(surprises).toEqual([]);
    expect(page.url().startsWith(panel.base)).toBe(true);
  }, 120_000);

  test('each frame is without scripts, whatever the server should have let through', async () => {
    const sandboxes = await page.locator('article iframe').evaluateAll((frames) => frames.map((frame) => frame.getAttribute('sandbox')));
    expect(new Set(sandboxes)).toEqual(new Set(['allow-same-origin allow-popups allow-popups-to-escape-sandbox']));
    const [frame] = mailFrames();
    // Straight into the document, as if the sanitiser were not there.
    await frame.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<img src="http://evil.internet.test/x.png" onerror="top.hacked=1"><form id="f" action="http://evil.internet.test/"><button id="b">x</button></form>',
      );
      const script = document.createElement('script');
      script.textContent = 'top.hacked=1';
      document.body.append(script);
    });
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => (window as any).hacked)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test('the panel is intact: nothing covers it, it does not grow sideways, and it can be used', async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(
      await page
        .locator('article iframe')
        .evaluateAll((frames) => Math.max(...frames.map((frame) => frame.getBoundingClientRect().height))),
    ).toBeLessThanOrEqual(4_000);
    await page.evaluate(() => window.scrollTo(0, 0));
    const covered = await page.getByRole('heading', { level: 1 }).evaluate((heading) => {
      heading.scrollIntoView({ block: 'center' });
      const { left, top, height } = heading.getBoundingClientRect();
      const above = document.elementFromPoint(left + 5, top + height / 2);
      return above !== heading && !heading.contains(above);
    });
    expect(covered).toBe(false);
    await screenshot(page, 'hostile-mails');
    await page.getByRole('combobox', { name: 'Priority', exact: true }).click();
    await page.getByRole('option', { name: 'High' }).click();
    const urgent = async () => (await panel.api('GET', '/tickets?priority=High')).map(({ title }: any) => title);
    await expect.poll(urgent).toEqual(['Hostile mail']);
  });

  test('a link opens a tab that knows nothing of the panel, and the panel stays where it is', async () => {
    const index = Object.keys(VECTORS).indexOf('a link to the top');
    const before = page.url();
    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      page.frameLocator('article iframe').nth(index).getByRole('link').first().click(),
    ]);
    expect(await tab.evaluate(() => window.opener).catch(() => null)).toBeNull();
    await tab.close();
    expect(page.url()).toBe(before);
    requests.length = 0;
  });

  test('remote pictures are loaded when somebody asks, by the server, and none from within its network', async () => {
    await openTicket('Pictures from elsewhere');
    await page.getByText('2 remote pictures are not loaded').waitFor();
    expect(asked).toEqual([]);
    await page.getByRole('button', { name: 'Load pictures' }).click();
    await page.getByText('1 picture could not be loaded.').waitFor();
    const picture = page.frameLocator('article iframe').getByAltText('spring');
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    expect(asked.map(({ url, headers }) => [url, headers.cookie, headers.referer, headers.authorization])).toEqual([
      ['/pixel.gif?who=jane&n=1', undefined, undefined, undefined],
    ]);
    expect(fromOutside()).toEqual([]);
    await screenshot(page, 'helpdesk-pictures');
  });
});
