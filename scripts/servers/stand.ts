import { randomUUID } from 'node:crypto';
import { ImapFlow } from 'imapflow';
import type { MailboxSettings } from '../../server/services/mailbox/types';
import { addScanner, mail, type MailInput, type RuleInput } from '../../tests/support/helpdesk';
import { imapFace, loopback, testPassword } from '../../tests/support/mail-server';
import type { TestStrapi } from '../../tests/support/strapi';
import type { Running } from './types';

/** What a scan answers. */
interface Run {
  scanned: number;
  byOutcome: Record<string, number>;
  failed: { reason: string }[];
  openEffects: number;
  error: { code: string; message: string } | null;
}

type Scanner = { documentId: string };

/** One check's view of a server and a helpdesk: a user that no other check has, and titles that nobody else gives. */
export class Stand {
  readonly #face: ReturnType<typeof imapFace>;
  readonly #mark = randomUUID().slice(0, 8);

  constructor(
    readonly app: TestStrapi,
    readonly server: Running,
    readonly user: string,
  ) {
    this.#face = imapFace({ imapPort: server.port, imapsPort: 0 });
  }

  /** A title that no other email has. */
  titled = (title: string): string => `${title} ${this.#mark}`;
  mail = (input: MailInput & { subject: string }): string =>
    mail({ from: `jane-${this.#mark}@customer.test`, ...input, subject: this.titled(input.subject) });

  async arrive(...sources: string[]): Promise<void> {
    if (this.server.deliver) await this.server.deliver(this.user, sources);
    else await this.put('INBOX', ...sources);
  }

  /** Puts emails into a folder by IMAP. */
  put = (folder: string, ...sources: string[]): Promise<void> => this.#face.appendAll(folder, sources, { user: this.user });
  messages = (folder: string): Promise<{ flags: string[] }[]> =>
    this.imap(async (client) => {
      await client.mailboxOpen(folder, { readOnly: true });
      const rows = await client.fetchAll('1:*', { uid: true, flags: true });
      return rows.map(({ flags }) => ({ flags: [...(flags ?? [])] }));
    });

  /** An IMAP session in which names are what they are: no prefix is put before them. */
  async imap<T>(work: (client: ImapFlow) => Promise<T>, user = this.user): Promise<T> {
    const client = this.client(user);
    await client.connect();
    if (client.namespace) client.namespace = { ...client.namespace, prefix: '' };
    return work(client).finally(() => client.logout().catch(() => client.close()));
  }

  client(user = this.user): ImapFlow {
    const auth = { user, pass: testPassword };
    const client = new ImapFlow({
      host: loopback,
      port: this.server.port,
      secure: false,
      doSTARTTLS: false,
      auth,
      logger: false,
      disableAutoIdle: true,
    });
    client.on('error', () => {});
    return client;
  }

  settings(): MailboxSettings {
    return {
      protocol: this.server.protocol,
      host: loopback,
      port: this.server.port,
      encryption: 'none',
      validateCertificate: false,
      username: this.user,
      credential: { type: 'password', password: testPassword },
    };
  }

  /** A scanner that begins now: what arrives from here on is taken. */
  async scanner(rules: RuleInput[] = [{}], settings: Record<string, unknown> = {}): Promise<Scanner> {
    const { protocol } = this.server;
    const { host, port, username } = this.settings();
    const mailbox = { connection: async () => ({ host, port, encryption: 'none', username, password: testPassword }) };
    const given = { name: this.titled('Scanner'), protocol, scanEvery: 1440, listen: false, ...settings };
    const scanner = await addScanner(this.app, mailbox, rules, given);
    await this.activate(scanner);
    return scanner;
  }

  /** Activates a scanner, and waits until the schedule has scanned it. */
  async activate(scanner: Scanner): Promise<void> {
    await this.app.api('PUT', `/scanners/${scanner.documentId}`, { active: true });
    await until(
      async () => (await this.app.api('GET', `/scanners/${scanner.documentId}`)).lastScanAt,
      60_000,
      'The schedule did not scan it',
    );
  }

  /** Scans; a scan under way is waited for. */
  async run(scanner: Scanner): Promise<Run> {
    return until(
      async () => {
        const { status, body } = await this.app.request('POST', `/scanners/${scanner.documentId}/run`);
        if (status === 200) return body.data as Run;
        if (!/being scanned just now/.test(JSON.stringify(body))) throw new Error(JSON.stringify(body));
        return null;
      },
      120_000,
      'It is being scanned all the time',
    );
  }

  /** Scans and expects that nothing goes wrong. */
  async scan(scanner: Scanner): Promise<Run> {
    const run = await this.run(scanner);
    expect(run.error === null && run.failed.length === 0 && run.openEffects === 0, `a scan said ${JSON.stringify(run)}`);
    return run;
  }

  tickets = (title: string): Promise<{ id: number; documentId: string; ticketNumber: string }[]> =>
    this.app.strapi.db.query('plugin::mail-scanner.ticket').findMany({ where: { title: this.titled(title) } });

  async ticket(title: string): Promise<any> {
    const found = await this.tickets(title);
    expect(found.length === 1, `${found.length} tickets "${title}" in place of one`);
    return this.app.api('GET', `/tickets/${found[0]!.documentId}`);
  }
}

/** Throws with these words unless it holds. */
export function expect(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

export const same = (found: unknown, wanted: unknown, what: string): void =>
  expect(JSON.stringify(found) === JSON.stringify(wanted), `${what}: ${JSON.stringify(found)} in place of ${JSON.stringify(wanted)}`);

export async function until<T>(look: () => Promise<T | null | undefined | false>, timeoutMs: number, otherwise: string): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    expect(Date.now() < end, `${otherwise} within ${timeoutMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
