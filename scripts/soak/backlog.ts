import { chownSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dovecot } from '../../tests/support/dovecot';
import { mail } from '../../tests/support/helpdesk';
import type { TestStrapi } from '../../tests/support/strapi';
import type { Fleet } from './fleet';
import { signIn, type World } from './world';

/**
 * A mailbox that was not to be reached for a week has a backlog. It has to be worked off oldest first, in memory that does not
 * grow with it, and while the other mailboxes are served as ever.
 */

export interface Backlog {
  messages: number;
  seconds: number;
  /** The least that the process held in the second and in the last quarter: what garbage cannot explain. And the most. */
  memoryMb: number;
  memoryEndMb: number;
  memoryMostMb: number;
  /** Of the other mailboxes: how long an email took to become a ticket. */
  othersMedianSeconds: number;
  othersSlowestSeconds: number;
  /** Tickets with a lower number than the one of an older email. */
  outOfOrder: number;
}

/** May be exceeded by no backlog, however large. */
const MOST_MEMORY_MB = 1000;
/** What is held without garbage must not grow with the backlog; collections come when they like, so the measure is coarse. */
const MOST_GROWTH_MB = 100;
const SLOWEST_OTHER_SECONDS = 20;

/** What is wrong with it, in sentences. */
export function problemsOf({ memoryMb, memoryEndMb, memoryMostMb, othersSlowestSeconds, outOfOrder }: Backlog): string[] {
  return [
    ...(outOfOrder > 0 ? [`${outOfOrder} messages of the backlog were not taken oldest first.`] : []),
    ...(memoryMostMb > MOST_MEMORY_MB ? [`The process held ${memoryMostMb} MB.`] : []),
    ...(memoryEndMb - memoryMb > MOST_GROWTH_MB ? [`Its memory grew from ${memoryMb} to ${memoryEndMb} MB with the backlog.`] : []),
    ...(othersSlowestSeconds > SLOWEST_OTHER_SECONDS ? [`An email to another mailbox waited for ${othersSlowestSeconds} s.`] : []),
  ];
}

const WEEK_MS = 7 * 24 * 60 * 60_000;

/** Puts that many emails of the last week into the mailbox of a Dovecot, in their order, as its own delivery would. */
export function deliverBacklog({ root }: Dovecot, user: string, count: number, world: World): void {
  const owner: [number, number] = process.getuid?.() === 0 ? [8, 8] : [process.getuid!(), process.getgid!()];
  const folder = path.join(root, 'mail', user);
  for (const name of ['', 'new', 'cur', 'tmp']) {
    mkdirSync(path.join(folder, name), { recursive: true });
    chownSync(path.join(folder, name), ...owner);
  }
  const begin = Date.now() - WEEK_MS;
  for (let index = 0; index < count; index += 1) {
    const received = new Date(begin + Math.floor((WEEK_MS * index) / count));
    const subject = backlogSubject(index);
    const seconds = Math.floor(received.getTime() / 1000);
    const file = path.join(folder, 'new', `${seconds}.M${String(index).padStart(6, '0')}.soak`);
    writeFileSync(
      file,
      mail({ subject, to: user, from: `customer${index % 500}@customer.test`, text: `The printer says no. ${'Please help. '.repeat(40)}` }),
    );
    chownSync(file, ...owner);
    utimesSync(file, received, received);
    world.subjects.set(subject, user);
  }
}

const backlogSubject = (index: number): string => `Backlog ${String(index).padStart(6, '0')}`;

const OTHERS_EVERY_MS = 1500;

interface Watched {
  seconds: number;
  memory: { processed: number; megabytes: number }[];
  /** When the emails to the other mailboxes were sent, by subject. */
  sent: Map<string, number>;
}

/** Lets one process work the backlog off, writes to the other mailboxes meanwhile, and watches. */
export async function watchWorkOff(fleet: Fleet, world: World, count: number): Promise<Watched> {
  const instance = fleet.start();
  const base = await instance.base;
  const call = (await signIn(base, () => false))!;
  const { data: scanners } = await call('GET', '/scanners');
  const { documentId } = scanners.find(({ name }: { name: string }) => name === world.users[0]);
  const started = Date.now();
  const memory: Watched['memory'] = [];
  const sent: Watched['sent'] = new Map();
  const [, ...others] = world.users;
  let nextMail = 0;
  for (let done = 0; done < count;) {
    if (Date.now() >= nextMail) {
      nextMail = Date.now() + OTHERS_EVERY_MS;
      const user = others[sent.size % others.length];
      const subject = `Other ${sent.size}`;
      await world.server.append('INBOX', mail({ subject, to: user }), { user });
      world.subjects.set(subject, user);
      sent.set(subject, Date.now());
    }
    await sleep(500);
    done = await call('GET', `/messages?pageSize=1&scanner=${documentId}`).then(
      ({ meta }) => meta.pagination.total,
      () => done,
    );
    memory.push({ processed: done, megabytes: residentMegabytes(instance.pid) });
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  // The last emails to the others.
  await sleep(5000);
  if (!(await instance.kill())) throw new Error('The process ended while it worked the backlog off.');
  return { seconds, memory, sent };
}

function residentMegabytes(pid: number): number {
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
}

/** Judged by what is in the database afterwards. */
export async function backlogCounts({ strapi }: TestStrapi, count: number, { seconds, memory, sent }: Watched): Promise<Backlog> {
  const tickets = await strapi.db.query('plugin::mail-scanner.ticket').findMany({ select: ['title', 'createdAt'], orderBy: { id: 'asc' } });
  const backlog = tickets.map(({ title }) => title as string).filter((title) => title.startsWith('Backlog '));
  const waits = tickets.flatMap(({ title, createdAt }) => {
    const at = sent.get(title);
    return at === undefined ? [] : [Math.round((new Date(createdAt).getTime() - at) / 100) / 10];
  });
  waits.sort((a, b) => a - b);
  const least = (from: number, to: number) =>
    Math.min(...memory.filter(({ processed }) => processed >= from * count && processed <= to * count).map(({ megabytes }) => megabytes));
  return {
    messages: count,
    seconds,
    memoryMb: least(0.25, 0.5),
    memoryEndMb: least(0.75, 1),
    memoryMostMb: Math.max(...memory.map(({ megabytes }) => megabytes)),
    othersMedianSeconds: waits[Math.floor(waits.length / 2)] ?? 0,
    othersSlowestSeconds: waits.at(-1) ?? 0,
    outOfOrder: backlog.filter((title, index) => index > 0 && title < backlog[index - 1]).length,
  };
}
