import { startFakeGraph } from './fake-graph';
import { startFakeMicrosoft } from './fake-microsoft';
import { graphMailbox } from './graph-mailbox';
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
  const settings = { ...CLIENT, tenant: 'contoso.test', authorityMetadata: JSON.stringify(microsoft.metadata()), graphUrl: graph.base };
  return {
    microsoft,
    graph,
    /** The mailbox, seen from outside. */
    box: graphMailbox(graph, mailbox),
    /** For processes: where the sign-in and Graph are. */
    env: { MAIL_SCANNER_OAUTH: JSON.stringify({ microsoft: settings }) },
    /** Outgoing mail by Graph; resolves with what makes a scanner read that way. */
    async setUp(app: TestStrapi, outgoing: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
      const { documentId } = await app.api('POST', '/authorizations', { provider: 'microsoft', username: mailbox, use: 'graph' });
      const account = { authType: 'microsoft', authorization: documentId };
      const sender = { fromAddress: mailbox, fromName: 'Desk', username: '' };
      await app.api('PUT', '/outgoing-mail', { ...account, ...sender, transport: 'graph', ...outgoing });
      return { ...account, protocol: 'graph' };
    },
    async stop() {
      await graph.stop();
      await microsoft.stop();
    },
  };
}
