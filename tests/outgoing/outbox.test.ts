import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openJournal, readJournals } from '../../server/services/outgoing/sent-journal';
import { eventually, setUpOutgoing } from '../support/helpdesk';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** The outbox in a world that breaks: servers that take a mail for some, databases that are away for a moment. */

const DELIVERY = 'plugin::mail-scanner.delivery';

let app: TestStrapi;
let sink: SmtpSink;
/** What the sink waits for before it has taken a mail. */
let taking: (to: string[]) => Promise<void> = async () => {};

beforeAll(async () => {
  sink = await startSmtpSink({ onMessage: ({ to }) => taking(to) });
  app = await startStrapi();
  await setUpOutgoing(app, sink);
});

afterAll(async () => {
  await app?.stop();
  await sink?.stop();
  if (app) removeFolder(app.folder);
});

afterEach(() => {
  sink.mails.length = 0;
  sink.failWith(undefined);
  taking = async () => {};
});

const outbox = () => app.strapi.plugin('mail-scanner').service('outbox').deliver();
const deliveries = () => app.strapi.db.query(DELIVERY);
let number = 0;

async function newTicket(): Promise<any> {
  number += 1;
  const email = `outbox${number}@customer.test`;
  return { ...(await app.api('POST', '/tickets', { title: `Request ${number}`, contactEmail: email })), email };
}

const answer = (ticket: any, more: object = {}) =>
  app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'An answer.', isPublic: true, ...more });
const deliveryOf = ({ delivery }: any): Promise<any> => deliveries().findOne({ where: { documentId: delivery.documentId } });
const makeDue = (id: number) => deliveries().updateMany({ where: { id }, data: { nextAttemptAt: new Date() } as never });

const sentTo = (address: string) => sink.mails.filter(({ to }) => to.includes(address));

describe('an email that a server takes long for', () => {
  test('holds up no other, but those of its ticket', async () => {
    const [slow, other] = [await newTicket(), await newTicket()];
    let take = () => {};
    const taken = new Promise<void>((resolve) => (take = resolve));
    taking = (to) => (to.includes(slow.email) ? taken : Promise.resolve());
    const first = await answer(slow);
    await eventually(() => sentTo(slow.email).length === 1);
    const second = await answer(slow);
    await answer(other);
    await eventually(() => sentTo(other.email).length === 1);
    expect((await deliveryOf(first)).state).toBe('sending');
    expect((await deliveryOf(second)).state).toBe('queued');
    take();
    await eventually(async () => (await deliveryOf(second)).state === 'sent');
    expect(sentTo(slow.email)).toHaveLength(2);
  });

  test('holds up none of very many, however many of them are slow', async () => {
    const tickets = await Promise.all(Array.from({ length: 30 }, newTicket));
    const slow = tickets.filter((_, index) => index % 8 === 0).map(({ email }) => email);
    let take = () => {};
    const taken = new Promise<void>((resolve) => (take = resolve));
    taking = (to) => (slow.includes(to[0]) ? taken : Promise.resolve());
    for (const ticket of tickets) await answer(ticket);
    await eventually(() => sink.mails.length === 30);
    take();
    await eventually(async () => (await deliveries().count({ where: { state: { $ne: 'sent' } } })) === 0);
    expect(sink.mails).toHaveLength(30);
  });
});

describe('an email whose OK is lost each time', () => {
  test('is not sent for ever: after the third time people are asked', async () => {
    const ticket = await newTicket();
    sink.failWith(({ to }) => (to.includes(ticket.email) ? 'drop' : null));
    const comment = await answer(ticket);
    const tried = (attempts: number) =>
      eventually(async () => {
        const row = await deliveryOf(comment);
        return row.attempts === attempts && row.state !== 'sending' && row;
      });
    for (const attempts of [1, 2]) {
      const row = await tried(attempts);
      expect(row).toMatchObject({ state: 'queued', lastError: expect.stringContaining('Perhaps the server took this email') });
      await makeDue(row.id);
      await outbox();
    }
    expect(await tried(3)).toMatchObject({ state: 'failed', lastError: expect.stringContaining('not sent again by itself') });
    // Somebody may send it all the same.
    sink.failWith(undefined);
    await app.api('POST', `/deliveries/${comment.delivery.documentId}/retry`);
    await eventually(async () => (await deliveryOf(comment)).state === 'sent');
    expect(sentTo(ticket.email)).toHaveLength(1);
  });
});

