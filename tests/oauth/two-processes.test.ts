import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVictims, type Victims } from '../support/crash';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { addScanner, mail } from '../support/helpdesk';
import { removeFolder } from '../support/strapi';
import { checkTokensAt, type TokenCheck } from '../support/xoauth2';
import { ALICE, SHARED, setUpOAuth, type OAuthSetup } from './provider';

/** Two Strapi processes on one database, whose scanners use one account at the same moment. */
describe.skipIf(!hasDovecot())('two processes that were refused the same token', () => {
  let oauth: OAuthSetup;
  let check: TokenCheck;
  let dovecot: Dovecot;
  let others: Victims;

  beforeAll(async () => {
    // A refresh token that both redeem would end the authorization.
    oauth = await setUpOAuth({ strictRotation: true });
    check = checkTokensAt(`${oauth.microsoft.base}/introspect`);
    dovecot = await startDovecot({ passdb: check.passdb, config: check.config });
    process.env.MAIL_SCANNER_OAUTH = JSON.stringify(oauth.app.strapi.config.get('plugin::mail-scanner.oauth'));
    others = await createVictims(oauth.app.folder);
  }, 60_000);

  afterAll(async () => {
    delete process.env.MAIL_SCANNER_OAUTH;
    await others?.stop();
    await dovecot?.stop();
    await oauth?.stop();
    if (check) removeFolder(check.folder);
  });

  test('renew it once, both go on with the new one, and the authorization lives', async () => {
    const authorization = await oauth.connect();
    const settings = { authType: 'microsoft', authorization, username: null, password: undefined };
    const [own, shared] = [
      await addScanner(oauth.app, dovecot, [{}], settings),
      await addScanner(oauth.app, dovecot, [{}], { ...settings, mailboxName: SHARED }),
    ];
    await dovecot.append('INBOX', mail(), { user: ALICE });
    await dovecot.append('INBOX', mail(), { user: SHARED });
    const [first, second] = await Promise.all([others.start(), others.start()]);

    oauth.microsoft.revoke('access');
    oauth.microsoft.requests.length = 0;
    // So that the second one asks while the first one's answer is still on its way.
    oauth.microsoft.life.delayMs = 1500;
    const results = await Promise.all([first.obey({ scanner: own.documentId }), second.obey({ scanner: shared.documentId })]);

    for (const { died, result, error } of results) {
      expect([died, error]).toEqual([false, undefined]);
      expect(result).toMatchObject({ error: null, byOutcome: { processed: 1 } });
    }
    expect(oauth.microsoft.requests.map(({ grantType }) => grantType)).toEqual(['refresh_token']);
    expect(await oauth.app.api('GET', '/authorizations')).toMatchObject([
      { documentId: authorization, needsAuthorization: false, lastError: null },
    ]);
  }, 60_000);
});
