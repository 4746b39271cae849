import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMON_WORD, fillHelpdesk, RARE_WORD, TAGS, TEAM } from '../../bench/helpdesk-data';
import { whereVisible } from '../../server/services/inbox/viewer';
import { idQuery } from '../../server/services/platform/queries';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { sweepUploads } from '../../server/services/inbox/uploads';
import { wakeTickets } from '../../server/services/inbox/wake-tickets';
import { giveSecondChances } from '../../server/services/scanner/second-chances';
import { noteWhatIsDue } from '../../server/services/telling/due';
import { applyRetention } from '../../server/services/operations/retention';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { runTriggers } from '../../server/services/automation/run-triggers';
import { measureTimes } from '../../server/services/times/measure';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** Tables with a row for each email, ticket or person. All others stay small. */
const GROWING = /mail_scanner_(messages|tickets|comments|contacts|accounts|deliveries|attachments|activities|waits|fired)(_\w+_lnk)?$/;

const CONTACTS = 400;
const TOGETHER = 30;
const SIZES = { tickets: 2_000, commentsPerTicket: 5, contacts: CONTACTS, accounts: 400, agents: 3, scanners: 2 };

/** An index whose first column has the same for nearly all rows, and nothing else of it is asked. */
const COARSE = /USING (?:COVERING )?INDEX ms_message_(of_\w+|forgotten) \(forgotten_at=\?\)$/;

/** A search by an index for the rows that have nothing there: in these columns, those are nearly all. */
const isForNothing = (detail: string, sql: string): boolean => {
  const [, column] = /^SEARCH .* USING (?:COVERING )?INDEX \w+ \((\w+)=\?\)$/.exec(detail) ?? [];
  return MOSTLY_NULL.includes(column) && new RegExp(`\\b${column}\\W? is null`, 'i').test(sql);
};
const MOSTLY_NULL = ['forward_token', 'message_id', 'sent_message_id', 'bounced_at', 'next_attempt_at', 'snoozed_until'];

/**
 * The ids of a page, or a count up to a limit: they may follow an index from its end, and must not sort all. What begins with the ids that a
 * search has found may, and what asks for one ticket.
 */
