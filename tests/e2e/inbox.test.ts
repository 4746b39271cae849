import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { addScanner } from '../support/helpdesk';
import { hasChromium, screenshot, seriousViolations, startPanel, type Panel, type User } from './panel';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mP8z8BQz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC';

const header = (subject: string, id: string, more: string[] = []) => [
  'From: Jane Doe <jane@customer.test>',
  'To: support@example.com',
  `Subject: ${subject}`,
  `Message-ID: <${id}@customer.test>`,
  'Date: Tue, 24 Nov 2026 08:00:00 +0000',
  'MIME-Version: 1.0',
  ...more,
  '',
];

const PLAIN = [
  ...header('Printer prints pink pages', 'pink'),
  'Good morning,',
  '',
  'everything that I print comes out pink since yesterday.',
  '',
  'Jane',
].join('\r\n');

const QUOTED = [
  ...header('Re: Printer prints pink pages', 'pink-2', ['In-Reply-To: <pink@customer.test>', 'References: <pink@customer.test>']),
  'It is the second cartridge.',
  '',
  'On Tue, 24 Nov 2026 at 08:00, Jane Doe <jane@customer.test> wrote:',
  '> everything that I print comes out pink since yesterday.',
].join('\r\n');

/** What people have tried on web mail: script in every guise, remote pictures, CSS over the page, a huge table. */
const HOSTILE = [
  '<script>top.hacked = "script"</script>',
  '<img src=x onerror="top.hacked=\'onerror\'">',
  '<svg onload="top.hacked=\'svg\'"><script>top.hacked="svg script"</script></svg>',
  '<iframe srcdoc="<script>top.hacked=\'iframe\'</script>"></iframe>',
  '<a href="javascript:top.hacked=\'href\'">click me</a>',
  '<style>*{position:fixed;top:0;left:0;width:100vw;height:100vh;background:red;z-index:999999}</style>',
  '<div style="position:fixed;top:0;left:0;width:9999px;height:9999px;z-index:999999;background:red">cover</div>',
  '<meta http-equiv="refresh" content="0;url=http://tracker.test/"><base href="http://tracker.test/"><link rel="stylesheet" href="http://tracker.test/x.css">',
  '<form action="http://tracker.test/"><input name="password"><button>Log in</button></form>',
  '<img src="http://tracker.test/pixel.gif" width="1" height="1"><div style="background:url(http://tracker.test/bg.png)">styled</div>',
  '<img src="cid:logo@customer.test" alt="logo">',
  `<table>${'<tr><td width="4000">wide</td></tr>'.repeat(300)}</table>`,
  '<p>The last line survives.</p>',
  // Never closed: whatever follows goes with them.
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=top.hacked=\'mxss\'&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=top.hacked=\'noscript\'>">',
].join('\n');

const HTML = [
  ...header('Hostile mail', 'hostile', ['Content-Type: multipart/related; boundary="b"']),
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  HOSTILE,
  '--b',
  'Content-Type: image/png; name="logo.png"',
  'Content-Transfer-Encoding: base64',
  'Content-ID: <logo@customer.test>',
  'Content-Disposition: inline; filename="logo.png"',
  '',
  PNG,
  '--b--',
].join('\r\n');

