import fs from 'node:fs/promises';
import http from 'node:http';
import { ImapFlow } from 'imapflow';
import { startStrapi, type TestStrapi } from './strapi';

/**
 * A Strapi in a process of its own that kills itself (SIGKILL: no handler runs, no buffer is flushed) at a chosen step of its
 * work. What it does with the database, the mailbox and the private folder is watched from outside of the product: each such
 * event has a line of text, `sql …`, `imap …`, `graph …` or `file …`, and happens before and after.
 */

/** Dies when these events have begun one after the other: at the last of them, before it is done or after. */
export interface Death {
  path: string[];
  when: 'before' | 'after';
}

export interface Order {
  scanner?: string;
  /** A public comment that the child is to write. */
  comment?: { ticket: number; text: string };
  /** Time triggers look at what is due. */
  triggers?: true;
  death?: Death;
}

let death: { patterns: RegExp[]; when: Death['when'] } | null = null;

function watch(event: string, phase: Death['when']): void {
  const next = death?.patterns[0];
  if (!death || !next?.test(event)) return;
  const last = death.patterns.length === 1;
  if (last && phase === death.when) process.kill(process.pid, 'SIGKILL');
  if (!last && phase === 'before') death.patterns.shift();
}

/** SQLite has one connection: when a statement begins, the one before it is through. For a COMMIT, that is the only sign. */
function watchDatabase({ strapi }: TestStrapi): void {
  const { connection } = strapi.db;
  connection.on('query', ({ sql }: { sql: string }) => watch(`sql ${sql}`, 'before'));
  connection.on('query-response', (_: unknown, { sql }: { sql: string }) => watch(`sql ${sql}`, 'after'));
}

function watchMailbox(): void {
  const client = ImapFlow.prototype as unknown as Record<string, (...args: unknown[]) => any>;
  for (const name of ['mailboxOpen', 'search', 'fetchAll', 'messageFlagsAdd', 'messageMove', 'messageDelete']) {
    const original = client[name];
    client[name] = async function (...args) {
      watch(`imap ${name}`, 'before');
      const result = await original.apply(this, args);
      watch(`imap ${name}`, 'after');
      return result;
    };
  }
  const { fetch } = client;
  client.fetch = async function* (...args) {
    for await (const row of fetch.apply(this, args)) {
      watch('imap row', 'before');
      yield row;
      watch('imap row', 'after');
    }
  };
}

/** Requests to the stand-in for Microsoft Graph, with a star for an id; after means that it has answered. */
function watchGraph(): void {
  const { request } = http;
  http.request = ((url: URL, options: http.RequestOptions) => {
    const [, path] = /^\/v1\.0\/users\/[^/]+\/(.*)$/.exec(url.pathname ?? '') ?? [];
    if (path === undefined) return request(url, options);
    const parts = path.split('/').map((part, index) => (index === 1 ? '*' : part));
    const event = `graph ${options.method} ${parts.join('/')}`;
    watch(event, 'before');
    return request(url, options).prependOnceListener('response', () => watch(event, 'after'));
  }) as typeof request;
}

function watchFiles(): void {
  const { open } = fs;
  fs.open = async (...args) => {
    watch(`file ${String(args[0])}`, 'before');
    const handle = await open(...args);
    watch(`file ${String(args[0])}`, 'after');
    return handle;
  };
}

async function obey({ strapi }: TestStrapi, { scanner, comment, triggers, death: wanted }: Order): Promise<unknown> {
  death = wanted ? { patterns: wanted.path.map((pattern) => new RegExp(pattern)), when: wanted.when } : null;
  if (scanner) return strapi.plugin('mail-scanner').service('scanner').run(scanner);
  if (triggers) return strapi.plugin('mail-scanner').service('triggers').run();
  await strapi.documents('plugin::mail-scanner.comment').create({ data: { ...comment, isPublic: true, source: 'api' } as never });
  return strapi.plugin('mail-scanner').service('outbox').deliver();
}

async function main(): Promise<void> {
  watchFiles();
  watchMailbox();
  watchGraph();
  const app = await startStrapi({ folder: process.env.CRASH_FOLDER });
  watchDatabase(app);
  process.on('message', (order: Order) => {
    obey(app, order).then(
      (result) => process.send!({ result }),
      (error) => process.send!({ error: String(error) }),
    );
  });
  process.send!({ ready: true });
}

void main();
