import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ImapFlow } from 'imapflow';
import { simpleParser, type ParsedMail } from 'mailparser';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoMails, fillNewMailbox } from '../../playground/demo/load-mails.mjs';
import { addressesIn, startMailServer } from '../../playground/demo/mail-server.mjs';
import { replyAsCustomer } from '../../playground/demo/reply.mjs';

type MailServer = Awaited<ReturnType<typeof startMailServer>>;

let folder: string;
let server: MailServer;

const start = async () => (server = await startMailServer({ folder, imapPort: 0, smtpPort: 0 }));

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'demo-mail-'));
  await start();
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function withClient<T>(user: string, use: (client: ImapFlow) => Promise<T>, pass = 'demo'): Promise<T> {
  const client = new ImapFlow({ host: '127.0.0.1', port: server.imapPort, secure: false, auth: { user, pass }, logger: false });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.logout();
  }
}

async function send(mail: SendMailOptions): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.smtpPort, ignoreTLS: true });
  await transport.sendMail(mail);
  transport.close();
}

interface Seen {
  uid: number;
  flags: string[];
  source: string;
  internalDate: string;
}

function messagesOf(user: string, mailbox = 'INBOX'): Promise<{ uidValidity: string; messages: Seen[] }> {
  return withClient(user, async (client) => {
    const opened = await client.mailboxOpen(mailbox);
    const messages: Seen[] = [];
    if (opened.exists > 0) {
      for await (const { uid, flags, source, internalDate } of client.fetch('1:*', {
        uid: true,
        flags: true,
        source: true,
        internalDate: true,
      })) {
        messages.push({
          uid,
          flags: [...(flags ?? [])],
          source: (source ?? '').toString('latin1'),
          internalDate: new Date(internalDate ?? 0).toISOString(),
        });
      }
    }
    return { uidValidity: String(opened.uidValidity), messages };
  });
}

const ordinary = { from: 'erika@acme.example', to: 'support@demo.example', subject: 'Hello', text: 'Grüße' };

describe('the mail server of the demo', () => {
  test('delivers what comes by SMTP into the mailboxes of all recipients, unknown ones included', async () => {
    await send({ ...ordinary, cc: 'New.Person@other.example' });
    for (const user of ['support@demo.example', 'new.person@other.example']) {
      const { messages } = await messagesOf(user);
      expect(messages).toHaveLength(1);
      expect(messages[0].flags).toEqual([]);
      expect(messages[0].source).toMatch(/^Return-Path: <erika@acme\.example>\r\n/);
      expect((await simpleParser(Buffer.from(messages[0].source, 'latin1'))).text?.trim()).toBe('Grüße');
    }
    expect(addressesIn(folder).sort()).toEqual(['new.person@other.example', 'support@demo.example']);
  });

  test('shows everybody only the own mailbox', async () => {
    await send(ordinary);
    server.open('erika@acme.example');
    expect((await messagesOf('erika@acme.example')).messages).toEqual([]);
  });

  test('lets nobody in with a wrong password or without mailbox', async () => {
    server.open('support@demo.example');
    await expect(withClient('support@demo.example', () => Promise.resolve(), 'wrong')).rejects.toMatchObject({
      authenticationFailed: true,
    });
    await expect(withClient('nobody@demo.example', () => Promise.resolve())).rejects.toMatchObject({ authenticationFailed: true });
    await expect(withClient('constructor', () => Promise.resolve())).rejects.toMatchObject({ authenticationFailed: true });
  });

  test('tells a client that waits of new mail at once', async () => {
    server.open('support@demo.example');
    await withClient('support@demo.example', async (client) => {
      await client.mailboxOpen('INBOX');
      const told = new Promise<number>((resolve) => client.on('exists', ({ count }) => resolve(count)));
      void client.idle();
      await new Promise((resolve) => setTimeout(resolve, 100));
      await send(ordinary);
      expect(await told).toBe(1);
    });
  });

  test('keeps messages, flags, folders and UIDs over a restart', async () => {
    for (const subject of ['one', 'two', 'three', 'four']) await send({ ...ordinary, subject });
    await withClient('support@demo.example', async (client) => {
      await client.mailboxCreate('Processed/Müller');
      await client.mailboxOpen('INBOX');
      await client.messageFlagsAdd('1', ['\\Seen', '$Label'], { uid: true });
      await client.messageMove('2', 'Processed/Müller', { uid: true });
      await client.messageDelete('4', { uid: true });
    });
    const before = { inbox: await messagesOf('support@demo.example'), moved: await messagesOf('support@demo.example', 'Processed/Müller') };
    expect(before.inbox.messages.map(({ uid, flags }) => [uid, flags])).toEqual([
      [1, ['\\Seen', '$Label']],
      [3, []],
    ]);
    await server.close();
    await start();
    const after = { inbox: await messagesOf('support@demo.example'), moved: await messagesOf('support@demo.example', 'Processed/Müller') };
    expect(after).toEqual(before);
    // A UID is never given out twice, not even that of a deleted message (RFC 3501 §2.3.1.1).
    await send({ ...ordinary, subject: 'five' });
    expect((await messagesOf('support@demo.example')).messages.map(({ uid }) => uid)).toEqual([1, 3, 5]);
    expect(server.open('support@demo.example')).toBe(false);
  });

  test('has mail on disk before it acknowledges it, and changes soon after, so that a crash loses nothing', async () => {
    await send(ordinary);
    const copy = async () => {
      const other = await startMailServer({ folder, imapPort: 0, smtpPort: 0 });
      const first = server;
      server = other;
      const { messages } = await messagesOf('support@demo.example');
      server = first;
      await other.close();
      return messages;
    };
    expect((await copy()).map(({ flags }) => flags)).toEqual([[]]);
    await withClient('support@demo.example', async (client) => {
      await client.mailboxOpen('INBOX');
      await client.messageFlagsAdd('1', ['\\Seen'], { uid: true });
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect((await copy()).map(({ flags }) => flags)).toEqual([['\\Seen']]);
    });
  });

  test('forgets the files of deleted messages at the next start', async () => {
    await send(ordinary);
    await withClient('support@demo.example', async (client) => {
      await client.mailboxOpen('INBOX');
      await client.messageDelete('1', { uid: true });
    });
    await server.close();
    await start();
    expect((await readdir(path.join(folder, encodeURIComponent('support@demo.example')))).filter((name) => name.endsWith('.eml'))).toEqual(
      [],
    );
  });

  test('says in one line which port is taken', async () => {
    const other = await mkdtemp(path.join(os.tmpdir(), 'demo-mail-'));
    await expect(startMailServer({ folder: other, imapPort: server.imapPort, smtpPort: 0 })).rejects.toThrow(
      `Port ${server.imapPort} is taken. Choose another by DEMO_IMAP_PORT, or stop what uses it.`,
    );
    await expect(startMailServer({ folder: other, imapPort: 0, smtpPort: server.smtpPort })).rejects.toThrow(/DEMO_SMTP_PORT/);
    await rm(other, { recursive: true });
  });

  test('cannot be reached from another computer', async () => {
    const address = Object.values(os.networkInterfaces())
      .flat()
      .find((one) => one && !one.internal && one.family === 'IPv4')?.address;
    if (!address) return;
    const reached = await new Promise((resolve) => {
      const socket = net.connect(server.smtpPort, address, () => resolve(true));
      socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
    });
    expect(reached).toBe(false);
  });
});

