import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { hasChromium, screenshot, seriousViolations, startPanel, type Panel } from './panel';

const EDITOR = ['read-tickets', 'edit-tickets', 'reply-to-tickets', 'merge-tickets', 'read-reports'];
const TICKETS = 40;

/** The customer of each ticket; the last two are of one. */
const customerOf = (number: number): string => `customer${Math.min(number, TICKETS - 1)}@shop.test`;
const titleOf = (number: number): string => `Order ${String(number).padStart(2, '0')}`;

/** An editor, who is no super admin, works off what has come in over night: mostly by keys, as people do who have many tickets. */
describe.skipIf(!hasChromium() || !hasDovecot())('the morning of an editor', () => {
  let panel: Panel;
  let dovecot: Dovecot;
  let sink: SmtpSink;
  let page: Page;
  const errors: string[] = [];
  /** Whom each answer was written to, in the order of the answers. */
  const answered: string[] = [];

  beforeAll(async () => {
    [dovecot, sink, panel] = await Promise.all([startDovecot(), startSmtpSink(), startPanel()]);
    const scanner = await addScanner(panel, dovecot);
    await setUpOutgoing(panel, sink);
    await panel.api('PUT', `/scanners/${scanner.documentId}`, { scanFrom: '2020-01-01T00:00:00.000Z' });
    await panel.api('PUT', '/settings', { afterwards: 'next', takeOnAnswer: true });
    await panel.api('POST', '/tags', { name: 'Delivery', colour: 'blue' });
    await panel.api('POST', '/canned-replies', {
      name: 'On its way',
      body: '<p>Dear $contacts-firstName|customer$, $helpdesk-ticket_no$ is on its way.</p>',
    });
    for (let number = 1; number <= TICKETS; number += 1) {
      const from = `Kim Number${number} <${customerOf(number)}>`;
      await dovecot.append('INBOX', mail({ from, subject: titleOf(number), text: `Where is my order ${number}?` }));
    }
    expect(await panel.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({
      byOutcome: { processed: TICKETS },
      error: null,
    });
    page = await panel.open(await panel.addUser('Edith', EDITOR), { width: 1440 });
    page.on('pageerror', (error) => errors.push(String(error)));
  }, 400_000);

  afterAll(async () => {
    await panel?.stop();
    await sink?.stop();
    await dovecot?.stop();
  });

  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
  const shows = (title: string) => page.getByRole('heading', { name: title, level: 1 }).waitFor();
  const clean = async () => expect(await seriousViolations(page)).toEqual([]);
  const list = async (query: string, count: string) => {
    await page.goto(`${panel.base}/admin/plugins/mail-scanner${query}`);
    await page.getByText(count, { exact: true }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
  };
  const ticketOf = async (title: string): Promise<any> =>
    (await panel.api('GET', '/tickets?view=all&pageSize=100')).find((ticket: any) => ticket.title === title);
  /** For a moment after the field before it is gone, a key is what somebody still types there. */
  const beginToAnswer = () =>
    expect
      .poll(async () => {
        if (/^Customer: /.test(await focused())) await page.keyboard.press('r');
        return focused();
      })
      .toBe('Reply to customer');
  /** By keys alone, from the page of a ticket on which the focus is where somebody begins to read. */
  const answerByKeys = async (number: number) => {
    await shows(titleOf(number));
    await beginToAnswer();
    await page.keyboard.type('/way');
    await page.getByRole('option', { name: 'On its way' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Reply to customer' }).getByText('is on its way.').waitFor();
    answered.push(customerOf(number));
    await page.keyboard.press('Control+Enter');
  };

  test('what came in is listed, the newest first, and the first ticket is opened, tagged and taken', async () => {
    await list('?view=unassigned', `${TICKETS} tickets`);
    await page.keyboard.press('j');
    expect(await focused()).toBe(titleOf(40));
    for (const width of [390, 1024, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await screenshot(page, `morning-list-${width}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await clean();
    }
    await expect.poll(focused).toBe(titleOf(40));
    await page.keyboard.press('Enter');
    await shows(titleOf(40));
    await page.getByRole('combobox', { name: 'Tags' }).click();
    await page.getByRole('option', { name: 'Delivery' }).click();
    await page.keyboard.press('Escape');
    await page.getByText('Tagged: Delivery').waitFor();
    await page.getByRole('combobox', { name: 'Assignee' }).click();
    await page.getByRole('option', { name: 'Edith Tester' }).click();
    await page.getByText('Assigned to Edith Tester').waitFor();
    await clean();
  });

  test('two tickets of one customer become one, and the next ones are reached by a key', async () => {
    const next = await ticketOf(titleOf(38));
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Merge into another ticket' }).click();
    await page.getByRole('radio', { name: /Order 39/ }).click();
    await page.getByRole('button', { name: /^Merge into / }).click();
    await shows(titleOf(39));
    await page.getByText('Where is my order 40?').waitFor();
    await page.getByRole('list', { name: 'Tags' }).getByText('Delivery').first().waitFor();
    // The list that the first one was opened from is still known, and the keys are at hand.
    await expect.poll(focused).toMatch(/^Customer: /);
    await expect
      .poll(async () => {
        if (!page.url().endsWith(next.documentId)) await page.keyboard.press('j');
        return page.url();
      })
      .toContain(next.documentId);
    await shows(titleOf(38));
  });

  test('several are answered with a canned reply by keys, and each answer leads on to the next ticket', async () => {
    for (const number of [38, 37, 36]) await answerByKeys(number);
    await shows(titleOf(35));
    await page.getByText('Your answer to').waitFor();
    await clean();
  });

  test('one is put off, one goes to a supplier, and the list is at the same place again', async () => {
    await expect.poll(focused).toMatch(/^Customer: /);
    // The field of the last answer is gone for a moment only.
    await expect
      .poll(async () => {
        if ((await page.getByRole('dialog').count()) === 0) await page.keyboard.press('b');
        return page.getByRole('dialog').count();
      })
      .toBe(1);
    await page.getByRole('button', { name: /^Tomorrow morning/ }).click();
    await shows(titleOf(34));
    await expect.poll(focused).toMatch(/^Customer: /);
    await beginToAnswer();
    await page.keyboard.type('Can you find this parcel?');
    await page.getByRole('button', { name: `Remove ${customerOf(34)}` }).click();
    await page.getByLabel('To', { exact: true }).fill('lost@parcels.test');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove lost@parcels.test' }).waitFor();
    await clean();
    answered.push('lost@parcels.test');
    await page.getByRole('button', { name: 'Send and wait' }).click();
    await shows(titleOf(33));
    await page.keyboard.press('u');
    await page.getByRole('heading', { name: 'Helpdesk' }).waitFor();
    await expect.poll(focused).toBe(titleOf(33));
    // Gone from what nobody has: the merged one, four that were answered, and one that is put off.
    await page.getByText(`${TICKETS - 6} tickets`, { exact: true }).waitFor();
  });

  test('some are chosen by keys and closed together, without any email', async () => {
    for (const number of [33, 32, 31]) {
      await expect.poll(focused).toBe(titleOf(number));
      await page.keyboard.press('x');
      await page.getByRole('checkbox', { name: `Select ${(await ticketOf(titleOf(number))).ticketNumber}`, checked: true }).waitFor();
      await page.keyboard.press('j');
    }
    await page.getByText('3 tickets chosen').waitFor();
    await clean();
    await page.getByRole('group', { name: 'Change the chosen tickets' }).getByRole('button', { name: 'Close' }).click();
    await page.getByText('3 tickets changed.').waitFor();
    await page.getByText(`${TICKETS - 9} tickets`, { exact: true }).waitFor();
  });

  test('one is forwarded to somebody outside, whose answer is for the team alone', async () => {
    const { documentId } = await ticketOf(titleOf(30));
    await page.goto(`${panel.base}/admin/plugins/mail-scanner/tickets/${documentId}`);
    await shows(titleOf(30));
    await expect
      .poll(async () => {
        if (/^Customer: /.test(await focused())) await page.keyboard.press('f');
        return page.getByText('This goes to people outside').count();
      })
      .toBe(1);
    await page.getByLabel('To', { exact: true }).fill('sam@parts.test');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: /Where is my order 30\?/, checked: true }).waitFor();
    await page.getByRole('textbox', { name: 'Subject' }).fill('An order on its way');
    await clean();
    await page.getByRole('textbox', { name: 'Write what you want to know' }).click();
    await page.keyboard.type('Do you have it?');
    answered.push('sam@parts.test');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('article', { name: /^Forwarded: / }).waitFor();
    await sink.received(answered.length, 40_000);
    const { parsed } = sink.mails.find(({ to }) => to.includes('sam@parts.test'))!;
    expect(parsed.subject).toBe('An order on its way');
    expect(parsed.text).toMatch(/Do you have it\?[^]*Where is my order 30\?/);
    const reply = {
      from: 'Sam <sam@parts.test>',
      subject: `Re: ${parsed.subject}`,
      text: 'It is here.\n\nOn Monday, Support Desk <support@example.com> wrote:\n> Do you have it?',
      headers: { References: parsed.messageId! },
    };
    await dovecot.append('INBOX', mail(reply));
    const [scanner] = await panel.api('GET', '/scanners');
    await panel.api('POST', `/scanners/${scanner.documentId}/run`);
    await page.reload();
    const card = page.getByRole('article', { name: 'Answer to what was forwarded: Sam' });
    await card.getByText('It is here.').waitFor();
    for (const width of [390, 1024, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await screenshot(page, `morning-forward-${width}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await clean();
    await card.getByRole('button', { name: 'Write back' }).click();
    await page.getByRole('button', { name: 'Remove sam@parts.test' }).waitFor();
    await page.getByRole('button', { name: 'Reply to customer', exact: true }).click();
    await page.getByRole('button', { name: `Remove ${customerOf(30)}` }).waitFor();
    expect((await panel.api('GET', `/tickets/${documentId}`)).participants ?? []).toEqual([]);
  });

  test('what they answered is shown to the customer, when the agent has seen whom and what', async () => {
    const { documentId } = await ticketOf(titleOf(30));
    const card = page.getByRole('article', { name: 'Answer to what was forwarded: Sam' });
    await card.getByRole('button', { name: 'Show to the customer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Show to the customer' });
    await dialog.getByRole('group', { name: 'Read by' }).getByText(customerOf(30)).waitFor();
    const words = dialog.getByRole('group', { name: 'What they read' });
    await expect.poll(() => words.innerText()).toMatch(/It is here\.\s*$/);
    await dialog.getByRole('checkbox', { name: /text that it quotes/ }).click();
    await dialog.getByRole('checkbox', { name: /name and address of Sam/ }).click();
    await words.getByText('Do you have it?').waitFor();
    await dialog.getByText('The text holds this address: sam@parts.test').waitFor();
    for (const width of [390, 1024, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await screenshot(page, `morning-show-${width}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await clean();
    await dialog.getByRole('checkbox', { name: /text that it quotes/ }).click();
    await dialog.getByRole('checkbox', { name: /name and address of Sam/ }).click();
    await dialog.getByRole('button', { name: 'Put into the answer' }).click();
    await page.getByText('This answer shows the customer what Sam wrote to you').waitFor();
    await clean();
    await screenshot(page, 'morning-shown-1440');
    // Nothing is public before the agent sends it, and what is sent is what the agent has made of it.
    expect((await panel.api('GET', `/tickets/${documentId}`)).comments.filter(({ isPublic }: any) => isPublic)).toHaveLength(1);
    await expect.poll(focused).toMatch(/^Reply to customer/);
    await page.keyboard.type(' We send it today.');
    answered.push(customerOf(30));
    await page.keyboard.press('Control+Enter');
    await sink.received(answered.length, 40_000);
    const { parsed } = sink.mails.find(({ to }) => to.includes(customerOf(30)))!;
    expect(parsed.text).toContain('It is here. We send it today.');
    expect(parsed.text).not.toMatch(/parts\.test|Do you have it/);
    const activities = await panel.api('GET', `/tickets/${documentId}/activities`);
    expect(activities).toContainEqual(expect.objectContaining({ kind: 'shown', detail: { author: 'sam@parts.test' } }));
  });

  test('each answer has left once, for the one whom it was written to', async () => {
    await sink.received(answered.length, 40_000);
    await expect
      .poll(async () => (await panel.api('GET', '/deliveries')).map(({ state }: any) => state))
      .toEqual(answered.map(() => 'sent'));
    expect(sink.mails.map(({ to }) => to.join()).sort()).toEqual([...answered].sort());
    for (const { to, parsed } of sink.mails) {
      const [, number] = /customer(\d+)@/.exec(to[0]) ?? [];
      if (!number) continue;
      const { ticketNumber } = await ticketOf(titleOf(Number(number)));
      expect([parsed.subject, parsed.text]).toEqual([
        expect.stringContaining(ticketNumber),
        expect.stringContaining(number === '30' ? 'It is here. We send it today.' : `Dear Kim, ${ticketNumber} is on its way.`),
      ]);
    }
  });

  test('the numbers beside the views and the report say what was done', async () => {
    const { views } = await panel.api('GET', '/tickets/summary');
    // Closed: those of the bulk change, and the merged one.
    expect(views).toMatchObject({ all: TICKETS, waiting: 5, closed: 4, snoozed: 1 });
    await list('?view=waiting', '5 tickets');
    const rows = page.getByRole('row').filter({ hasText: /Order \d\d/ });
    expect((await rows.allInnerTexts()).map((text) => /Order \d\d/.exec(text)![0]).sort()).toEqual([30, 34, 36, 37, 38].map(titleOf));
    expect(await rows.filter({ hasText: 'Edith Tester' }).count()).toBe(5);
    await page.goto(`${panel.base}/admin/plugins/mail-scanner-reports`);
    await page.getByRole('heading', { name: 'Reports', level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'Day by day' }).waitFor();
    await screenshot(page, 'morning-reports');
    await clean();
  });

  test('no page threw an error', () => {
    expect(errors).toEqual([]);
  });
});
