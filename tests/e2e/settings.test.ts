import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { testPassword, testUser } from '../support/mail-server';
import { hasChromium, screenshot, seriousViolations, startPanel, visit, type Panel } from './panel';

const INVOICE = [
  'From: Anna Kowalska <anna@northwind.example>',
  'To: support@example.com',
  'Subject: Question about invoice 2026-117',
  'Message-ID: <invoice-117@northwind.example>',
  'Date: Tue, 24 Nov 2026 09:30:00 +0000',
  '',
  'Hello, the sum on the invoice does not match our order. Could you have a look?',
].join('\r\n');

const LUNCH = INVOICE.replace('Question about invoice 2026-117', 'Lunch on Friday?')
  .replaceAll('invoice-117', 'lunch')
  .replaceAll('anna@', 'tom@')
  .replace('Anna Kowalska', 'Tom Baker');

/** From an empty panel to a ticket, as a site owner goes: in the browser, against a real mail server. */
describe.skipIf(!hasChromium() || !hasDovecot())('the settings in the admin panel', () => {
  let panel: Panel;
  let dovecot: Dovecot;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    dovecot = await startDovecot();
    await dovecot.createFolder('Invoices/2026');
    await dovecot.append('INBOX', LUNCH);
    await dovecot.append('INBOX', INVOICE);
    panel = await startPanel();
    page = await panel.open(panel.admin);
    errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
  }, 300_000);

  afterAll(async () => {
    await panel?.stop();
    await dovecot?.stop();
  });

  const choose = async (name: string, option: string, index = 0) => {
    await page.getByRole('combobox', { name }).nth(index).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  /** Drags the condition or group with this handle onto the head of a group, both as they stand below each other. */
  const dragCondition = async (handle: number, group: number) => {
    const from = page.getByTestId('drag-condition').nth(handle);
    await from.scrollIntoViewIfNeeded();
    const [start, end] = [await from.boundingBox(), await page.locator('.ruleGroup-header').nth(group).boundingBox()];
    await page.mouse.move(start!.x + 8, start!.y + 12);
    await page.mouse.down();
    await page.mouse.move(start!.x + 20, start!.y + 20, { steps: 3 });
    await page.mouse.move(end!.x + 20, end!.y + 10, { steps: 5 });
    await page.mouse.up();
  };
  const visitOwn = (place: string) => visit(page, panel.base, place);
  const clean = async () => expect(await seriousViolations(page)).toEqual([]);

  test('an empty list explains what a mail scanner is', async () => {
    await visitOwn('scanners');
    await page.getByText('A mail scanner reads a mailbox').waitFor();
    await clean();
  });

  test('a known address fills in its server, and what the owner has to know', async () => {
    await page.getByRole('link', { name: 'Add Mail Scanner' }).first().click();
    await page.getByLabel('Username').pressSequentially('someone@gmail.com');
    expect(await page.getByLabel('Host').inputValue()).toBe('imap.gmail.com');
    expect(await page.getByRole('spinbutton', { name: 'Port' }).inputValue()).toBe('993');
    await page.getByText('Gmail asks for an app password here').waitFor();
    await screenshot(page, 'scanner-form');
    await clean();
  });

  test('a wrong password is shown with what to do, the right one with the folders', async () => {
    await page.getByLabel('Name', { exact: false }).first().fill('Support');
    await page.getByLabel('Username').fill(testUser);
    await page.getByLabel('Password').fill('wrong');
    await page.getByLabel('Host').fill(dovecot.host);
    await choose('Encryption', 'None');
    await page.getByRole('spinbutton', { name: 'Port' }).fill(String(dovecot.imapPort));
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('The connection does not work yet').waitFor();
    expect(await page.getByRole('alert').filter({ hasText: 'does not work yet' }).textContent()).toMatch(/password/i);
    await page.setViewportSize({ width: 1280, height: 1050 });
    await screenshot(page, 'wrong-password');
    await page.setViewportSize({ width: 1280, height: 900 });

    await page.getByLabel('Password').fill(testPassword);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText(/It works: \d folders found/).waitFor();
    await page.getByText('Invoices/2026').waitFor();
    await clean();
  });

  test('a saved scanner is inactive, and its rules come next', async () => {
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Rules of Support' }).waitFor();
    const [scanner] = await panel.api('GET', '/scanners');
    expect(scanner).toMatchObject({
      name: 'Support',
      active: false,
      host: dovecot.host,
      port: dovecot.imapPort,
      encryption: 'none',
      hasPassword: true,
    });
    expect(JSON.stringify(scanner)).not.toContain(testPassword);
  });

  test('a rule with a nested group and three actions is made without typing any code', async () => {
    await page.getByRole('link', { name: 'Add scanner rule' }).first().click();
    await page.getByLabel('Name').fill('Invoices');
    await page.getByRole('checkbox', { name: 'INBOX', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Condition', exact: true }).click();
    await page.getByRole('textbox', { name: 'Value' }).fill('invoice');
    await page.getByRole('button', { name: 'Group' }).first().click();
    await choose('How the conditions', 'At least one of these', 1);
    await choose('Field', 'From address', 1);
    await choose('Comparison', 'ends with', 1);
    await page.getByRole('textbox', { name: 'Value' }).nth(1).fill('@northwind.example');
    await page.getByRole('button', { name: 'Condition', exact: true }).nth(1).click();
    await choose('Field', 'Header…', 2);
    await page.getByRole('textbox', { name: 'Name of the header' }).pressSequentially('X-Priority');
    await page.getByRole('textbox', { name: 'Value' }).nth(2).fill('1');
    const inGroup = () => page.locator('.ruleGroup .ruleGroup .rule').count();
    expect(await inGroup()).toBe(2);
    await dragCondition(0, 1);
    expect(await inGroup()).toBe(3);
    await dragCondition(1, 0);
    expect(await inGroup()).toBe(2);
    await page.getByRole('checkbox', { name: 'Status', exact: true }).click();
    await choose('Status: value', 'In progress');
    await page.getByRole('checkbox', { name: 'Assignee' }).click();
    await choose('Assignee: value', 'Ada Admin');
    await page.getByRole('button', { name: 'Add action' }).click();
    await page.getByRole('menuitem', { name: 'Move to folder' }).click();
    await page.getByPlaceholder('Choose or type a folder').fill('Processed');
    await page.getByRole('tab', { name: 'A pasted or uploaded email' }).click();
    await page.getByLabel('Source of the email').fill(INVOICE);
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await page.getByText('The rule takes this email').waitFor();
    await page.getByText('It would have taken 0 of the last 0 scanned emails').waitFor();
    await page.setViewportSize({ width: 1280, height: 2300 });
    await screenshot(page, 'rule-editor');
    await page.setViewportSize({ width: 1280, height: 900 });
    await clean();

    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Invoices', exact: true }).waitFor();
    await page
      .getByText(
        'If Subject contains “invoice” and (From address ends with “@northwind.example” or Header X-Priority contains 1): create contact, create or update ticket (In progress), move to Processed',
      )
      .waitFor();
    const [scanner] = await panel.api('GET', '/scanners');
    const [rule] = await panel.api('GET', `/scanners/${scanner.documentId}/rules`);
    expect(rule.conditions).toEqual({
      combinator: 'and',
      rules: [
        { field: 'subject', operator: 'contains', value: 'invoice' },
        {
          combinator: 'or',
          rules: [
            { field: 'fromAddress', operator: 'endsWith', value: '@northwind.example' },
            { field: 'header:X-Priority', operator: 'contains', value: '1' },
          ],
        },
      ],
    });
    expect(rule.actions.map(({ type }: { type: string }) => type)).toEqual(['createContact', 'createOrUpdateTicket', 'moveToFolder']);
  });

  test('what a rule lacks is said beside it', async () => {
    await page.getByRole('link', { name: 'Add scanner rule' }).click();
    await page.getByLabel('Name').fill('Broken');
    await page.getByRole('button', { name: 'Condition', exact: true }).click();
    await choose('Comparison', 'matches');
    await page.getByRole('textbox', { name: 'Value' }).fill('(');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: /\(/ }).first().waitFor();
    await choose('Field', 'Whole source');
    await choose('Comparison', 'matches');
    await page.getByText('This rule searches the whole source of the email.').waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Rules of Support' }).waitFor();
  });

  test('rules are moved with the keyboard', async () => {
    const [scanner] = await panel.api('GET', '/scanners');
    await panel.api('POST', `/scanners/${scanner.documentId}/rules`, {
      name: 'Newsletters',
      conditions: { combinator: 'and', rules: [{ field: 'isAutomatic', operator: '=', value: true }] },
      actions: [{ type: 'moveToFolder', config: { folder: 'Newsletters' } }],
    });
    const order = async () => (await panel.api<{ name: string }[]>('GET', `/scanners/${scanner.documentId}/rules`)).map(({ name }) => name);
    await visitOwn(`scanners/${scanner.documentId}/rules`);
    await screenshot(page, 'rules');
    await clean();
    await page.getByRole('button', { name: 'Move Newsletters' }).focus();
    for (const key of ['Space', 'ArrowUp', 'Space']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(400);
    }
    await expect.poll(order).toEqual(['Newsletters', 'Invoices']);
  });

  test('a preview shows what would happen and why, and changes nothing', async () => {
    const [scanner] = await panel.api('GET', '/scanners');
    await visitOwn(`scanners/${scanner.documentId}/preview`);
    await page.getByRole('button', { name: 'Show preview' }).click();
    await page.getByText('2 emails looked at. Nothing was changed.').waitFor();
    await page.getByRole('button', { name: /Question about invoice/ }).click();
    await page.getByText('A new ticket: Question about invoice 2026-117').waitFor();
    await page.getByText('Moved to Processed').waitFor();
    await page.getByText('saw “Question about invoice 2026-117”').waitFor();
    await page.setViewportSize({ width: 1280, height: 1300 });
    await screenshot(page, 'preview');
    await page.setViewportSize({ width: 1280, height: 900 });
    await clean();

    await page.getByRole('tab', { name: 'An email as source' }).click();
    await page.getByLabel('Source of the email').fill(LUNCH.replace('Lunch on Friday?', 'Pasted: your invoice'));
    await page.getByRole('button', { name: 'Show preview' }).click();
    await page.getByText('1 email looked at. Nothing was changed.').waitFor();
    await page.getByRole('button', { name: /Pasted: your invoice/ }).click();
    await page.getByText('A new ticket: Pasted: your invoice').waitFor();
    expect((await panel.api('GET', '/tickets')).length).toBe(0);
    expect((await dovecot.messages('INBOX')).length).toBe(2);
    expect(await dovecot.folders()).not.toContain('Processed');
  });

  test('an activated scanner is run, and the ticket is there', async () => {
    const [scanner] = await panel.api('GET', '/scanners');
    await panel.api('PUT', `/scanners/${scanner.documentId}`, { scanFrom: '2020-01-01T00:00:00.000Z' });
    await visitOwn('scanners');
    await page.getByRole('switch', { name: 'Support active' }).click();
    await page.getByText('Support is active').waitFor();
    await page.getByRole('button', { name: 'Run Support' }).click();
    await page.getByText(/2 emails scanned in/).waitFor({ timeout: 60_000 });
    await page.getByText('No rule matched').waitFor();
    await clean();
    await screenshot(page, 'run');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('OK', { exact: true }).waitFor();
    await screenshot(page, 'scanners');
    await clean();

    const tickets = await panel.api('GET', '/tickets');
    expect(tickets).toHaveLength(1);
    expect(tickets[0]).toMatchObject({
      title: 'Question about invoice 2026-117',
      ticketStatus: 'In Progress',
      assignee: { firstname: 'Ada' },
    });
    expect((await dovecot.messages('Processed')).length).toBe(1);
  });

  test('the scan log shows each message, its trace and its ticket', async () => {
    const [ticket] = await panel.api('GET', '/tickets');
    await visitOwn('scan-log');
    await page.getByText('2 emails', { exact: true }).waitFor();
    await screenshot(page, 'scan-log');
    await clean();
    await choose('Outcome', 'Processed');
    await page.getByText('1 email', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Details of Question about invoice 2026-117' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(ticket.ticketNumber).waitFor();
    await dialog.getByText('saw “anna@northwind.example”').waitFor();
    await clean();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
  });

  test('a template warns of missing tags and shows the email on a real ticket', async () => {
    const [ticket] = await panel.api('GET', '/tickets');
    await visitOwn('email-templates');
    await clean();
    await page.getByRole('link', { name: 'Edit Change Comments' }).click();
    await page.getByRole('textbox', { name: 'Text' }).waitFor();
    const subject = page.getByLabel('Subject');
    await page.frameLocator('iframe[title="Preview"]').getByText('Please type your reply above this line').waitFor();
    await page.setViewportSize({ width: 1280, height: 1500 });
    await screenshot(page, 'email-template');
    await page.setViewportSize({ width: 1280, height: 900 });
    await clean();

    await subject.fill('News on your request');
    await page.getByText('The subject lacks $helpdesk-ticket_no$').waitFor();
    await page.getByRole('button', { name: 'Insert tag' }).first().click();
    await page
      .getByRole('menuitem', { name: /Ticket number — / })
      .first()
      .click();
    expect(await subject.inputValue()).toContain('$helpdesk-ticket_no$');
    await page.getByText(`News on your request${ticket.ticketNumber}`).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Change Comments: saved.').waitFor();
    await page.getByRole('button', { name: 'Reset to default' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('The template is as it came.').waitFor();
    await expect.poll(() => page.getByLabel('Subject').inputValue()).toBe('Re: $helpdesk-title$ [$helpdesk-ticket_no$]');
  });

  test('outgoing mail warns of a sender that no scanner reads', async () => {
    await visitOwn('outgoing-mail');
    await page.getByLabel('Sender’s address').fill('nobody@example.com');
    await page.getByLabel('Host').fill('127.0.0.1');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('No active scanner reads nobody@example.com').waitFor();
    await screenshot(page, 'outgoing-mail');
    await clean();
    await visitOwn('additional-settings');
    await page.getByLabel('Prefix of ticket numbers').fill('HELP9');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A prefix must not end with a digit.').first().waitFor();
    await clean();
  });

  test('a webhook is added with a secret that the panel makes, shows none of it again, and a rule calls it', async () => {
    await visitOwn('webhooks');
    await page.getByRole('link', { name: 'Add webhook' }).first().click();
    await page.getByLabel('Name').fill('Warehouse');
    await page.getByLabel('URL').fill('file:///etc/passwd');
    await page.getByLabel('Headers').fill('Authorization: Bearer abc');
    await page.getByRole('button', { name: 'Make a secret' }).click();
    expect(await page.getByLabel('Signing secret').inputValue()).toMatch(/^whsec_[\w+/]{43}=$/);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Enter a URL that begins with https://.').first().waitFor();
    await page.getByLabel('URL').fill('https://erp.example/hooks/k3y');
    await screenshot(page, 'webhook');
    await clean();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('gridcell', { name: 'erp.example' }).waitFor();
    await screenshot(page, 'webhooks');
    await clean();
    await page.getByRole('gridcell', { name: 'Warehouse', exact: true }).click();
    await page.getByText('It leads to erp.example. Headers: Authorization. Its calls are signed.').waitFor();
    expect(await page.content()).not.toMatch(/k3y|Bearer abc|whsec_/);
    await screenshot(page, 'webhook-saved');

    const [scanner] = await panel.api('GET', '/scanners');
    await visitOwn(`scanners/${scanner.documentId}/rules/create`);
    await page.getByLabel('Name').fill('Orders');
    await page.getByRole('button', { name: 'Add action' }).click();
    await page.getByRole('menuitem', { name: 'Call a webhook' }).click();
    await choose('Webhook', 'Warehouse');
    await page.getByRole('checkbox', { name: 'Send the text of the email, too' }).click();
    await page.getByRole('combobox', { name: 'Webhook' }).scrollIntoViewIfNeeded();
    await screenshot(page, 'rule-webhook');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Orders', exact: true }).waitFor();
    const rule = (await panel.api('GET', `/scanners/${scanner.documentId}/rules`)).find(({ name }: { name: string }) => name === 'Orders');
    const [{ documentId }] = await panel.api('GET', '/webhooks');
    expect(rule.actions.at(-1)).toEqual({ type: 'callWebhook', config: { webhook: documentId, withText: true } });
    await panel.api('DELETE', `/rules/${rule.documentId}`);
  }, 60_000);

  test('in dark and on a phone, in German, no text is missing and axe finds nothing serious', async () => {
    const [scanner] = await panel.api('GET', '/scanners');
    const phone = await panel.open(panel.admin, { width: 390, height: 844, theme: 'dark', locale: 'de' });
    const missing: string[] = [];
    phone.on('console', (message) => missing.push(...(/Missing message: "(mail-scanner\.[^"]*)"/.exec(message.text())?.slice(1) ?? [])));
    for (const place of [
      'scanners',
      `scanners/${scanner.documentId}`,
      `scanners/${scanner.documentId}/rules`,
      'scan-log',
      'email-templates/change-comments',
      'webhooks',
      'webhooks/create',
      'outgoing-mail',
      'additional-settings',
    ]) {
      await visit(phone, panel.base, place);
      expect([place, await seriousViolations(phone)]).toEqual([place, []]);
    }
    await visit(phone, panel.base, `scanners/${scanner.documentId}/rules`);
    await screenshot(phone, 'phone-dark');
    expect(missing).toEqual([]);
  }, 120_000);

  test('a role without permission sees neither links nor pages, and the API refuses', async () => {
    const nobody = await panel.addUser('Nobody', []);
    const other = await panel.open(nobody);
    await other.goto(`${panel.base}/admin/settings/mail-scanner/scanners`);
    await other
      .getByText(/permission/i)
      .first()
      .waitFor();
    expect(await other.getByRole('link', { name: 'Mail Scanners' }).count()).toBe(0);
    for (const url of ['/scanners', '/messages', '/email-templates', '/outgoing-mail', '/rule-schema'])
      expect([url, await panel.status(nobody, url)]).toEqual([url, 403]);
  });

  test('a reader sees scanners and rules but nothing to change them with', async () => {
    const reader = await panel.addUser('Reader', ['read-scanners']);
    const other = await panel.open(reader);
    await visit(other, panel.base, 'scanners');
    await other.getByText('Support', { exact: true }).waitFor();
    expect(await other.getByRole('link', { name: 'Scan Log' }).count()).toBe(0);
    for (const name of ['Add Mail Scanner', 'Run Support', 'Delete Support'])
      expect([name, await other.getByRole('button', { name }).count()]).toEqual([name, 0]);
    expect(await other.getByRole('switch', { name: 'Support active' }).isDisabled()).toBe(true);
  });

  test('a deleted scanner takes its rules along and leaves the ticket', async () => {
    await visitOwn('scanners');
    await page.getByRole('button', { name: 'Delete Support' }).click();
    await page.getByText('Tickets, contacts and the emails in the mailbox stay.').waitFor();
    await screenshot(page, 'delete');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('A mail scanner reads a mailbox').waitFor();
    expect(await panel.api('GET', '/tickets')).toHaveLength(1);
  });

  test('nothing went wrong in the browser on the way', () => {
    expect(errors).toEqual([]);
  });
});
