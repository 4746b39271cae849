import { addScanner, setUpOutgoing } from './helpdesk';
import { startHoodiecrow } from './hoodiecrow';
import type { TestMailbox, TestMailServer } from './mail-server';
import { startSmtpSink, type SmtpSink } from './smtp-sink';
import { removeFolder, startStrapi, type StrapiOptions, type TestStrapi } from './strapi';

/** A Strapi beside a mailbox and a server that takes what is sent. Nothing is set up in it. */
export interface Site<Server extends TestMailbox = TestMailServer> {
  app: TestStrapi;
  server: Server;
  sink: SmtpSink;
  stop(): Promise<void>;
}

/** A helpdesk as most tests need it: such a site with a scanner that makes tickets, and outgoing mail that goes to that server. */
export interface Desk<Server extends TestMailbox = TestMailServer> extends Site<Server> {
  scanner: { documentId: string };
  /** Delivers these emails and scans them; each has to be taken. Resolves with what became of them. */
  arrives(...sources: string[]): Promise<Record<string, number>>;
}

/** On hoodiecrow unless told otherwise. */
export async function startSite<Server extends TestMailbox = TestMailServer>(
  options: StrapiOptions = {},
  startServer = startHoodiecrow as () => Promise<TestMailbox> as () => Promise<Server>,
): Promise<Site<Server>> {
  const server = await startServer();
  const sink = await startSmtpSink();
  const app = await startStrapi(options);
  return {
    app,
    server,
    sink,
    async stop() {
      await app.stop();
      await sink.stop();
      await server.stop();
      removeFolder(app.folder);
    },
  };
}

/** On hoodiecrow unless told otherwise. */
export async function startDesk<Server extends TestMailbox = TestMailServer>(startServer?: () => Promise<Server>): Promise<Desk<Server>> {
  const site = await startSite({}, startServer);
  const { app, server } = site;
  await setUpOutgoing(app, site.sink);
  const scanner = await addScanner(app, server);
  return {
    ...site,
    scanner,
    async arrives(...sources) {
      await server.appendAll('INBOX', sources);
      const result = await app.api('POST', `/scanners/${scanner.documentId}/run`);
      // Without the test runner's own functions: scripts use this as well.
      if (result.scanned !== sources.length || result.failed.length > 0 || result.error !== null)
        throw new Error(`${sources.length} emails were to be scanned: ${JSON.stringify(result)}`);
      return result.byOutcome;
    },
  };
}
