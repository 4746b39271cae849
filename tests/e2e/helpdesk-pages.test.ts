import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { addScanner, eventually } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { hasChromium, screenshot, seriousViolations, startPanel, type Panel } from './panel';

const part = (type: string, name: string, content: string) => [
  '--b',
  `Content-Type: ${type}; name="${name}"`,
  'Content-Transfer-Encoding: base64',
  `Content-Disposition: attachment; filename="${name}"`,
  '',
  Buffer.from(content).toString('base64'),
];

const MAIL = [
  'From: Jane Doe <jane@northwind.test>',
  'To: support@example.com',
  'Subject: Report attached',
  'Message-ID: <report@northwind.test>',
  'Date: Tue, 24 Nov 2026 08:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="b"',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Please find the report attached.',
  ...part(
    'application/pdf',
    'report.pdf',
    '%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>',
  ),
  ...part('text/csv', 'numbers.csv', 'name;sum\n<b>Jane</b>;7'),
  ...part('text/html', 'page.html', '<script>top.hacked=1</script>'),
  '--b--',
].join('\r\n');

describe.skipIf(!hasChromium())('outbox, attachments, filters and home page', () => {
  let panel: Panel;
  let server: TestMailServer;
  let sink: SmtpSink;
  let page: Page;
  let ticket: any;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startHoodiecrow();
    sink = await startSmtpSink();
    panel = await startPanel();
    const scanner = await addScanner({ api: panel.api } as never, server);
    await panel.api('PUT', '/settings', { keepSources: 'all' });
    await panel.api('PUT', `/scanners/${scanner.documentId}`, { scanFrom: '2020-01-01T00:00:00.000Z' });
    await server.append('INBOX', MAIL);
    await panel.api('POST', `/scanners/${scanner.documentId}/run`);
    [ticket] = await panel.api('GET', '/tickets');
    await panel.api('POST', '/tickets', { title: 'Another one', contact: ticket.contact.id });
    await panel.api('PUT', '/outgoing-mail', {
      host: sink.host,
      port: sink.port,
      encryption: 'none',
      validateCertificate: false,
      username: '',
      fromAddress: 'support@example.com',
      fromName: 'Support',
    });
    sink.failWith(() => ({ at: 'to', code: 550 }));
    await panel.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Thank you for the report.', isPublic: true });
    await eventually(async () => (await panel.api('GET', '/deliveries?state=failed')).length === 1, 30_000);
    page = await panel.open(panel.admin);
    page.on('pageerror', (error) => errors.push(String(error)));
  }, 400_000);

  afterAll(async () => {
    await panel?.stop();
    await sink?.stop();
    await server?.stop();
  });

  const go = async (place: string) => {
    await page.goto(`${panel.base}/admin/plugins/mail-scanner${place}`);
    await page.locator('h1').first().waitFor();
    await page.waitForLoadState('networkidle');
  };
  const clean = async () => expect(await seriousViolations(page)).toEqual([]);

  test('the home page shows what waits, the days, and leads to what failed', async () => {
    await page.goto(`${panel.base}/admin/`);
    await page.getByText('2 new tickets in the last 14 days').waitFor();
    expect(await page.locator('figure li').count()).toBe(14);
    expect(await page.locator('figure li').last().textContent()).toMatch(/: 2$/);
    await page.locator('figure').scrollIntoViewIfNeeded();
    await screenshot(page, 'helpdesk-widget');
    await page.getByRole('link', { name: '1 Emails not sent' }).click();
    await page.getByRole('heading', { name: 'Outbox' }).waitFor();
  });

  test('the outbox says why an email did not leave, and sends it again', async () => {
    await go('');
    await page.getByRole('link', { name: '1 email not sent' }).click();
    const row = page.getByRole('row').filter({ hasText: 'jane@northwind.test' });
    await row.getByText('Not sent').waitFor();
    await row.getByText(/550/).waitFor();
    await screenshot(page, 'helpdesk-outbox');
    await clean();
    sink.failWith(undefined);
    await page.getByRole('button', { name: 'Send all failed ones again' }).click();
    await page.getByText('1 email is on its way again.').waitFor();
    await sink.received(1);
    await go('/outbox?state=sent');
    await page.getByRole('row').filter({ hasText: 'jane@northwind.test' }).getByText('Sent').waitFor();
    await page.getByRole('link', { name: `${ticket.ticketNumber} Report attached` }).click();
    await page.getByRole('heading', { name: 'Report attached', level: 1 }).waitFor();
  });

  test('attachments are previewed without running anything, and the email can be had as it came', async () => {
    await go(`/tickets/${ticket.documentId}`);
    await page.getByRole('button', { name: 'Preview numbers.csv' }).click();
    await page.getByRole('dialog').getByText('<b>Jane</b>;7').waitFor();
    await clean();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'Preview page.html' }).count()).toBe(0);
    const [tab] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: 'Preview report.pdf' }).click()]);
    expect(await tab.evaluate(() => window.opener).catch(() => null)).toBeNull();
    await tab.close();
    const [source] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Original email' }).click()]);
    expect(source.suggestedFilename()).toMatch(/\.eml$/);
    await screenshot(page, 'helpdesk-attachments');
  });

  test('filters by account, contact and date narrow the list down, say so, and can be taken off', async () => {
    const account = await panel.api('GET', '/tickets').then(([{ contact }]: any[]) => contact);
    await go(`?view=all&contact=${account.documentId}`);
    await page.getByRole('button', { name: 'Contact: Jane Doe' }).click();
    await page.getByRole('button', { name: 'Contact: Jane Doe' }).waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Active until' }).click();
    await page.keyboard.type('01/01/2020');
    await page.keyboard.press('Enter');
    await page.getByText('No tickets').first().waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('link', { name: 'Report attached' }).waitFor();
    await clean();
  });

  test('no page threw an error', () => expect(errors).toEqual([]));
});
