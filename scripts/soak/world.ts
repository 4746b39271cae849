import { setTimeout as sleep } from 'node:timers/promises';
import { addScanner, CREATE_TICKET, mail, setUpOutgoing } from '../../tests/support/helpdesk';
import type { TestMailbox } from '../../tests/support/mail-server';
import { startSmtpSink, type ReceivedMail, type SmtpSink } from '../../tests/support/smtp-sink';
import type { GraphWorld } from './graph';
import type { TestStrapi } from '../../tests/support/strapi';

/** Customers who write, editors who answer, and what each of them did: what is counted against afterwards. */

export interface World {
  server: Pick<TestMailbox, 'append' | 'messages' | 'folders' | 'connection'>;
  smtp: SmtpServer;
  users: string[];
  /** The mailbox of every message sent, by its subject, which no other has. */
  subjects: Map<string, string>;
  /** The texts of public comments that were accepted by the API. */
  comments: Set<string>;
  /** What customers have answered, by its text: the request that it is about. */
  followUps: Map<string, string>;
  random: () => number;
  /** Where mail is read and answers leave by Microsoft Graph. */
  graph?: GraphWorld;
}

/** An outgoing mail server that can go and come back on its port. */
interface SmtpServer {
  sink: SmtpSink;
  mails: ReceivedMail[];
  halt(): Promise<void>;
  start(): Promise<void>;
}

export async function startSmtp(): Promise<SmtpServer> {
  const mails: ReceivedMail[] = [];
  const onMessage = (received: ReceivedMail) => void mails.push(received);
  const sink = await startSmtpSink({ onMessage });
  let current = sink;
  return {
    sink,
    mails,
    halt: () => current.stop(),
    async start() {
      current = await startSmtpSink({ onMessage, port: sink.port });
    },
  };
}

/** Takes down whichever process parses it: see instance.ts. */
export const POISON = '[poison]';
const KINDS = ['', '[move] ', '[delete] '];

const RULES = [
  { name: 'Delete', conditions: subjectContains('[delete]'), actions: [...CREATE_TICKET, { type: 'deleteMessage', config: {} }] },
  {
    name: 'Move',
    conditions: subjectContains('[move]'),
    actions: [...CREATE_TICKET, { type: 'moveToFolder', config: { folder: 'Processed' } }],
  },
  { name: 'Keep', actions: CREATE_TICKET },
];

function subjectContains(value: string) {
  return { combinator: 'and', rules: [{ field: 'subject', operator: 'contains', value }] };
}

/** Outgoing mail and an active scanner for each mailbox. */
export async function setUp(app: TestStrapi, { server, smtp, users, graph, random }: World): Promise<void> {
  // Some customers write more than people do: each email is to be a ticket of its own.
  await app.api('PUT', '/settings', { maxNewTicketsPerHour: 0 });
  if (graph) await graph.setUpOutgoing(app);
  else await setUpOutgoing(app, smtp.sink, { fromAddress: users[0] });
  // Delta tokens are asked for by this one alone. Both come among the first seeds, whose first numbers lie close.
  const scanType = graph && Math.floor(random() * 1000) % 2 === 1 ? 'sinceLastScan' : 'unread';
  if (graph) console.log(`  Scans take what is ${scanType === 'unread' ? 'unread' : 'new since the last one'}.`);
  for (const user of users) {
    const { documentId } = await addScanner(app, server, RULES, { name: user, username: user, scanEvery: 1, scanType });
    await app.api('PUT', `/scanners/${documentId}`, { active: true });
  }
}

const LARGEST_BATCH = 25;

/** Some emails to one of the mailboxes; a third each is to be kept, moved and deleted, and every fourth has a file. */
async function sendSome({ server, users, subjects, random }: World): Promise<void> {
  const user = users[Math.floor(random() * users.length)];
  const batch = Array.from({ length: 1 + Math.floor(random() * LARGEST_BATCH) }, (_, index) => {
    return `${KINDS[Math.floor(random() * KINDS.length)]}Request ${subjects.size + index}-${Math.floor(random() * 1e9)}`;
  });
  const sources = batch.map((subject) =>
    withFile(random() < 0.25, { subject, to: user, from: `customer${Math.floor(random() * 50)}@customer.test` }),
  );
  for (const [index, source] of sources.entries()) {
    // One at a time: when the server goes away in the middle, what it did not take was never sent.
    await server.append('INBOX', source, { user });
    subjects.set(batch[index], user);
  }
}