const isList = (sql: string): boolean =>
  /^select (`t0`\.`id`|"t0"\."id") from |^select count\(\*\) as .count. from \(/.test(sql) && !/ in \(\?, |ticket_id.? = \?/.test(sql);

/** Customers and their companies are searched by what stands anywhere in their names: there are few of them beside what they write. */
const isPeopleSearch = (sql: string): boolean => /mail_scanner_(contacts|accounts). as/.test(sql) && / i?like /i.test(sql);

/** Asks the database how it would run a statement, and names what it would read from end to end. */
type Planner = (raw: (sql: string) => Promise<any>, sql: string) => Promise<string[]>;

const planners: Record<string, Planner> = {
  async sqlite(raw, sql) {
    const rows: { detail: string }[] = await raw(`explain query plan ${sql}`);
    // Only the alias is named: the statement says which table that is.
    return rows.flatMap(({ detail }) => {
      const [, scanned] = /^SCAN (\S+)/.exec(detail) ?? [];
      if (isForNothing(detail, sql)) return [detail];
      // Nearly all rows have the same there, so that such an index is good for a list alone, which reads it in its order.
      if (isList(sql) ? /^USE TEMP B-TREE FOR ORDER BY/.test(detail) : COARSE.test(detail)) return [detail];
      if (isList(sql) && (/^SCAN .* USING (COVERING )?INDEX/.test(detail) || !sql.includes(' where '))) return [];
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
      if (node['Node Type'] === 'Sort' && isList(sql)) found.push(`a sort by ${node['Sort Key']}`);
    }
    return found;
  },
  async mysql(raw, sql) {
    const [rows] = await raw(`explain ${sql}`);
    const growing = (row: any) => GROWING.test(new RegExp(`\`(\\w+)\` as \`${row.table}\``).exec(sql)?.[1] ?? row.table ?? '');
    // By such a filter, all links of each of a few records are gone through.
    const isFiltered = ({ type }: any) => /\|filter$/.test(type);
    // Of so small a helpdesk, the first that are looked through are all there are, and known ids are found in an index that holds the whole answer.
    const reads = ({ select_type, type, Extra }: any) => {
      if (isList(sql)) return select_type !== 'DERIVED' && /filesort/.test(Extra ?? '');
      return type === 'ALL' || (type === 'index' && !(/ in \(\?, /.test(sql) && /Using index/.test(Extra ?? '')));
    };
    // It reads a table of a few rows at once, whatever indexes there are.
    return rows.filter((row: any) => ((reads(row) && row.rows > 100) || isFiltered(row)) && growing(row)).map(({ table }: any) => table);
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
    const table = (name: string) => app.strapi.db.connection(`mail_scanner_${name}`);
    await table('tickets')
      .where('id', '<', 30)
      .update({ due_at: new Date(1_000) });
    await table('deliveries')
      .where('id', '<', 10)
      .update({ bounced_at: new Date(1_000) });
    // The first one asks once which numbers are taken: the data above came without the counter.
    ticket = await app.api('POST', '/tickets', { title: 'First', contactEmail: 'first@customer.test' });
  });

  afterAll(async () => {
    await app?.stop();
    await sink?.stop();
    await server?.stop();
    if (app) removeFolder(app.folder);
  });

  describe.each(['without statistics', 'with statistics'])('%s', (how) => {
    beforeAll(async () => {
      if (how === 'with statistics') {
        const tables = ['messages', 'tickets', 'comments', 'contacts', 'deliveries'].map((name) => `mail_scanner_${name}`);
        await app.strapi.db.connection.raw(client() === 'mysql' ? `analyze table ${tables.join(', ')}` : 'analyze');
      }
    });

    test('neither an import, an answer nor a delivery reads a table from end to end', async () => {
      const statements = await statementsOf(() => work(how));
      expect(statements.size).toBeGreaterThan(50);
      expect(await readsOf(statements)).toEqual({});
    });

    test('a time trigger finds by an index which tickets it looks at', async () => {
      await measureTimes(app.strapi);
      const waits = () => app.strapi.db.connection('mail_scanner_waits');
      const [{ ticket_id: due }] = await waits().limit(1);
      await waits().where({ ticket_id: due }).update({ next_at: 1 });
      const all = await statementsOf(async () => void (await runTriggers(app.strapi)));
      // What is read of the ticket then is what measures it.
      const statements = new Map([...all].filter(([sql]) => /mail_scanner_(waits|fired)/.test(sql)));
      expect(statements.size).toBeGreaterThan(2);
      expect(await readsOf(statements)).toEqual({});
    });

    test('what runs by itself finds by an index what is due', async () => {
      const { strapi } = app;
      const statements = await statementsOf(async () => {
        for (const task of [wakeTickets, giveSecondChances, sweepUploads, noteWhatIsDue]) await task(strapi);
      });
      expect(statements.size).toBeGreaterThan(3);
      expect(await readsOf(statements)).toEqual({});
    });

    test('what is not kept for ever is found by an index, and what has gone is not read again', async () => {
      const days = how === 'with statistics' ? 950 : 1_000;
      await app.api('PUT', '/settings', { keepLogDays: days, keepSourceDays: days - 100, keepDeliveryDays: days });
      const lease = { confirm: async () => {}, assertHeld: () => {}, release: async () => {}, signal: new AbortController().signal };
      const statements = await statementsOf(() => applyRetention(app.strapi, lease, Date.now() + 60_000));
      await app.api('PUT', '/settings', { keepLogDays: 0, keepSourceDays: 0, keepDeliveryDays: 0 });
      expect(statements.size).toBeGreaterThan(5);
      // InnoDB counts a table that has changed again by itself: until it has, it may hold all rows for few.
      const isCounted = client() !== 'mysql' || how === 'with statistics';
      const asked = [...statements].filter(([sql]) => isCounted || !sql.includes('`source_key` is not null'));
      expect(await readsOf(new Map(asked))).toEqual({});
      await app.strapi.db.connection('mail_scanner_messages').update({ forgotten_at: null });
    });

    test('a merge reads of comments only those of its tickets', async () => {
      const open = (title: string) =>
        app.api('POST', '/tickets', { title, description: `${title}, by telephone`, contactEmail: 'first@customer.test' });
      const [one, other] = [await open('One'), await open('Other')];
      const all = await statementsOf(() => app.api('POST', `/tickets/${one.documentId}/merge`, { into: other.documentId }));
      const statements = new Map([...all].filter(([sql]) => /^select.*mail_scanner_comments\W/.test(sql)));
      expect(statements.size).toBeGreaterThan(0);
      expect(await readsOf(statements)).toEqual({});
    });

    test('tickets of absent colleagues are found by an index', async () => {
      const [{ id }] = await app.api('GET', '/tickets/assignees');
      const link = app.strapi.db.connection('mail_scanner_tickets_assignee_lnk');
      const { user_id: agent } = (await link.whereNot('user_id', id).first('user_id'))!;
      await app.api('PUT', `/agents/${agent}/absence`, { until: '2099-12-31' });
      let found = 0;
      const all = await statementsOf(async () => {
        found = (await app.request('GET', '/tickets?view=absent')).body.meta.pagination.total;
        expect((await app.api('GET', '/tickets/summary')).views.absent).toBe(found);
      });
      expect(found).toBeGreaterThan(0);
      expect(await readsOf(new Map([...all].filter(([sql]) => sql.includes('mail_scanner_waits'))))).toEqual({});
      await app.api('PUT', `/agents/${agent}/absence`, { until: null });
    });

    test('no list of the panel and no search reads or sorts more than the page that it shows', async () => {
      const lists = await listsOfPanel();
      const table = (name: string) => app.strapi.db.connection(`mail_scanner_${name}`);
      await table('deliveries').where('id', '<', 10).update({ bounced_at: new Date() });
      await table('tickets').where('id', '<', 20).update({ due_at: new Date() });
      await table('tickets')
        .where('id', '<', 10)
        .update({ due_at: new Date(Date.now() + 600_000) });
      const statements = await statementsOf(async () => {
        for (const list of lists) await app.api('GET', list);
        // What the list asks where more than 10,000 have a tag.
        const { id: tag } = (await app.strapi.db.query('plugin::mail-scanner.tag').findOne({ where: { documentId: TAGS.common } }))!;
        const orderBy = [{ lastActivityAt: 'desc' }, { id: 'desc' }];
        await idQuery(app.strapi, 'plugin::mail-scanner.ticket', { where: { helpdeskTags: { id: tag } }, orderBy }).limit(20);
        // And of an agent who sees the tickets of their teams. InnoDB counts such a table again by itself, and has no statistics only for a moment.
        if (client() === 'mysql' && how === 'without statistics') return;
        const where = whereVisible(app.strapi, { id: 1, seesAll: false, teams: [1] });
        await idQuery(app.strapi, 'plugin::mail-scanner.ticket', { where, orderBy }).limit(20);
      });
      expect(statements.size).toBeGreaterThan(lists.length);
      expect(await readsOf(statements)).toEqual({});
    });
  });

  test('no two indexes hold the same: each costs every email its time', async () => {
    const twice: string[] = [];
    const tables = await app.strapi.db.dialect.schemaInspector.getTables();
    for (const table of tables.filter((name: string) => GROWING.test(name))) {
      const indexes: { name: string; columns: string[] }[] = await app.strapi.db.dialect.schemaInspector.getIndexes(table);
      // Those for words are of another kind.
      const columns = indexes
        .filter(({ name }) => !name.startsWith('mail_scanner_search'))
        .map((index) => `${table}: ${index.columns.join(', ')}`);
      twice.push(...columns.filter((each, at) => columns.indexOf(each) < at));
    }
    expect(twice).toEqual([]);
  });

  test('a list of more than 10,000 says that there are more, and hands out those behind them all the same', async () => {
    const { body } = await app.request('GET', '/messages?pageSize=100');
    expect(body.meta.pagination).toEqual({ page: 1, pageSize: 100, pageCount: 100, total: 10_000, hasMore: true });
    const { body: behind } = await app.request('GET', '/messages?pageSize=100&page=101');
    expect(behind.data.length).toBeGreaterThan(0);
    expect(behind.meta.pagination.total).toBe(10_000 + behind.data.length);
    expect(behind.meta.pagination).not.toHaveProperty('hasMore');
    const { body: closed } = await app.request('GET', '/tickets?view=closed');
    expect(closed.meta.pagination.total).toBe(
      await app.strapi.db.query('plugin::mail-scanner.ticket').count({ where: { ticketStatus: 'Closed' } }),
    );
    expect(closed.meta.pagination).not.toHaveProperty('hasMore');
  });

  test('the numbers beside the views are counted from indexes alone, and each is that of its list', async () => {
    // As if they were asked for again: the change drops the numbers that were kept.
    await app.api('PUT', `/tickets/${ticket.documentId}`, { priority: 'High' });
    let views: Record<string, number> = {};
    const statements = await statementsOf(async () => void ({ views } = await app.api('GET', '/tickets/summary')));
    const tickets = app.strapi.db.query('plugin::mail-scanner.ticket');
    const closed = { ticketStatus: 'Closed' };
    expect(views.all).toBe(await tickets.count());
    expect(views.closed).toBe(await tickets.count({ where: closed }));
    expect(views.unassigned).toBe(await tickets.count({ where: { ticketStatus: { $ne: 'Closed' }, assignee: { id: { $null: true } } } }));
    expect(views.open + views.waiting + views.closed).toBe(views.all);
    if (client() !== 'sqlite') return;
    const counted = [...statements].filter(([sql]) => /count\(\*\).* mail_scanner_tickets/.test(sql.replaceAll('`', '')));
    expect(counted).toHaveLength(3);
    for (const [sql, bindings] of counted) {
      const plan: { detail: string }[] = await app.strapi.db.connection.raw(`explain query plan ${sql}`, bindings as never);
      expect(plan.filter(({ detail }) => /^SCAN/.test(detail) && !/USING COVERING INDEX/.test(detail))).toEqual([]);
    }
  });

  test('a word of every third comment is found as is one of a single comment, alone and beside each other', async () => {
    const found = async (search: string) => (await app.request('GET', `/tickets?view=all&search=${search}`)).body.meta.pagination.total;
    // The newest five hundred comments, of which a ticket has one or two.
    expect(await found(COMMON_WORD)).toBeGreaterThan(200);
    expect(await found(RARE_WORD)).toBe(1);
    expect(await found(`${RARE_WORD.slice(0, 5)}%20company319`)).toBe(1);
    expect(await found(`${RARE_WORD}%20${COMMON_WORD}`)).toBe(0);
    expect(await found(`${RARE_WORD}%20quuxfoo`)).toBe(0);
  });

  test('what begins thousands of different words is found among the newest, without a list of all that hold one', async () => {
    let total = 0;
    const statements = await statementsOf(async () => {
      total = (await app.request('GET', '/messages?search=last')).body.meta.pagination.total;
    });
    expect(total).toBeGreaterThan(400);
    if (client() === 'sqlite') expect([...statements.keys()].filter((sql) => / match /.test(sql))).toEqual([]);
  });

  test('a report of a tag looks up the tickets of its days, and lists none of the others', async () => {
    const statements = await statementsOf(() =>
      app.api('GET', `/reports?since=2026-11-01&until=2026-11-24&tag=${TAGS.common}&team=${TEAM}`),
    );
    expect(statements.size).toBeGreaterThan(20);
    if (client() !== 'sqlite') return;
    for (const [sql, bindings] of statements) {
      const plan: { detail: string }[] = await app.strapi.db.connection.raw(`explain query plan ${sql}`, bindings as never);
      expect(plan.filter(({ detail }) => /LIST SUBQUERY/.test(detail))).toEqual([]);
    }
  });

  const client = (): string => (app.strapi.db.dialect as { client: string }).client;

  /** The statements on our tables that run meanwhile, each once. */
  async function statementsOf(running: () => Promise<void>): Promise<Map<string, readonly unknown[]>> {
    const statements = new Map<string, readonly unknown[]>();
    const note = ({ sql, bindings }: { sql: string; bindings: readonly unknown[] }) => {
      if (/^(with|select|update|delete)\b/i.test(sql) && /mail_scanner_/.test(sql)) statements.set(sql, bindings);
    };
    app.strapi.db.connection.on('query', note);
    await running();
    app.strapi.db.connection.off('query', note);
    return statements;
  }

  /** What each of the statements reads or sorts as a whole. */
  async function readsOf(statements: Map<string, readonly unknown[]>): Promise<Record<string, string[]>> {
    const reads: Record<string, string[]> = {};
    await app.strapi.db.connection.transaction(async (trx) => {
      // With so few rows it would rather read and sort the table than follow an index that is there.
      if (client() === 'postgres') await trx.raw('set local enable_seqscan = off; set local enable_sort = off');
      for (const [sql, bindings] of statements) {
        if (isPeopleSearch(sql)) continue;
        // PostgreSQL's placeholders have numbers, and a plan needs no locks.
        const asked = sql.replace(/\$\d+/g, '?').replace(/ for update$/, '');
        const found = await planners[client()]((explained) => trx.raw(explained, bindings as never), asked);
        if (found.length > 0) reads[sql.replace(/\?(, \?)+/g, '?, …')] = found;
      }
    });
    return reads;
  }

  async function listsOfPanel(): Promise<string[]> {
    const [{ documentId: scanner }] = await app.api('GET', '/scanners');
    const { documentId } = ticket;
    return [
      ...['unassigned', 'open', 'waiting', 'all', 'closed'].map((view) => `/tickets?view=${view}`),
      // The others follow the index of those links, and sort what they find.
      ...(client() === 'mysql' ? ['/tickets?view=mine', `/tickets?view=all&scanner=${scanner}`] : []),
      ...['assignee=none', 'priority=Urgent', 'priority=Normal'].map((filter) => `/tickets?view=all&${filter}`),
      ...['lastActivityAt:asc', 'createdAt:desc', 'ticketNumber:asc'].map((sort) => `/tickets?view=all&sort=${sort}`),
      ...['unassigned', 'open', 'all'].flatMap((view) => [`/tickets?view=${view}&sort=dueAt:asc`, `/tickets?view=${view}&sort=dueAt:desc`]),
      '/tickets?view=all&page=90',
      '/tickets?view=all&since=2026-01-01T00:00:00Z',
      ...[TAGS.rare, TAGS.old].map((tag) => `/tickets?view=all&tag=${tag}`),
      `/tickets?view=open&tag=${TAGS.rare}`,
      `/tickets?view=all&team=${TEAM}`,
      `/tickets?view=open&team=${TEAM}`,
      '/tickets?view=all&due=breached',
      '/tickets?view=open&due=breached&priority=Urgent',
      '/tickets?view=all&due=soon',
      '/tickets?view=all&search=invoice',
      '/tickets?view=open&search=invoice%20broken',
      '/deliveries',
      ...['sent', 'failed', 'queued', 'bounced'].map((state) => `/deliveries?state=${state}`),
      '/contacts',
      '/contacts?sort=lastMessage',
      '/accounts',
      '/messages',
      '/messages?page=400',
      '/messages?outcome=failed',
      '/messages?outcome=processed',
      `/messages?scanner=${scanner}`,
      `/messages?scanner=${scanner}&outcome=failed`,
      '/messages?since=2025-01-01T00:00:00Z',
      `/messages?ticket=${documentId}`,
      '/messages?search=person7',
      `/messages?search=person7&scanner=${scanner}&outcome=processed&since=2025-01-01T00:00:00Z`,
    ];
  }

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
    await app.strapi.db.transaction(async () => {
      // As many as leave together: a planner may go about one ticket otherwise than about some.
      for (let other = 1; other <= TOGETHER; other += 1) {
        const data = { ticket: other, text: 'It comes on Tuesday.', isPublic: true, source: 'admin', user: 1 };
        await app.strapi.db.query('plugin::mail-scanner.comment').create({ data });
      }
    });
    answers += 1 + TOGETHER;
    await sink.received(answers);
  }
});
