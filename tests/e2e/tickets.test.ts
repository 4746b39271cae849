import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { addScanner, eventually, mail, setUpOutgoing } from '../support/helpdesk';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { hasChromium, screenshot, seriousViolations, startPanel, type Panel, type User } from './panel';

const AGENT = ['read-tickets', 'edit-tickets', 'reply-to-tickets', 'merge-tickets', 'delete-tickets', 'edit-contacts'];

/** What is done with tickets as a whole, and with the people behind them, in the browser and on real mail. */
describe.skipIf(!hasChromium() || !hasDovecot())('tickets and people in the admin panel', () => {
  let panel: Panel;
  let dovecot: Dovecot;
  let sink: SmtpSink;
  let scanner: { documentId: string };
  let page: Page;
  let agent: User;
  const errors: string[] = [];

  beforeAll(async () => {
    dovecot = await startDovecot();
    sink = await startSmtpSink();
    panel = await startPanel();
    scanner = await addScanner(panel, dovecot);
    await setUpOutgoing(panel, sink);
    await panel.api('PUT', `/scanners/${scanner.documentId}`, { scanFrom: '2020-01-01T00:00:00.000Z' });
    await arrives(
      mail({ from: 'Jane Doe <jane@customer.test>', subject: 'Pink pages', text: 'Everything comes out pink.' }),
      mail({ from: 'Jane Doe <jane@customer.test>', subject: 'The printer again', text: 'Still pink. And my chair is broken.' }),
      mail({ from: 'Bob Builder <bob@builder.test>', subject: 'An offer', text: 'May I send an offer?' }),
    );
    agent = await panel.addUser('Agent', AGENT);
    page = await panel.open(agent);
    page.on('pageerror', (error) => errors.push(String(error)));
  }, 400_000);

  afterAll(async () => {
    await panel?.stop();
    await sink?.stop();
    await dovecot?.stop();
  });

  async function arrives(...sources: string[]): Promise<void> {
    for (const source of sources) await dovecot.append('INBOX', source);
    const result = await panel.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(result).toMatchObject({ byOutcome: { processed: sources.length }, error: null });
  }

  const visit = async (place: string, heading: string, on = page) => {
    await on.goto(`${panel.base}/admin/plugins/mail-scanner${place}`);
    await on.getByRole('heading', { name: heading, level: 1 }).waitFor();
    await on.waitForLoadState('networkidle');
  };
  const ticketOf = async (title: string): Promise<any> =>
    (await panel.api('GET', '/tickets?view=all&pageSize=100')).find((ticket: any) => ticket.title === title);
  const open = async (title: string, on = page) => visit(`/tickets/${(await ticketOf(title)).documentId}`, title, on);
  const clean = async (on = page) => expect(await seriousViolations(on)).toEqual([]);

  test('a ticket is merged into another: what will happen is said first, and the old one leads to the new', async () => {
    const [old, remaining] = [await ticketOf('The printer again'), await ticketOf('Pink pages')];
    await open('The printer again');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Merge into another ticket' }).click();
    await page.getByRole('radio', { name: /Pink pages/ }).click();
    await page.getByText(`The message of ${old.ticketNumber} moves to ${remaining.ticketNumber}.`).waitFor();
    await screenshot(page, 'helpdesk-merge');
    await clean();
    await page.getByRole('button', { name: `Merge into ${remaining.ticketNumber}` }).click();
    await page.getByRole('heading', { name: 'Pink pages', level: 1 }).waitFor();
    await page.getByText('Still pink. And my chair is broken.').waitFor();
    expect(await page.getByRole('article').count()).toBe(2);
    await page.getByText(`${old.ticketNumber} was merged into this one`).waitFor();
    await page.keyboard.press('e');
    await eventually(async () => (await ticketOf('Pink pages')).ticketStatus === 'Closed');

    await page.goto(`${panel.base}/admin/plugins/mail-scanner?view=all&_q=${old.ticketNumber}`);
    await page.getByText(`${old.ticketNumber} → ${remaining.ticketNumber}`).waitFor();
    await page.getByRole('link', { name: 'The printer again' }).click();
    await page.getByText(`${old.ticketNumber} was merged into this ticket:`).waitFor();
    await screenshot(page, 'helpdesk-merged');
    await clean();
    await page
      .getByRole('link', { name: `${remaining.ticketNumber} Pink pages` })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Pink pages', level: 1 }).waitFor();
  });

  test('a customer who answers with the old number is heard in the remaining ticket', async () => {
    const { ticketNumber } = (await panel.api('GET', '/tickets?view=all&search=printer'))[0];
    // Who has the ticket open while the message comes in has seen it.
    await visit('', 'Helpdesk');
    await arrives(mail({ from: 'jane@customer.test', subject: `Re: The printer again [${ticketNumber}]`, text: 'Now it is green.' }));
    // The list says who wrote what, and that this person has not seen it yet.
    const row = page.getByRole('row').filter({ hasText: 'Pink pages' });
    await visit('', 'Helpdesk');
    await row.getByText('Now it is green.').waitFor();
    await row.getByText('New to you').waitFor({ state: 'attached' });
    await screenshot(page, 'helpdesk-unseen');
    await clean();
    await page.setViewportSize({ width: 390, height: 800 });
    await clean();
    await page.setViewportSize({ width: 1280, height: 900 });
    const seen = page.waitForResponse((answer) => answer.url().endsWith('/seen') && answer.ok());
    await open('Pink pages');
    await page.getByText('Now it is green.').waitFor();
    expect((await ticketOf('Pink pages')).ticketStatus).toBe('Open');
    await seen;
    await visit('', 'Helpdesk');
    await row.getByText('Now it is green.').waitFor();
    expect(await row.getByText('New to you').count()).toBe(0);
  });

  test('a message becomes a ticket of its own, and the two link to each other', async () => {
    await open('Pink pages');
    await page.getByRole('article').nth(1).getByRole('button', { name: 'More about this message' }).click();
    await page.getByRole('menuitem', { name: 'Make this a ticket of its own' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Title' }).fill('Broken chair');
    await screenshot(page, 'helpdesk-split');
    await clean();
    await page.getByRole('button', { name: 'Make a ticket' }).click();
    await page.getByRole('heading', { name: 'Broken chair', level: 1 }).waitFor();
    await page.getByText('Still pink. And my chair is broken.').waitFor();
    await page
      .getByRole('link', { name: /Pink pages/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Pink pages', level: 1 }).waitFor();
    await page
      .getByRole('link', { name: /Broken chair/ })
      .first()
      .waitFor();
    expect(await page.getByText('my chair is broken').count()).toBe(0);
  });

  test('people join and leave, and the log tells who did what', async () => {
    await open('Pink pages');
    await page.getByRole('textbox', { name: 'Address of somebody who takes part' }).fill('colleague@customer.test');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Joined the conversation: colleague@customer.test').waitFor();
    await page.getByRole('button', { name: 'Remove colleague@customer.test' }).click();
    await page.getByText('Left the conversation: colleague@customer.test').waitFor();
    await page.setViewportSize({ width: 1280, height: 1500 });
    await screenshot(page, 'helpdesk-side-panel');
    await clean();
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test('a ticket gets a tag and a better title, and the list is filtered by the tag', async () => {
    await panel.api('POST', '/tags', { name: 'Building', colour: 'orange' });
    await panel.api('POST', '/tickets', { title: 'Squeak', priority: 'High' });
    await open('Squeak');
    await page.getByRole('combobox', { name: 'Tags' }).click();
    await page.getByRole('option', { name: 'Building' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('list', { name: 'Tags' }).getByText('Building').first().waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Change the title' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('The door squeaks');
    await clean();
    await page.getByRole('button', { name: 'Save the title' }).click();
    await page.getByRole('heading', { name: 'The door squeaks', level: 1 }).waitFor();
    await clean();
    await visit('', 'Helpdesk');
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('combobox', { name: 'Tag', exact: true }).click();
    await page.getByRole('option', { name: 'Building' }).click();
    await page.getByText('1 ticket', { exact: true }).waitFor();
    await page.getByRole('row').filter({ hasText: 'The door squeaks' }).getByText('Building').waitFor();
    await clean();
  });

  test('an owner makes a status of their own, a ticket gets it, and the list is filtered by it', async () => {
    const owner = await panel.open(panel.admin);
    owner.on('pageerror', (error) => errors.push(String(error)));
    const settings = async (place: string) => {
      await owner.goto(`${panel.base}/admin/settings/mail-scanner/${place}`);
      await owner.locator('h1').first().waitFor();
    };
    await panel.api('POST', '/ticket-statuses', { name: 'In review', colour: 'purple', kind: 'In Progress' });
    await settings('statuses/create');
    await owner.getByRole('textbox', { name: 'Name' }).fill('Waiting for parts');
    await owner.getByRole('combobox', { name: 'Colour' }).click();
    await owner.getByRole('option', { name: 'Orange' }).click();
    await screenshot(owner, 'settings-status');
    await clean(owner);
    await owner.getByRole('button', { name: 'Save', exact: true }).click();
    const rows = owner.getByRole('list', { name: 'Ticket Statuses' }).getByRole('listitem');
    await rows.filter({ hasText: 'Waiting for parts' }).waitFor();
    const names = async () => (await rows.allInnerTexts()).map((text) => text.replace('Move ', '').split('\n')[0]);
    expect(await names()).toEqual(['In review', 'Waiting for parts']);
    await owner.getByRole('button', { name: 'Move Waiting for parts' }).focus();
    for (const key of ['Space', 'ArrowUp', 'Space']) {
      await owner.keyboard.press(key);
      await owner.waitForTimeout(300);
    }
    await expect.poll(names).toEqual(['Waiting for parts', 'In review']);
    for (const width of [1440, 1024, 390]) {
      await owner.setViewportSize({ width, height: 900 });
      await screenshot(owner, `settings-statuses-${width}`);
      await clean(owner);
    }
    const dark = await panel.open(panel.admin, { theme: 'dark', width: 1440 });
    await dark.goto(`${panel.base}/admin/settings/mail-scanner/statuses`);
    await dark.getByText('In review', { exact: true }).waitFor();
    await screenshot(dark, 'settings-statuses-dark');
    await clean(dark);

    await panel.api('POST', '/tickets', { title: 'Gate' });
    await open('Gate');
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Waiting for parts' }).click();
    await page.getByText('Own status: Waiting for parts').waitFor();
    await page.getByText('Status: Open → Waiting', { exact: true }).waitFor();
    await screenshot(page, 'helpdesk-own-status');
    await clean();
    await visit('?view=all', 'Helpdesk');
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Waiting for parts' }).click();
    await page.getByText('1 ticket', { exact: true }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Gate' }).getByRole('gridcell', { name: 'Waiting for parts' }).waitFor();
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await screenshot(page, `helpdesk-own-status-list-${width}`);
      await clean();
    }
    await page.setViewportSize({ width: 1280, height: 900 });

    await open('Gate');
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'In progress' }).click();
    await expect.poll(async () => (await ticketOf('Gate')).helpdeskStatus).toBeNull();
    await open('Gate');
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Internal note' }).fill('The part is ordered.');
    await page.getByRole('button', { name: 'More ways to send' }).click();
    await screenshot(page, 'helpdesk-send-own-status');
    await page.getByRole('menuitem', { name: 'Add note, status: Waiting for parts' }).click();
    await page.getByText('Own status: Waiting for parts').first().waitFor();
    await expect.poll(async () => (await ticketOf('Gate')).helpdeskStatus?.name).toBe('Waiting for parts');

    await settings('statuses');
    await owner.getByRole('switch', { name: 'In review active' }).click();
    await expect.poll(async () => (await panel.api('GET', '/ticket-statuses')).map(({ active }: any) => active)).toEqual([true, false]);
    await open('Gate');
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'In progress' }).waitFor();
    expect(await page.getByRole('option', { name: 'In review' }).count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  test('with many statuses of their own, all ways to send are reached on a phone and by keys, in groups', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `Waiting for department ${index + 1} of the manufacturer`);
    const made: string[] = [];
    for (const name of names) made.push((await panel.api('POST', '/ticket-statuses', { name, kind: 'Wait For Response' })).documentId);
    await open('Gate');
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Internal note' }).fill('The last department has it.');
    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
      [390, 700],
    ]) {
      await page.setViewportSize({ width, height });
      await page.getByRole('button', { name: 'More ways to send' }).click();
      const menu = page.getByRole('menu');
      await menu.getByText('Waiting', { exact: true }).waitFor();
      // It is put into its place after it is there.
      const isInSight = async () => {
        const { x, y, width: wide, height: high } = (await menu.boundingBox())!;
        return [x >= 0, y >= 0, x + wide <= width, y + high <= height];
      };
      await expect.poll(isInSight).toEqual([true, true, true, true]);
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowUp');
      await screenshot(page, `helpdesk-send-menu-${width}`);
      if (width !== 390) await page.keyboard.press('Escape');
    }
    await page.getByRole('menuitem', { name: `status: ${names.at(-1)}` }).click();
    await expect.poll(async () => (await ticketOf('Gate')).helpdeskStatus?.name).toBe(names.at(-1));
    await page.setViewportSize({ width: 1280, height: 900 });
    await panel.api('PUT', `/tickets/${(await ticketOf('Gate')).documentId}`, { ticketStatus: 'Open' });
    for (const documentId of made) await panel.api('DELETE', `/ticket-statuses/${documentId}`);
  });

  test('a team is made in the settings; a ticket is given to it, and the list is filtered by it', async () => {
    const settings = await panel.open(panel.admin);
    settings.on('pageerror', (error) => errors.push(String(error)));
    await settings.goto(`${panel.base}/admin/settings/mail-scanner/teams/create`);
    await settings.getByRole('textbox', { name: 'Name' }).fill('Caretakers');
    await settings.getByRole('combobox', { name: 'Colour' }).click();
    await settings.getByRole('option', { name: 'Green' }).click();
    await settings.getByRole('combobox', { name: 'People of the team' }).click();
    await settings.getByRole('option', { name: 'Agent Tester' }).click();
    await settings.keyboard.press('Escape');
    await clean(settings);
    await screenshot(settings, 'team-form');
    await settings.getByRole('button', { name: 'Save' }).click();
    await settings.getByRole('row').filter({ hasText: 'Caretakers' }).getByText('Agent Tester').waitFor();
    await clean(settings);
    await screenshot(settings, 'team-list');
    await settings.context().close();
    await open('The door squeaks');
    await page.getByRole('combobox', { name: 'Team', exact: true }).click();
    await page.getByRole('option', { name: 'Caretakers' }).click();
    await page.getByText('Given to the team Caretakers').waitFor();
    await clean();
    await visit('', 'Helpdesk');
    await page.getByRole('combobox', { name: 'Team', exact: true }).click();
    await page.getByRole('option', { name: 'Caretakers' }).click();
    await page.getByText('1 ticket', { exact: true }).waitFor();
    await page.getByRole('row').filter({ hasText: 'The door squeaks' }).getByText('Caretakers').waitFor();
    await clean();
    await screenshot(page, 'list-with-team');
  });

  test('a ticket that begins with us reaches the customer, who gets a contact', async () => {
    await visit('', 'Helpdesk');
    await page.getByRole('link', { name: 'New ticket' }).click();
    await page
      .getByRole('combobox', { name: 'Contact' })
      .or(page.getByRole('textbox', { name: 'Contact' }))
      .first()
      .fill('nina@new.test');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Nina New');
    await page.getByRole('textbox', { name: 'Title' }).fill('Your order');
    await page.getByRole('textbox', { name: 'First message' }).fill('It leaves tomorrow.');
    await screenshot(page, 'helpdesk-new-ticket');
    await clean();
    await page.getByRole('button', { name: 'Open and send' }).click();
    await page.getByRole('heading', { name: 'Your order', level: 1 }).waitFor();
    const [sent] = await sink.received(1, 40_000);
    expect(sent.to).toEqual(['nina@new.test']);
    expect(sent.parsed.text).toContain('It leaves tomorrow.');
    expect(await ticketOf('Your order')).toMatchObject({
      contact: { firstName: 'Nina', lastName: 'New' },
      assignee: { firstname: 'Agent' },
    });
  });

  test('a contact is found, changed, and told deliverable again', async () => {
    await panel.api('POST', '/accounts', { name: 'New Works', domain: 'works.test' });
    const [nina] = await panel.api('GET', '/contacts?search=nina');
    await panel.api('PUT', `/contacts/${nina.documentId}`, { undeliverable: true });
    await visit('', 'Helpdesk');
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Bob Builder' }).waitFor();
    // Written to last, and by name.
    const first = page.locator('tbody tr').first();
    await first.getByText('Nina New').waitFor();
    await page.getByRole('combobox', { name: 'Sort by' }).click();
    await page.getByRole('option', { name: 'Name' }).click();
    await first.getByText('Bob Builder').waitFor();
    await page.getByText('Undeliverable').waitFor();
    await screenshot(page, 'helpdesk-contacts');
    await clean();
    await page.getByRole('link', { name: 'Nina New' }).click();
    await page.getByRole('link', { name: /Your order/ }).waitFor();
    await page.getByRole('button', { name: 'The address works again' }).click();
    await page.getByText('Mail to this address came back.').waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Phone' }).fill('+358 1');
    await page.getByRole('combobox', { name: 'Account' }).click();
    await page.getByRole('option', { name: 'New Works' }).click();
    await screenshot(page, 'helpdesk-contact');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Open New Works' }).waitFor();
    expect((await panel.api('GET', '/contacts?search=nina'))[0]).toMatchObject({
      phone: '+358 1',
      undeliverable: false,
      account: { name: 'New Works' },
    });
    await clean();
    await page.getByRole('link', { name: 'Open New Works' }).click();
    await page.getByRole('heading', { name: 'New Works', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Nina New' }).waitFor();
    await page.getByRole('combobox', { name: 'Add a contact' }).click();
    await page.getByRole('combobox', { name: 'Add a contact' }).pressSequentially('builder');
    await page.getByRole('option', { name: /Bob Builder/ }).click();
    await page.getByRole('link', { name: 'Bob Builder' }).waitFor();
    await screenshot(page, 'helpdesk-account');
    await clean();
    await page.getByRole('button', { name: 'Take Bob Builder out of the account' }).click();
    await page.getByRole('link', { name: 'Bob Builder' }).waitFor({ state: 'detached' });
    await visit('/accounts', 'People');
    await page.getByRole('link', { name: 'New Works' }).waitFor();
    await clean();
    await page.getByRole('link', { name: 'Contacts' }).click();
    await page.getByRole('link', { name: 'Nina New' }).waitFor();
  });

  test('a contact is made with notes, put to a new account, and written to', async () => {
    await visit('/accounts', 'People');
    await page.getByRole('link', { name: 'New account' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Fresh Ltd');
    await clean();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Fresh Ltd', level: 1 }).waitFor();
    await visit('/contacts', 'People');
    await page.getByRole('link', { name: 'New contact' }).click();
    await page.getByRole('textbox', { name: 'Last name' }).fill('Fresh');
    await page.getByRole('textbox', { name: 'Email address' }).fill('fiona@fresh.test');
    await page.getByRole('combobox', { name: 'Account' }).click();
    await page.getByRole('option', { name: 'Fresh Ltd' }).click();
    await page.getByRole('textbox', { name: 'Notes' }).fill('Prefers the telephone.');
    await clean();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Fresh', level: 1 }).waitFor();
    await page.getByText(/Last changed by Agent/).waitFor();
    await screenshot(page, 'helpdesk-contact-notes');
    for (const width of [1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await clean();
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('textbox', { name: 'New further address' }).fill('fiona@home.test');
    await page.keyboard.press('Enter');
    await page.getByText('fiona@home.test', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'Contact who remains' }).click();
    await page.getByRole('combobox', { name: 'Contact who remains' }).pressSequentially('builder');
    await page.getByRole('option', { name: /Bob Builder/ }).click();
    await page.getByRole('alertdialog').getByText('fiona@fresh.test, fiona@home.test').waitFor();
    await screenshot(page, 'helpdesk-contact-merge');
    await clean();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('link', { name: 'Write to' }).click();
    await page.getByRole('heading', { name: 'New ticket', level: 1 }).waitFor();
    await page.getByText('Fresh', { exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Title' }).fill('Your samples');
    await page.getByRole('textbox', { name: 'First message' }).fill('They are ready.');
    await page.getByRole('button', { name: 'Open and send' }).click();
    await page.getByRole('heading', { name: 'Your samples', level: 1 }).waitFor();
    const sent = () => sink.mails.find(({ to }) => to.includes('fiona@fresh.test'));
    await expect.poll(() => sent()?.parsed.text, { timeout: 40_000 }).toContain('They are ready.');
    expect(await ticketOf('Your samples')).toMatchObject({ contact: { lastName: 'Fresh' }, account: { name: 'Fresh Ltd' } });
  });

  test('two accounts that are one organisation become one, after what moves was said', async () => {
    await panel.api('POST', '/accounts', { name: 'Fresh Limited', domain: 'fresh.test' });
    await visit('/accounts', 'People');
    await page.getByRole('link', { name: 'Fresh Ltd' }).click();
    await page.getByRole('heading', { name: 'Fresh Ltd', level: 1 }).waitFor();
    await page.getByRole('combobox', { name: 'Account that remains' }).click();
    await page.getByRole('option', { name: 'Fresh Limited' }).click();
    await page.getByRole('alertdialog').getByText('1 contact and 1 ticket go to Fresh Limited.').waitFor();
    await clean();
    await screenshot(page, 'helpdesk-account-merge');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Merge them' }).click();
    await page.getByRole('heading', { name: 'Fresh Limited', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Your samples' }).waitFor();
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await screenshot(page, `helpdesk-account-${width}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await clean();
    await page.setViewportSize({ width: 1280, height: 900 });
    await open('Your samples');
    await page.getByText('Accounts merged: Fresh Ltd → Fresh Limited').waitFor();
  });

  test('who sees only their own tickets sees no others, and nothing that they may not do', async () => {
    const user = await panel.addUser('Own', ['read-own-tickets', 'write-internal-notes']);
    const [own] = (await panel.api('GET', '/tickets/assignees')).filter(({ email }: any) => email === user.email);
    const offer = await ticketOf('An offer');
    await panel.api('PUT', `/tickets/${offer.documentId}`, { assignee: own.id });
    const theirs = await panel.open(user, { width: 390, height: 844 });
    await visit('?view=all', 'Helpdesk', theirs);
    await theirs.getByRole('link', { name: 'An offer' }).waitFor();
    expect(await theirs.locator('[data-ticket-link]').count()).toBe(1);
    expect(await theirs.getByRole('link', { name: 'New ticket' }).count()).toBe(0);
    await open('An offer', theirs);
    await theirs.getByRole('button', { name: 'More', exact: true }).click();
    expect(await theirs.getByRole('menuitem').allTextContents()).toEqual(['Print view']);
    await theirs.keyboard.press('Escape');
    expect(await theirs.getByRole('button', { name: 'More about this message' }).count()).toBe(0);
    expect(await theirs.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await screenshot(theirs, 'helpdesk-own-phone');
    await clean(theirs);
    await visit(`/tickets/${(await ticketOf('Pink pages')).documentId}`, 'Not here any more', theirs);
    await visit('/contacts', 'People', theirs);
    await theirs.getByRole('link', { name: 'Bob Builder' }).waitFor();
    expect(await theirs.getByRole('link', { name: 'Jane Doe' }).count()).toBe(0);
    expect(await theirs.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  test('all data of a contact is handed over, and deleted after asking', async () => {
    const admin = await panel.open(panel.admin);
    const [nina] = await panel.api('GET', '/contacts?search=nina');
    await visit(`/contacts/${nina.documentId}`, 'Nina New', admin);
    const download = admin.waitForEvent('download');
    await admin.getByRole('button', { name: 'Export all data' }).click();
    expect((await download).suggestedFilename()).toBe(`contact-${nina.documentId}.zip`);
    await admin.getByRole('button', { name: 'Delete all data' }).click();
    await admin.getByRole('alertdialog').getByText('1 ticket is deleted for good').waitFor();
    await screenshot(admin, 'helpdesk-erase');
    await admin.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
    await admin.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await panel.api('GET', '/contacts?search=nina')).toEqual([]);
    expect(await ticketOf('Your order')).toBeUndefined();
  });

  test('a ticket is deleted after asking', async () => {
    await open('An offer');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Delete the ticket' }).click();
    await page.getByRole('alertdialog').getByText('are deleted for good').waitFor();
    await screenshot(page, 'helpdesk-delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Helpdesk', level: 1 }).waitFor();
    expect(await ticketOf('An offer')).toBeUndefined();
  });

  test('no page threw an error', () => {
    expect(errors).toEqual([]);
  });

  test('an agent is told of what concerns them, names a colleague in a note, and follows', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await panel.api('POST', '/tickets', { title: 'Loose handle' });
    await visit('/notices', 'Notifications');
    await page.getByText('A new ticket by Ada Admin, assigned to nobody').first().waitFor();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    const bell = page.getByRole('link', { name: /^Notifications: / });
    await page.getByRole('link', { name: 'Notifications: 0 unread' }).waitFor();
    await visit('', 'Helpdesk');
    const me = (await panel.api('GET', '/tickets/assignees')).find(({ email }: any) => email === agent.email);
    const { documentId } = await panel.api('POST', '/tickets', { title: 'Squeaky door', assignee: me.id });
    const began = Date.now();
    await page.getByRole('link', { name: 'Notifications: 1 unread' }).waitFor();
    expect(Date.now() - began).toBeLessThan(4_000);
    // And the list has it, too.
    await page.getByRole('link', { name: 'Squeaky door' }).waitFor();
    await panel.api('POST', `/tickets/${documentId}/comments`, { text: 'It squeaks in the evening.', isPublic: false });
    await page.getByRole('link', { name: 'Notifications: 2 unread' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Notifications: 2 unread' }).waitFor();
    await bell.click();
    await page.getByText('Ada Admin gave you this ticket').waitFor();
    await page.getByText('It squeaks in the evening.').waitFor();
    await screenshot(page, 'helpdesk-notices');
    await clean();
    await page.setViewportSize({ width: 390, height: 800 });
    await screenshot(page, 'helpdesk-notices-phone');
    await page.setViewportSize({ width: 1280, height: 900 });

    await page
      .getByRole('link', { name: /Squeaky door/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Squeaky door', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Notifications: 0 unread' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('It squeaks in the evening.') ?? false);

    await page.keyboard.press('n');
    const note = page.getByRole('textbox', { name: 'Internal note' });
    await note.click();
    await page.keyboard.type('Oil it, @ad');
    await page.getByRole('option', { name: 'Ada Admin' }).waitFor();
    await clean();
    await page.keyboard.press('Enter');
    await page.keyboard.type('please');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('article').filter({ hasText: 'Oil it, @Ada Admin please' }).waitFor();
    const mine = async () =>
      (await panel.api('GET', '/notices')).filter(({ ticket, kind }: any) => ticket.documentId === documentId && kind === 'mention');
    expect((await eventually(async () => ((await mine()).length > 0 ? mine() : null)))[0]).toMatchObject({ by: 'Agent Tester' });

    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await page.getByRole('button', { name: 'Unfollow' }).waitFor();
    await page.getByText('Ada Admin, Agent Tester').waitFor();
    await screenshot(page, 'helpdesk-followers');
    await clean();
    await visit('?view=all', 'Helpdesk');
    await page.getByRole('button', { name: 'I follow' }).click();
    await page.waitForFunction(() => document.querySelectorAll('[data-ticket-link]').length === 1);
    await visit('/notices/choices', 'What I am told');
    const box = page.getByRole('checkbox', { name: 'A new ticket that nobody has: In the panel' });
    await box.click();
    await page.getByRole('checkbox', { name: 'A note mentions me: By email' }).click();
    await page.getByRole('checkbox', { name: 'A daily email with all that waits for me' }).click();
    await page.getByRole('checkbox', { name: 'Monday' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your choices were saved.').waitFor();
    await screenshot(page, 'helpdesk-notice-choices');
    await clean();

    expect(errors).toEqual([]);
  });
  test('who is absent says so, is marked where people are chosen, and their waiting ticket is offered to a colleague', async () => {
    const colleague = await panel.addUser('Colleague', ['read-tickets', 'edit-tickets', 'reply-to-tickets']);
    await visit('/notices/choices', 'What I am told');
    await page.getByRole('button', { name: /^Change absence/ }).click();
    await page.getByLabel('Last day').fill('2020-01-01');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('The last day must be today or later, and not before the first.').first().waitFor();
    await page.getByLabel('Last day').fill('2098-12-03');
    await screenshot(page, 'helpdesk-absence-dialog');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Agent Tester: absent until Dec 3, 2098').waitFor();
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.getByText('Agent Tester: absent until Dec 3, 2098').scrollIntoViewIfNeeded();
      await screenshot(page, `helpdesk-absence-${width}`);
      await clean();
    }
    await page.setViewportSize({ width: 1280, height: 900 });

    const me = (await panel.api('GET', '/tickets/assignees')).find(({ email }: any) => email === agent.email);
    const { documentId } = await panel.api('POST', '/tickets', {
      title: 'Stuck key',
      contactEmail: 'stuck@customer.test',
      comment: { text: 'My key is stuck.', isPublic: false },
      assignee: me.id,
    });
    const theirs = await panel.open(colleague, { theme: 'dark', width: 1440 });
    theirs.on('pageerror', (error) => errors.push(String(error)));
    const { ticketNumber } = await ticketOf('Stuck key');
    await arrives(mail({ from: 'stuck@customer.test', subject: `Re: Stuck key [${ticketNumber}]`, text: 'Is anybody there?' }));
    await visit('/notices', 'Notifications', theirs);
    await theirs.getByText(/wrote on a ticket of an absent colleague$/).waitFor();
    await screenshot(theirs, 'helpdesk-absent-notice-dark');
    await clean(theirs);
    // Times are measured by the schedule, which rests here: tests/inbox/teams.test.ts has the tickets of the view.
    await visit('?view=absent', 'Helpdesk', theirs);
    await theirs.getByRole('link', { name: /^Of absent colleagues/ }).waitFor();
    await screenshot(theirs, 'helpdesk-absent-dark');
    await clean(theirs);
    await visit(`/tickets/${documentId}`, 'Stuck key', theirs);
    await theirs.getByRole('combobox', { name: 'Assignee' }).filter({ hasText: 'Agent Tester (absent until Dec 3, 2098)' }).waitFor();
    await theirs.keyboard.press('n');
    await theirs.getByRole('textbox', { name: 'Internal note' }).fill('@Agent Tester, which key?');
    await theirs.getByRole('status').filter({ hasText: 'Agent Tester (absent until Dec 3, 2098)' }).waitFor();
    await screenshot(theirs, 'helpdesk-absent-mention-dark');
    await clean(theirs);

    await visit('/notices/choices', 'What I am told');
    await page.getByRole('button', { name: /^Change absence/ }).click();
    await page.getByRole('button', { name: 'There again' }).click();
    await page.getByText('Agent Tester: there').waitFor();
    expect(errors).toEqual([]);
  });
  test('a contact of the same name is offered for a merge, and the log of its ticket tells it', async () => {
    const doris = (email: string) => panel.api('POST', '/contacts', { email, firstName: 'Doris', lastName: 'Double' });
    const { documentId } = await doris('doris@home.test');
    await doris('doris@work.test');
    await panel.api('POST', '/tickets', { title: 'Twice there', contactEmail: 'doris@home.test' });
    await visit(`/contacts/${documentId}`, 'Doris Double');
    const other = page.getByRole('button', { name: 'Doris Double (doris@work.test)' });
    await other.scrollIntoViewIfNeeded();
    await screenshot(page, 'helpdesk-contact-alike');
    await clean();
    await other.click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Merge them' }).click();
    await page.getByText('doris@work.test').first().waitFor();
    await open('Twice there');
    await page.getByText('Contacts merged: doris@home.test → doris@work.test').waitFor();
    expect(errors).toEqual([]);
  });
});
