import { addScanner, setUpOutgoing } from './helpdesk';
import { startHoodiecrow } from './hoodiecrow';
import type { TestMailbox, TestMailServer } from './mail-server';
import { startSmtpSink, type SmtpSink } from './smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from './strapi';

/** A helpdesk as most tests need it: a Strapi, a mailbox with a scanner that makes tickets, and a server that takes what is sent. */
export interface Desk<Server extends TestMailbox = TestMailServer> {
  app: TestStrapi;
  server: Server;
  sink: SmtpSink;
  scanner: { documentId: string };
  /** Delivers these emails and scans them; each has to be taken. Resolves with what became of them. */
  arrives(...sources: string[]): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

/** On hoodiecrow unless told otherwise. */
export async function startDesk<Server extends TestMailbox = TestMailServer>(startServer?: () => Promise<Server>): Promise<Desk<Server>> {
  const start = startServer ?? (startHoodiecrow as () => Promise<TestMailbox> as () => Promise<Server>);
  const server = await start();
  const sink = await startSmtpSink();
  const app = await startStrapi();
  await setUpOutgoing(app, sink);
  const scanner = await addScanner(app, server);
  return {
    app,
    server,
    sink,
    scanner,
    async arrives(...sources) {
      await server.appendAll('INBOX', sources);
      const result = await app.api('POST', `/scanners/${scanner.documentId}/run`);
      // Without the test runner's own functions: scripts use this as well.
      if (result.scanned !== sources.length || result.failed.length > 0 || result.error !== null)
        throw new Error(`${sources.length} emails were to be scanned: ${JSON.stringify(result)}`);
      return result.byOutcome;
    },
    async stop() {
      await app.stop();
      await sink.stop();
      await server.stop();
      removeFolder(app.folder);
    },
  };
}