/** Writes to deliveries fail as long as this says so. */
let refuses: ((data: any) => boolean) | null = null;
const databaseRefuses = (when: typeof refuses) => {
  if (refuses === null)
    app.strapi.db.lifecycles.subscribe({
      models: [DELIVERY],
      beforeUpdateMany: async ({ params }: any) => {
        if (refuses?.(params.data)) throw Object.assign(new Error('The connection was reset'), { code: 'ECONNRESET' });
      },
    } as never);
  refuses = when;
};

describe('a server that takes a mail for some of its recipients and asks to come back for the others', () => {
  const busy = 'busy@other.test';
  const people = (ticket: any) => ({ to: [{ address: ticket.email }], cc: [{ address: busy }] });
  const comesBack = () =>
    sink.failWith(({ to }) => (to.length === 1 && to[0] === busy ? { at: 'to', code: 450, message: '4.2.0 Greylisted' } : null));

  test('gets it again for those alone, and nobody has it twice', async () => {
    const ticket = await newTicket();
    comesBack();
    const comment = await answer(ticket, people(ticket));
    await outbox();
    const waiting = await eventually(async () => {
      const row = await deliveryOf(comment);
      return row.attempts === 1 && row.state !== 'sending' && row;
    });
    expect(waiting).toMatchObject({ state: 'queued', lastError: expect.stringContaining('Greylisted'), sentAt: expect.anything() });
    sink.failWith(undefined);
    await makeDue(waiting.id);
    await outbox();
    expect(await deliveryOf(comment)).toMatchObject({ state: 'sent', lastError: null, lastErrorSaid: null, putOff: null });
    expect(sink.mails.map(({ to }) => to)).toEqual([[ticket.email], [busy]]);
    const [first, second] = sink.mails;
    // The same mail, which names everybody.
    expect(second.parsed.messageId).toBe(first.parsed.messageId);
    expect(second.raw).toMatch(new RegExp(`^To: ${ticket.email}`, 'm'));
  });

  test('gets it again for those in blind copy alone, who are named in neither', async () => {
    const ticket = await newTicket();
    comesBack();
    sink.failWith(({ to }) => (to.length === 1 && to[0] !== ticket.email ? { at: 'to', code: 450, message: '4.2.0 Greylisted' } : null));
    const comment = await answer(ticket, { bcc: [{ address: busy }, { address: 'other@other.test' }] });
    await outbox();
    const { id, putOff } = await eventually(async () => {
      const row = await deliveryOf(comment);
      return row.attempts === 1 && row.state !== 'sending' && row;
    });
    expect(putOff).toEqual({ addresses: [busy, 'other@other.test'], refused: [] });
    sink.failWith(undefined);
    await makeDue(id);
    await outbox();
    expect(sink.mails.map(({ to }) => to)).toEqual([[ticket.email], [busy, 'other@other.test']]);
    expect(sink.mails.map(({ raw }) => /other\.test|^bcc/im.test(raw))).toEqual([false, false]);
  });

  test('that refuses them for good in the end: the mail counts as sent, says who lacks it, and cannot be sent to all again', async () => {
    const ticket = await newTicket();
    comesBack();
    const comment = await answer(ticket, people(ticket));
    await outbox();
    const { id } = await deliveryOf(comment);
    sink.failWith(() => ({ at: 'to', code: 550, message: '5.1.1 Unknown' }));
    await makeDue(id);
    await outbox();
    const row = await deliveryOf(comment);
    expect(row).toMatchObject({ state: 'sent', lastError: expect.stringContaining(`${busy}: `) });
    expect(row.lastErrorSaid).toEqual({ code: 'outgoing.notTaken', values: { recipients: expect.arrayContaining([`${busy}:`]) } });
    expect((await app.request('POST', `/deliveries/${comment.delivery.documentId}/retry`)).status).toBe(400);
    expect(sink.mails).toHaveLength(1);
  });

  test('is told that it may stay so: cancelling what waits does not say that nothing has left', async () => {
    const ticket = await newTicket();
    comesBack();
    const comment = await answer(ticket, people(ticket));
    await outbox();
    await app.api('POST', `/deliveries/${comment.delivery.documentId}/cancel`);
    expect(await deliveryOf(comment)).toMatchObject({ state: 'sent', lastError: expect.stringContaining('Greylisted') });
  });
});