/** A customer answers an email of the desk, in its thread. */
async function sendFollowUp(world: World): Promise<void> {
  const { server, smtp, users, graph, random, followUps } = world;
  const answered = graph ? await graph.anyMail(random) : smtp.mails[Math.floor(random() * smtp.mails.length)];
  const { subject = '', messageId = '', to } = answered?.parsed ?? {};
  const request = /Request \d+-\d+/.exec(subject)?.[0];
  const from = [to ?? []].flat()[0]?.value[0]?.address;
  if (!request || !from) return;
  const text = `Follow-up ${followUps.size}-${Math.floor(random() * 1e9)}.`;
  const headers = { 'In-Reply-To': messageId, References: messageId };
  await server.append('INBOX', mail({ from, to: users[0], subject: `Re: ${subject}`, text, headers }), { user: users[0] });
  followUps.set(text, request);
}

/** An email among others that takes the process down. Returns its subject. */
export async function sendPoison({ server, users, random }: World): Promise<string> {
  const subject = `${POISON} ${Math.floor(random() * 1e9)}`;
  await server.append('INBOX', mail({ subject, to: users[0] }), { user: users[0] });
  return subject;
}

function withFile(has: boolean, headers: { subject: string; to: string; from: string }): string {
  if (!has) return mail(headers);
  const part = 'Content-Type: text/csv\r\nContent-Disposition: attachment; filename="list.csv"\r\n\r\n1,2,3';
  const text = `--part\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n--part\r\n${part}\r\n--part--`;
  return mail({ ...headers, text, headers: { 'Content-Type': 'multipart/mixed; boundary=part' } });
}

/** Customers who write until they are told to stop. What a server that is away does not take was not sent. */
export async function customers(world: World, stopped: () => boolean, pauseMs = 400): Promise<void> {
  while (!stopped()) {
    await sendSome(world).catch(() => {});
    await sendFollowUp(world).catch(() => {});
    await sleep(pauseMs * (0.25 + world.random()));
  }
}

/** An editor who answers tickets of the instance at this address: only what the API accepted has to arrive. */
export async function editor(base: string, { comments, random }: World, stopped: () => boolean): Promise<void> {
  const call = await signIn(base, stopped);
  while (!stopped()) {
    try {
      const { data: tickets } = await call!('GET', `/tickets?pageSize=20&page=${1 + Math.floor(random() * 3)}`);
      const ticket = tickets[Math.floor(random() * tickets.length)];
      if (ticket) {
        const text = `Answer ${comments.size}-${Math.floor(random() * 1e9)}.`;
        await call!('POST', `/tickets/${ticket.documentId}/comments`, { text, isPublic: true });
        comments.add(text);
      }
    } catch (error) {
      // The instance or its database is away: not accepted, so not owed.
      if (process.env.SOAK_VERBOSE) console.log(`editor: ${(error as Error).message}`);
    }
    await sleep(random() * 300);
  }
}

/** A call to the admin API; resolves with the whole answer. */
type Call = (method: string, url: string, body?: unknown) => Promise<any>;

/** Signs in as soon as the instance lets one; null when it was told to stop before. */
export async function signIn(base: string, stopped: () => boolean): Promise<Call | null> {
  const fetchJson = async (url: string, method: string, body: unknown, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const signal = AbortSignal.timeout(15_000);
    const response = await fetch(`${base}${url}`, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status}`);
    return response.json();
  };
  while (!stopped()) {
    try {
      const { data } = await fetchJson('/admin/login', 'POST', { email: 'admin@example.com', password: 'Passw0rd!test' });
      return (method, url, body) => fetchJson(`/mail-scanner${url}`, method, body, data.token);
    } catch (error) {
      if (process.env.SOAK_VERBOSE) console.log(`editor, signing in: ${(error as Error).message}`);
      await sleep(200);
    }
  }
  return null;
}
