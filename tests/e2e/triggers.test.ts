import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { hasChromium, screenshot, seriousViolations, startPanel, visit, type Panel } from './panel';

/** A time trigger is made in the panel, acts by itself, and goes to another site as a file. */
describe.skipIf(!hasChromium())('time triggers in the admin panel', () => {
  let panel: Panel;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    panel = await startPanel({ MAIL_SCANNER_SCHEDULE: 'true' });
    page = await panel.open(panel.admin);
    page.on('pageerror', (error) => errors.push(String(error)));
  }, 400_000);

  afterAll(() => panel?.stop());

  const choose = async (name: string, option: string) => {
    await page.getByRole('combobox', { name }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  const clean = async () => expect(await seriousViolations(page)).toEqual([]);
  const ticketOf = async (documentId: string): Promise<any> => panel.api('GET', `/tickets/${documentId}`);

  test('one for closed tickets says which there are, acts on one when its time is up, and the log tells it', async () => {
    const { documentId } = await panel.api('POST', '/tickets', { title: 'Done for now', ticketStatus: 'Closed' });
    await visit(page, panel.base, 'triggers');
    await page.getByRole('link', { name: 'Add time trigger' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('File it away');
    await page
      .getByRole('checkbox', { name: 'Active' })
      .or(page.getByRole('switch', { name: 'Active' }))
      .first()
      .click();
    await choose('State of the ticket', 'Closed');
    await page
      .getByRole('textbox', { name: 'For', exact: true })
      .or(page.getByRole('spinbutton', { name: 'For', exact: true }))
      .first()
      .fill('1');
    await choose('Unit', 'Minutes');
    await page.getByRole('button', { name: 'Add action' }).click();
    await page.getByRole('menuitem', { name: 'Set fields of the ticket' }).click();
    await page.getByRole('checkbox', { name: 'Priority' }).click();
    await choose('Priority: value', 'Low');
    await page.getByRole('checkbox', { name: 'Act on these, too.' }).click();
    await clean();
    await screenshot(page, 'trigger-form');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('gridcell', { name: 'File it away', exact: true }).waitFor();
    await expect.poll(async () => (await ticketOf(documentId)).priority, { timeout: 240_000, interval: 3_000 }).toBe('Low');
    const log = await panel.api('GET', `/tickets/${documentId}/activities`);
    expect(log).toContainEqual(expect.objectContaining({ kind: 'triggered', actorKind: 'trigger', actorName: 'File it away' }));
    await page.goto(`${panel.base}/admin/plugins/mail-scanner/tickets/${documentId}`);
    await page
      .getByText(/File it away/)
      .first()
      .waitFor();
  }, 400_000);

  test('all of them are a file, which makes them again elsewhere, switched off, and what is missing there is said', async () => {
    await visit(page, panel.base, 'triggers');
    const more = page.getByRole('button', { name: 'More', exact: true });
    await clean();
    await more.click();
    await screenshot(page, 'triggers-file');
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export all triggers' }).click();
    const file = JSON.parse(await readFile(await (await download).path(), 'utf8'));
    expect(file).toMatchObject({ format: 'mail-scanner-triggers', triggers: [{ name: 'File it away', state: 'closed', minutes: 1 }] });
    file.triggers[0].name = 'From elsewhere';
    file.triggers[0].actions.push({ type: 'setTags', config: { tags: ['gone'] } });
    const chosen = (content: string) => ({ name: 'triggers.json', mimeType: 'application/json', buffer: Buffer.from(content) });
    await page.getByLabel('Import triggers').setInputFiles(chosen(JSON.stringify(file)));
    await page.getByText('1 trigger was imported, switched off').waitFor();
    await page.getByText('The imported actions name tags that are not there. Choose others.').waitFor();
    await page.getByRole('row', { name: /From elsewhere.*Off/ }).waitFor();
    await page.getByLabel('Import triggers').setInputFiles(chosen('{}'));
    await page.getByText('This is no file of exported time triggers, or it has more than 200 of them.').waitFor();
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await screenshot(page, `triggers-${width}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await clean();
  });

  test('no page threw an error', () => expect(errors).toEqual([]));
});