test('a database that fails while one mail is noted lets no other leave twice', async () => {
  const [refused, slow] = [await newTicket(), await newTicket()];
  sink.failWith(({ to }) => (to.includes(refused.email) ? { at: 'to', code: 451, message: 'Later' } : null));
  taking = async (to) => void (to.includes(slow.email) && (await new Promise((resolve) => setTimeout(resolve, 1500))));
  databaseRefuses(({ lastError }) => typeof lastError === 'string');
  // Held back for a moment, so that both are in one round.
  const comments = [await answer(slow, { undoable: true }), await answer(refused, { undoable: true })];
  for (const comment of comments) await makeDue((await deliveryOf(comment)).id);
  await outbox().catch(() => {});
  refuses = () => false;
  await outbox();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await outbox();
  expect(sink.mails.filter(({ to }) => to.includes(slow.email))).toHaveLength(1);
});

test('a database that is away while a mail is made delays it; the mail has not failed', async () => {
  const ticket = await newTicket();
  databaseRefuses(({ state }) => state === 'sending');
  const comment = await answer(ticket);
  await outbox();
  refuses = () => false;
  const row = await deliveryOf(comment);
  expect(row).toMatchObject({ state: 'queued', attempts: 1, lastError: expect.stringContaining('could not be made') });
  await makeDue(row.id);
  await outbox();
  expect(sink.mails.filter(({ to }) => to.includes(ticket.email))).toHaveLength(1);
});

test('what a killed process has sent and could not note any more is noted, and does not leave again', async () => {
  const [noted, unknown] = [await newTicket(), await newTicket()];
  const comments = [await answer(noted), await answer(unknown)];
  await eventually(async () => (await deliveries().count({ where: { state: { $ne: 'sent' }, lastError: { $null: true } } })) === 0);
  await outbox();
  sink.mails.length = 0;
  // As the process left them: begun, taken by the server, and the first one in its file.
  const rows = await Promise.all(comments.map(deliveryOf));
  await deliveries().updateMany({ where: { id: { $in: rows.map(({ id }) => id) } }, data: { state: 'sending', sentAt: null } as never });
  const journal = await openJournal(app.strapi);
  const [{ id, messageId, attempts }] = rows;
  const data = { state: 'sent', putOff: null, lastError: null, sentAt: new Date() };
  journal.add({ id, messageId, attempts, data, told: { kind: 'mailSent', detail: { to: [noted.email] } } });
  // Of another database, or of an earlier attempt: it says nothing of this one.
  journal.add({ id: rows[1].id, messageId: 'other@example.com', attempts, data, told: { kind: 'mailSent', detail: { to: [] } } });
  journal.add({ id: rows[1].id, messageId: rows[1].messageId, attempts: 7, data, told: { kind: 'mailSent', detail: { to: [] } } });
  await outbox();
  expect(await deliveryOf(comments[0])).toMatchObject({ state: 'sent', sentAt: expect.anything() });
  expect(sink.mails.map(({ to, parsed }) => [to, parsed.messageId])).toEqual([[[unknown.email], `<${rows[1].messageId}>`]]);
  expect((await readJournals(app.strapi)).left).toEqual([]);
});