describe('the mails of the demo', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  const mails = demoMails(now);
  const parse = async (name: string): Promise<ParsedMail> => simpleParser(mails.find((mail) => mail.name.includes(name))?.source ?? '');

  test('are of the last days, oldest first, every placeholder filled', async () => {
    expect(mails.length).toBeGreaterThanOrEqual(12);
    const times = mails.map(({ receivedAt }) => receivedAt.getTime());
    expect(times).toEqual([...times].sort((one, other) => one - other));
    for (const { name, source, receivedAt } of mails) {
      expect(source.toString('latin1'), name).not.toContain('{{');
      expect(source.toString('latin1').replace(/\r\n/g, ''), name).not.toMatch(/[\r\n]/);
      const parsed = await simpleParser(source);
      expect(parsed.date?.getTime(), name).toBe(Math.floor(receivedAt.getTime() / 1000) * 1000);
      expect(now.getTime() - receivedAt.getTime(), name).toBeLessThan(4 * 24 * 60 * 60 * 1000);
      expect(parsed.messageId, name).toMatch(/^<[^<>\s]+@[^<>\s]+>$/);
    }
  });

  test('wait unread in a new mailbox, as old as they say, and come only once', async () => {
    expect(fillNewMailbox(server, 'support@demo.example', now)).toBe(mails.length);
    const { messages } = await messagesOf('support@demo.example');
    expect(messages.map(({ internalDate }) => internalDate)).toEqual(mails.map(({ receivedAt }) => receivedAt.toISOString()));
    expect(messages.map(({ source }) => source)).toEqual(mails.map(({ source }) => source.toString('latin1')));
    expect(messages.flatMap(({ flags }) => flags)).toEqual([]);
    await server.close();
    await start();
    expect(fillNewMailbox(server, 'support@demo.example', now)).toBe(0);
  });

  test('read right in their charsets', async () => {
    expect(await parse('japanese')).toMatchObject({
      subject: '請求書の宛名変更のお願い',
      text: expect.stringContaining('株式会社さくら商事'),
    });
    expect(await parse('umlauts')).toMatchObject({
      subject: expect.stringContaining('Kündigung'),
      text: expect.stringContaining('Grüß Gott'),
    });
    expect((await parse('outlook')).html).toContain('€ 48.50');
  });

  test('carry real attachments and an inline image', async () => {
    const [pdf] = (await parse('pdf')).attachments;
    expect(pdf).toMatchObject({ filename: 'Ordrebekreftelse 88-3021 Sørensen.pdf', contentType: 'application/pdf' });
    expect(pdf.content.subarray(0, 5).toString()).toBe('%PDF-');
    const [png] = (await parse('screenshot')).attachments;
    expect(png.content.subarray(1, 4).toString()).toBe('PNG');
    expect((await parse('inline')).attachments[0]).toMatchObject({ cid: 'logo@petitjardin', related: true });
  });
});

