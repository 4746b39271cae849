import type { SmtpSink } from './smtp-sink';
import type { TestStrapi } from './strapi';

/** What most integration tests begin with: a scanner on a test server, with rules. */

export const CREATE_TICKET = [
  { type: 'createContact', config: {} },
  { type: 'createOrUpdateTicket', config: {} },
];

export interface RuleInput {
  name?: string;
  folders?: string[];
  conditions?: unknown;
  actions?: unknown[];
  continueAfterMatch?: boolean;
}

/** A Strapi as far as its admin API goes: one in this process, or one behind a browser. */
type Site = Pick<TestStrapi, 'api'>;

/** Adds a scanner for that mailbox, with these rules (one that makes a ticket of everything, unless told). */
export async function addScanner(
  app: Site,
  mailbox: { connection(app: Site): Promise<Record<string, unknown>> },
  rules: RuleInput[] = [{}],
  settings: Record<string, unknown> = {},
) {
  const scanner = await app.api('POST', '/scanners', { name: 'Support', ...(await mailbox.connection(app)), ...settings });
  for (const rule of rules)
    await app.api('POST', `/scanners/${scanner.documentId}/rules`, { name: 'All', actions: CREATE_TICKET, ...rule });
  return scanner as { documentId: string };
}

export async function setUpOutgoing(app: Site, sink: Pick<SmtpSink, 'host' | 'port'>, settings: Record<string, unknown> = {}) {
  return app.api('PUT', '/outgoing-mail', {
    host: sink.host,
    port: sink.port,
    encryption: 'none',
    validateCertificate: false,
    username: '',
    fromAddress: 'support@example.com',
    fromName: 'Support Desk',
    ...settings,
  });
}

let count = 0;

export interface MailInput {
  from?: string;
  to?: string;
  subject?: string;
  text?: string;
  messageId?: string;
  headers?: Record<string, string>;
}

/** A plain email as bytes. */
export function mail({
  from = 'Jane Doe <jane@customer.test>',
  to = 'support@example.com',
  subject = 'Broken printer',
  text = 'It does not print.',
  messageId,
  headers = {},
}: MailInput = {}): string {
  count += 1;
  const lines = {
    From: from,
    To: to,
    Subject: subject,
    Date: new Date(Date.UTC(2026, 0, 1) + count * 60_000).toUTCString(),
    'Message-ID': messageId ?? `<mail-${count}-${process.pid}@customer.test>`,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  };
  return `${Object.entries(lines)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')}\r\n\r\n${text.replace(/\r?\n/g, '\r\n')}\r\n`;
}

/** What a mail server writes when it could not deliver (RFC 3464). */
export function bounceOf(
  messageId: string,
  recipient: string,
  { action = 'failed', status = '5.1.1', headers = {}, ...input }: MailInput & { action?: string; status?: string } = {},
): string {
  const parts = [
    ['text/plain', `<${recipient}>: 550 ${status} User unknown`],
    [
      'message/delivery-status',
      `Reporting-MTA: dns; mx.dead.test\r\n\r\nFinal-Recipient: rfc822; ${recipient}\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 ${status} User unknown`,
    ],
    ['text/rfc822-headers', `From: support@example.com\r\nTo: ${recipient}\r\nMessage-ID: ${messageId}\r\nSubject: Are you there?`],
  ];
  const text = parts.map(([type, content]) => `--report\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`).join('');
  return mail({
    from: 'Mail Delivery System <MAILER-DAEMON@mx.dead.test>',
    subject: 'Undelivered Mail Returned to Sender',
    text: `${text}--report--`,
    ...input,
    headers: {
      'Return-Path': '<>',
      'Auto-Submitted': 'auto-replied',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=report',
      ...headers,
    },
  });
}

/** Waits until the condition gives something truthy, and returns that. */
export async function eventually<T>(
  condition: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  timeoutMs = 10_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
