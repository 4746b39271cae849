import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { mail } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import { testPassword, testUser, type TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { hasChromium, screenshot, seriousViolations, startPanel, visit, type Panel } from './panel';

/** What must not go wrong on the first day: nothing that nobody asked for, nothing lost by a key, nothing out of sight. */
describe.skipIf(!hasChromium())('the first day with the panel', () => {
  let panel: Panel;
  let server: TestMailServer;
  let sink: SmtpSink;
  let page: Page;

  beforeAll(async () => {
    server = await startHoodiecrow();
    sink = await startSmtpSink();
    panel = await startPanel();
    page = await panel.open(panel.admin);
  }, 300_000);

  afterAll(async () => {
    await panel?.stop();
    await sink?.stop();
    await server?.stop();
  });

  const choose = async (name: string, option: string) => {
    await page.getByRole('combobox', { name, exact: true }).first().click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  const scannerOf = async (name: string) => (await panel.api('GET', '/scanners')).find((scanner: any) => scanner.name === name);
  const openTicket = async (title: string, comments: string[] = []) => {
    const ticket = await panel.api('POST', '/tickets', { title, contactEmail: 'jane@customer.test' });
    for (const text of comments) await panel.api('POST', `/tickets/${ticket.documentId}/comments`, { text, isPublic: false });
    return ticket;
  };
  const goToTicket = async ({ documentId, title }: { documentId: string; title: string }) => {
    await page.goto(`${panel.base}/admin/plugins/mail-scanner/tickets/${documentId}`);
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await page.getByRole('textbox', { name: 'Reply to customer' }).waitFor();
  };
  const statusOf = async ({ documentId }: { documentId: string }) => (await panel.api('GET', `/tickets/${documentId}`)).ticketStatus;

  // ---- Setting up

  /** The steps of the empty helpdesk that are ticked. */
  const ticked = async () => {
    await page.goto(`${panel.base}/admin/plugins/mail-scanner`);
    await page.getByRole('heading', { name: 'First steps' }).waitFor();
    return page.getByRole('listitem').filter({ hasText: 'Done' }).getByRole('link').allTextContents();
  };

  test('the empty helpdesk says what leads to the first ticket, with the way to each page', async () => {
    expect(await ticked()).toEqual([]);
    const steps = page.getByRole('listitem').filter({ hasText: 'To do' }).getByRole('link');
    expect(await steps.allTextContents()).toEqual([
      'Add a mailbox',
      'Add a rule',
      'Set up outgoing mail',
      'Send a test email there and back',
      'Activate the mail scanner',
    ]);
    expect(await seriousViolations(page)).toEqual([]);
    await screenshot(page, 'first-steps');
    await steps.first().click();
    await page.getByRole('heading', { name: 'Add Mail Scanner' }).waitFor();
  });

  test('nothing is well as long as no scanner is active and nothing can be sent', async () => {
    await visit(page, panel.base, 'health');
    await page.getByText('No scanner is active, so no email comes in.').waitFor();
    await page.getByText('Outgoing mail is not set up, so no answer can be sent').waitFor();
    expect(await page.getByText('All is well').count()).toBe(0);
  });

  test('all that a scanner lacks is marked at once, and a mark goes when its field is filled in', async () => {
    await visit(page, panel.base, 'scanners/create');
    await page.getByRole('textbox', { name: 'Name', exact: false }).first().fill('x');
    await page.getByRole('textbox', { name: 'Name', exact: false }).first().fill('');
    await page.getByRole('spinbutton', { name: 'Port' }).fill('1243');
    await page.getByRole('button', { name: 'Save' }).click();
    const marks = [
      'Give the scanner a name.',
      'Enter the name of the mail server.',
      'Enter the user name of the mailbox',
      'Enter the password of the mailbox',
    ];
    for (const mark of marks) await page.locator('form').getByText(mark).first().waitFor();
    await screenshot(page, 'scanner-missing');
    const host = page.getByLabel('Host');
    await host.click();
    await page.keyboard.type('mail.example.com', { delay: 20 });
    expect(await host.inputValue()).toBe('mail.example.com');
    expect(await page.locator('form').getByText('Enter the name of the mail server.').count()).toBe(0);
    await page.locator('form').getByText('Give the scanner a name.').waitFor();
  });

  test('a port that somebody has typed stays when the encryption or the protocol changes', async () => {
    await choose('Encryption', 'STARTTLS');
    expect(await page.getByRole('spinbutton', { name: 'Port' }).inputValue()).toBe('1243');
    await choose('Type', 'POP3');
    expect(await page.getByRole('spinbutton', { name: 'Port' }).inputValue()).toBe('1243');
    await page.getByRole('spinbutton', { name: 'Port' }).fill('993');
    await choose('Type', 'IMAP (recommended)');
    expect(await page.getByRole('spinbutton', { name: 'Port' }).inputValue()).toBe('143');
    await visit(page, panel.base, 'outgoing-mail');
    await page.getByRole('spinbutton', { name: 'Port' }).fill('2525');
    await choose('Encryption', 'None');
    expect(await page.getByRole('spinbutton', { name: 'Port' }).inputValue()).toBe('2525');
    await page.getByRole('spinbutton', { name: 'Port' }).fill('587');
    await choose('Encryption', 'SSL or TLS');
    expect(await page.getByRole('spinbutton', { name: 'Port' }).inputValue()).toBe('465');
  });

  test('a new rule takes every email, says so and can be saved', async () => {
    const { host, port } = server.settings();
    const scanner = await panel.api('POST', '/scanners', {
      name: 'Support',
      host,
      port,
      encryption: 'none',
      username: testUser,
      password: testPassword,
    });
    await visit(page, panel.base, `scanners/${scanner.documentId}/rules/create`);
    await page
      .getByText(/every email/i)
      .first()
      .waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('All');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'All', exact: true }).waitFor();
  });

  test('a test email goes out and comes back, and the first steps tick themselves', async () => {
    await panel.api('PUT', '/outgoing-mail', {
      ...{ host: sink.host, port: sink.port, encryption: 'none', username: '', fromAddress: testUser, fromName: 'Support' },
    });
    expect(await ticked()).toEqual(['Add a mailbox', 'Add a rule', 'Set up outgoing mail']);
    await page.getByRole('link', { name: 'Send a test email there and back' }).click();
    await page.getByRole('heading', { name: 'Test email there and back' }).waitFor();
    await page.getByRole('button', { name: 'Send and wait for it' }).click();
    await page.getByText(`The server took the email to ${testUser}.`).waitFor();
    const [{ raw }] = await sink.received(1);
    // Read already, so that the next test counts the emails that it put there.
    await server.append('INBOX', raw, { flags: ['\\Seen'] });
    await page.getByText('Both ends fit').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await screenshot(page, 'round-trip');
    expect(await ticked()).toEqual(['Add a mailbox', 'Add a rule', 'Set up outgoing mail', 'Send a test email there and back']);
  });

  test('before it is activated, a scanner says how many unread emails lie there, and takes them or leaves them', async () => {
    await server.appendAll('INBOX', [mail({ subject: 'Old one' }), mail({ subject: 'Old two' })], {
      date: new Date('2019-05-05T12:00:00Z'),
    });
    await visit(page, panel.base, 'scanners');
    const active = page.getByRole('switch', { name: 'Support active' });
    await active.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 unread emails lie in the mailbox already.').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await screenshot(page, 'activate');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => active.evaluate((element) => element === document.activeElement)).toBe(true);
    expect((await scannerOf('Support')).active).toBe(false);

    await active.click();
    await dialog.getByRole('button', { name: 'Leave them' }).click();
    await page.getByText('Support is active').first().waitFor();
    const { documentId } = await scannerOf('Support');
    expect(await panel.api('POST', `/scanners/${documentId}/run`)).toMatchObject({ scanned: 0, error: null });

    const other = await panel.api('POST', '/scanners', {
      ...{ name: 'Other', host: server.host, port: server.imapPort, encryption: 'none', username: testUser, password: testPassword },
    });
    await panel.api('POST', `/scanners/${other.documentId}/rules`, { name: 'All', actions: [{ type: 'createContact', config: {} }] });
    await visit(page, panel.base, `scanners/${other.documentId}`);
    await page.getByRole('checkbox', { name: 'Active' }).or(page.getByLabel('Active')).first().click();
    await page.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('button', { name: 'Take them' }).click();
    await page.getByText('Other is active').first().waitFor();
    expect(await panel.api('POST', `/scanners/${other.documentId}/run`)).toMatchObject({ scanned: 2, error: null });
  });

  test('before its first run, a scanner that was never activated asks the same, and says how many it left alone', async () => {
    const { documentId } = await panel.api('POST', '/scanners', {
      ...{ name: 'Tried', host: server.host, port: server.imapPort, encryption: 'none', username: testUser, password: testPassword },
    });
    await server.createFolder('Trial');
    await server.appendAll('Trial', [mail({ subject: 'Trial one' }), mail({ subject: 'Trial two' })], {
      date: new Date('2019-05-05T12:00:00Z'),
    });
    const rule = { name: 'All', folders: ['Trial'], actions: [{ type: 'createContact', config: {} }] };
    await panel.api('POST', `/scanners/${documentId}/rules`, rule);
    await visit(page, panel.base, 'scanners');
    const runButton = page.getByRole('button', { name: 'Run Tried' });
    const dialog = page.getByRole('dialog');
    await runButton.click();
    await dialog.getByText('2 unread emails lie in the mailbox already.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await scannerOf('Tried')).toMatchObject({ active: false, lastScanAt: null });

    await runButton.click();
    expect(await seriousViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Leave them' }).click();
    await dialog.getByText('No new emails in').waitFor();
    await dialog.getByText('2 older unread emails were left alone.').waitFor();
    await screenshot(page, 'run-left-alone');
    await dialog.getByRole('button', { name: 'Take them' }).click();
    await dialog.getByText('2 emails scanned in').waitFor();
    expect(await dialog.getByText('left alone').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await panel.api('DELETE', `/scanners/${documentId}`);
  });

  // ---- Keys

  test('an address that is typed after “Add Cc” goes into the field, and no key of it is a shortcut', async () => {
    const ticket = await openTicket('Copied', ['A note']);
    await goToTicket(ticket);
    await page.getByRole('button', { name: 'Add Cc' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('eve@customer.test');
    expect(await page.getByLabel('Cc', { exact: true }).inputValue()).toBe('eve@customer.test');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove eve@customer.test' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('eve@');
    expect(await page.getByLabel('Cc', { exact: true }).inputValue()).toBe('eve@');
    await page.getByRole('button', { name: 'Choose another contact' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('eve@other.test');
    expect(await page.getByLabel('Address of the new contact').inputValue()).toBe('eve@other.test');
    await page.getByRole('button', { name: 'Cancel' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('e');
    await page.waitForTimeout(300);
    expect(await statusOf(ticket)).toBe('Open');
  });

  test('a focus that gets lost stays near, and keys rest until somebody chooses the page', async () => {
    const ticket = await openTicket('Lost', ['A note']);
    await goToTicket(ticket);
    const isNear = () => page.evaluate(() => document.activeElement?.closest('section[aria-label="Answer"]') !== null);
    for (const loss of ['remove', 'disable']) {
      await page.getByRole('button', { name: 'Internal note' }).focus();
      await page.evaluate((how) => {
        const button = document.activeElement as HTMLButtonElement;
        if (how === 'disable') button.disabled = true;
        else button.style.display = 'none';
      }, loss);
      await page.keyboard.type('e');
      await expect.poll(isNear).toBe(true);
      await page.waitForTimeout(1_100);
      await page.keyboard.type('e');
      await page.evaluate(() =>
        document.querySelectorAll<HTMLButtonElement>('section[aria-label="Answer"] button').forEach((button) => {
          button.style.display = '';
          button.disabled = false;
        }),
      );
    }
    await page.waitForTimeout(300);
    expect(await statusOf(ticket)).toBe('Open');
  });

  test('keys rest in fields and on buttons; on the page itself one closes the ticket, and Undo opens it again', async () => {
    const ticket = await openTicket('Closed by a key', ['A note']);
    await goToTicket(ticket);
    await page.getByRole('button', { name: 'Add Cc' }).focus();
    await page.keyboard.press('e');
    await page.waitForTimeout(300);
    expect(await statusOf(ticket)).toBe('Open');
    await page.getByText('A note').last().click();
    await page.keyboard.press('e');
    const message = page.getByRole('status').filter({ hasText: `Ticket ${ticket.ticketNumber} is closed.` });
    await message.waitFor();
    expect(await statusOf(ticket)).toBe('Closed');
    expect(await seriousViolations(page)).toEqual([]);
    await message.getByRole('button', { name: 'Undo' }).click();
    await message.waitFor({ state: 'detached' });
    await expect.poll(() => statusOf(ticket)).toBe('Open');
  });

  // ---- Who may what

  test('no page of the panel asks for what the role may not have', async () => {
    const ticket = await openTicket('Seen by all', ['A note']);
    const { documentId: scanner } = await scannerOf('Support');
    const [contact] = await panel.api('GET', '/contacts');
    const agent = ['read-tickets', 'reply-to-tickets', 'edit-tickets'];
    const helpdesk = ['', '/new', '/outbox', '/contacts', '/accounts', `/contacts/${contact.documentId}`, `/tickets/${ticket.documentId}`];
    const roles: [name: string, permissions: string[], pages: string[]][] = [
      ['Agent', agent, helpdesk.map((place) => `plugins/mail-scanner${place}`)],
      ['Reader', ['read-tickets'], helpdesk.map((place) => `plugins/mail-scanner${place}`)],
      ['Own only', ['read-own-tickets'], ['plugins/mail-scanner', 'plugins/mail-scanner/outbox', 'plugins/mail-scanner/contacts']],
      ['Log reader', ['read-scan-log'], ['settings/mail-scanner/scan-log']],
      [
        'Scanner reader',
        ['read-scanners'],
        ['scanners', `scanners/${scanner}`, `scanners/${scanner}/rules`, 'health'].map((place) => `settings/mail-scanner/${place}`),
      ],
      [
        'Scanner manager',
        ['read-scanners', 'manage-scanners'],
        ['scanners', 'scanners/create', `scanners/${scanner}`, `scanners/${scanner}/rules/create`, 'oauth'].map(
          (place) => `settings/mail-scanner/${place}`,
        ),
      ],
      [
        'Writer',
        ['manage-email-templates'],
        ['email-templates', 'email-templates/change-comments', 'canned-replies', 'canned-replies/create'].map(
          (place) => `settings/mail-scanner/${place}`,
        ),
      ],
      ['Postmaster', ['manage-outgoing-mail'], ['settings/mail-scanner/outgoing-mail', 'settings/mail-scanner/additional-settings']],
    ];
    const refused: string[] = [];
    for (const [name, permissions, places] of roles) {
      const own = await panel.open(await panel.addUser(name, permissions));
      own.on('response', (response) => {
        if ([401, 403].includes(response.status())) refused.push(`${name}: ${response.status()} ${new URL(response.url()).pathname}`);
      });
      for (const place of places) {
        await own.goto(`${panel.base}/admin/${place}`);
        await own.locator('main').first().waitFor();
        await own.waitForLoadState('networkidle');
      }
      if (name === 'Log reader') {
        await own
          .getByRole('button', { name: /Details of/ })
          .first()
          .click();
        await own.getByRole('dialog').waitFor();
        await own.waitForLoadState('networkidle');
      }
      await own.close();
    }
    expect(refused).toEqual([]);
  }, 240_000);

  test('an answer by an API token shows the name of the token, and customers do not learn it', async () => {
    const ticket = await openTicket('By a program', ['A note']);
    const { accessKey } = await panel.admins('POST', '/admin/api-tokens', {
      name: 'Stock system',
      description: '',
      type: 'full-access',
      lifespan: null,
      permissions: null,
    });
    const answer = await fetch(`${panel.base}/api/mail-scanner/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${accessKey}` },
      body: JSON.stringify({ data: { ticket: ticket.documentId, text: 'Three are left.', isPublic: false } }),
    });
    expect([200, 201]).toContain(answer.status);
    expect(await answer.text()).not.toContain('authorIsDoor');
    await goToTicket(ticket);
    await page.getByRole('article').filter({ hasText: 'Three are left.' }).getByText('Stock system').waitFor();
    expect(await page.getByText('Unknown sender').count()).toBe(0);
  });

  // ---- What is out of sight

  test('no page scrolls its document, cuts the menu or hides a column, whatever the width', async () => {
    const ticket = await openTicket(
      'A tall one',
      Array.from({ length: 12 }, (_, index) => `Note ${index}`),
    );
    const { documentId: scanner } = await scannerOf('Support');
    const settings = [
      'scanners',
      `scanners/${scanner}`,
      `scanners/${scanner}/rules`,
      `scanners/${scanner}/rules/create`,
      'oauth',
      'scan-log',
      'health',
      'email-templates',
      'canned-replies',
      'webhooks',
      'outgoing-mail',
      'additional-settings',
    ];
    const helpdesk = ['?view=all', '/outbox', '/contacts', '/accounts', '/new', `/tickets/${ticket.documentId}`];
    const places = [
      ...settings.map((place) => `settings/mail-scanner/${place}`),
      ...helpdesk.map((place) => `plugins/mail-scanner${place}`),
    ];
    const wrong: string[] = [];
    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
      [390, 844],
    ]) {
      const sized = await panel.open(panel.admin, { width, height });
      for (const place of places) {
        await sized.goto(`${panel.base}/admin/${place}`);
        await sized.locator('main h1').first().waitFor();
        await sized.waitForLoadState('networkidle');
        const found = await sized.evaluate(lookAround);
        wrong.push(...found.map((problem) => `${place} at ${width}: ${problem}`));
      }
      await sized.close();
    }
    expect(wrong).toEqual([]);
  }, 240_000);
});

/** In the browser: what of the page is where nobody sees it. */
function lookAround(): string[] {
  const problems: string[] = [];
  const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
  if (scrollHeight > clientHeight + 1) problems.push(`the document is ${scrollHeight - clientHeight} px too tall`);
  if (scrollWidth > clientWidth) problems.push(`the document is ${scrollWidth - clientWidth} px too wide`);
  document.querySelector('main section:last-of-type button')?.scrollIntoView();
  document.querySelector<HTMLElement>('main [role="textbox"]')?.focus();
  window.scrollTo(0, 10_000);
  if (window.scrollY > 0) problems.push(`the document scrolls by ${window.scrollY} px`);
  for (const element of document.querySelectorAll('main td, main th:not(thead th), main [role="tab"]')) {
    const { left, right, width } = element.getBoundingClientRect();
    if (width > 0 && (left < -1 || right > window.innerWidth + 1)) problems.push(`out of sight: ${element.textContent?.slice(0, 40)}`);
  }
  for (const table of document.querySelectorAll('main table')) {
    const frame = table.parentElement!;
    if (frame.scrollWidth > frame.clientWidth + 1)
      problems.push(`a table is ${frame.scrollWidth - frame.clientWidth} px wider than its place`);
  }
  return problems;
}
