import { createTransport } from 'nodemailer';
import { afterEach, describe, expect, test } from 'vitest';

import { startSmtpSink, type SmtpSink, type SmtpSinkOptions } from './smtp-sink';

const sinks: SmtpSink[] = [];
afterEach(() => Promise.all(sinks.splice(0).map((sink) => sink.stop())));

const start = async (options?: SmtpSinkOptions): Promise<SmtpSink> => {
  const sink = await startSmtpSink(options);
  sinks.push(sink);
  return sink;
};
const send = ({ host, port }: SmtpSink, transport: object = {}): Promise<unknown> =>
  createTransport({ host, port, socketTimeout: 300, tls: { rejectUnauthorized: false }, ...transport }).sendMail({
    from: 'Support <support@example.com>',
    to: ['ann@example.com', 'bob@example.com'],
    subject: 'Grüße',
    text: 'Hello.',
  });

describe('the SMTP sink', () => {
  test('keeps what it receives, raw and parsed, with its envelope', async () => {
    const sink = await start();
    await send(sink);
    const [mail] = await sink.received(1);

    expect(mail).toMatchObject({ from: 'support@example.com', to: ['ann@example.com', 'bob@example.com'], user: null });
    expect(mail!.parsed.subject).toBe('Grüße');
    expect(mail!.raw).toContain('Subject: =?UTF-8?');
  });

  test.each([
    ['from', 421],
    ['to', 550],
    ['data', 451],
    ['connect', 421],
  ] as const)('answers at %s with %d when it is told to, and keeps nothing', async (at, code) => {
    const sink = await start({ fail: () => ({ at, code }) });

    await expect(send(sink)).rejects.toMatchObject({ responseCode: code });
    expect(sink.mails).toEqual([]);
    sink.failWith(undefined);
    await send(sink);
    expect(sink.mails).toHaveLength(1);
  });

  test.each(['hang', 'drop'] as const)('can %s at the end of a message', async (failure) => {
    const sink = await start({ fail: () => failure });

    await expect(send(sink)).rejects.toThrow();
    expect(sink.mails).toEqual([]);
  });

  test('asks for a password, or for a token, and over TLS', async () => {
    const sink = await start({ auth: true, encryption: 'ssl' });
    await send(sink, { secure: true, auth: { user: 'ann', pass: 'secret' } });

    expect(sink.mails[0]!.user).toBe('ann');
    await expect(send(sink, { secure: true, auth: { user: 'ann', pass: 'wrong' } })).rejects.toMatchObject({ responseCode: 535 });
    await expect(send(sink, { secure: true })).rejects.toMatchObject({ responseCode: 530 });

    const starttls = await start({
      auth: ({ method, user, secret }) => method === 'XOAUTH2' && user === 'ann' && secret === 'token',
      encryption: 'starttls',
    });
    await send(starttls, { requireTLS: true, auth: { type: 'OAuth2', user: 'ann', accessToken: 'token' } });
    expect(starttls.mails[0]!.user).toBe('ann');
  });
});
