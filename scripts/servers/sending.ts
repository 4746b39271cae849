import { setTimeout as sleep } from 'node:timers/promises';
import { addScanner, mail, setUpOutgoing } from '../../tests/support/helpdesk';
import { startHoodiecrow } from '../../tests/support/hoodiecrow';
import { loopback } from '../../tests/support/mail-server';
import { removeFolder, startStrapi } from '../../tests/support/strapi';
import { parsed, startNext } from './next-server';
import { LOCAL_DOMAIN, type RelayKind } from './relay';
import { SendingStand } from './sending-stand';
import { expect, same, until } from './stand';

/** What we send through a mail server of others, and what comes back from it. */

const MAX_BYTES = 300_000;
const DESK = 'support@example.com';
/** What comes after the server that is tried: some of its recipients do not exist, some refuse what they read, some are never ready. */
const NEXT_SAYS: Record<string, { at: 'to' | 'data'; code: number; message: string }> = {
  gone: { at: 'to', code: 550, message: '5.1.1 There is nobody of that name' },
  full: { at: 'to', code: 552, message: '5.2.2 The mailbox is full' },
  strict: { at: 'data', code: 554, message: '5.7.1 This looks like advertising' },
  busy: { at: 'to', code: 451, message: '4.7.1 Greylisted, come back later' },
};

interface SendingCheck {
  title: string;
  run(stand: SendingStand): Promise<string>;
}

const contactOf = (stand: SendingStand, email: string): Promise<any> =>
  stand.all.app.strapi.db.query('plugin::mail-scanner.contact').findOne({ where: { email } }) as Promise<any>;

const bounceOf =
  (name: string): SendingCheck['run'] =>
  async (stand) => {
    const to = stand.address(name);
    const delivery = await stand.answer(await stand.ticket(to));
    const row = await stand.reported(delivery, ({ bouncedAt }) => bouncedAt, 'No bounce was recorded');
    const { message } = NEXT_SAYS[name]!;
    expect(row.lastError.includes(message.slice(6)), `the reason is missing: ${row.lastError}`);
    same(row.state, 'failed', 'state');
    same((await contactOf(stand, to)).undeliverable, name === 'gone', 'contact marked as dead');
    return row.lastError;
  };