test('the emails of many tickets share their look-ups and their commits, and those of one ticket leave in order', async () => {
  const tickets: any[] = [];
  for (let count = 0; count < 12; count += 1) tickets.push(await newTicket());
  await app.strapi.db.transaction(async () => {
    for (const text of ['First.', 'Second.'])
      for (const { documentId } of tickets) {
        const ticket = await app.strapi.db.query('plugin::mail-scanner.ticket').findOne({ where: { documentId } });
        const data = { ticket: ticket.id, text, visibleText: text, isPublic: true, source: 'admin', user: 1, createdAt: new Date() };
        await app.strapi.db.query('plugin::mail-scanner.comment').create({ data: data as never });
      }
    await deliveries().updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date(Date.now() + 60_000) } as never });
  });
  await deliveries().updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } as never });
  let statements = 0;
  const note = () => void (statements += 1);
  app.strapi.db.connection.on('query', note);
  await outbox();
  app.strapi.db.connection.off('query', note);
  // Batches of ten at first; of sixty it is less than three.
  expect(statements / 24).toBeLessThan(10);
  for (const { email } of tickets) {
    const got = sink.mails.filter(({ to }) => to.includes(email)).map(({ parsed }) => parsed);
    expect(got).toHaveLength(2);
    const [first, second] = got;
    expect([first.text, second.text]).toEqual([expect.stringContaining('First.'), expect.stringMatching(/Second\.[^]*First\./)]);
    expect(second.references).toContain(first.messageId);
  }
});

test('who loses the outbox to another instance hands no further email over, and each arrives once', async () => {
  const tickets: any[] = [];
  for (let count = 0; count < 10; count += 1) tickets.push(await newTicket());
  for (const ticket of tickets) await answer(ticket, { undoable: true });
  const lease = () => app.strapi.db.connection('mail_scanner_leases').where({ name: 'outbox' });
  app.strapi.config.set('plugin::mail-scanner.leaseSeconds', 1);
  let lost: Promise<unknown> | null = null;
  taking = async () => {
    lost ??= lease().update({ owner: 'another instance' });
    await lost;
    await new Promise((resolve) => setTimeout(resolve, 700));
  };
  await deliveries().updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } as never });
  await expect(outbox()).rejects.toThrow('passed to another instance');
  const before = sink.mails.length;
  taking = async () => {};
  await lease().delete();
  app.strapi.config.set('plugin::mail-scanner.leaseSeconds', 30);
  expect(before).toBeLessThan(10);
  await outbox();
  expect(sink.mails.map(({ to }) => to[0]).sort()).toEqual(tickets.map(({ email }) => email).sort());
});

test('a bounce that is faster than our note of the sending stays a bounce', async () => {
  const ticket = await newTicket();
  taking = () =>
    deliveries().updateMany({ where: { state: 'sending' }, data: { state: 'failed', bouncedAt: new Date() } as never }) as never;
  const comment = await answer(ticket);
  await outbox();
  expect(await deliveryOf(comment)).toMatchObject({ state: 'failed', bouncedAt: expect.anything() });
});

test('an answer that has left and is sent again cannot be taken back any more', async () => {
  const ticket = await newTicket();
  const comment = await answer(ticket, { undoable: true });
  await makeDue((await deliveryOf(comment)).id);
  await outbox();
  expect(await deliveryOf(comment)).toMatchObject({ state: 'sent' });
  // It came back, and somebody sends it once more while the outgoing server cannot be reached.
  await deliveries().updateMany({ where: { state: 'sent' }, data: { state: 'failed', bouncedAt: new Date() } as never });
  await setUpOutgoing(app, { ...sink, port: 9 });
  await deliveries().updateMany({
    where: { documentId: comment.delivery.documentId },
    data: { state: 'queued', attempts: 0, nextAttemptAt: new Date(Date.now() + 2000) } as never,
  });
  expect((await app.request('POST', `/comments/${comment.documentId}/undo`)).status).toBe(409);
  await setUpOutgoing(app, sink);
});
