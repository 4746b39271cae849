import { addScanner, eventually, mail, setUpOutgoing } from '../../tests/support/helpdesk';
import { startHoodiecrow } from '../../tests/support/hoodiecrow';
import type { TestMailServer } from '../../tests/support/mail-server';
import { startSmtpSink, type SmtpSink } from '../../tests/support/smtp-sink';
import type { TestStrapi } from '../../tests/support/strapi';

/** What a helpdesk's first hour is made of, asked of a running site by HTTP, IMAP and SMTP alone. */

const ADMIN = { email: 'ada@example.com', password: 'Outside-Passw0rd', firstname: 'Ada', lastname: 'Admin' };
/** Longer than a busy machine needs, and than a scanner waits between two scans. */
const PATIENCE_MS = 300_000;

export interface Api {
  <T = any>(method: string, url: string, body?: unknown): Promise<{ status: number; data: T; error?: { message: string } }>;
  token: string;
}

/** Signs the first administrator up, or in where there is one. */
export async function signIn(base: string): Promise<Api> {
  const call = async (method: string, url: string, body?: unknown, token?: string) => {
    const response = await fetch(base + url, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.json().catch(() => ({}));
    return { status: response.status, data: answer.data, error: answer.error };
  };
  const { data } = await call('GET', '/admin/init');
  const { email, password } = ADMIN;
  const signed = data.hasAdmin
    ? await call('POST', '/admin/login', { email, password })
    : await call('POST', '/admin/register-admin', ADMIN);
  const token = signed.data?.token ?? signed.data?.accessToken;
  if (!token) throw new Error(`The administrator cannot sign in: ${signed.status} ${JSON.stringify(signed.error)}`);
  return Object.assign((method: string, url: string, body?: unknown) => call(method, url, body, token), { token });
}

/** How Strapi itself refuses a request to the site's API: not with 403 on each version (docs/compatibility.md). */
export const ownRefusal = async (base: string): Promise<number> => (await fetch(`${base}/api/users`)).status;

/** Refusals of Strapi and of the plugin, each with the status that says what it is. */
export async function refusals(base: string, api: Api, withoutPermission = 403): Promise<string> {
  const wrong = await fetch(`${base}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: ADMIN.email, password: 'not the password' }),
  });
  const asked: [string, number, number][] = [
    ['a wrong password', wrong.status, 400],
    ['a scanner without a name', (await api('POST', '/mail-scanner/scanners', {})).status, 400],
    ['a ticket that is not there', (await api('GET', '/mail-scanner/tickets/none')).status, 404],
    ['the site’s API without permission', (await fetch(`${base}/api/mail-scanner/tickets`)).status, withoutPermission],
  ];
  const bad = asked.filter(([, status, right]) => status !== right);
  if (bad.length > 0)
    throw new Error(bad.map(([what, status, right]) => `${what} is answered with ${status} instead of ${right}`).join(', '));
  return asked.map(([what, status]) => `${what}: ${status}`).join(', ');
}

export interface Desk {
  server: TestMailServer;
  sink: SmtpSink;
  stop(): Promise<void>;
}

/** A mail server of its own, a scanner that makes tickets and outgoing mail. */
export async function setUpDesk(api: Api): Promise<Desk> {
  const server = await startHoodiecrow();
  const sink = await startSmtpSink();
  const app = {
    api: async (method: string, url: string, body?: unknown) => {
      const { status, data, error } = await api(method, `/mail-scanner${url}`, body);
      if (status >= 400) throw new Error(`${method} ${url}: ${status} ${JSON.stringify(error)}`);
      return data;
    },
  } as TestStrapi;
  await setUpOutgoing(app, sink);
  const scanner = await addScanner(app, server, undefined, { scanEvery: 1 });
  await app.api('PUT', `/scanners/${scanner.documentId}`, { active: true });
  return {
    server,
    sink,
    async stop() {
      await sink.stop();
      await server.stop();
    },
  };
}

const ticketsOf = async (api: Api) => (await api<any[]>('GET', '/mail-scanner/tickets?pageSize=50')).data ?? [];

async function ticketWith(api: Api, title: string): Promise<any> {
  return eventually(async () => (await ticketsOf(api)).find((ticket) => ticket.title === title) ?? null, PATIENCE_MS);
}

export async function firstEmail(api: Api, { server }: Desk): Promise<string> {
  await server.append('INBOX', mail({ subject: 'The lamp flickers', messageId: '<lamp@customer.test>' }));
  const ticket = await ticketWith(api, 'The lamp flickers');
  const { status } = await api('GET', '/mail-scanner/tickets/summary');
  if (status !== 200) throw new Error(`The numbers beside the views are answered with ${status}.`);
  return `ticket ${ticket.ticketNumber}`;
}

export async function answerIsSent(api: Api, { sink }: Desk): Promise<string> {
  const ticket = await ticketWith(api, 'The lamp flickers');
  const before = sink.mails.length;
  const { status, error } = await api('POST', `/mail-scanner/tickets/${ticket.documentId}/comments`, {
    text: 'Change the bulb.',
    isPublic: true,
  });
  if (status >= 400) throw new Error(`The answer was refused: ${status} ${error?.message}`);
  const email = (await sink.received(before + 1, PATIENCE_MS)).at(-1)!;
  if (!email.parsed.text?.includes('Change the bulb.')) throw new Error(`The email says: ${email.parsed.text}`);
  return `to ${email.to.join(', ')}`;
}

export async function customerAnswers(api: Api, { server, sink }: Desk): Promise<string> {
  const ours = sink.mails.at(-1)!.parsed;
  const headers = { 'In-Reply-To': ours.messageId ?? '', References: `<lamp@customer.test> ${ours.messageId}` };
  await server.append('INBOX', mail({ subject: `Re: ${ours.subject}`, text: 'That helped, thank you.', headers }));
  const ticket = await ticketWith(api, 'The lamp flickers');
  await eventually(async () => {
    const { data } = await api('GET', `/mail-scanner/tickets/${ticket.documentId}`);
    return JSON.stringify(data ?? '').includes('That helped, thank you.');
  }, PATIENCE_MS);
  const all = await ticketsOf(api);
  if (all.length !== 1) throw new Error(`There are ${all.length} tickets.`);
  return 'a comment on the same ticket';
}

/** An email with a file. */
export async function attachmentArrives(api: Api, { server }: Desk, title: string): Promise<void> {
  const body = [
    '--b',
    'Content-Type: text/plain',
    '',
    'See the file.',
    '--b',
    'Content-Type: text/csv; name=list.csv',
    'Content-Disposition: attachment; filename=list.csv',
    '',
    'a;b',
    '--b--',
    '',
  ];
  await server.append('INBOX', mail({ subject: title, text: body.join('\n'), headers: { 'Content-Type': 'multipart/mixed; boundary=b' } }));
  await ticketWith(api, title);
}