export const sendingChecks: Record<string, SendingCheck> = {
  answer: {
    title: 'An answer arrives as it was made, once',
    async run(stand) {
      const to = stand.address('jane');
      const ticket = await stand.ticket(to, 'Größe & Maß 日本');
      const lines = 'Ein langer Satz ohne Ende, der weitergeht und weitergeht. '.repeat(200);
      const delivery = await stand.answer(ticket, { html: `<p>.Punkt</p><p>${lines}</p>`, text: undefined });
      const arrived = await stand.arrived(to);
      const { messageId, subject, html, from } = await parsed(arrived);
      const row = await stand.settled(delivery, 'sent');
      same(messageId, `<${row.messageId.replace(/[<>]/g, '')}>`, 'Message-ID');
      expect(subject?.includes('Größe & Maß 日本') === true, `the subject is ${subject}`);
      expect(typeof html === 'string' && html.includes(lines.trim()), 'the long line is another');
      same(from?.value[0]?.name, 'Support Desk', 'sender');
      await sleep(500);
      same(stand.sentTo(to).length, 1, 'times');
      return /quoted-printable/i.test(arrived.raw) ? 'ok' : 'ok, in another encoding';
    },
  },
  reply: {
    title: 'The answer to it joins the ticket',
    async run(stand) {
      const to = stand.address('reply');
      const ticket = await stand.ticket(to);
      await stand.answer(ticket);
      const { messageId } = await parsed(await stand.arrived(to));
      await stand.all.mailbox.append(
        'INBOX',
        mail({ from: to, subject: 'Another subject', text: 'Thanks.', headers: { 'In-Reply-To': messageId! } }),
      );
      await stand.scan();
      const { comments } = await stand.all.app.api('GET', `/tickets/${ticket.documentId}`);
      same(comments.length, 2, 'comments');
      return 'ok';
    },
  },
  blind: {
    title: 'Copies and blind copies',
    async run(stand) {
      const [to, cc, bcc] = ['to', 'cc', 'bcc'].map((name) => stand.address(name));
      await stand.answer(await stand.ticket(to!), { to: [{ address: to }], cc: [{ address: cc }], bcc: [{ address: bcc }] });
      for (const address of [to, cc, bcc]) {
        const { raw } = await stand.arrived(address!);
        expect(!raw.slice(raw.indexOf('\nFrom:')).includes(bcc!), 'the blind copy is named');
      }
      return (await stand.arrived(bcc!)).raw.includes(bcc!) ? 'ok, named in Received alone' : 'ok';
    },
  },
  unknown: {
    title: 'A recipient that the server does not know',
    async run(stand) {
      const to = stand.address('nobody', LOCAL_DOMAIN);
      const delivery = await stand.answer(await stand.ticket(to));
      const row = await stand.reported(delivery, ({ state }) => state === 'failed', 'It has not failed');
      return row.lastError;
    },
  },
  partly: {
    title: 'One of two recipients is unknown',
    async run(stand) {
      const [to, cc] = [stand.address('known'), stand.address('nobody', LOCAL_DOMAIN)];
      const delivery = await stand.answer(await stand.ticket(to), { to: [{ address: to }], cc: [{ address: cc }] });
      await stand.arrived(to);
      const row = await stand.reported(delivery, ({ lastError }) => lastError, 'Nothing is said of the other');
      same([row.state, stand.sentTo(to).length], ['sent', 1], 'state and times');
      expect(row.lastError.includes(cc), row.lastError);
      return row.lastError;
    },
  },
  gone: { title: 'A bounce: nobody of that name', run: bounceOf('gone') },
  full: { title: 'A bounce: the mailbox is full', run: bounceOf('full') },
  strict: { title: 'A bounce: refused for its contents', run: bounceOf('strict') },
  copy: {
    title: 'A bounce of a copy alone',
    async run(stand) {
      const [to, cc] = [stand.address('fine'), stand.address('gone')];
      const delivery = await stand.answer(await stand.ticket(to), { to: [{ address: to }], cc: [{ address: cc }] });
      await stand.arrived(to);
      const row = await stand.reported(delivery, ({ lastError }) => lastError, 'No bounce was recorded');
      same(row.state, 'sent', 'state');
      return row.lastError;
    },
  },
  busy: {
    title: 'Late, then given up',
    async run(stand) {
      const to = stand.address('busy');
      const delivery = await stand.answer(await stand.ticket(to));
      const seen = new Set<string>();
      const row = await stand.reported(
        delivery,
        (each) => {
          if (each.lastError) seen.add(each.lastError);
          return each.bouncedAt;
        },
        'It was not given up',
        100_000,
      );
      same(row.state, 'failed', 'state');
      same((await contactOf(stand, to)).undeliverable, false, 'contact marked as dead');
      return [...seen].join(' → ');
    },
  },
  large: {
    title: 'Too large',
    async run(stand) {
      const to = stand.address('large');
      const delivery = await stand.answer(await stand.ticket(to), {
        text: 'Much to say, and more. '.repeat(MAX_BYTES / 20).slice(0, 400_000),
      });
      const row = await stand.settled(delivery, 'failed');
      return row.lastError;
    },
  },
  umlaut: {
    title: 'A recipient beyond ASCII (SMTPUTF8)',
    async run(stand) {
      const to = stand.address('jörg');
      const delivery = await stand.answer(await stand.ticket(to));
      const row = await until(
        async () => {
          const now = await stand.delivery({ delivery });
          return now.state === 'sent' || now.lastError ? now : null;
        },
        30_000,
        'neither sent nor failed',
      );
      if (row.state === 'sent') await stand.arrived(to);
      return row.lastError ?? 'ok';
    },
  },
  many: {
    title: '120 emails at once',
    async run(stand) {
      const names = Array.from({ length: 120 }, (_, index) => stand.address(`many${index}`));
      const tickets = await Promise.all(names.map((name) => stand.ticket(name)));
      const begun = Date.now();
      const deliveries = await Promise.all(tickets.map((ticket) => stand.answer(ticket)));
      const tried = [];
      for (const each of deliveries) tried.push((await stand.settled(each, 'sent', 90_000)).attempts);
      const seconds = (Date.now() - begun) / 1000;
      for (const name of names) await stand.arrived(name);
      same(names.filter((name) => stand.sentTo(name).length !== 1).length, 0, 'not once');
      const again = tried.filter((attempts) => attempts > 1).length;
      return `ok, ${seconds.toFixed(1)} s${again > 0 ? `, ${again} at the second attempt` : ''}`;
    },
  },
  crowd: {
    title: 'An email to 50 people',
    async run(stand) {
      const [to, ...others] = Array.from({ length: 50 }, (_, index) => stand.address(`crowd${index}`));
      const delivery = await stand.answer(await stand.ticket(to!), { to: [{ address: to }], bcc: others.map((address) => ({ address })) });
      await stand.settled(delivery, 'sent');
      for (const address of [to!, ...others]) await stand.arrived(address);
      same([to!, ...others].filter((address) => stand.sentTo(address).length !== 1).length, 0, 'not once');
      return 'ok';
    },
  },
  killed: {
    title: 'Killed while emails leave',
    async run(stand) {
      const names = Array.from({ length: 40 }, (_, index) => stand.address(`killed${index}`));
      const tickets = await Promise.all(names.map((name) => stand.ticket(name)));
      const deliveries = await Promise.all(tickets.map((ticket) => stand.answer(ticket)));
      await until(async () => names.some((name) => stand.sentTo(name).length > 0), 20_000, 'Nothing came');
      await stand.all.relay.kill();
      await sleep(1_000);
      await stand.all.relay.start();
      const query = stand.all.app.strapi.db.query('plugin::mail-scanner.delivery');
      const due = setInterval(
        () => void query.updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } as never }).catch(() => {}),
        2_000,
      );
      try {
        for (const each of deliveries) await stand.settled(each, 'sent', 90_000);
      } finally {
        clearInterval(due);
      }
      for (const name of names) await stand.arrived(name, 60_000);
      const doubles = names.filter((name) => stand.sentTo(name).length > 1).length;
      return `ok, ${doubles} twice`;
    },
  },
};

/** Starts the server, a Strapi and what is around them, and lets each check tell what it saw. */
export async function trySending(
  kind: RelayKind,
  use: (version: string, check: (name: string) => Promise<string>) => Promise<void>,
): Promise<void> {
  const mailbox = await startHoodiecrow();
  const next = await startNext(
    (address) => NEXT_SAYS[address.split('-')[0]!],
    // A bounce, which goes to the desk.
    ({ to, raw }) => void (to.includes(DESK) && mailbox.append('INBOX', raw)),
  );
  const ends = [next.stop, mailbox.stop];
  try {
    const relay = await kind.start({ nextPort: next.port, maxBytes: MAX_BYTES });
    ends.unshift(relay.remove);
    const app = await startStrapi({ env: { MAIL_SCANNER_SCHEDULE: 'true' } });
    ends.unshift(app.stop, async () => removeFolder(app.folder));
    await setUpOutgoing(app, { host: loopback, port: relay.port });
    const scanner = await addScanner(app, mailbox);
    await use(relay.version, (name) => sendingChecks[name]!.run(new SendingStand({ app, relay, mailbox, next, scanner })));
  } finally {
    for (const end of ends) await end();
  }
}
