import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillHelpdesk } from '../../bench/helpdesk-data';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** Tables with a row for each email, ticket or person. All others stay small. */
const GROWING = /mail_scanner_(messages|tickets|comments|contacts|accounts|deliveries|attachments|activities)(_\w+_lnk)?$/;

/** Indexes whose first column has a handful of values: to find one row by them reads most of the table. */
const COARSE = ['ms_message_outcome'];

const CONTACTS = 400;
const SIZES = { tickets: 2_000, commentsPerTicket: 5, contacts: CONTACTS, accounts: 40, agents: 3, scanners: 2 };

/** Asks the database how it would run a statement, and names what it would read from end to end. */
type Planner = (raw: (sql: string) => Promise<any>, sql: string) => Promise<string[]>;

const planners: Record<string, Planner> = {
  async sqlite(raw, sql) {
    const rows: { detail: string }[] = await raw(`explain query plan ${sql}`);
    // Only the alias is named: the statement says which table that is.
    return rows.flatMap(({ detail }) => {
      const [, scanned] = /^SCAN (\S+)/.exec(detail) ?? [];
      const [, index] = /^SEARCH .* USING (?:COVERING )?INDEX (\S+)/.exec(detail) ?? [];
      if (index && COARSE.includes(index)) return [`many rows by ${index}`];
      const table = scanned && (new RegExp(`\`(\\w+)\` as \`${scanned}\``).exec(sql)?.[1] ?? scanned);
      return table && GROWING.test(table) ? [table] : [];
    });
  },
  async postgres(raw, sql) {
    const { rows } = await raw(`explain (format json) ${sql}`);
    const [plan] = rows;
    const read = plan['QUERY PLAN'];
    const nodes: any[] = [(typeof read === 'string' ? JSON.parse(read) : read)[0].Plan];
    const found: string[] = [];
    for (let node = nodes.pop(); node; node = nodes.pop()) {
      nodes.push(...(node.Plans ?? []));
      if (node['Node Type'] === 'Seq Scan' && GROWING.test(node['Relation Name'])) found.push(node['Relation Name']);
    }
    return found;
  },
  async mysql(raw, sql) {
    const [rows] = await raw(`explain ${sql}`);
    const growing = (row: any) => GROWING.test(new RegExp(`\`(\\w+)\` as \`${row.table}\``).exec(sql)?.[1] ?? row.table ?? '');
    // It reads a table of a few rows at once, whatever indexes there are.
    return rows.filter((row: any) => ['ALL', 'index'].includes(row.type) && row.rows > 100 && growing(row)).map(({ table }: any) => table);
  },
};

describe('what a statement reads does not grow with the helpdesk', () => {
  let app: TestStrapi;
  let server: TestMailServer;
  let sink: SmtpSink;
  let ticket: { documentId: string };
  let answers = 0;

  beforeAll(async () => {
    server = await startHoodiecrow();
    sink = await startSmtpSink();
    app = await startStrapi();
    await fillHelpdesk(app.strapi, SIZES);
    await setUpOutgoing(app, sink);
    // The first one asks once which numbers are taken: the data above came without the counter.
    ticket = await app.api('POST', '/tickets', { title: 'First', contactEmail: 'first@customer.test' });
  });

  afterAll(async () => {
    await app?.stop();
    await sink?.stop();
    await server?.stop();
    if (app) removeFolder(app.folder);
  });

  test.each(['without statistics', 'with statistics'])(
    '%s, neither an import, an answer nor a delivery reads a table from end to end',
    async (how) => {
      const database = app.strapi.db.connection;
      const client = (app.strapi.db.dialect as { client: string }).client;
      if (how === 'with statistics') {
        const tables = ['messages', 'tickets', 'comments', 'contacts', 'deliveries'].map((name) => `mail_scanner_${name}`);
        await database.raw(client === 'mysql' ? `analyze table ${tables.join(', ')}` : 'analyze');
      }
      const statements = new Map<string, readonly unknown[]>();
      const note = ({ sql, bindings }: { sql: string; bindings: readonly unknown[] }) => {
        if (/^(with|select|update|delete)\b/i.test(sql) && /mail_scanner_/.test(sql)) statements.set(sql, bindings);
      };
      database.on('query', note);
      await work(how);
      database.off('query', note);
      expect(statements.size).toBeGreaterThan(50);

      const reads: Record<string, string[]> = {};
      await database.transaction(async (trx) => {
        // With so few rows it would rather read the table than an index that is there.
        if (client === 'postgres') await trx.raw('set local enable_seqscan = off');
        for (const [sql, bindings] of statements) {
          // PostgreSQL's placeholders have numbers, and a plan needs no locks.
          const asked = sql.replace(/\$\d+/g, '?').replace(/ for update$/, '');
          const found = await planners[client]((explained) => trx.raw(explained, bindings as never), asked);
          if (found.length > 0) reads[sql] = found;
        }
      });
      expect(reads).toEqual({});
    },
  );

  /** New emails, answers of customers, an answer to one of them and its delivery. */
  async function work(how: string): Promise<void> {
    const scanner = await addScanner(app, server, undefined, { name: how, listen: false });
    for (let index = 0; index < 20; index += 1) {
      const contact = (index * 7919) % CONTACTS;
      const from = `person${contact}@company${contact % SIZES.accounts}.test`;
      await server.append('INBOX', mail({ subject: `New, ${how}`, from: `new${index}@${how.slice(0, 4)}.test` }));
      await server.append('INBOX', mail({ subject: `Re: TT${1001 + index}`, from, headers: { 'In-Reply-To': `<d${index}@example.com>` } }));
    }
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 40 }, error: null });
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'It is repaired.', isPublic: true });
    answers += 1;
    await sink.received(answers);
  }
});
