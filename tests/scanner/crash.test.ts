import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendWebhooks } from '../../server/services/automation/send-webhooks';
import { measureTimes } from '../../server/services/times/measure';
import { createVictims, type Victim, type Victims } from '../support/crash';
import type { Death } from '../support/crash-child';
import { hasDovecot, startDovecot } from '../support/dovecot';
import { addScanner, CREATE_TICKET, eventually, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** Where a process dies between the first look at a mailbox and the last note about it. */
const DEATHS: [string, Death][] = [
  ['before it looks for new messages', { path: ['imap search'], when: 'before' }],
  ['before it notes which messages it has in hand', { path: ['sql update .*mail_scanner_folder_states.*in_flight'], when: 'before' }],
  [
    'after it noted which messages it has in hand',
    { path: ['sql update .*mail_scanner_folder_states.*in_flight', 'imap row'], when: 'before' },
  ],
  ['in the middle of fetching', { path: ['imap row', 'imap row', 'imap row'], when: 'before' }],
  ['before the transaction', { path: ['imap row', 'sql BEGIN'], when: 'before' }],
  ['after the contacts are written', { path: ['sql insert into .*mail_scanner_contacts'], when: 'after' }],
  ['after the ticket numbers are taken', { path: ['sql update .*mail_scanner_counters'], when: 'after' }],
  ['after the tickets are written', { path: ['sql insert into .*mail_scanner_tickets'], when: 'after' }],
  ['after the comments are written', { path: ['sql insert into .*mail_scanner_comments'], when: 'after' }],
  ['after the file of an attachment is there', { path: ['file .*private'], when: 'after' }],
  ['before the ledger is written', { path: ['sql insert into .*mail_scanner_messages'], when: 'before' }],
  ['after the ledger is written', { path: ['sql insert into .*mail_scanner_messages'], when: 'after' }],
  [
    'after the position is written',
    { path: ['sql insert into .*mail_scanner_messages', 'sql update .*mail_scanner_folder_states'], when: 'after' },
  ],
  ['before the commit', { path: ['sql insert into .*mail_scanner_messages', 'sql COMMIT'], when: 'before' }],
  ['after the commit', { path: ['sql insert into .*mail_scanner_messages', 'sql COMMIT', 'sql '], when: 'before' }],
  ['before messages become read', { path: ['imap messageFlagsAdd'], when: 'before' }],
  ['after messages became read', { path: ['imap messageFlagsAdd'], when: 'after' }],
  ['before messages are moved', { path: ['imap messageMove'], when: 'before' }],
  ['after messages were moved', { path: ['imap messageMove'], when: 'after' }],
  ['before messages are deleted', { path: ['imap messageDelete'], when: 'before' }],
  ['after messages were deleted', { path: ['imap messageDelete'], when: 'after' }],
  ['before the ledger rows are closed', { path: ['imap messageDelete', 'sql update .*mail_scanner_messages'], when: 'before' }],
  [
    'before it is committed that ledger rows are closed',
    { path: ['imap messageDelete', 'sql update .*mail_scanner_messages', 'sql COMMIT'], when: 'before' },
  ],
  [
    'after the ledger rows are closed',
    { path: ['imap messageDelete', 'sql update .*mail_scanner_messages', 'sql COMMIT', 'sql '], when: 'before' },
  ],
];

const subjectContains = (value: string) => ({ combinator: 'and', rules: [{ field: 'subject', operator: 'contains', value }] });

const RULES = [
  { name: 'Delete', conditions: subjectContains('[delete]'), actions: [...CREATE_TICKET, { type: 'deleteMessage', config: {} }] },
  {
    name: 'Move',
    conditions: subjectContains('[move]'),
    actions: [...CREATE_TICKET, { type: 'moveToFolder', config: { folder: 'Processed' } }],
  },
  { name: 'Keep', actions: CREATE_TICKET },
];

const KINDS = ['keep', 'move', 'delete'];

describe('a process that is killed', () => {
  let app: TestStrapi;
  let server: TestMailServer;
  let sink: SmtpSink;
  let victims: Victims;
  let scanner: { documentId: string };
  let waiting: Promise<Victim>;
  let afterDelivery: (() => void) | null = null;
  const subjects: string[] = [];

  beforeAll(async () => {
    server = hasDovecot() ? await startDovecot() : await startHoodiecrow();
    sink = await startSmtpSink({ onMessage: () => afterDelivery?.() });
    app = await startStrapi({ env: { MAIL_SCANNER_LEASE_SECONDS: '2' } });
    await setUpOutgoing(app, sink);
    scanner = await addScanner(app, server, RULES);
    victims = await createVictims(app.folder);
    waiting = victims.start();
  });

  afterAll(async () => {
    await victims?.stop();
    await app?.stop();
    await sink?.stop();
    await server?.stop();
    if (app) removeFolder(app.folder);
  });

  /** The next process, while the one after it starts already. */
  async function nextVictim(): Promise<Victim> {
    const victim = await waiting;
    waiting = victims.start();
    return victim;
  }

  async function sendSome(count: number): Promise<void> {
    const news = Array.from({ length: count }, (_, index) => `[${KINDS[index % KINDS.length]}] Request ${subjects.length + index}.`);
    subjects.push(...news);
    await server.appendAll(
      'INBOX',
      news.map((subject) => withAttachment(subject)),
    );
  }

  const subjectOf = (source: string) => /^Subject: (.*)$/m.exec(source)?.[1].trim() ?? '';

  async function mailbox(): Promise<{ inbox: string[]; read: string[]; processed: string[] }> {
    const inbox = await server.messages('INBOX');
    const processed = (await server.folders()).includes('Processed') ? await server.messages('Processed') : [];
    return {
      inbox: inbox.map(({ source }) => subjectOf(source)),
      read: inbox.filter(({ flags }) => flags.includes('\\Seen')).map(({ source }) => subjectOf(source)),
      processed: processed.map(({ source }) => subjectOf(source)),
    };
  }

  const rows = (name: string, query: object = {}): Promise<any[]> =>
    app.strapi.db.query(`plugin::mail-scanner.${name}` as never).findMany(query);

  /** Nothing was taken out of the INBOX, or read, that the database does not hold. */
  async function expectNothingGoneTooEarly(): Promise<void> {
    const ledger = new Set((await rows('message')).map(({ subject }) => subject));
    const { inbox, read } = await mailbox();
    expect(subjects.filter((subject) => !inbox.includes(subject) && !ledger.has(subject))).toEqual([]);
    expect(read.filter((subject) => !ledger.has(subject))).toEqual([]);
  }

  /** Scans once the lease of the dead has run out. */
  async function scanAgain(): Promise<any> {
    const service = app.strapi.plugin('mail-scanner').service('scanner');
    for (const end = Date.now() + 10_000; ; await sleep(100)) {
      try {
        return await service.run(scanner.documentId);
      } catch (error) {
        if ((error as Error).name !== 'ScannerBusy' || Date.now() > end) throw error;
      }
    }
  }

  async function expectEachExactlyOnce(): Promise<void> {
    const ledger = await rows('message');
    expect(ledger.map(({ subject }) => subject).sort()).toEqual([...subjects].sort());
    expect(ledger.filter(({ outcome, effectsOpen }) => outcome !== 'processed' || effectsOpen)).toEqual([]);
    expect((await rows('ticket')).map(({ title }) => title).sort()).toEqual([...subjects].sort());
    expect(await rows('comment', { where: { source: 'email' } })).toHaveLength(subjects.length);
    const attachments = await rows('attachment');
    expect(attachments).toHaveLength(subjects.length);
    for (const { key } of attachments) expect(existsSync(path.join(app.folder, 'private', key.slice(0, 2), key))).toBe(true);
    const numbers = (await rows('ticket')).map(({ ticketNumber }) => ticketNumber);
    expect(new Set(numbers).size).toBe(subjects.length);

    const { inbox, read, processed } = await mailbox();
    const ofKind = (kind: string) => subjects.filter((subject) => subject.startsWith(`[${kind}]`)).sort();
    expect(inbox.sort()).toEqual(ofKind('keep'));
    expect(read.sort()).toEqual(ofKind('keep'));
    expect(processed.sort()).toEqual(ofKind('move'));
  }

  test.each(DEATHS)('%s: each message counts exactly once', async (_, death) => {
    await sendSome(6);
    const victim = await nextVictim();
    expect(await victim.obey({ scanner: scanner.documentId, death })).toEqual({ died: true });
    await expectNothingGoneTooEarly();
    expect(await scanAgain()).toMatchObject({ error: null, openEffects: 0 });
    await expectEachExactlyOnce();
  });

  test('at random moments: each message counts exactly once', async () => {
    for (let round = 0; round < 6; round += 1) {
      await sendSome(15);
      const victim = await nextVictim();
      const answer = victim.obey({ scanner: scanner.documentId });
      await sleep(20 + Math.random() * 500);
      await victim.kill();
      await answer;
      await expectNothingGoneTooEarly();
      expect(await scanAgain()).toMatchObject({ error: null, openEffects: 0 });
      await expectEachExactlyOnce();
    }
    expect(await scanAgain()).toMatchObject({ scanned: 0, error: null });
  });

  const copiesOf = (text: string) => sink.mails.filter(({ parsed }) => parsed.text?.includes(text));

  test.each<[string, Death | 'offered' | 'taken', number]>([
    ['before the comment is committed', { path: ['sql insert into .*mail_scanner_deliveries'], when: 'after' }, 0],
    ['before the email is composed', { path: ['sql insert into .*mail_scanner_deliveries', 'sql COMMIT', 'sql '], when: 'before' }, 1],
    ['before the outbox notes that it is sending', { path: ['sql update .*mail_scanner_deliveries.*attempts'], when: 'before' }, 1],
    ['when the mail is offered to the server', 'offered', 1],
    ['when the server has taken the mail', 'taken', 2],
    [
      'before the outbox notes that it was sent',
      { path: ['sql update .*mail_scanner_deliveries.*attempts', 'sql update .*mail_scanner_deliveries.*sent_at'], when: 'before' },
      1,
    ],
    [
      'after the outbox noted that it was sent',
      { path: ['sql update .*mail_scanner_deliveries.*sent_at', 'sql COMMIT', 'sql '], when: 'before' },
      1,
    ],
  ])('%s: the answer leaves once, or again under the same Message-ID', async (name, death, copies) => {
    const [ticket] = await rows('ticket');
    const text = `The answer when killed ${name}.`;
    const victim = await nextVictim();
    if (death === 'taken') afterDelivery = () => void victim.kill();
    if (death === 'offered') sink.failWith(() => (void victim.kill(), 'hang'));
    expect(await victim.obey({ comment: { ticket: ticket.id, text }, death: typeof death === 'string' ? undefined : death })).toEqual({
      died: true,
    });
    afterDelivery = null;
    sink.failWith(undefined);
    for (const end = Date.now() + 8_000; Date.now() < end; await sleep(100)) {
      await app.strapi.plugin('mail-scanner').service('outbox').deliver();
      if ((await rows('delivery', { where: { state: { $ne: 'sent' } } })).length === 0) break;
    }
    const accepted = (await rows('comment', { where: { text } })).length;
    expect(accepted).toBe(copies === 0 ? 0 : 1);
    expect(copiesOf(text)).toHaveLength(copies);
    expect(new Set(copiesOf(text).map(({ parsed }) => parsed.messageId)).size).toBe(accepted);
  });

  test.each<[string, number, Death]>([
    ['before the commit', -1, { path: ['sql insert into .*mail_scanner_fired', 'sql COMMIT'], when: 'before' }],
    ['after the commit', -2, { path: ['sql insert into .*mail_scanner_fired', 'sql COMMIT', 'sql '], when: 'before' }],
  ])('%s: a time trigger acts once, and its webhook is told of it', async (name, which, death) => {
    const heard: string[] = [];
    const listener = createServer((request, response) => {
      heard.push(String(request.headers['webhook-id']));
      request.resume().on('end', () => response.writeHead(204).end());
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    const webhook = await app.api('POST', '/webhooks', { name, target: { url: `http://127.0.0.1:${port}/`, headers: [], secret: null } });
    // One that nobody has answered above: its customer waits.
    const ticket = (await rows('ticket')).at(which);
    const waits = () => app.strapi.db.connection('mail_scanner_waits').where({ ticket_id: ticket.id });
    // What works by itself may be measuring at this moment, and then nobody else does.
    await eventually(async () => {
      await measureTimes(app.strapi);
      return waits().first();
    });
    await app.api('POST', '/triggers', {
      name,
      active: true,
      state: 'customerWaits',
      minutes: 1,
      conditions: { combinator: 'and', rules: [{ field: 'subject', operator: '=', value: ticket.title }] },
      actions: [
        { type: 'callWebhook', config: { webhook: webhook.documentId } },
        { type: 'writeNote', config: { text: `Killed ${name}.` } },
      ],
      alsoExisting: true,
    });
    await waits().update({ next_at: 1 });
    const victim = await nextVictim();
    expect(await victim.obey({ triggers: true, death })).toEqual({ died: true });
    const notes = async () => (await rows('comment', { where: { text: `Killed ${name}.` } })).length;
    const isDone = name === 'after the commit';
    expect(await notes()).toBe(isDone ? 1 : 0);
    await waits().update({ next_at: 1 });
    // The lease of the dead has to run out.
    await eventually(async () => {
      await (app.strapi.plugin('mail-scanner').service('triggers') as any).run();
      await sendWebhooks(app.strapi);
      const due = await app.strapi.db.connection('mail_scanner_waits').where('next_at', '<=', Date.now());
      return due.length === 0 && heard.length > 0;
    });
    await (app.strapi.plugin('mail-scanner').service('triggers') as any).run();
    await sendWebhooks(app.strapi);
    expect([await notes(), heard.length]).toEqual([1, 1]);
    listener.closeAllConnections();
    listener.close();
  });
});

/** With a small file, so that a crash can fall between the file and the row that names it. */
function withAttachment(subject: string): string {
  const boundary = 'part';
  const text = `--${boundary}\r\nContent-Type: text/plain\r\n\r\nText of ${subject}\r\n--${boundary}\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename="list.csv"\r\n\r\n1,2,3\r\n--${boundary}--`;
  return mail({
    from: `${subject.replace(/\W/g, '')}@customer.test`,
    subject,
    text,
    headers: { 'Content-Type': `multipart/mixed; boundary=${boundary}` },
  });
}
