import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { startFakeGraph, type FakeGraph } from '../support/fake-graph';
import { startFakeMicrosoft, type FakeMicrosoft } from '../support/fake-microsoft';
import { CREATE_TICKET, mail } from '../support/helpdesk';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder } from '../support/strapi';
import { checkTokensAt, type TokenCheck } from '../support/xoauth2';
import { hasChromium, screenshot, seriousViolations, startPanel, visit, type Panel } from './panel';

const CLIENT = { clientId: 'client-1', clientSecret: 'client-secret-of-the-app' };
const ALICE = 'alice@contoso.test';
const SHARED = 'support@contoso.test';
const BOSS = 'boss@contoso.test';
const WAIT = { timeout: 60_000 };

/** As a site owner connects an account: in the browser, over the provider's page, to a mail server that asks the provider. */
describe.skipIf(!hasChromium() || !hasDovecot())('connecting accounts in the admin panel', () => {
  let microsoft: FakeMicrosoft;
  let graph: FakeGraph;
  let check: TokenCheck;
  let dovecot: Dovecot;
  let smtp: SmtpSink;
  let panel: Panel;
  let page: Page;
  /** Strapi calls itself so; a sign-in comes back there, and cookies are kept by host. */
  let base: string;
  const errors: string[] = [];

  beforeAll(async () => {
    microsoft = await startFakeMicrosoft({
      users: { [ALICE]: { oid: 'oid-alice', mailboxes: [ALICE, SHARED] }, [BOSS]: { oid: 'oid-boss', mailboxes: [BOSS] } },
      clients: { [CLIENT.clientId]: { secret: CLIENT.clientSecret, redirectUris: [], mailboxes: [SHARED] } },
    });
    check = checkTokensAt(`${microsoft.base}/introspect`);
    dovecot = await startDovecot({ passdb: check.passdb, config: check.config });
    smtp = await startSmtpSink({
      auth: ({ method, user, secret }) => method === 'XOAUTH2' && microsoft.admits(secret, user),
      authMethods: ['XOAUTH2'],
    });
    graph = await startFakeGraph({
      tokenOf: (token) => microsoft.tokenOf(token),
      mailboxes: { [ALICE]: {}, [SHARED]: { fullAccess: [ALICE], sendAs: [] } },
    });
    const authorityMetadata = JSON.stringify(microsoft.metadata());
    const oauth = { microsoft: { ...CLIENT, tenant: 'contoso.test', authorityMetadata, graphUrl: graph.base } };
    panel = await startPanel({ MAIL_SCANNER_OAUTH: JSON.stringify(oauth) });
    base = panel.base.replace('127.0.0.1', 'localhost');
    microsoft.clients[CLIENT.clientId].redirectUris.push(
      ...['microsoft', 'oidc'].map((name) => `${base}/mail-scanner/oauth/${name}/callback`),
    );
    page = await panel.open(panel.admin);
    page.on('pageerror', (error) => errors.push(String(error)));
  }, 300_000);

  afterAll(async () => {
    await panel?.stop();
    await smtp?.stop();
    await dovecot?.stop();
    await graph?.stop();
    await microsoft?.stop();
    if (check) removeFolder(check.folder);
  });

  const choose = async (name: string, option: string | RegExp) => {
    await page.getByRole('combobox', { name }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  const account = () => page.getByRole('combobox', { name: 'Authorised account' });
  const field = (name: string) => page.getByRole('textbox', { name });
  const clean = async () => expect(await seriousViolations(page)).toEqual([]);

  /** On the provider's page: whose account it is, and what becomes of it. */
  const answer = async (user: string | null, action: 'Accept' | 'Cancel' = 'Accept') => {
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    if (user) await page.getByLabel('Account').fill(user);
    await page.getByRole('button', { name: action }).click();
  };

  test('the settings show what to register, and what config/plugins sets is read only', async () => {
    await visit(page, base, 'oauth');
    expect(await page.getByLabel('Redirect URI').first().inputValue()).toBe(`${base}/mail-scanner/oauth/microsoft/callback`);
    await page.getByText('IMAP.AccessAsUser.All').waitFor();
    await page.getByText('IMAP.AccessAsApp').waitFor();
    await page.getByText('These values come from oauth.microsoft').waitFor();
    expect(await field('Client id').isDisabled()).toBe(true);
    await page.setViewportSize({ width: 1280, height: 1150 });
    await screenshot(page, 'oauth-microsoft');
    await clean();
  });

  test('a provider is set up there; its secret is shown as saved and never comes back', async () => {
    await page.getByRole('tab', { name: 'OpenID Connect' }).click();
    await field('Client id').fill(CLIENT.clientId);
    await field('Issuer').fill('ftp://nowhere');
    await page.getByLabel('Client secret').fill(CLIENT.clientSecret);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Enter an address that begins with https').first().waitFor();
    await field('Issuer').fill(microsoft.issuer);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('OpenID Connect: saved.').waitFor();
    await page.getByText('A secret is saved.').waitFor();
    expect(await page.getByLabel('Client secret').inputValue()).toBe('');
    await screenshot(page, 'oauth-oidc');
    await clean();
  });

  test('a new authorization is made from a scanner that is not saved yet, and nothing typed is lost', async () => {
    await visit(page, base, 'scanners/create');
    await field('Name').first().fill('Shared desk');
    await choose('Auth type', 'Microsoft OAuth');
    expect(await field('Host').inputValue()).toBe('outlook.office365.com');
    await field('Mailbox name').fill(SHARED);
    await field('Host').fill(dovecot.host);
    await choose('Encryption', 'None');
    await page.getByRole('spinbutton', { name: 'Port' }).fill(String(dovecot.imapPort));
    await field('Sender’s name').fill('The shared desk');
    await page.getByRole('button', { name: 'Make new authorization' }).click();
    await answer(ALICE);
    await page.waitForURL(/\/admin\/settings\/mail-scanner\/scanners\/create$/);
    await expect.poll(() => account().textContent(), WAIT).toContain(ALICE);
    expect(await field('Name').first().inputValue()).toBe('Shared desk');
    expect(await field('Mailbox name').inputValue()).toBe(SHARED);
    expect(await field('Sender’s name').inputValue()).toBe('The shared desk');
    expect(await page.getByRole('spinbutton', { name: 'Port' }).inputValue()).toBe(String(dovecot.imapPort));
    await page.setViewportSize({ width: 1280, height: 1150 });
    await screenshot(page, 'scanner-oauth');
    await clean();
  });

  test('a mailbox that the account has no rights to says so, and what to do', async () => {
    await field('Mailbox name').fill(BOSS);
    await page.getByRole('button', { name: 'Test connection' }).click();
    const refused = page.getByRole('alert').filter({ hasText: 'does not work yet' });
    await refused.waitFor();
    expect(await refused.textContent()).toMatch(/Couldn't connect to IMAP server .*give the account full access to that mailbox/);
    await screenshot(page, 'oauth-refused');
  });

  test('the shared mailbox is read with the account that may, and its email is a ticket', async () => {
    await field('Mailbox name').fill(SHARED);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText(/It works: \d folders found/).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Rules of Shared desk' }).waitFor();
    const [scanner] = await panel.api('GET', '/scanners');
    expect(scanner).toMatchObject({
      authType: 'microsoft',
      mailboxName: SHARED,
      fromName: 'The shared desk',
      authorization: { username: ALICE },
    });
    await panel.api('POST', `/scanners/${scanner.documentId}/rules`, { name: 'All', actions: CREATE_TICKET });
    await dovecot.append('INBOX', mail({ subject: 'For the team' }), { user: SHARED });
    await visit(page, base, 'scanners');
    await page.getByRole('button', { name: 'Run Shared desk' }).click();
    // Nobody has said yet what becomes of emails that lie there before the first scan.
    await page.getByRole('dialog').getByRole('button', { name: 'Take them' }).click();
    await page.getByText(/1 email scanned in/).waitFor({ timeout: 60_000 });
    expect(await panel.api('GET', '/tickets')).toMatchObject([{ title: 'For the team' }]);
  });

  test('who cancels at the provider finds the form as it was', async () => {
    const [{ documentId }] = await panel.api('GET', '/scanners');
    await visit(page, base, `scanners/${documentId}`);
    await field('Name').first().fill('Renamed, not saved');
    await page.getByRole('button', { name: 'Make new authorization' }).click();
    await answer(ALICE, 'Cancel');
    await page.getByRole('dialog').getByText('was cancelled').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await expect.poll(() => field('Name').first().inputValue(), WAIT).toBe('Renamed, not saved');
    await expect.poll(() => account().textContent(), WAIT).toContain(ALICE);
    await page.reload();
    await expect.poll(() => field('Name').first().inputValue(), WAIT).toBe('Shared desk');
  });

  test('an account that was revoked shows it, and works again after "Authorise again"', async () => {
    const [{ documentId }] = await panel.api('GET', '/scanners');
    microsoft.revoke('access');
    microsoft.revoke('refresh');
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByRole('alert').filter({ hasText: 'Authorise it again' }).waitFor();
    await page.reload();
    await page.getByText('This account needs to be authorised again').waitFor();
    await expect.poll(() => account().textContent(), WAIT).toContain('needs to be authorised again');
    await screenshot(page, 'oauth-revoked');
    await clean();
    await page.getByRole('button', { name: 'Authorise again' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.getByLabel('Account').inputValue()).toBe(ALICE);
    await answer(null);
    await page.waitForURL(new RegExp(`/scanners/${documentId}$`));
    await expect.poll(() => account().textContent(), WAIT).toBe(ALICE);
    expect(await page.getByText('This account needs to be authorised again').count()).toBe(0);
  });

  test('a mailbox is opened by application permission too; an account in use is not removed, another one is', async () => {
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Used by: Shared desk').waitFor();
    await screenshot(page, 'oauth-in-use');
    await clean();
    await page.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'Add application permission' }).click();
    await page.getByLabel('Address of the mailbox').fill(SHARED);
    await screenshot(page, 'oauth-application');
    await clean();
    await page.getByRole('button', { name: 'Try and add' }).click();
    await expect.poll(() => account().textContent(), WAIT).toBe(`${SHARED} (application permission)`);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText(/It works: \d folders found/).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText(`${SHARED} was removed.`).waitFor();
    expect(await panel.api('GET', '/authorizations')).toHaveLength(1);
  });

  test('a consent page that is opened in another browser connects nothing', async () => {
    await visit(page, base, 'oauth');
    await page.getByRole('button', { name: `Authorise ${ALICE} again` }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    const url = page.url();
    const victim = await panel.open(panel.admin);
    await victim.goto(url);
    await victim.getByLabel('Account').fill(BOSS);
    await victim.getByRole('button', { name: 'Accept' }).click();
    // The panel calls itself by the other name of this host, at which this browser is signed in.
    await victim.getByText('begun in another browser').waitFor();
    expect((await panel.api('GET', '/authorizations')).map(({ username }: { username: string }) => username)).toEqual([ALICE]);
  });

  test('a sign-in that was cancelled says so in the language of the panel, and the form is as it was', async () => {
    const german = await panel.open(panel.admin, { locale: 'de' });
    await visit(german, base, 'scanners/create');
    await german.getByRole('textbox', { name: 'Name' }).first().fill('Vertrieb');
    await german.getByRole('combobox', { name: 'Anmeldeart' }).click();
    await german.getByRole('option', { name: 'Microsoft OAuth' }).click();
    await german.getByRole('button', { name: 'Neue Autorisierung' }).click();
    await german.getByRole('heading', { name: 'Sign in' }).waitFor();
    await german.getByRole('button', { name: 'Cancel' }).click();
    const dialog = german.getByRole('dialog', { name: 'Das Konto wurde nicht verbunden' });
    await dialog.getByText('Die Autorisierung wurde abgebrochen').waitFor();
    await screenshot(german, 'oauth-cancelled');
    expect(await seriousViolations(german)).toEqual([]);
    expect(german.url()).not.toContain('signInFailed');
    await german.keyboard.press('Escape');
    expect(await german.getByRole('textbox', { name: 'Name' }).first().inputValue()).toBe('Vertrieb');
    await german.close();
  });

  test('outgoing mail is sent with the account, in the name of the shared mailbox', async () => {
    await visit(page, base, 'outgoing-mail');
    await page.getByLabel('Sender’s address').fill(SHARED);
    await choose('Auth type', 'Microsoft OAuth');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Select an authorization, or make a new one.').first().waitFor();
    await choose('Authorised account', ALICE);
    await field('Mailbox name').fill(SHARED);
    await field('Host').fill(smtp.host);
    await choose('Encryption', 'None');
    await page.getByRole('spinbutton', { name: 'Port' }).fill(String(smtp.port));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('saved.').first().waitFor();
    await page.getByLabel('Send to').fill('jane@customer.test');
    await page.getByRole('button', { name: 'Send test email' }).click();
    await page.getByText('The server took the email').waitFor();
    expect(smtp.mails.map(({ user }) => user)).toEqual([SHARED]);
    await screenshot(page, 'outgoing-oauth');
    await clean();
  });

  test('outgoing mail is sent by Microsoft Graph once the account has consented, and what is missing is named', async () => {
    await visit(page, base, 'outgoing-mail');
    await choose('How emails leave', 'Microsoft Graph');
    expect(await field('Host').count()).toBe(0);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('saved.').first().waitFor();
    const sendTest = async () => {
      await page.getByLabel('Send to').fill('jane@customer.test');
      await page.getByRole('button', { name: 'Send test email' }).click();
    };
    await sendTest();
    await page.getByText('Connect it once more for Microsoft Graph').first().waitFor();
    await page.getByRole('button', { name: 'Authorise again' }).click();
    await answer(ALICE);
    await page.waitForURL(/outgoing-mail$/);
    await sendTest();
    await page.getByText('Give it the right "Send as" on that mailbox').waitFor();
    graph.mailboxes.get(SHARED)!.sendAs = [ALICE];
    await sendTest();
    await page.getByText('Microsoft Graph took the email.').waitFor();
    expect(graph.delivered.map(({ mailbox, recipients }) => [mailbox, recipients])).toEqual([[SHARED, ['jane@customer.test']]]);
    await clean();
  });

  test('a mailbox is read by Microsoft Graph with the account: set up, tested, and an email is a ticket', async () => {
    await visit(page, base, 'scanners/create');
    await field('Name').first().fill('Shared by Graph');
    await choose('Auth type', 'Microsoft OAuth');
    await page.getByRole('combobox', { name: 'Type', exact: true }).click();
    await page.getByRole('option', { name: 'Microsoft Graph' }).click();
    expect(await field('Host').count()).toBe(0);
    await choose('Authorised account', ALICE);
    await field('Mailbox name').fill(SHARED);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page
      .getByText(/It works: \d+ folders found/)
      .first()
      .waitFor();
    await screenshot(page, 'scanner-graph');
    await clean();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Shared by Graph' }).waitFor();
    const scanner = (await panel.api('GET', '/scanners')).find(({ name }: { name: string }) => name === 'Shared by Graph');
    expect(scanner).toMatchObject({ protocol: 'graph', mailboxName: SHARED });
    await panel.api('POST', `/scanners/${scanner.documentId}/rules`, { name: 'All', actions: CREATE_TICKET });
    await panel.api('PUT', `/scanners/${scanner.documentId}`, { active: true });
    await graph.arrive(SHARED, Buffer.from(mail({ subject: 'By Graph', from: 'Jane <jane@customer.test>' })));
    await panel.api('POST', `/scanners/${scanner.documentId}/run`);
    await page.goto(`${base}/admin/plugins/mail-scanner?view=all`);
    await page.getByRole('link', { name: 'By Graph' }).first().waitFor();
    await screenshot(page, 'ticket-by-graph');
  });

  test('in dark and on a phone, in German, no text is missing and axe finds nothing serious', async () => {
    const [{ documentId }] = await panel.api('GET', '/scanners');
    const phone = await panel.open(panel.admin, { width: 390, height: 844, theme: 'dark', locale: 'de' });
    const missing: string[] = [];
    phone.on('console', (message) => missing.push(...(/Missing message: "(mail-scanner\.[^"]*)"/.exec(message.text())?.slice(1) ?? [])));
    for (const place of ['oauth', `scanners/${documentId}`, 'outgoing-mail']) {
      await visit(phone, base, place);
      expect([place, await seriousViolations(phone)]).toEqual([place, []]);
      expect([place, await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)]).toEqual([place, true]);
      await screenshot(phone, `phone-${place.replace(/\W.*/, '')}`);
    }
    expect(missing).toEqual([]);
  });

  test('a role that may not manage scanners sees whose account is used, and cannot change it', async () => {
    const [{ documentId }] = await panel.api('GET', '/scanners');
    const reader = await panel.open(await panel.addUser('Reader', ['read-scanners', 'manage-outgoing-mail']));
    for (const place of [`scanners/${documentId}`, 'outgoing-mail']) {
      await visit(reader, base, place);
      const shown = reader.getByRole('combobox', { name: 'Authorised account' });
      await expect.poll(() => shown.textContent(), WAIT).toBe(ALICE);
      expect(await shown.isDisabled()).toBe(true);
      expect(await reader.getByRole('button', { name: 'Make new authorization' }).count()).toBe(0);
    }
    expect(await reader.getByRole('link', { name: 'OAuth Accounts' }).count()).toBe(0);
  });

  test('nothing went wrong in the browser on the way', () => {
    expect(errors).toEqual([]);
  });
});
