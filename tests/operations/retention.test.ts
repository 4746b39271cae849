import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { addScanner, CREATE_TICKET, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailbox } from '../support/mail-server';
import { GRAPH } from '../support/mailboxes';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';
import { recogniseOldSentences } from '../../server/services/operations/old-sentences';
import { applyRetention } from '../../server/services/operations/retention';
import type { Lease } from '../../server/services/storage/lease';

const DAY_MS = 24 * 3_600_000;
const LEASE: Lease = { confirm: async () => {}, assertHeld: () => {}, release: async () => {}, signal: new AbortController().signal };

const KINDS = [{ name: 'IMAP', start: (): Promise<TestMailbox> => startHoodiecrow() }, GRAPH];

describe.each(KINDS)('what is kept ($name)', ({ name, start }) => {
  let app: TestStrapi;
  let server: TestMailbox;
  let sink: SmtpSink;
  let scanner: { documentId: string };

  beforeAll(async () => {
    server = await start();
    sink = await startSmtpSink();
    app = await startStrapi();
    await setUpOutgoing(app, sink);
    app.strapi.plugin('mail-scanner').service('actions').register(refuse);
    const noTouch = { combinator: 'and', rules: [{ field: 'subject', operator: 'contains', value: 'fail' }] };
    scanner = await addScanner(app, server, [{ name: 'Fail', conditions: noTouch, actions: [{ type: 'refuse', config: {} }] }, {}]);
    await app.api('PUT', '/settings', { keepSources: 'all' });
  });

  afterAll(async () => {
    await app?.stop();
    await sink?.stop();
    await server?.stop();
    if (app) removeFolder(app.folder);
  });

  beforeEach(async () => {
    await app.api('PUT', '/settings', { keepLogDays: 0, keepSourceDays: 0, keepDeliveryDays: 0 });
  });

  let isRefusing = true;
  const refuse = {
    type: 'refuse',
    label: 'Refuse',
    config: { parse: (value: unknown) => value, safeParse: (value: unknown) => ({ success: true, data: value }) },
    describe: () => 'refuse',
    run: async () => {
      if (isRefusing) throw new Error('Not today.');
      return [];
    },
  };

  const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
  const run = () => app.api('POST', `/scanners/${scanner.documentId}/run`);
  const files = () =>
    readdirSync(path.join(app.folder, 'private'), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && entry.name.length === 48,
    ).length;
  const retain = () => applyRetention(app.strapi, LEASE, Date.now() + 10_000);

  /** As if all that is there had come so many days ago. */
  async function age(days: number): Promise<void> {
    const then = new Date(Date.now() - days * DAY_MS);
    const { connection } = app.strapi.db;
    await connection('mail_scanner_messages').update({ created_at: then });
    await connection('mail_scanner_deliveries').whereNotNull('sent_at').update({ sent_at: then });
  }

  describe('the scan log', () => {
    const messages = [
      mail({ subject: 'Keeps a secret', from: 'Jane <jane@private.test>' }),
      mail({ subject: 'Keeps another' }),
      mail({ subject: 'will fail' }),
    ];

    test('forgets what it told about a message after the days that are set, and its source, but nothing that failed', async () => {
      await server.appendAll('INBOX', messages);
      expect(await run()).toMatchObject({ byOutcome: { processed: 2, failed: 1 } });
      expect(files()).toBe(3);
      await age(29);
      await app.api('PUT', '/settings', { keepLogDays: 30 });
      await retain();
      expect(await app.api('GET', '/messages')).toHaveLength(3);

      await age(31);
      await retain();
      expect(await app.api('GET', '/messages')).toMatchObject([{ subject: 'will fail', outcome: 'failed', hasSource: true }]);
      expect(files()).toBe(1);
      const rows = await app.strapi.db.connection('mail_scanner_messages').whereNotNull('forgotten_at');
      expect(rows).toHaveLength(2);
      expect(JSON.stringify(rows)).not.toMatch(/Jane|private\.test|Keeps|printer/i);
      expect(rows.map(({ ticket_id, comment_id, rule_id }) => [ticket_id, comment_id, rule_id])).toEqual([
        [null, null, null],
        [null, null, null],
      ]);
      expect(await query('ticket').count()).toBe(2);
    });

    test('never lets a forgotten message in again: not from its place, not as a copy, not when the folder is numbered again', async () => {
      await server.appendAll('INBOX', messages.slice(0, 2));
      expect(await run()).toMatchObject({ byOutcome: { duplicate: 2 } });
      await age(31);
      await app.api('PUT', '/settings', { keepLogDays: 30 });
      await retain();

      // The server numbers the folder again, and all is unread again.
      await app.strapi.db.connection('mail_scanner_messages').update({ uid_validity: 'before' });
      await app.strapi.db.connection('mail_scanner_folder_states').update({ uid_validity: 'before' });
      await server.appendAll('INBOX', messages.slice(0, 2));
      expect((await run()).byOutcome.processed).toBeUndefined();
      expect(await query('ticket').count()).toBe(2);
      expect(await query('comment').count()).toBe(2);
    });

    test('keeps what failed until it is settled, and lets it be tried again', async () => {
      isRefusing = false;
      const [failed] = await app.api('GET', '/messages?outcome=failed');
      expect(await app.api('POST', `/messages/${failed.documentId}/retry`)).toMatchObject({ succeeded: 1 });
      await age(31);
      await app.api('PUT', '/settings', { keepLogDays: 30 });
      await retain();
      expect(await app.api('GET', '/messages')).toEqual([]);
      expect(files()).toBe(0);
    });

    test('keeps what the mailbox still has to be told', async () => {
      await server.append('INBOX', mail({ subject: 'Still open' }));
      await run();
      const row = await query('message').findOne({ where: { subject: 'Still open' } });
      await query('message').update({ where: { id: row.id }, data: { effectsOpen: true, effects: [{ type: 'seen' }] } });
      await age(31);
      await app.api('PUT', '/settings', { keepLogDays: 30 });
      await retain();
      expect(await app.api('GET', '/messages')).toMatchObject([{ subject: 'Still open' }]);
      await query('message').update({ where: { id: row.id }, data: { effectsOpen: false } });
    });
  });

  test('raw sources go after their own time, and the log goes on to tell', async () => {
    await server.append('INBOX', mail({ subject: 'With a source' }));
    await run();
    const before = files();
    await age(8);
    await app.api('PUT', '/settings', { keepSourceDays: 7 });
    await retain();
    expect(files()).toBeLessThan(before);
    expect((await app.api('GET', '/messages')).find(({ subject }: { subject: string }) => subject === 'With a source')).toMatchObject({
      hasSource: false,
    });
  });

  test('a sent email loses its copy but not its row: an answer finds its ticket, and nothing is sent again', async () => {
    const [ticket] = await app.api('GET', '/tickets');
    const comment = await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Please try again.', isPublic: true });
    await sink.received(1);
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    await age(91);
    await app.api('PUT', '/settings', { keepDeliveryDays: 90 });
    await retain();
    const [delivery] = await query('delivery').findMany();
    expect(delivery).toMatchObject({
      state: 'sent',
      subject: null,
      html: null,
      text: null,
      headers: null,
      to: [{ address: expect.stringContaining('@') }],
    });

    await server.append(
      'INBOX',
      mail({ subject: 'Re: whatever', from: 'Jane Doe <jane@customer.test>', headers: { 'In-Reply-To': `<${delivery.messageId}>` } }),
    );
    await run();
    expect((await app.api('GET', `/tickets/${ticket.documentId}`)).comments.at(-1)).toMatchObject({ matchedBy: 'thread' });
    await app.strapi
      .documents('plugin::mail-scanner.comment')
      .update({ documentId: comment.documentId, data: { isPublic: true, text: 'Changed.' } as never });
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    expect(sink.mails).toHaveLength(1);

    // It comes back months later, and somebody sends it once more: not as an empty email.
    await query('delivery').update({ where: { id: delivery.id }, data: { state: 'failed' } });
    await app.api('POST', `/deliveries/${delivery.documentId}/retry`);
    const [, again] = await sink.received(2);
    expect(again.parsed.text).toContain('Changed.');
    expect(again.parsed.messageId).toBe(`<${delivery.messageId}>`);
  });

  test('what has lost its copy is read no more until a day has passed', async () => {
    await app.api('PUT', '/settings', { keepDeliveryDays: 90 });
    const old = await query('delivery').create({ data: { state: 'sent', messageId: 'walk@desk.test' } });
    const deliveries = () => app.strapi.db.connection('mail_scanner_deliveries').where({ id: old.id });
    await deliveries().update({ sent_at: new Date(Date.now() - 95 * DAY_MS) });
    await retain();
    const subjectNow = async () => (await query('delivery').findOne({ where: { id: old.id } })).subject;
    await deliveries().update({ subject: 'There again' });
    await retain();
    expect(await subjectNow()).toBe('There again');
    // What has become old meanwhile is found.
    const next = await query('delivery').create({ data: { state: 'sent', messageId: 'next@desk.test', subject: 'Next' } });
    const then = Date.now();
    await app.strapi.db
      .connection('mail_scanner_deliveries')
      .where({ id: next.id })
      .update({ sent_at: new Date(then - 90 * DAY_MS + 60_000) });
    const clock = vi.spyOn(Date, 'now').mockReturnValue(then + 3_600_000);
    try {
      await applyRetention(app.strapi, LEASE, then + DAY_MS);
      expect((await query('delivery').findOne({ where: { id: next.id } })).subject).toBeNull();
      expect(await subjectNow()).toBe('There again');
      clock.mockReturnValue(then + DAY_MS + 3_600_000);
      await applyRetention(app.strapi, LEASE, then + 2 * DAY_MS);
      expect(await subjectNow()).toBeNull();
    } finally {
      clock.mockRestore();
    }
  });

  test('0 keeps all for ever', async () => {
    await age(10_000);
    const before = await app.strapi.db.connection('mail_scanner_messages').select();
    await retain();
    expect(await app.strapi.db.connection('mail_scanner_messages').select()).toEqual(before);
  });

  test('days that are none are refused', async () => {
    const answer = await app.request('PUT', '/settings', { keepLogDays: -1, keepSourceDays: 1.5, keepDeliveryDays: 'x' });
    expect(answer.status).toBe(400);
    expect(answer.body.error.details.errors.map(({ path: [name] }: { path: string[] }) => name).sort()).toEqual([
      'keepDeliveryDays',
      'keepLogDays',
      'keepSourceDays',
    ]);
  });

  if (name === 'IMAP')
    describe.skipIf(!hasDovecot())('a POP3 mailbox, which hands out everything at each scan', () => {
      let dovecot: Dovecot;
      beforeAll(async () => void (dovecot = await startDovecot()));
      afterAll(async () => dovecot?.stop());

      test('brings nothing twice once the log has forgotten it', async () => {
        const { host, username } = dovecot.settings();
        const pop = await app.api('POST', '/scanners', {
          name: 'POP',
          protocol: 'pop3',
          host,
          port: dovecot.pop3Port,
          encryption: 'none',
          username,
          password: 'secret',
        });
        await app.api('POST', `/scanners/${pop.documentId}/rules`, { name: 'All', actions: CREATE_TICKET });
        await dovecot.append('INBOX', mail({ subject: 'By POP3' }));
        const runPop = (body?: object) => app.api('POST', `/scanners/${pop.documentId}/run`, body);
        expect(await runPop({ unread: 'take' })).toMatchObject({ byOutcome: { processed: 1 } });
        await age(31);
        await app.api('PUT', '/settings', { keepLogDays: 30 });
        await retain();
        const tickets = await query('ticket').count();
        expect(await runPop()).toMatchObject({ scanned: 0 });
        expect(await query('ticket').count()).toBe(tickets);
      });
    });

  test('the English sentences of rows from before there were codes are recognised once, whatever the database', async () => {
    const { connection } = app.strapi.db;
    const then = new Date(Date.now() - 30 * DAY_MS);
    const place = { folder: 'Old', uidValidity: '1', outcome: 'skipped' };
    const reasons = ['No rule matched.', 'Ticket opened. Told the pager: 3 people.', 'Told the pager: 3 people.', null];
    const messages = [];
    for (const [index, reason] of reasons.entries())
      messages.push(await query('message').create({ data: { ...place, uid: `old-${index}`, reason } }));
    const delivery = await query('delivery').create({
      data: { state: 'failed', messageId: 'old@desk.test', lastError: 'This email has left already.' },
    });
    const reason = 'The server refuses every recipient. It said: 550 No';
    const activity = await query('activity').create({ data: { kind: 'mailFailed', detail: { reason } } });
    await connection('mail_scanner_deliveries').where({ id: delivery.id }).update({ updated_at: then });
    const recognise = () => recogniseOldSentences(app.strapi, LEASE, Date.now() + 10_000);
    const saidOf = async () => {
      const rows = await query('message').findMany({ where: { folder: 'Old' }, orderBy: { id: 'asc' } });
      return rows.map(({ reasonSaid }: { reasonSaid: unknown }) => reasonSaid);
    };

    await recognise();
    expect(await saidOf()).toEqual([{ code: 'log.noMatch' }, [{ code: 'log.opened' }, 'Told the pager: 3 people.'], null, null]);
    const sent = await query('delivery').findOne({ where: { id: delivery.id } });
    expect(sent.lastErrorSaid).toEqual({ code: 'outgoing.left' });
    // The health page counts what failed today by it.
    expect(Date.now() - new Date(sent.updatedAt).getTime()).toBeGreaterThan(DAY_MS);
    const refused = [{ code: 'outgoing.everyRecipient' }, { code: 'outgoing.said', values: { response: '550 No' } }];
    expect((await query('activity').findOne({ where: { id: activity.id } })).detail).toEqual({ reason, reasonSaid: refused });

    await query('message').update({ where: { id: messages[0].id }, data: { reasonSaid: null } });
    await recognise();
    expect((await saidOf())[0]).toBeNull();
  });
});
