import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { addScanner, CREATE_TICKET, eventually, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { hasChromium, screenshot, seriousViolations, startPanel, visit, type Panel } from './panel';

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

describe.skipIf(!hasChromium())('outbox, attachments, filters, home page and scan log', () => {
  let panel: Panel;
  let server: TestMailServer;
  let sink: SmtpSink;
  let page: Page;
  let ticket: any;
  let scanner: { documentId: string };
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startHoodiecrow();
    sink = await startSmtpSink();
    panel = await startPanel();
    scanner = await addScanner(panel, server);
    await panel.api('PUT', '/settings', { keepSources: 'all' });
    await panel.api('PUT', `/scanners/${scanner.documentId}`, { scanFrom: '2020-01-01T00:00:00.000Z' });
    await server.append('INBOX', MAIL);
    await panel.api('POST', `/scanners/${scanner.documentId}/run`);
    [ticket] = await panel.api('GET', '/tickets');
    await panel.api('POST', '/tickets', { title: 'Another one', contact: ticket.contact.id });
    await setUpOutgoing(panel, sink, { fromName: 'Support' });
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
    // Of the helpdesk; of one's own tickets there is another.
    const chart = page.locator('figure').first();
    expect(await chart.locator('li').count()).toBe(14);
    expect(await chart.locator('li').last().textContent()).toMatch(/: 2$/);
    await chart.scrollIntoViewIfNeeded();
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
    await page.getByRole('button', { name: 'More about this message' }).first().click();
    const [source] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Original email' }).click()]);
    expect(source.suggestedFilename()).toMatch(/\.eml$/);
    await screenshot(page, 'helpdesk-attachments');
  });

  test('a ticket is printed without the menus, in light colours also from the dark panel, and with notes by choice', async () => {
    await panel.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Between us alone.', isPublic: false });
    const dark = await panel.open(panel.admin, { theme: 'dark' });
    await dark.goto(`${panel.base}/admin/plugins/mail-scanner/tickets/${ticket.documentId}`);
    await dark.getByRole('button', { name: 'More', exact: true }).click();
    await dark.getByRole('menuitem', { name: 'Print view' }).click();
    await dark.getByText('Files: report.pdf, numbers.csv, page.html').waitFor();
    await screenshot(dark, 'helpdesk-print');
    expect(await seriousViolations(dark)).toEqual([]);
    expect(await dark.getByText('Between us alone.').count()).toBe(0);
    await dark.getByRole('checkbox', { name: 'With internal notes' }).click();
    await dark.emulateMedia({ media: 'print' });
    await dark.getByText('Between us alone.').waitFor();
    expect(await dark.getByRole('navigation').count()).toBe(0);
    expect(await dark.getByRole('button', { name: 'Print' }).count()).toBe(0);
    expect(await dark.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    await dark.close();
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

  test('an account is chosen as the other filters are, and its name stays when the list is empty', async () => {
    const name = 'Northwind Traders';
    const account = await panel.api('POST', '/accounts', { name });
    await panel.api('PUT', `/tickets/${ticket.documentId}`, { account: account.documentId });
    await go('?view=all');
    await page.getByRole('link', { name: 'Another one' }).waitFor();
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('combobox', { name: 'Account' }).click();
    await page.getByRole('listbox').waitFor();
    await page.getByRole('combobox', { name: 'Account' }).pressSequentially('Northw');
    await page.getByRole('option', { name }).click();
    await page.getByRole('link', { name: 'Another one' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Report attached' }).waitFor();
    await go(`?view=closed&account=${account.documentId}`);
    await page.getByText('No ticket of this view fits these filters.').waitFor();
    // No ticket of the list has the name: the page asks for it.
    await expect.poll(() => page.getByRole('combobox', { name: 'Account' }).inputValue()).toBe(name);
    await clean();
  });

  test('a list is saved as a view for the team, moved with keys, and says so when its tag is gone', async () => {
    const tag = await panel.api('POST', '/tags', { name: 'Fair' });
    await panel.api('PUT', `/tickets/${ticket.documentId}`, { addTags: [tag.documentId] });
    await panel.api('POST', '/saved-views', { name: 'Nobody’s', isShared: true, filters: { view: 'open', assignee: 'none' } });
    await go(`?view=all&tag=${tag.documentId}`);
    await page.getByRole('button', { name: 'Save as a view' }).click();
    await page.getByRole('checkbox', { name: 'For the whole team' }).click();
    await page.getByRole('textbox', { name: /^Name/ }).fill('Of the fair');
    await clean();
    await page.keyboard.press('Enter');
    await page.locator('[aria-current=page]', { hasText: 'Of the fair' }).waitFor();
    await page.getByRole('link', { name: 'Report attached' }).waitFor();
    expect(await page.getByRole('link', { name: 'Another one' }).count()).toBe(0);
    const link = page.url();

    await page.getByRole('button', { name: 'Edit views' }).click();
    await page.getByRole('button', { name: 'Move Of the fair' }).focus();
    for (const key of ['Space', 'ArrowUp', 'Space']) {
      await page.keyboard.press(key);
      // The list takes its measures after each of them.
      await page.waitForTimeout(300);
    }
    await eventually(async () => (await panel.api('GET', '/saved-views'))[0].name === 'Of the fair');
    await screenshot(page, 'helpdesk-views');
    await clean();
    await page.keyboard.press('Escape');

    await panel.api('DELETE', `/tags/${tag.documentId}`);
    await page.goto(link);
    await page.getByText(/This view asks for something that is not there any more/).waitFor();
    expect(await page.getByRole('link', { name: 'Report attached' }).count()).toBe(0);
    await page.setViewportSize({ width: 390, height: 800 });
    await clean();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test('who sees only their own tickets has them, and no others, on the home page', async () => {
    const own = await panel.addUser('Oscar', ['read-own-tickets']);
    const { id } = (await panel.api<any[]>('GET', '/tickets/assignees')).find(({ email }) => email === own.email);
    await panel.api('PUT', `/tickets/${ticket.documentId}`, { assignee: id });
    const home = await panel.open(own);
    await home.goto(`${panel.base}/admin/`);
    await home.getByText('1 new ticket in the last 14 days').waitFor();
    expect(await home.getByText('Scanners with a problem').count()).toBe(0);
    await home.locator('figure').scrollIntoViewIfNeeded();
    await screenshot(home, 'helpdesk-my-tickets');
    await home.getByRole('link', { name: '1 Open' }).click();
    await home.getByRole('link', { name: 'Report attached' }).waitFor();
    expect(await home.locator('[data-ticket-link]').count()).toBe(1);
    await home.close();
  });

  test('an email that could not be handled is had as it came from the scan log, and tried again', async () => {
    await server.append('INBOX', '\r\nNothing but text.\r\n');
    await panel.api('POST', `/scanners/${scanner.documentId}/run`);
    await visit(page, panel.base, 'scan-log');
    await page.getByRole('button', { name: 'Details of (no subject)' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('No contact could be created: the message names no sender.').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download source' }).click()]);
    expect(file.suggestedFilename()).toMatch(/\.eml$/);
    expect(readFileSync(await file.path(), 'utf8')).toContain('Nothing but text.');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('1 email tried again, 0 went through.').waitFor();
    // With a rule that needs no sender.
    const [rule] = await panel.api('GET', `/scanners/${scanner.documentId}/rules`);
    await panel.api('PUT', `/rules/${rule.documentId}`, { actions: [CREATE_TICKET[1]] });
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('1 email tried again, 1 went through.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'detached' });
    // The focus is where the dialog was opened.
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('tr')?.textContent)).toContain('(no subject)');
    await page.getByRole('row').filter({ hasText: '(no subject)' }).getByText('Processed').waitFor();
  });

  test('a test email says that the server took it, or why not', async () => {
    await visit(page, panel.base, 'outgoing-mail');
    const count = sink.mails.length;
    sink.failWith(() => ({ at: 'to', code: 550 }));
    await page.getByLabel('Send to').fill('jane@customer.test');
    await page.getByRole('button', { name: 'Send test email' }).click();
    await page.getByRole('alert').filter({ hasText: '550' }).waitFor();
    sink.failWith(undefined);
    await page.getByRole('button', { name: 'Send test email' }).click();
    await page.getByText('The server took the email').waitFor();
    const mails = await sink.received(count + 1);
    expect(mails.at(-1)!.to).toEqual(['jane@customer.test']);
    await clean();
  });

  test('no page threw an error', () => expect(errors).toEqual([]));
});
