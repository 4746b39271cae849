import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reconcileListeners, stopListeners } from '../../server/services/scanner/listen';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { addScanner, eventually, mail, setUpOutgoing } from '../support/helpdesk';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { checkTokensAt, type TokenCheck } from '../support/xoauth2';
import { removeFolder } from '../support/strapi';
import { ALICE, BOSS, setUpOAuth, SHARED, type OAuthSetup } from './provider';

describe.skipIf(!hasDovecot())('with a mail server that asks the provider', () => {
  let oauth: OAuthSetup;
  let dovecot: Dovecot;
  let smtp: SmtpSink;
  let check: TokenCheck;
  let alice: string;

  beforeAll(async () => {
    oauth = await setUpOAuth();
    check = checkTokensAt(`${oauth.microsoft.base}/introspect`);
    dovecot = await startDovecot({ passdb: check.passdb, config: check.config });
    smtp = await startSmtpSink({
      auth: ({ method, user, secret }) => method === 'XOAUTH2' && oauth.microsoft.admits(secret, user),
      authMethods: ['XOAUTH2'],
    });
  });
  afterAll(async () => {
    await smtp.stop();
    await dovecot.stop();
    await oauth.stop();
    removeFolder(check.folder);
  });
  beforeEach(async () => {
    alice = await oauth.connect();
  });

  const scannerOf = (settings: Record<string, unknown> = {}) =>
    addScanner(oauth.app, dovecot, [{}], { authType: 'microsoft', authorization: alice, username: null, password: undefined, ...settings });
  const testOf = ({ documentId }: { documentId: string }) => oauth.app.api('POST', `/scanners/${documentId}/test`);
  const authorization = async () =>
    (await oauth.app.api('GET', '/authorizations')).find(({ documentId }: { documentId: string }) => documentId === alice);

  test('a scanner reads the mailbox of the authorised account', async () => {
    const scanner = await scannerOf();
    await dovecot.append('INBOX', mail(), { user: ALICE });
    expect(await oauth.app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 1 }, error: null });
    expect(await oauth.app.api('GET', `/scanners/${scanner.documentId}`)).toMatchObject({
      username: ALICE,
      authorization: { documentId: alice, username: ALICE, needsAuthorization: false },
    });
  });

  test('a shared mailbox is read with the token of an account that may', async () => {
    const scanner = await scannerOf({ mailboxName: SHARED });
    await dovecot.append('INBOX', mail({ subject: 'For the team' }), { user: SHARED });
    expect(await oauth.app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 1 }, error: null });
  });

  test('a mailbox that the account may not open says so, and what to do', async () => {
    const answer = await testOf(await scannerOf({ mailboxName: BOSS }));
    expect(answer).toMatchObject({ ok: false, code: 'authenticationFailed' });
    expect(answer.message).toMatch(/^Couldn't connect to IMAP server .*give the account full access to that mailbox/);
    expect(await authorization()).toMatchObject({ needsAuthorization: false });
  });

  test('a token that the mail server refuses is renewed once, and the scan goes on', async () => {
    const scanner = await scannerOf();
    expect(await testOf(scanner)).toMatchObject({ ok: true });
    oauth.microsoft.revoke('access');
    oauth.microsoft.requests.length = 0;
    expect(await testOf(scanner)).toMatchObject({ ok: true });
    expect(oauth.microsoft.requests.map(({ grantType }) => grantType)).toEqual(['refresh_token']);
  });

  test('listening renews a refused token by itself', async () => {
    const boss = await oauth.connect(BOSS);
    const { documentId } = await scannerOf({ authorization: boss });
    await oauth.app.api('PUT', `/scanners/${documentId}`, { active: true });
    oauth.microsoft.revoke('access');
    oauth.microsoft.requests.length = 0;
    await reconcileListeners(oauth.app.strapi);
    try {
      // The first scan comes once the connection that listens stands.
      await eventually(async () => (await oauth.app.api('GET', `/scanners/${documentId}`)).lastScanAt);
      expect(oauth.microsoft.requests.map(({ grantType }) => grantType)).toEqual(['refresh_token']);
    } finally {
      await stopListeners(oauth.app.strapi);
      await oauth.app.api('DELETE', `/scanners/${documentId}`);
    }
  });

  test('POP3 opens a shared mailbox with a token, renews a refused one, and says whose rights are missing', async () => {
    const settings = { protocol: 'pop3', port: dovecot.pop3Port };
    const scanner = await scannerOf({ ...settings, mailboxName: SHARED });
    await dovecot.append('INBOX', mail({ subject: 'By POP3' }), { user: SHARED });
    oauth.microsoft.revoke('access');
    const { error, byOutcome } = await oauth.app.api('POST', `/scanners/${scanner.documentId}/run`, { unread: 'take' });
    expect([error, byOutcome.processed > 0]).toEqual([null, true]);
    expect(await oauth.app.api('GET', '/tickets?search=By POP3')).toHaveLength(1);
    const refused = await testOf(await scannerOf({ ...settings, mailboxName: BOSS }));
    expect(refused).toMatchObject({
      ok: false,
      code: 'authenticationFailed',
      message: expect.stringMatching(/^Couldn't connect to POP3 server .*give the account full access to that mailbox/),
    });
  });

  test('settings are tested before they are saved', async () => {
    const { host, port } = dovecot.settings();
    const settings = { authType: 'microsoft', authorization: alice, host, port, encryption: 'none' };
    expect(await oauth.app.api('POST', '/scanners/test', settings)).toMatchObject({ ok: true });
    expect(await oauth.app.api('POST', '/scanners/test', { ...settings, mailboxName: BOSS })).toMatchObject({ ok: false });
  });

  test('a revoked account is the scanner’s visible error, and the provider is left in peace', async () => {
    const scanner = await scannerOf();
    await testOf(scanner);
    oauth.microsoft.revoke('access');
    oauth.microsoft.revoke('refresh');
    oauth.microsoft.requests.length = 0;
    for (let i = 0; i < 3; i += 1) {
      const { error } = await oauth.app.api('POST', `/scanners/${scanner.documentId}/run`);
      expect(error.message).toMatch(/^Couldn't connect to IMAP server .*Authorise it again/);
    }
    expect(oauth.microsoft.requests.length).toBe(1);
    expect(await oauth.app.api('GET', `/scanners/${scanner.documentId}`)).toMatchObject({
      lastError: expect.stringContaining('Authorise it again'),
      authorization: { needsAuthorization: true },
    });
    await oauth.connect();
    expect(await testOf(scanner)).toMatchObject({ ok: true });
  });

  test('while the mail server is away, or the provider, the authorization stays', async () => {
    const scanner = await scannerOf();
    await dovecot.halt();
    expect(await testOf(scanner)).toMatchObject({ ok: false, code: 'connectionRefused' });
    await dovecot.start();
    oauth.microsoft.revoke('access');
    oauth.microsoft.faults.push('drop');
    expect(await testOf(scanner)).toMatchObject({
      ok: false,
      code: 'unavailable',
      message: expect.stringContaining('Microsoft cannot be reached at the moment'),
    });
    expect(await authorization()).toMatchObject({ needsAuthorization: false });
    expect(await testOf(scanner)).toMatchObject({ ok: true });
  });

  test('an application permission opens the mailbox that it was given', async () => {
    const { documentId } = await oauth.app.api('POST', '/authorizations', { provider: 'microsoft', username: SHARED });
    expect(await testOf(await scannerOf({ authorization: documentId }))).toMatchObject({ ok: true });
    expect(await testOf(await scannerOf({ authorization: documentId, mailboxName: BOSS }))).toMatchObject({ ok: false });
  });

  test('a scanner needs an authorization of its own provider', async () => {
    for (const settings of [{ authorization: null }, { authorization: 'nobody' }, { authType: 'google' }]) {
      await expect(scannerOf(settings)).rejects.toThrow(/"path":\["authorization"\]/);
    }
  });

  test('an authorization in use is not removed; one that is not takes its tokens along', async () => {
    const boss = await oauth.connect(BOSS);
    const scanner = await scannerOf({ authorization: boss, name: 'The boss' });
    const refused = await oauth.app.request('DELETE', `/authorizations/${boss}`);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('the scanner "The boss"');
    await oauth.app.api('DELETE', `/scanners/${scanner.documentId}`);
    await oauth.app.api('DELETE', `/authorizations/${boss}`);
    expect(await oauth.app.strapi.db.connection('mail_scanner_secrets').where('name', 'like', `%${boss}%`)).toEqual([]);
  });

  test('mail is sent with an authorization, in the name of a shared mailbox too', async () => {
    const outgoing = await setUpOutgoing(oauth.app, smtp, { authorization: alice });
    expect(outgoing).toMatchObject({ authorization: { documentId: alice, username: ALICE }, hasPassword: false });
    expect(await oauth.app.api('POST', '/outgoing-mail/test', { to: 'jane@customer.test' })).toMatchObject({ ok: true });
    await setUpOutgoing(oauth.app, smtp, { authorization: alice, username: SHARED });
    await oauth.app.api('POST', '/outgoing-mail/test', { to: 'jane@customer.test' });
    expect(smtp.mails.map(({ user }) => user)).toEqual([ALICE, SHARED]);
    expect((await oauth.app.request('DELETE', `/authorizations/${alice}`)).body.error.message).toContain('outgoing mail');
  });

  test('a token that the outgoing server refuses is renewed once', async () => {
    await setUpOutgoing(oauth.app, smtp, { authorization: alice });
    oauth.microsoft.revoke('access');
    const before = smtp.mails.length;
    expect(await oauth.app.api('POST', '/outgoing-mail/test', { to: 'jane@customer.test' })).toMatchObject({ ok: true });
    expect(smtp.mails.length).toBe(before + 1);
  });

  test('an answer waits in the outbox, visibly, until the account is authorised again', async () => {
    await setUpOutgoing(oauth.app, smtp, { authorization: alice });
    oauth.microsoft.revoke('access');
    oauth.microsoft.revoke('refresh');
    const [ticket] = await oauth.app.api('GET', '/tickets');
    await oauth.app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'We look into it.', isPublic: true });
    const waiting = await eventually(async () =>
      (await oauth.app.api('GET', `/deliveries?ticket=${ticket.documentId}`)).find(
        ({ lastError }: { lastError: string | null }) => lastError,
      ),
    );
    expect(waiting).toMatchObject({ state: 'queued', lastError: expect.stringContaining('Authorise it again') });
    await oauth.connect();
    const before = smtp.mails.length;
    await oauth.app.api('POST', `/deliveries/${waiting.documentId}/retry`);
    await smtp.received(before + 1);
  });
});
