import { startFakeGraph } from './fake-graph';
import { startFakeMicrosoft } from './fake-microsoft';
import { graphMailbox } from './graph-mailbox';
import type { TestMailbox } from './mail-server';
import type { TestStrapi } from './strapi';

/** A mailbox that is read and answers by Microsoft Graph with an application permission: the stand-ins, and what leads a Strapi to them. */

const CLIENT = { clientId: 'client-1', clientSecret: 'client-secret-of-the-app' };

export async function startGraphDesk(mailbox: string) {
  const roles = ['Mail.ReadWrite', 'Mail.Send'];
  const microsoft = await startFakeMicrosoft({
    users: {},
    clients: { [CLIENT.clientId]: { secret: CLIENT.clientSecret, redirectUris: [], mailboxes: [mailbox], roles } },
  });
  const graph = await startFakeGraph({ tokenOf: (token) => microsoft.tokenOf(token), mailboxes: { [mailbox]: {} } });
  const microsoftSettings = {
    ...CLIENT,
    tenant: 'contoso.test',
    authorityMetadata: JSON.stringify(microsoft.metadata()),
    graphUrl: graph.base,
  };
  const stop = async () => {
    await graph.stop();
    await microsoft.stop();
  };
  const accounts = new WeakMap<TestStrapi, Promise<Record<string, unknown>>>();
  /** One account for all who ask. */
  const accountIn = (app: TestStrapi): Promise<Record<string, unknown>> => {
    const known = accounts.get(app) ?? connectAccount(app);
    accounts.set(app, known);
    return known;
  };
  const connectAccount = async (app: TestStrapi) => {
    app.strapi.config.set('plugin::mail-scanner.oauth', { microsoft: microsoftSettings });
    const { documentId } = await app.api('POST', '/authorizations', { provider: 'microsoft', username: mailbox, use: 'graph' });
    return { authType: 'microsoft', authorization: documentId };
  };
  const box: TestMailbox = {
    ...graphMailbox(graph, mailbox),
    name: 'Microsoft Graph',
    connection: async (app) => ({ ...(await accountIn(app)), protocol: 'graph' }),
    stop,
  };
  return {
    microsoft,
    graph,
    /** The mailbox, seen from outside. Its `stop` is the desk's. */
    box,
    /** For processes: where the sign-in and Graph are. */
    env: { MAIL_SCANNER_OAUTH: JSON.stringify({ microsoft: microsoftSettings }) },
    /** Outgoing mail by Graph. */
    async setUpOutgoing(app: TestStrapi, settings: Record<string, unknown> = {}): Promise<void> {
      const sender = { fromAddress: mailbox, fromName: 'Desk', username: '' };
      await app.api('PUT', '/outgoing-mail', { ...(await accountIn(app)), ...sender, transport: 'graph', ...settings });
    },
    stop,
  };
}
