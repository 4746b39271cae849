import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoMails } from '../../playground/demo/load-mails.mjs';
import { startMailServer, type DemoMailServer } from '../../playground/demo/mail-server.mjs';
import { replyAsCustomer } from '../../playground/demo/reply.mjs';
import { parseMessage } from '../../server/services/message/parse';
import type { ParsedMessage } from '../../server/services/message/types';
import { ENGLISH } from '../../server/services/settings/speech';
import { defaultBody, DEFAULT_SUBJECT } from '../../server/services/outgoing/change-comments';
import { compose } from '../../server/services/outgoing/compose';
import { closeTransports, sendMail } from '../../server/services/outgoing/smtp';

/** Out by our own composing and sending, back as a mail client answers, in by our own parsing. */

let folder: string;
let server: DemoMailServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'demo-mail-'));
  server = await startMailServer({ folder, imapPort: 0, smtpPort: 0 });
});

afterAll(async () => {
  closeTransports();
  await server.close();
  await rm(folder, { recursive: true });
});

async function newestOf(user: string): Promise<ParsedMessage> {
  const client = new ImapFlow({ host: '127.0.0.1', port: server.imapPort, secure: false, auth: { user, pass: 'demo' }, logger: false });
  await client.connect();
  try {
    await client.mailboxOpen('INBOX');
    const message = await client.fetchOne('*', { source: true });
    if (!message || !message.source) throw new Error(`${user} has no mail`);
    return await parseMessage(message.source);
  } finally {
    await client.logout();
  }
}

describe('the answer to our mail', () => {
  let ours: ParsedMessage;
  let answer: ParsedMessage;

  beforeAll(async () => {
    const mail = compose({
      ticket: { ticketNumber: 'TT1001', title: 'Drucker druckt leere Seiten', threadToken: 'tok3n' },
      contact: { email: 'anna@northwind.example', firstName: 'Anna' },
      account: null,
      comments: [
        {
          isPublic: true,
          authorName: 'Tom',
          createdAt: '2026-11-24T09:30:00Z',
          text: 'Is it Grüße or 100 × 50 mm?',
          html: null,
          visibleText: null,
        },
        {
          isPublic: true,
          authorName: 'Anna',
          createdAt: '2026-11-23T09:30:00Z',
          text: 'It prints nothing.',
          html: null,
          visibleText: null,
        },
      ],
      template: { subject: DEFAULT_SUBJECT, body: defaultBody('en') },
      sender: { name: 'Support', address: 'support@demo.example' },
      speech: ENGLISH,
      thread: { messageIds: ['first@northwind.example'], inReplyTo: 'first@northwind.example' },
    });
    const smtp = {
      host: '127.0.0.1',
      port: server.smtpPort,
      encryption: 'none' as const,
      validateCertificate: true,
      username: null,
      credential: null,
    };
    await sendMail(smtp, mail);
    ours = await newestOf('anna@northwind.example');
    await replyAsCustomer('It is 100 × 50.\nThank you!', {
      imapPort: server.imapPort,
      smtpPort: server.smtpPort,
      customers: ['anna@northwind.example'],
    });
    answer = await newestOf('support@demo.example');
  });

  test('shows only what the customer wrote, and keeps the whole', () => {
    expect(answer.visibleText).toBe('It is 100 × 50.\nThank you!');
    expect(answer.text).toContain('It prints nothing.');
  });

  test('names our mail and the ticket in its thread', () => {
    expect(ours.messageId).toMatch(/^tok3n\.[0-9a-f]{32}@demo\.example$/);
    expect(answer.inReplyTo).toEqual([ours.messageId]);
    expect(answer.references).toEqual(['tok3n@demo.example', 'first@northwind.example', ours.messageId]);
  });

  test('is of a person, while our mail, should it come back to us, is recognised as our own', () => {
    expect(answer.automatic).toBeNull();
    expect(ours.automatic).toMatchObject({ kind: 'own' });
  });

  test('reads right on the way: names, umlauts, subject', () => {
    expect(ours.from).toEqual({ name: 'Support', address: 'support@demo.example' });
    expect(ours.text).toContain('Is it Grüße or 100 × 50 mm?');
    expect(answer.subject).toBe('Re: Drucker druckt leere Seiten [TT1001]');
    expect(answer.from?.address).toBe('anna@northwind.example');
  });
});

describe('the mails of the demo, as Mail Scanner reads them', () => {
  const parsed = new Map<string, ParsedMessage>();
  beforeAll(async () => {
    for (const { name, source } of demoMails()) parsed.set(name, await parseMessage(source));
  });

  const named = (part: string): ParsedMessage => {
    const found = [...parsed].find(([name]) => name.includes(part));
    if (!found) throw new Error(`There is no mail "${part}".`);
    return found[1];
  };

  test('nothing had to be repaired', () => {
    for (const [name, { warnings }] of parsed) expect(warnings, name).toEqual([]);
  });

  test('machines are told from people', () => {
    const kinds = Object.fromEntries(
      [...parsed].flatMap(([name, { automatic }]) => (automatic ? [[name.slice(0, 2), automatic.kind]] : [])),
    );
    expect(kinds).toEqual({ 11: 'auto-reply', 12: 'bounce', 13: expect.stringMatching(/mailing-list|bulk/) });
  });

  test('the bounce says who cannot be reached', () => {
    expect(named('bounce').bounce).toMatchObject({
      recipients: [{ address: 'gone@oldcustomer.example', status: '5.1.1', permanent: true }],
      originalMessageIds: ['maintenance.2026-11@demo.example'],
    });
  });

  test('the forward is about the customer who wrote first', () => {
    expect(named('09-forward').forwarded).toMatchObject({
      from: { name: 'Priya Nair', address: 'priya@monsoonspices.example' },
      subject: 'Can we pay by bank transfer?',
      text: expect.stringMatching(/^Hello Tom,[^]*bank transfer possible\?[^]*Monsoon Spices Ltd$/),
    });
  });

  test('quotes are folded', () => {
    expect(named('reply-in-thread').visibleText).toMatch(/^One more thing:[^>]*Anna$/);
    expect(named('long-thread').visibleText).not.toMatch(/Who can give it to us/);
    expect(named('outlook').visibleText).not.toContain('Your parcel');
  });
});
