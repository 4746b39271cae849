import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { eventually, mail } from '../support/helpdesk';
import { hasChromium, launchChromium, screenshot, seriousViolations } from './panel';

describe.skipIf(!hasChromium())('the page of a customer', () => {
  let desk: Desk;
  let browser: Browser;
  let page: Page;
  let link: string;
  const surprises: string[] = [];

  beforeAll(async () => {
    desk = await startDesk();
    browser = await launchChromium();
    const { app, sink } = desk;
    await app.api('PUT', '/settings', { publicUrl: app.base, emailLanguages: ['de'] });
    await app.api('PUT', '/email-templates/change-comments', {
      subject: 'Re: $helpdesk-title$',
      body: '<p>$helpdesk-ticket_link$</p>$helpdesk-comments$',
    });
    await desk.arrives(
      mail({
        from: 'Jana Beispiel <jana@kunde.test>',
        subject: 'Meine <b>Lampe</b> ist dunkel',
        text: 'Guten Tag, die Lampe, die ich bei Ihnen gekauft habe, ist dunkel.',
      }),
    );
    const [{ documentId, contact }] = await app.api('GET', '/tickets');
    await app.api('PUT', `/contacts/${contact.documentId}`, { language: 'de' });
    const html =
      '<p>Ist sie <strong>an</strong>?</p><ul><li style="color:red">Stecker</li><li>Schalter</li></ul><script>document.title = "run"</script>';
    await app.api('POST', `/tickets/${documentId}/comments`, { html, isPublic: true, ticketStatus: 'Wait For Response' });
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    [link] = /http[^"\s]+#[\w.-]+/.exec(String(sink.mails[0].parsed.html))!;
    page = await (await browser.newContext({ locale: 'de', viewport: { width: 390, height: 800 } })).newPage();
    page.on('pageerror', (error) => surprises.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && surprises.push(message.text()));
    page.on('request', (request) => request.url().startsWith(app.base) || surprises.push(request.url()));
  }, 200_000);

  afterAll(async () => {
    await browser?.close();
    await desk?.stop();
  });

  const told = () => page.locator('#told').textContent();

  test('shows the conversation in the customer’s language, and keeps the link out of the address', async () => {
    await page.goto(link);
    await page.getByText('Wir warten auf Ihre Antwort').waitFor();
    expect(await page.locator('h1').textContent()).toBe('Meine <b>Lampe</b> ist dunkel');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.locator('#comments > li strong').first().textContent()).toBe('Sie');
    expect(await page.locator('#comments li li').allTextContents()).toEqual(['Stecker', 'Schalter']);
    expect(page.url()).not.toContain('#');
    await page.reload();
    await page.getByText('Wir warten auf Ihre Antwort').waitFor();
  });

  test('takes an answer with a file, and closes the request', async () => {
    await page.getByRole('button', { name: 'Senden' }).click();
    await expect.poll(told).toContain('Bitte schreiben Sie etwas');
    // As the browser notes what the server refuses.
    expect(surprises.splice(0)).toEqual([expect.stringContaining('400')]);
    await page.getByLabel('Ihre Antwort').fill('Ja, sie ist an.');
    await page.getByLabel('Dateien').setInputFiles({ name: 'lampe.png', mimeType: 'image/png', buffer: Buffer.from('ein Bild') });
    await page.getByRole('button', { name: 'Senden' }).click();
    await expect.poll(told).toBe('Ihre Antwort wurde gesendet.');
    expect(await page.locator('#told').evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.locator('#comments > li').count()).toBe(3);
    expect(await page.getByLabel('Ihre Antwort').inputValue()).toBe('');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^lampe\.png/ }).click();
    expect((await download).suggestedFilename()).toBe('lampe.png');
    const [ticket] = await desk.app.api('GET', '/tickets');
    expect(ticket.ticketStatus).toBe('Open');
    await page.getByRole('button', { name: 'Meine Anfrage ist gelöst' }).click();
    await expect.poll(told).toContain('Ihre Anfrage ist geschlossen');
    await eventually(async () => (await desk.app.api('GET', '/tickets?view=closed')).length === 1);
    expect(await page.getByRole('button', { name: 'Meine Anfrage ist gelöst' }).isVisible()).toBe(false);
  });

  test('what is sent again because the answer was lost is one comment', async () => {
    const seen = page.locator('#comments > li');
    const before = await seen.count();
    await page.getByLabel('Ihre Antwort').fill('Noch etwas.');
    await page.route('**/customer/comments', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.getByRole('alert').waitFor();
    await page.unroute('**/customer/comments');
    expect(await page.getByLabel('Ihre Antwort').inputValue()).toBe('Noch etwas.');
    await page.getByRole('button', { name: 'Senden' }).click();
    await expect.poll(told).toBe('Ihre Antwort wurde gesendet.');
    expect(await seen.count()).toBe(before + 1);
    // As the browser notes the answer that was lost.
    surprises.length = 0;
  });

  test.each([
    [390, 'light'],
    [1440, 'dark'],
  ] as const)('fits %i pixels in %s, and axe finds nothing serious', async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    expect(await seriousViolations(page)).toEqual([]);
    await screenshot(page, `customer-page-${width}`);
  });

  test('says so when the link is none, and shows nothing else', async () => {
    await page.goto(`${link.split('#')[0]}#nothing`);
    await expect.poll(told).toContain('not valid');
    expect(await page.locator('#form').isVisible()).toBe(false);
    expect(surprises.splice(0)).toEqual([expect.stringContaining('404')]);
  });
});