describe('the customer who answers', () => {
  const options = () => ({
    imapPort: server.imapPort,
    smtpPort: server.smtpPort,
    customers: addressesIn(folder).filter((one) => one !== 'support@demo.example'),
  });
  const answer = (to: string, subject: string, messageId: string) => ({
    from: { name: 'Demo Support', address: 'support@demo.example' },
    to: { name: 'Erika Muster', address: to },
    subject,
    messageId,
    references: ['<t@demo.example>', '<first@acme.example>'],
    text: '##- Please type your reply above this line -##\n\nHello, we <fixed> it.',
    html: '<html><body><p>##- Please type your reply above this line -##</p><p>Hello, we fixed it.</p></body></html>',
  });

  test('takes the newest mail of the helpdesk and answers as a mail client does', async () => {
    await send(answer('max@acme.example', 'Re: old', '<old@demo.example>'));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await send(answer('erika@acme.example', 'Re: Printer [TT1001]', '<new@demo.example>'));
    await send({ from: 'spam@x.example', to: 'erika@acme.example', subject: 'other', text: 'newer, but not ours' });
    expect(await replyAsCustomer('Thank <you>!\nErika', options())).toEqual({
      customer: 'erika@acme.example',
      subject: 'Re: Printer [TT1001]',
    });

    const { messages } = await messagesOf('support@demo.example');
    const reply = await simpleParser(Buffer.from(messages[0].source, 'latin1'));
    expect(reply.from?.value).toEqual([{ name: 'Erika Muster', address: 'erika@acme.example' }]);
    expect(reply.subject).toBe('Re: Printer [TT1001]');
    expect(reply.inReplyTo).toBe('<new@demo.example>');
    expect(reply.references).toEqual(['<t@demo.example>', '<first@acme.example>', '<new@demo.example>']);
    expect(reply.text).toMatch(/^Thank <you>!\nErika\n\nOn .* Demo Support\s<support@demo\.example> wrote:\n\n> ##- Please type/);
    expect(reply.text).toContain('\n> Hello, we <fixed> it.');
    expect(reply.html).toContain('<div dir="ltr">Thank &lt;you&gt;!<br>Erika</div>');
    expect(reply.html).toMatch(/class="gmail_quote"[^]*<p>Hello, we fixed it\.<\/p>/);
  });

  test('adds "Re:" only where there is none', async () => {
    await send(answer('erika@acme.example', 'Printer', '<a@demo.example>'));
    expect(await replyAsCustomer('ok', options())).toMatchObject({ subject: 'Re: Printer' });
  });

  test('has nothing to answer before somebody wrote', async () => {
    server.open('erika@acme.example');
    expect(await replyAsCustomer('ok', options())).toBeNull();
  });
});

describe('the commands', () => {
  /** Runs one of the demo's programs as npm does; resolves to its exit code and what it printed. */
  const run = (program: string, ...args: string[]): Promise<{ code: number; printed: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, DEMO_IMAP_PORT: `${server.imapPort}`, DEMO_SMTP_PORT: `${server.smtpPort}`, DEMO_MAIL_FOLDER: folder };
      execFile(process.execPath, [path.resolve('playground/demo', program), ...args], { env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, printed: stdout + stderr }),
      );
    });

  test('reply: says what is missing, in one line', async () => {
    expect(await run('reply.mjs')).toEqual({ code: 1, printed: expect.stringMatching(/^Say what the customer writes.*\n$/) });
    server.open('erika@acme.example');
    expect(await run('reply.mjs', 'hello')).toEqual({ code: 1, printed: expect.stringMatching(/^No customer has got an answer yet.*\n$/) });
    await server.close();
    expect(await run('reply.mjs', 'hello')).toEqual({ code: 1, printed: 'The demo is not running. Start it first: npm run demo\n' });
    await start();
  });

  test('reply: answers in the words given', async () => {
    await send({ from: 'support@demo.example', to: 'erika@acme.example', subject: 'Re: x', text: 'y' });
    const { code, printed } = await run('reply.mjs', 'That', 'helped');
    expect([code, printed]).toEqual([0, expect.stringContaining('erika@acme.example answered "Re: x"')]);
    expect((await messagesOf('support@demo.example')).messages[0].source).toContain('That helped');
  });

  test('mail-server: a port that is taken gives one clear line', async () => {
    expect(await run('mail-server.mjs')).toEqual({ code: 1, printed: expect.stringMatching(/^Port \d+ is taken\..*\n$/) });
  });
});
