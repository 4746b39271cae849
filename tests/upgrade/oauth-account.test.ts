import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { microsoftClient } from '../../server/services/oauth/microsoft';
import { saveSecret, secretName } from '../../server/services/settings/secrets';
import { ALICE, CLIENT, setUpOAuth, type OAuthSetup } from '../oauth/provider';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { startFakeGraph, type FakeGraph } from '../support/fake-graph';
import { CREATE_TICKET, mail } from '../support/helpdesk';
import { restoreDatabase } from '../support/sqlite';
import { removeFolder } from '../support/strapi';
import { checkTokensAt, type TokenCheck } from '../support/xoauth2';

/** An account that signed in with the first release, which knew IMAP and SMTP alone, and the code of today, which knows Microsoft Graph. */

const FIXTURE = readFileSync(path.resolve('tests/fixtures/release-0.1.0/database.sql'), 'utf8');
const ACCOUNT = 'k3w9m2x7p5q8r1t6v4y0z2a3';

/** As that release writes it: the account, and the scanner that reads with it. */
const SIGNED_IN = `
insert into mail_scanner_authorizations (document_id, provider, permission, username, needs_authorization, created_at, updated_at, published_at)
  values ('${ACCOUNT}', 'microsoft', 'delegated', '${ALICE}', 0, 1795520893787, 1795520893787, 1795520893792);
update mail_scanner_scanners set auth_type = 'microsoft', username = null,
  authorization_id = (select id from mail_scanner_authorizations where document_id = '${ACCOUNT}');
`;

describe.skipIf(!hasDovecot())('an account of the first release', () => {
  let oauth: OAuthSetup;
  let graph: FakeGraph;
  let dovecot: Dovecot;
  let check: TokenCheck;
  let scanner: { documentId: string };

  beforeAll(async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'upgrade-'));
    restoreDatabase(path.join(folder, 'test.db'), `${FIXTURE}${SIGNED_IN}`);
    oauth = await setUpOAuth({}, { folder, env: { DATABASE_CLIENT: 'sqlite' } });
    check = checkTokensAt(`${oauth.microsoft.base}/introspect`);
    dovecot = await startDovecot({ passdb: check.passdb, config: check.config });
    graph = await startFakeGraph({ tokenOf: (token) => oauth.microsoft.tokenOf(token), mailboxes: { [ALICE]: {} } });
    oauth.useMicrosoft({ ...CLIENT, graphUrl: graph.base });
    await saveSecret(oauth.app.strapi, secretName.authorizationTokens(ACCOUNT), JSON.stringify(await tokensOfThatTime()));
    [scanner] = await oauth.app.api('GET', '/scanners');
    // Its rule has an action of the site's own, which nobody brings along.
    const [rule] = await oauth.app.api('GET', `/scanners/${scanner.documentId}/rules`);
    await oauth.app.api('PUT', `/rules/${rule.documentId}`, { actions: CREATE_TICKET });
    const { host, port } = dovecot.settings();
    await change({ host, port, encryption: 'none' });
  });
  afterAll(async () => {
    await graph?.stop();
    await dovecot?.stop();
    await oauth?.stop();
    if (check) removeFolder(check.folder);
  });

  /** One token, and a grant with the scopes of IMAP and SMTP. */
  async function tokensOfThatTime() {
    const settings = { ...CLIENT, tenant: 'contoso.test', authorityMetadata: JSON.stringify(oauth.microsoft.metadata()) };
    const client = microsoftClient(settings, fetch);
    const redirectUri = `${oauth.app.strapi.config.get('server.absoluteUrl')}/mail-scanner/oauth/microsoft/callback`;
    const signIn = { redirectUri, state: 'state', nonce: 'nonce', verifier: 'v'.repeat(43) };
    const back = await oauth.microsoft.signIn(await client.authorizationUrl(signIn), ALICE);
    const { tokens, grant } = await client.exchange(signIn, back.searchParams);
    const scopes = ['IMAP.AccessAsUser.All', 'SMTP.Send'].map((name) => `https://outlook.office.com/${name}`);
    return { ...tokens.mail, grant: JSON.stringify({ cache: JSON.parse(grant).cache, scopes }) };
  }

  const change = (data: object) => oauth.app.api('PUT', `/scanners/${scanner.documentId}`, data);
  const tested = (data: object = {}) => oauth.app.api('POST', `/scanners/${scanner.documentId}/test`, data);
  const account = async () => (await oauth.app.api('GET', '/authorizations')).find(({ documentId }: any) => documentId === ACCOUNT);
  const readsByImap = async (subject: string) => {
    await dovecot.append('INBOX', mail({ subject }), { user: ALICE });
    const { byOutcome, error } = await oauth.app.api('POST', `/scanners/${scanner.documentId}/run`);
    expect([byOutcome.processed, error]).toEqual([1, null]);
  };

  test('goes on by IMAP, with the token that is saved and with one that is renewed', async () => {
    await readsByImap('With the saved token');
    oauth.microsoft.revoke('access');
    await readsByImap('With a new token');
  });

  test('is told to sign in once more where Microsoft Graph is chosen, and goes on by IMAP meanwhile', async () => {
    const told = { ok: false, code: 'authenticationFailed', message: expect.stringContaining('once more for Microsoft Graph') };
    expect(await tested({ protocol: 'graph' })).toMatchObject(told);
    const outgoing = { transport: 'graph', authType: 'microsoft', authorization: ACCOUNT, fromAddress: ALICE, fromName: '', username: '' };
    await oauth.app.api('PUT', '/outgoing-mail', outgoing);
    const sent = await oauth.app.api('POST', '/outgoing-mail/test', { to: 'jane@customer.test' });
    expect(sent).toMatchObject({ ok: false, message: expect.stringContaining('once more for Microsoft Graph') });
    expect(await account()).toMatchObject({ needsAuthorization: false });
    await readsByImap('Meanwhile');
  });

  test('reads by both once it has signed in again', async () => {
    const url = await oauth.start('microsoft', '?uses=mail,graph');
    const { location, reason } = await oauth.comeBack(await oauth.microsoft.signIn(url.href, ALICE));
    expect(reason).toBeNull();
    expect(new URL(location!).searchParams.get('authorization')).toBe(ACCOUNT);
    expect(await tested({ protocol: 'graph' })).toMatchObject({ ok: true });
    await readsByImap('And by IMAP');
  });
});
