import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { openHeldLine } from '../support/held-line';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { hasChromium, screenshot, seriousViolations, startPanel, visit, type Panel } from './panel';

/** What who runs the site looks at: whether all is well, who is told, and for how long things are kept. */
describe.skipIf(!hasChromium())('running the site', () => {
  let panel: Panel;
  let server: TestMailServer;
  let sink: SmtpSink;
  let page: Page;

  beforeAll(async () => {
    server = await startHoodiecrow();
    sink = await startSmtpSink();
    panel = await startPanel();
    page = await panel.open(panel.admin);
    await setUpOutgoing(panel, sink, { fromName: 'Support' });
    await addScanner('Support', server.imapPort);
  }, 300_000);

  afterAll(async () => {
    await panel?.stop();
    await sink?.stop();
    await server?.stop();
  });

  async function addScanner(name: string, port: number): Promise<void> {
    const { documentId } = await panel.api('POST', '/scanners', {
      name,
      host: server.host,
      port,
      encryption: 'none',
      username: `${name.toLowerCase()}@example.com`,
      password: 'secret',
    });
    await panel.api('POST', `/scanners/${documentId}/rules`, {
      name: 'All',
      actions: [
        { type: 'createContact', config: {} },
        { type: 'createOrUpdateTicket', config: {} },
      ],
    });
    await panel.api('PUT', `/scanners/${documentId}`, { active: true });
    await panel.api('POST', `/scanners/${documentId}/run`);
  }

  const clean = async () => expect(await seriousViolations(page)).toEqual([]);

  test('the health page says that all is well', async () => {
    await visit(page, panel.base, 'health');
    await page.getByText('All is well').waitFor();
    await page.getByRole('row', { name: /Support.*Works/ }).waitFor();
    await clean();
  });

  test('the health page says in words what is not well', async () => {
    await addScanner('Sales', 9);
    sink.failWith(() => ({ at: 'to', code: 550, message: 'No such user' }));
    const contact = await panel.api('POST', '/tickets', { title: 'A request' });
    await panel.api('POST', `/tickets/${contact.documentId}/comments`, { text: 'Hello?', isPublic: true });
    await visit(page, panel.base, 'health');
    await page.getByRole('row', { name: /Sales.*Fails/ }).waitFor();
    await page
      .getByText('Nothing answers')
      .or(page.getByText('could not be reached'))
      .or(page.getByText('Check host and port'))
      .first()
      .waitFor();
    await clean();
    await screenshot(page, 'health');
    sink.failWith(undefined);
  });

  test('targets and business hours are set, and what nobody can keep is refused', async () => {
    await visit(page, panel.base, 'additional-settings');
    await page.getByRole('tab', { name: 'Response times' }).click();
    const urgent = page.getByRole('group', { name: 'Urgent' });
    await urgent.getByLabel('First response within').fill('60');
    await page.getByLabel('Monday').fill('22:00–06:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('One over midnight is two').first().waitFor();
    await page.getByLabel('Monday').fill('9–12, 13:00-17:00');
    await page.getByLabel('Holidays').fill('2027-01-01 New Year');
    await clean();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(async () => (await panel.api('GET', '/service-levels')).hours)
      .toMatchObject({
        days: [
          [
            { from: '09:00', to: '12:00' },
            { from: '13:00', to: '17:00' },
          ],
          ...Array.from({ length: 4 }, () => [{ from: '09:00', to: '17:00' }]),
          [],
          [],
        ],
        holidays: [{ date: '2027-01-01', name: 'New Year' }],
      });
  });

  test('a report tells the numbers of some days, and comes as a file', async () => {
    await page.goto(`${panel.base}/admin/plugins/mail-scanner-reports`);
    await page.getByRole('heading', { name: 'Reports', exact: true }).waitFor();
    await page.getByText('First answer, nine in ten').first().waitFor();
    await page.getByRole('region', { name: 'Busiest hours' }).waitFor();
    await clean();
    await screenshot(page, 'reports');
    const loading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Day by day as CSV' }).click();
    expect((await loading).suggestedFilename()).toMatch(/^report-days-.*\.csv$/);
    await page.setViewportSize({ width: 390, height: 844 });
    await clean();
    await screenshot(page, 'reports-phone');
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test('a ticket is spam by one key or click, which is taken back, and the block list says whose mail is kept out', async () => {
    for (const name of ['pest', 'fair']) await server.append('INBOX', mail({ from: `${name}@ads.test`, subject: `Offer of ${name}` }));
    const [{ documentId }] = await panel.api('GET', '/scanners');
    await panel.api('POST', `/scanners/${documentId}/run`);
    const list = `${panel.base}/admin/plugins/mail-scanner?view=all`;
    const blocked = async () => (await panel.api('GET', '/block-list')).map(({ target }: { target: string }) => target).sort();
    await page.goto(list);
    await page.getByRole('link', { name: 'Offer of pest' }).click();
    await page.getByRole('heading', { name: 'Offer of pest' }).waitFor();
    await page.locator('main').focus();
    await page.keyboard.press('!');
    await page.getByText('1 ticket is closed as spam; 1 sender is blocked.').waitFor();
    await page.getByText('This ticket was closed as spam.').waitFor();
    await clean();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('1 ticket has its status back; 1 sender was unblocked.').waitFor();
    expect(await blocked()).toEqual([]);

    await page.goto(list);
    for (const { ticketNumber } of await panel.api('GET', '/tickets?search=Offer'))
      await page.getByRole('checkbox', { name: `Select ${ticketNumber}` }).click();
    await page.getByRole('group', { name: 'Change the chosen tickets' }).getByRole('button', { name: 'Spam' }).click();
    await page.getByText('2 tickets are closed as spam; 2 senders are blocked.').waitFor();
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('button', { name: 'Spam', exact: true }).click();
    await page.waitForURL(/spam=true/);
    await page.getByRole('link', { name: 'Offer of fair' }).waitFor();
    await clean();
    await page.getByRole('link', { name: 'Offer of fair' }).click();
    await page.getByText('On the block list: fair@ads.test. What they answer is not let in.').waitFor();
    await clean();
    await page.goBack();
    await page.getByRole('link', { name: 'Offer of fair' }).waitFor();
    await screenshot(page, 'spam-list');
    expect(await blocked()).toEqual(['fair@ads.test', 'pest@ads.test']);
    await server.append('INBOX', mail({ from: 'pest@ads.test', subject: 'One more offer' }));
    await panel.api('POST', `/scanners/${documentId}/run`);

    await visit(page, panel.base, 'block-list');
    await page.getByRole('link', { name: 'Block senders' }).first().click();
    await page.getByLabel('Addresses and domains').fill('@gmail.com');
    await page.getByLabel('Note').fill('Advertising that nobody has ordered');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Anybody may have an address at gmail.com').first().waitFor();
    await clean();
    await page.getByLabel('Addresses and domains').fill('@cheap.example\nnews@shop.test');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('2 senders are blocked.').waitFor();
    await page.getByRole('row', { name: /@cheap\.example.*Advertising/ }).waitFor();
    for (const [width, theme] of [
      [1440, 'light'],
      [1024, 'light'],
      [390, 'dark'],
    ] as const) {
      const sized = await panel.open(panel.admin, { width, height: 900, theme });
      await visit(sized, panel.base, 'block-list');
      await sized.getByText('@cheap.example', { exact: true }).waitFor();
      expect(await sized.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await seriousViolations(sized)).toEqual([]);
      await screenshot(sized, `block-list-${width}`);
    }
    await page.getByRole('button', { name: 'Unblock pest@ads.test' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('1 email was caught until now.').waitFor();
    await clean();
    await page.getByRole('button', { name: 'Decide about these once more' }).click();
    await page.getByText('1 email decided about once more, 1 no longer blocked.').waitFor();
    expect((await panel.api('GET', '/tickets?search=One+more')).length).toBe(1);
  });

  test('alerts are set up, and tried', async () => {
    await visit(page, panel.base, 'additional-settings');
    await page.getByRole('tab', { name: 'Alerts' }).click();
    await page.getByRole('button', { name: 'Send test alert' }).click();
    await page.getByText('Nobody is told yet').waitFor();
    await page.getByLabel('By email to').fill('support@example.com');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('this mailbox is scanned or sent from').first().waitFor();
    await page.getByLabel('By email to').fill('admin@site.test, boss@site.test');
    await page.getByLabel('By webhook').fill('http://127.0.0.1:9/secret-path');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('One at 127.0.0.1:9 is saved').waitFor();
    await page.getByRole('button', { name: 'Send test alert' }).click();
    await page.getByText('The email was sent').waitFor();
    await page.getByText('The webhook was not reached').waitFor();
    expect(sink.mails.at(-1)).toMatchObject({ to: ['admin@site.test', 'boss@site.test'] });
    await clean();
    await screenshot(page, 'alerts');
    await page.getByRole('button', { name: 'Remove the webhook' }).click();
    await page.getByText('One at 127.0.0.1:9 is saved').waitFor({ state: 'detached' });
    expect(await panel.api('GET', '/alerts')).toEqual({
      afterMinutes: 30,
      emails: ['admin@site.test', 'boss@site.test'],
      webhookHost: null,
    });
  });

  test('what is kept is set in days', async () => {
    await page.getByRole('tab', { name: 'What is kept' }).click();
    await page.getByLabel('Details in the scan log (days)').fill('-1');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Enter a whole number from 0 to 36500.').first().waitFor();
    await page.getByLabel('Details in the scan log (days)').fill('365');
    await page.getByLabel('Sources of emails (days)').fill('90');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('What is kept: saved.').waitFor();
    expect(await panel.api('GET', '/settings')).toMatchObject({
      keepLogDays: 365,
      keepSourceDays: 90,
      keepDeliveryDays: 0,
      ticketPrefix: 'TT',
    });
    await clean();
    await screenshot(page, 'retention');
  });

  test('a long run tells how far it is, also after a reload, and is stopped', async () => {
    const line = await openHeldLine(server.imapPort);
    try {
      await server.appendAll(
        'INBOX',
        Array.from({ length: 400 }, (_, number) => mail({ from: `customer${number}@mill.test`, subject: `Order ${number}` })),
      );
      const [{ documentId }] = await panel.api('GET', '/scanners');
      await panel.api('PUT', `/scanners/${documentId}`, { port: line.port });
      line.holdAfter(100);
      await visit(page, panel.base, 'scanners');
      await page.getByRole('button', { name: 'Run Support' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(/^[1-9]\d* of 400$/).waitFor();
      await dialog.getByText('Processed').waitFor();
      await clean();
      await screenshot(page, 'run-under-way');
      await page.reload();
      await page.getByRole('progressbar', { name: 'Scan of Support' }).waitFor();
      await clean();
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await screenshot(page, 'run-under-way-phone');
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.getByRole('button', { name: 'Show the scan of Support' }).click();
      await dialog.getByRole('button', { name: 'Stop the scan of Support' }).click();
      await dialog.getByText('Stopping after this batch…').waitFor();
      // The scan looks every two seconds.
      await page.waitForTimeout(4_000);
      line.release();
      await dialog.getByText('The scan was stopped').waitFor();
      await dialog.getByText(/\d+ emails are left. The next scan goes on from here./).waitFor();
      await clean();
      await screenshot(page, 'run-stopped');
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      await page.getByRole('row', { name: /Support.*OK/ }).waitFor();
    } finally {
      line.stop();
    }
  });

  test('all of it fits a phone', async () => {
    const phone = await panel.open(panel.admin, { width: 390, height: 844, locale: 'de', theme: 'dark' });
    await visit(phone, panel.base, 'health');
    await phone.getByText('Ob Postfächer gelesen werden').waitFor();
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await screenshot(phone, 'health-phone');
    await visit(phone, panel.base, 'additional-settings');
    await phone.getByRole('tab', { name: 'Benachrichtigungen' }).click();
    await phone.getByLabel('Per E-Mail an').waitFor();
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await screenshot(phone, 'alerts-phone');
  });
});
