import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { hasChromium, screenshot, seriousViolations, startPanel, visit, type Panel, type User } from './panel';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mP8z8BQz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC';

const WORD = [
  '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {color:red}</style></head><body><!--StartFragment-->',
  '<p class=MsoNormal style="margin:0cm"><b>Please</b> do this:<o:p></o:p></p>',
  '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><![if !supportLists]><span style="mso-list:Ignore">·<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>open the lid</p>',
  '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><![if !supportLists]><span style="mso-list:Ignore">·<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>shake the cartridge</p>',
  '<!--EndFragment--></body></html>',
].join('');

/** Answering a customer in the browser, until the email is in the customer's hands and the answer is back. */
describe.skipIf(!hasChromium() || !hasDovecot())('answering in the admin panel', () => {
  let panel: Panel;
  let dovecot: Dovecot;
  let sink: SmtpSink;
  let page: Page;
  let agent: User;
  let scanner: { documentId: string };
  const errors: string[] = [];

  beforeAll(async () => {
    dovecot = await startDovecot();
    sink = await startSmtpSink();
    panel = await startPanel();
    scanner = await addScanner(panel, dovecot);
    await dovecot.append('INBOX', mail({ subject: 'Pages come out pink', text: 'Everything that I print comes out pink.' }));
    await panel.api('PUT', `/scanners/${scanner.documentId}`, { scanFrom: '2020-01-01T00:00:00.000Z' });
    await panel.api('POST', `/scanners/${scanner.documentId}/run`);
    await setUpOutgoing(panel, sink, { fromName: 'Support' });
    agent = await panel.addUser('Agent', ['read-tickets', 'edit-tickets', 'reply-to-tickets']);
    page = await panel.open(agent);
    page.on('pageerror', (error) => errors.push(String(error)));
  }, 600_000);

  afterAll(async () => {
    await panel?.stop();
    await sink?.stop();
    await dovecot?.stop();
  });

  const open = async (on = page) => {
    const [ticket] = await panel.api('GET', '/tickets?search=pink');
    await on.goto(`${panel.base}/admin/plugins/mail-scanner/tickets/${ticket.documentId}`);
    await on.getByRole('heading', { name: 'Pages come out pink', level: 1 }).waitFor();
    await reply(on).waitFor();
    return ticket as { documentId: string; ticketNumber: string };
  };
  const reply = (on = page): Locator => on.getByRole('textbox', { name: 'Reply to customer' });
  const files = (on = page): Locator => on.getByRole('list', { name: 'Files of this answer' });
  const clean = async (on = page) => expect(await seriousViolations(on)).toEqual([]);

  const paste = (content: { html?: string; png?: string }) =>
    reply().evaluate((element, { html, png }) => {
      const data = new DataTransfer();
      if (html) data.setData('text/html', html);
      if (png)
        data.items.add(new File([Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0))], 'screenshot.png', { type: 'image/png' }));
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, content);

  test('a canned reply is written in the settings', async () => {
    const manager = await panel.open(panel.admin);
    await visit(manager, panel.base, 'canned-replies');
    await manager.getByRole('link', { name: 'Add canned reply' }).click();
    await manager.getByLabel('Name').fill('First aid for printers');
    await manager
      .getByRole('textbox', { name: 'Text' })
      .fill('Dear $contacts-firstName|customer$, about $helpdesk-ticket_no$. Kind regards, $agent-firstName$');
    await screenshot(manager, 'canned-reply');
    await clean(manager);
    await manager.getByRole('button', { name: 'Save' }).click();
    await manager.getByRole('gridcell', { name: 'First aid for printers', exact: true }).waitFor();
    await screenshot(manager, 'canned-replies');
    await clean(manager);
    await panel.api('POST', '/canned-replies', { name: 'Bye', body: '<p>Goodbye.</p>' });
  });

  test('an answer is put together: canned reply, text from Word, files, a picture, somebody in copy; it survives a reload', async () => {
    const { ticketNumber } = await open();
    await reply().click();
    await page.keyboard.type('/aid');
    await page.getByRole('option', { name: 'First aid for printers' }).waitFor();
    await screenshot(page, 'answer-canned');
    await clean();
    await page.keyboard.press('Enter');
    await reply().getByText(`Dear Jane, about ${ticketNumber}. Kind regards, Agent`).waitFor();
    await page.keyboard.press('Enter');
    await paste({ html: WORD });
    expect(await reply().locator('ul li').allTextContents()).toEqual(['open the lid', 'shake the cartridge']);
    expect(await reply().innerHTML()).not.toMatch(/Mso|style=|color:red/);
    await paste({ png: PNG });
    await reply().locator('img[src^="blob:"]').waitFor();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files' }).click();
    await (
      await chooser
    ).setFiles([
      { name: 'Anleitung für Drucker.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 manual') },
      { name: 'wrong.txt', mimeType: 'text/plain', buffer: Buffer.from('wrong') },
    ]);
    await files().getByRole('button', { name: 'Remove Anleitung für Drucker.pdf' }).waitFor();
    await files().getByRole('button', { name: 'Remove wrong.txt' }).click();
    await page.getByRole('button', { name: 'Add Cc' }).click();
    await page.getByLabel('Cc', { exact: true }).fill('The Boss <boss@customer.test>,nobody');
    await page.keyboard.press('Enter');
    await page.getByText('This is no email address: nobody').waitFor();
    await page.getByLabel('Cc', { exact: true }).fill('');
    await screenshot(page, 'answer-composer');
    await clean();

    await page.reload();
    await reply().locator('img[src^="blob:"]').waitFor();
    await reply().getByText('shake the cartridge').waitFor();
    expect(await files().getByRole('listitem').count()).toBe(1);
    await page.getByRole('button', { name: 'Remove boss@customer.test' }).waitFor();
  });

  test('the site’s own content is found behind "/" by the keyboard, and put in as a link or as text', async () => {
    const article = { title: 'Pink pages', slug: 'pink-pages', text: '## Nozzles\n\nClean the **nozzles**.' };
    const { documentId } = await panel.admins('POST', '/content-manager/collection-types/api::article.article', article);
    await panel.admins('POST', `/content-manager/collection-types/api::article.article/${documentId}/actions/publish`, article);
    await panel.admins('POST', '/content-manager/collection-types/api::article.article', { title: 'Pink draft', slug: 'pink-draft' });
    const manager = await panel.open(panel.admin);
    await visit(manager, panel.base, 'additional-settings');
    await manager.getByRole('tab', { name: 'Content in answers' }).click();
    await manager.getByRole('button', { name: 'Article' }).click();
    await manager.getByLabel('Address on the site').fill('https://{slug}.example.com');
    await manager.getByRole('combobox', { name: 'Text to insert' }).click();
    await manager.getByRole('option', { name: 'text', exact: true }).click();
    await manager.getByRole('button', { name: 'Save' }).click();
    await manager.getByText('Enter an address with its server').first().waitFor();
    await manager.getByLabel('Address on the site').fill('https://example.com/help/{slug}');
    await manager.getByRole('button', { name: 'Save' }).click();
    await manager.getByText('Content in answers: saved.').first().waitFor();
    await screenshot(manager, 'content-links');
    await clean(manager);

    await open(manager);
    await reply(manager).click();
    await manager.keyboard.type('See and/or /pi');
    await manager.getByRole('option', { name: /Pink pages/ }).waitFor();
    expect(await manager.getByRole('option').count()).toBe(1);
    await screenshot(manager, 'answer-content');
    await clean(manager);
    await manager.keyboard.press('Enter');
    await manager.getByRole('option', { name: /Title with link/ }).waitFor();
    await manager.keyboard.press('Enter');
    await reply(manager).locator('a[href="https://example.com/help/pink-pages"]', { hasText: 'Pink pages' }).waitFor();
    await manager.keyboard.type('/pink');
    await manager.getByRole('option', { name: /Pink pages/ }).click();
    await manager.getByRole('option', { name: /Formatted/ }).click();
    await reply(manager).locator('strong', { hasText: 'nozzles' }).waitFor();
    expect(await reply(manager).textContent()).toMatch(/^See and\/or Pink pages Nozzles\s*Clean the nozzles\./);
    await manager.keyboard.type(' /pink');
    await manager.getByRole('option').first().waitFor();
    await manager.keyboard.press('Escape');
    await manager.getByRole('option').waitFor({ state: 'detached' });
    await reply(manager).fill('');
    await manager.close();

    // An agent whose role may read no article is offered none.
    const writer = await panel.open(agent);
    const nothing = writer.waitForResponse((response) => response.url().includes('/content-entries') && response.url().includes('pi'));
    await open(writer);
    await reply(writer).press('End');
    await writer.keyboard.type(' /pi');
    expect(await (await nothing).json()).toEqual({ data: [] });
    expect(await writer.getByRole('option').count()).toBe(0);
    await writer.close();
  });

  test('a file that is too large is refused before it is sent, in words', async () => {
    await page.locator('input[type=file]').setInputFiles({ name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(10_000_001) });
    await page.getByText('film.mp4 is too large: a file may have up to 10 MB.').waitFor();
    expect(await files().getByRole('listitem').count()).toBe(1);
  });

  test('two people at one ticket see each other', async () => {
    const other = await panel.open(panel.admin);
    await open(other);
    await other.getByText('Agent Tester is answering this ticket just now').waitFor();
    await reply(other).click();
    await screenshot(other, 'answer-presence');
    await clean(other);
    await page.getByText('Ada Admin is answering this ticket just now').waitFor();
    await other.close();
  });

  test('what was sent too early is taken back and comes back whole', async () => {
    await page.getByRole('button', { name: 'More ways to send' }).click();
    await page.getByRole('menuitem', { name: 'Send and close' }).click();
    await page.getByText('The reply has not left yet.').waitFor();
    await page.getByRole('button', { name: 'Download Anleitung für Drucker.pdf' }).waitFor();
    await screenshot(page, 'answer-undo');
    await clean();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('article[data-kind="staff"]').waitFor({ state: 'detached' });
    await reply().getByText('shake the cartridge').waitFor();
    await reply().locator('img[src^="blob:"]').waitFor();
    await files().getByRole('button', { name: 'Remove Anleitung für Drucker.pdf' }).waitFor();
    await page.getByRole('button', { name: 'Remove boss@customer.test' }).waitFor();
    await page.getByRole('button', { name: 'Send and close' }).waitFor();
    expect(await panel.api('GET', '/deliveries')).toEqual([]);
    expect((await panel.api('GET', '/tickets?search=pink'))[0].ticketStatus).toBe('Open');
    expect(sink.mails).toEqual([]);
  });

  test('the customer gets the answer with all that belongs to it, and answers', async () => {
    await page.getByRole('button', { name: 'Send and close' }).click();
    await page.getByText('The reply has not left yet.').waitFor();
    const [{ parsed, to }] = await sink.received(1, 20_000);
    expect(to.sort()).toEqual(['boss@customer.test', 'jane@customer.test']);
    expect(parsed.attachments.map(({ filename, related, size }) => [filename, related ?? false, size])).toEqual([
      ['screenshot.png', true, Buffer.from(PNG, 'base64').length],
      ['Anleitung für Drucker.pdf', false, 15],
    ]);
    expect(parsed.html).toMatch(/Dear Jane, about TT\d+\. Kind regards, Agent/);
    expect(parsed.html).toMatch(/<ul>\s*<li>\s*<p>open the lid<\/p>/);
    expect(parsed.html).toMatch(/<img[^>]* src="data:image\/png/);
    expect(parsed.text).toMatch(/Please do this:[\s\S]*open the lid/);
    await page.locator('article[data-kind="staff"]').getByText('Sent', { exact: true }).waitFor();
    await page.frameLocator('article[data-kind="staff"] iframe').locator('img[src^="blob:"]').waitFor();
    await screenshot(page, 'answer-sent');
    await clean();

    await dovecot.append(
      'INBOX',
      mail({
        from: 'The Boss <boss@customer.test>',
        subject: `Re: ${parsed.subject}`,
        text: 'Shaken. It is blue now.',
        headers: { 'In-Reply-To': parsed.messageId! },
      }),
    );
    await panel.api('POST', `/scanners/${scanner.documentId}/run`);
    const { comments } = await panel.api('GET', `/tickets/${(await panel.api('GET', '/tickets?search=pink'))[0].documentId}`);
    expect(comments.at(-1)).toMatchObject({ visibleText: 'Shaken. It is blue now.', authorAddress: 'boss@customer.test' });
  });

  test('whoever may write notes alone is offered no reply', async () => {
    const helper = await panel.open(await panel.addUser('Helper', ['read-tickets', 'write-internal-notes']));
    const [ticket] = await panel.api('GET', '/tickets?search=pink');
    await helper.goto(`${panel.base}/admin/plugins/mail-scanner/tickets/${ticket.documentId}`);
    await helper.getByRole('textbox', { name: 'Internal note' }).waitFor();
    expect(await helper.getByRole('button', { name: 'Reply to customer' }).count()).toBe(0);
    await helper.getByRole('textbox', { name: 'Internal note' }).fill('Blue?');
    await helper.getByRole('button', { name: 'Add note' }).click();
    await helper.locator('article[data-kind="internal"]').waitFor();
    expect(await panel.api('GET', '/deliveries')).toHaveLength(1);
  });

  test('on a phone and in the dark it fits', async () => {
    const phone = await panel.open(agent, { width: 390, height: 844, theme: 'dark' });
    await open(phone);
    await reply(phone).fill('On the way.');
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await reply(phone).scrollIntoViewIfNeeded();
    await screenshot(phone, 'answer-phone');
    await clean(phone);
  });

  test('no page threw an error', () => {
    expect(errors).toEqual([]);
  });
});