/** The day of somebody who answers customers, in the browser, on emails that came from a real mail server. */
describe.skipIf(!hasChromium() || !hasDovecot())('the helpdesk in the admin panel', () => {
  let panel: Panel;
  let dovecot: Dovecot;
  let page: Page;
  let agent: User;
  let errors: string[];
  const requests: string[] = [];

  beforeAll(async () => {
    dovecot = await startDovecot();
    panel = await startPanel();
    const scanner = await addScanner(panel, dovecot);
    for (const source of [PLAIN, QUOTED, HTML]) await dovecot.append('INBOX', source);
    await panel.api('PUT', `/scanners/${scanner.documentId}`, { scanFrom: '2020-01-01T00:00:00.000Z' });
    const { error } = await panel.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(error).toBeNull();
    await panel.api('PUT', '/outgoing-mail', {
      host: '127.0.0.1',
      port: 9,
      encryption: 'none',
      validateCertificate: false,
      username: '',
      fromAddress: 'support@example.com',
      fromName: 'Support',
    });
    agent = await panel.addUser('Agent', ['read-tickets', 'edit-tickets', 'reply-to-tickets']);
    page = await panel.open(agent);
    errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('request', (request) => requests.push(request.url()));
  }, 400_000);

  afterAll(async () => {
    await panel?.stop();
    await dovecot?.stop();
  });

  const inbox = async (on = page, query = '') => {
    await on.goto(`${panel.base}/admin/plugins/mail-scanner${query}`);
    await on.getByRole('heading', { name: 'Helpdesk' }).waitFor();
    await on.waitForLoadState('networkidle');
  };
  const open = async (title: string, on = page) => {
    await inbox(on, '?view=all');
    await on.getByRole('link', { name: title }).click();
    await on.getByRole('heading', { name: title, level: 1 }).waitFor();
    await on.waitForLoadState('networkidle');
  };
  const clean = async (on = page) => expect(await seriousViolations(on)).toEqual([]);

  test('the list shows what waits, and a search finds the words of a comment', async () => {
    await inbox();
    await page.getByRole('link', { name: 'Hostile mail' }).waitFor();
    await screenshot(page, 'helpdesk-list');
    await clean();
    await page.keyboard.press('/');
    await page.keyboard.type('second cartridge');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Hostile mail' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('link', { name: 'Printer prints pink pages' }).count()).toBe(1);
  });

  test('keys move through the list and open a ticket', async () => {
    await inbox(page, '?view=all');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = await page.locator('[data-ticket-link]').nth(1).textContent();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(second);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    // While it fades in, its text is pale.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    await clean();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Conversation' }).waitFor();
    await page.keyboard.press('u');
    await page.getByRole('heading', { name: 'Helpdesk' }).waitFor();
  });

  test('several tickets are given to somebody at once', async () => {
    await inbox(page, '?view=all');
    await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
    await page.getByRole('button', { name: 'Assign to' }).click();
    await page.getByRole('menuitem', { name: 'Agent Tester' }).click();
    await page.getByText('2 tickets changed.').waitFor();
    expect((await panel.api('GET', '/tickets?view=unassigned')).length).toBe(0);
  });

  test('a quote is folded and one click away', async () => {
    await open('Printer prints pink pages');
    const second = page.getByRole('article').nth(1);
    await second.getByText('It is the second cartridge.').waitFor();
    expect(await second.textContent()).not.toContain('since yesterday');
    expect(await second.textContent()).toContain('Matched by its conversation');
    await second.getByRole('button', { name: 'Show the whole message' }).click();
    expect(await second.textContent()).toContain('since yesterday');
    await clean();
  });

  test('hostile HTML runs nothing, loads nothing and stays in its frame', async () => {
    requests.length = 0;
    await open('Hostile mail');
    const frame = page.frameLocator('iframe');
    await frame.getByText('The last line survives.').waitFor();
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => (window as any).hacked)).toBeUndefined();
    expect(requests.filter((url) => !url.startsWith(panel.base) && !/^(data|blob|about):/.test(url))).toEqual([]);
    await page.getByText('1 remote picture is not loaded').waitFor();
    expect(await page.locator('iframe').getAttribute('sandbox')).not.toContain('allow-scripts');
    expect(
      await frame.locator('script, form, input, [onerror], [onload], iframe, link, a[href^="javascript"], [style*="position"]').count(),
    ).toBe(0);
    // The picture that came with the mail is shown.
    await frame.locator('img[src^="blob:"]').waitFor();
    expect(await frame.locator('img[src^="blob:"]').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(10);
    // The panel is where it was: the title is on top of whatever a mail draws, and the page does not scroll sideways.
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await screenshot(page, 'helpdesk-hostile');
    await page.getByRole('button', { name: 'Preview logo.png' }).click();
    await page.getByRole('dialog').getByRole('img', { name: 'logo.png' }).waitFor();
    await page.keyboard.press('Escape');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download logo.png' }).click()]);
    expect(download.suggestedFilename()).toBe('logo.png');
  });

  test('a draft survives a reload, and a note looks and reads unlike a reply', async () => {
    await open('Printer prints pink pages');
    await page.keyboard.press('n');
    await page.getByText('Only your team reads this.').waitFor();
    const note = page.getByRole('textbox', { name: 'Internal note' });
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'textbox');
    await page.keyboard.type('Ask Bob about cartridges');
    await screenshot(page, 'helpdesk-note');
    await clean();
    await page.reload();
    await note.filter({ hasText: /^Ask Bob about cartridges$/ }).waitFor();
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.locator('article[data-kind="internal"]').getByText('Ask Bob about cartridges').waitFor();
    await note.filter({ hasText: /^$/ }).waitFor();
    expect(await panel.api('GET', '/deliveries')).toEqual([]);
  });

  test('two people at one ticket: the second is told before the answer leaves', async () => {
    await open('Printer prints pink pages');
    const other = await panel.open(panel.admin);
    await open('Printer prints pink pages', other);
    await other.getByRole('textbox', { name: 'Reply to customer' }).fill('Please shake the cartridge.');
    await other.getByRole('button', { name: 'Send and wait' }).click();
    await other.getByText('The reply has not left yet.').waitFor();

    await page.getByRole('button', { name: 'Reply to customer' }).click();
    await page.getByRole('textbox', { name: 'Reply to customer' }).fill('We send a new one.');
    await page.getByRole('button', { name: 'Remove jane@customer.test' }).waitFor();
    await page.getByRole('button', { name: 'Send and wait' }).click();
    await page.getByText('Somebody wrote since you opened this ticket: Ada Admin').waitFor();
    await page.locator('article[data-kind="staff"]').getByText('Please shake the cartridge.').waitFor();
    await screenshot(page, 'helpdesk-collision');
    await clean();
    expect((await panel.api('GET', '/deliveries')).length).toBe(1);
    await page.getByRole('button', { name: 'I have read it' }).click();
    await page.getByRole('button', { name: 'Send and wait' }).click();
    await page.locator('article[data-kind="staff"]').getByText('We send a new one.').waitFor();
    expect((await panel.api('GET', '/tickets?view=waiting')).map(({ title }: any) => title)).toEqual(['Printer prints pink pages']);
  });

  test('an email that could not leave says why', async () => {
    await open('Printer prints pink pages');
    await page.getByText('Waiting to be sent').first().waitFor();
    await page.getByRole('button', { name: 'Send again' }).first().waitFor();
    await page.setViewportSize({ width: 1280, height: 1400 });
    await screenshot(page, 'helpdesk-ticket');
    await page.setViewportSize({ width: 1280, height: 900 });
    await clean();
  });

  test('without a mouse: from the list to a ticket, answered, closed, on to the next and back; the focus is never lost', async () => {
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
    const hasRing = () => page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle !== 'none');
    await inbox(page, '?view=all');
    const [first, second] = await page.locator('[data-ticket-link]').allTextContents();
    await page.keyboard.press('j');
    expect([await focused(), await hasRing()]).toEqual([first, true]);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe(first);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: first, level: 1 }).waitFor();
    // On the newest message.
    await expect.poll(focused).toMatch(/^(Customer|Colleague|Our reply|Internal): /);
    expect(await hasRing()).toBe(true);
    await page.keyboard.press('r');
    await expect.poll(focused).toBe('Reply to customer');
    await page.keyboard.type('We send a cartridge.');

    // The server is away for a moment: nothing is lost, neither text nor focus.
    await page.route('**/comments', (route) => route.fulfill({ status: 502, body: '<html>Bad gateway</html>' }));
    await page.keyboard.press('Control+Enter');
    await page.getByText('The server does not answer. Nothing that you entered is lost').waitFor();
    await page.unroute('**/comments');
    expect(await page.getByRole('textbox', { name: 'Reply to customer' }).textContent()).toBe('We send a cartridge.');
    expect(await focused()).toBe('Reply to customer');

    await page.keyboard.press('Control+Enter');
    await page.getByText('The reply has not left yet.').waitFor();
    await page.getByRole('button', { name: 'Next ticket' }).nth(1).waitFor();
    expect([await focused(), await hasRing()]).toEqual(['Answer', true]);
    await page.keyboard.press('e');
    await expect.poll(() => page.getByRole('combobox', { name: 'Status', exact: true }).textContent()).toContain('Closed');
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: second, level: 1 }).waitFor();
    expect(await page.getByRole('article').filter({ hasText: 'We send a cartridge.' }).count()).toBe(0);
    await page.keyboard.press('u');
    await page.getByRole('heading', { name: 'Helpdesk' }).waitFor();
    await expect.poll(focused).toBe(second);
    expect(page.url()).toContain('view=all');
    expect((await panel.api('GET', '/tickets?view=closed')).map(({ title }: any) => title)).toEqual([first]);
  });

  test('the home page shows what waits', async () => {
    await page.goto(`${panel.base}/admin/`);
    await page.getByText('Waiting for the customer').waitFor();
    await screenshot(page, 'helpdesk-widget');
  });

  test('dark and on a phone, it can be read and answered', async () => {
    const dark = await panel.open(agent, { theme: 'dark' });
    await inbox(dark, '?view=all');
    await clean(dark);
    await screenshot(dark, 'helpdesk-list-dark');
    await open('Printer prints pink pages', dark);
    await clean(dark);
    await screenshot(dark, 'helpdesk-ticket-dark');
    const phone = await panel.open(agent, { width: 390, height: 844 });
    await inbox(phone, '?view=all');
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await screenshot(phone, 'helpdesk-list-phone');
    await open('Printer prints pink pages', phone);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await screenshot(phone, 'helpdesk-ticket-phone');
    await clean(phone);
  });

  test('who may only read sees no way to write, and who may not read sees nothing', async () => {
    const reader = await panel.open(await panel.addUser('Reader', ['read-tickets']));
    await open('Printer prints pink pages', reader);
    expect(await reader.getByRole('region', { name: 'Answer' }).count()).toBe(0);
    expect(await reader.getByRole('combobox', { name: 'Status' }).isDisabled()).toBe(true);
    const stranger = await panel.open(await panel.addUser('Stranger', ['read-scan-log']));
    await stranger.goto(`${panel.base}/admin/plugins/mail-scanner`);
    await stranger.getByText('permissions to access').waitFor();
    expect(await stranger.getByRole('link', { name: 'Helpdesk' }).count()).toBe(0);
  });

  test('no page threw an error', () => {
    expect(errors).toEqual([]);
  });
});
