import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { randomFrom } from './random';
import { startGraphDesk } from '../../tests/support/graph-desk';
import type { FaultName } from '../../tests/support/fake-graph/faults';
import type { ReceivedMail } from '../../tests/support/smtp-sink';
import type { TestMailbox } from '../../tests/support/mail-server';
import type { TestStrapi } from '../../tests/support/strapi';

/** A mailbox that is read by Microsoft Graph and answers that leave by it, while everything goes wrong there that may. */

/** What comes in place of every fifth answer or so. */
const FAULTS: FaultName[] = [
  'throttledSilent',
  'throttledStuck',
  'throttledSeconds',
  'unavailable',
  'gatewayTimeout',
  'gatewayTimeoutAfterWork',
  'cut',
  'cutAfterWork',
  'unauthorized',
  'emptyOk',
  'htmlGateway',
];
const SHARE = 0.2;
/** The copy of a sent message shows so late. */
const COPY_DELAY_MS = 700;
const TOKENS_END_EVERY_MS = 2000;
/** How many of the delta tokens Graph has forgotten, also while all else is calm again, and says so in one of these ways. */
const FORGOTTEN_SHARE = 0.4;
const LOST_STATES = [
  { status: 410, code: 'SyncStateNotFound' },
  { status: 400, code: 'syncStateNotFound' },
  { status: 410, code: 'ResyncRequired' },
];

export interface GraphWorld {
  /** For the processes: where the sign-in and Graph are. */
  env: Record<string, string>;
  /** The mailbox, seen from outside. */
  server: TestMailbox;
  /** Outgoing mail by Graph. */
  setUpOutgoing(app: TestStrapi): Promise<void>;
  storm(seed: number): void;
  /** Ends the storm, and resolves when nothing is open any more that only time settles. */
  settle(app: TestStrapi): Promise<void>;
  mails(): Promise<Pick<ReceivedMail, 'parsed'>[]>;
  /** Any of them; null before the first. */
  anyMail(random: () => number): Promise<Pick<ReceivedMail, 'parsed'> | null>;
  /** How often a delta token was refused because Graph had forgotten it. */
  forgotten(): number;
  stop(): Promise<void>;
}

export async function startGraph(mailbox: string): Promise<GraphWorld> {
  const desk = await startGraphDesk(mailbox);
  const { graph, microsoft } = desk;
  graph.ways.copyDelayMs = COPY_DELAY_MS;
  let tokens: NodeJS.Timeout | undefined;
  const calm = () => {
    clearInterval(tokens);
    graph.faults.clear();
  };
  return {
    server: desk.box,
    env: desk.env,
    // What leaves in the minutes of a soak is more than Microsoft takes; the stand-in counts only where it is told to.
    setUpOutgoing: (app) => desk.setUpOutgoing(app, { maxPerMinute: 10_000 }),
    storm(seed) {
      graph.faults.storm(seed, SHARE, FAULTS);
      const random = randomFrom(seed);
      graph.ways.forgets = () => {
        graph.ways.lostState = LOST_STATES[Math.floor(random() * LOST_STATES.length)];
        return random() < FORGOTTEN_SHARE;
      };
      tokens = setInterval(() => microsoft.revoke('access'), TOKENS_END_EVERY_MS);
    },
    async settle(app) {
      calm();
      await outliveDoubt(app);
    },
    async anyMail(random) {
      const found = graph.delivered[Math.floor(random() * graph.delivered.length)];
      return found ? { parsed: await simpleParser(found.mime) } : null;
    },
    forgotten: () => graph.requests.filter(({ operation, status }) => operation.endsWith('/delta') && [400, 410].includes(status)).length,
    mails: () => Promise.all(graph.delivered.map(async ({ mime }) => ({ parsed: await simpleParser(mime) }))),
    async stop() {
      calm();
      await desk.stop();
    },
  };
}

/** A draft that was asked to leave is left alone for a minute. */
const DOUBT_MS = 62_000;
const ROUNDS = 5;

async function outliveDoubt(app: TestStrapi): Promise<void> {
  const deliveries = app.strapi.db.query('plugin::mail-scanner.delivery');
  await sleep(DOUBT_MS);
  for (let round = 0; round < ROUNDS; round += 1) {
    await deliveries.updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } as never });
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    if ((await deliveries.count({ where: { state: { $in: ['queued', 'sending'] } } as never })) === 0) return;
    await sleep(DOUBT_MS / ROUNDS);
  }
}
