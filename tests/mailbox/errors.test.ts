import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { connectMailbox } from '../../server/services/mailbox/connect';
import { mailboxErrorFrom } from '../../server/services/mailbox/errors';
import { ImapConnection } from '../../server/services/mailbox/imap-connection';
import type { MailboxError, MailboxSettings } from '../../server/services/mailbox/types';
import { issueCertificate, type Certificate } from '../support/certificates';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { freePort } from '../support/mail-server';
import { scriptedImap, type Script, type ScriptedImap } from '../support/scripted-imap';

const running: ScriptedImap[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.stop())));

/** Plays a script and gives the error that connecting to it ends in. */
async function failure(script: Script, overrides?: Partial<MailboxSettings>): Promise<MailboxError> {
  const server = await scriptedImap(script);
  running.push(server);
  return connectingTo(server.settings(overrides));
}

async function connectingTo(settings: MailboxSettings): Promise<MailboxError> {
  const mailbox = await connectMailbox(settings).catch((error: MailboxError) => error);
  if (mailbox instanceof Error) return mailbox;
  await mailbox.close();
  throw new Error('It connected.');
}

const settings = (overrides: Partial<MailboxSettings> = {}): MailboxSettings => ({
  protocol: 'imap',
  host: '127.0.0.1',
  port: 993,
  encryption: 'ssl',
  validateCertificate: true,
  username: 'support@example.com',
  credential: { type: 'password', password: 'tr0ub4dor' },
  ...overrides,
});
const token: MailboxSettings['credential'] = { type: 'accessToken', accessToken: 'eyJ0eXAi.secret.token' };

describe('a connection that cannot be made', () => {
  test('names a host that does not exist', async () => {
    expect(await connectingTo(settings({ host: 'no-such-host.invalid' }))).toMatchObject({
      name: 'MailboxError',
      code: 'hostUnknown',
      message: expect.stringMatching(/^Couldn't connect to IMAP server no-such-host\.invalid:993: .*(no host of that name|looked up)/),
    });
  });

  test('tells that nothing answers on the port', async () => {
    const port = await freePort();

    expect(await connectingTo(settings({ port }))).toMatchObject({
      code: 'connectionRefused',
      message: expect.stringContaining(`nothing answers on port ${port}`),
    });
  });

  test('tells that a silent server may want SSL', async () => {
    const server = await scriptedImap({ greeting: null });
    running.push(server);

    await expect(ImapConnection.open(server.settings(), { greetingTimeout: 100 })).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('choose SSL'),
    });
  });

  test('tells that a port does not speak SSL', async () => {
    expect(await failure({}, { encryption: 'ssl' })).toMatchObject({
      code: 'tlsFailed',
      message: expect.stringContaining('does not speak SSL. Choose STARTTLS'),
    });
  });

  test('refuses to go on in plain text when STARTTLS was asked for and is missing', async () => {
    const error = await failure({}, { encryption: 'starttls' });

    expect(error).toMatchObject({ code: 'starttlsUnavailable', message: expect.stringContaining('does not offer STARTTLS') });
    expect(running[0]!.received.join()).not.toContain('LOGIN');
  });

  test('tells that a server hung up', async () => {
    expect(await failure({ answers: { CAPABILITY: ({ socket }) => void socket.destroy() } })).toMatchObject({
      code: 'connectionLost',
      message: expect.stringContaining('Check port and encryption'),
    });
  });
});

describe('a sign-in that is refused', () => {
  const refusing = (answer: string): Script => ({ answers: { LOGIN: answer } });

  test('quotes the server and hides the password, even when the server repeats it', async () => {
    const error = await failure(refusing('{tag} NO [AUTHENTICATIONFAILED] LOGIN support@example.com secret failed'));

    expect(error.code).toBe('authenticationFailed');
    expect(error.message).toContain('LOGIN support@example.com *** failed');
    expect(error.message).not.toContain('secret');
    expect(error.cause).toBeUndefined();
  });

  test('counts the code of the server more than its words', async () => {
    expect(
      await failure(refusing('{tag} NO [AUTHENTICATIONFAILED] Login failed, temporarily or not, please try again later')),
    ).toMatchObject({ code: 'authenticationFailed' });
  });

  test('hides what may be the credential in another encoding', async () => {
    const encoded = Buffer.from('\0support@example.com\0a longer password').toString('base64');

    expect((await failure(refusing(`{tag} NO cannot accept ${encoded}`))).message).toContain('"cannot accept ***"');
  });

  test('keeps a long answer short', async () => {
    expect((await failure(refusing(`{tag} NO ${'blah '.repeat(1000)}`))).message.length).toBeLessThan(800);
  });

  test.each([
    ['imap.gmail.com', 'app password'],
    ['outlook.office365.com', 'choose OAuth'],
    ['imap.mail.yahoo.com', 'app password'],
    ['imap.mail.me.com', 'app-specific password'],
    ['imap.gmx.net', 'switched on in the settings'],
    ['imap.web.de', 'switched on in the settings'],
    ['imappro.zoho.eu', 'Zoho needs IMAP'],
    ['mail.example.com', 'full email address as user name'],
  ])('of %s gets the hint that helps there: %s', (host, hint) => {
    const refused = Object.assign(new Error('Command failed'), {
      authenticationFailed: true,
      responseStatus: 'NO',
      responseText: 'Invalid credentials',
    });
    const error = mailboxErrorFrom(refused, settings({ host }), 'connect');

    expect(error.code).toBe('authenticationFailed');
    expect(error.message).toContain(hint);
    expect(error.message).toContain('"Invalid credentials"');
  });

  test('with a token speaks of the authorization, not of a password', async () => {
    const error = await failure(
      { capability: 'IMAP4rev1 AUTH=XOAUTH2 SASL-IR', answers: { 'AUTHENTICATE XOAUTH2': '{tag} NO AUTHENTICATE failed.' } },
      { credential: token },
    );

    expect(error).toMatchObject({ code: 'authenticationFailed', message: expect.stringContaining('Make a new authorization') });
    expect(error.message).not.toContain('eyJ0');
  });

  test('tells that the server knows no such way to sign in', async () => {
    expect(await failure({ capability: 'IMAP4rev1 LOGINDISABLED' })).toMatchObject({
      code: 'authenticationFailed',
      message: expect.stringContaining('Choose SSL or STARTTLS'),
    });
  });
});

describe('an account without rights to the mailbox', () => {
  const exchange = {
    capability: 'IMAP4rev1 AUTH=XOAUTH2 SASL-IR NAMESPACE',
    answers: { NAMESPACE: '{tag} BAD User is authenticated but not connected.' },
  };

  test('is told what to do, in the words of the form', async () => {
    const error = await failure(exchange, { username: 'boss@example.com', credential: token });

    expect(error.code).toBe('noAccess');
    expect(error.message).toMatch(/^Couldn't connect to IMAP server /);
    expect(error.message).toContain('no access to the mailbox "boss@example.com"');
    expect(error.message).toContain('give the signed-in account full access');
  });
});

describe('a server that wants to be left alone', () => {
  test.each([
    [
      'Exchange asks to slow down',
      { answers: { LOGIN: '{tag} BAD Request is throttled. Suggested Backoff Time: 20 milliseconds' } },
      'throttled',
    ],
    ['THROTTLED', { answers: { LOGIN: '{tag} NO [THROTTLED] Slow down' } }, 'throttled'],
    ['Gmail has enough connections', { answers: { LOGIN: '{tag} NO [ALERT] Too many simultaneous connections. (Failure)' } }, 'throttled'],
    ['a greeting that says no', { greeting: '* BYE Too many connections, come back later' }, 'throttled'],
    ['Exchange is out of order', { answers: { LOGIN: '{tag} NO [UNAVAILABLE] Server Unavailable. 15' } }, 'unavailable'],
    ['Dovecot cannot ask its database', { answers: { LOGIN: '{tag} NO [UNAVAILABLE] Temporary authentication failure.' } }, 'unavailable'],
    ['a greeting that says goodbye', { greeting: '* BYE Server shutting down' }, 'unavailable'],
  ] as [string, Script, string][])('is not mistaken for a wrong password: %s', async (_, script, code) => {
    expect(await failure(script)).toMatchObject({ code, message: expect.stringContaining('the next scan tries again') });
  });
});

describe('certificates', () => {
  const authority = issueCertificate({ names: ['Test authority'], authority: true });
  const tlsServers: Server[] = [];
  let dovecot: Dovecot | undefined;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'certificates-'));
    if (hasDovecot()) dovecot = await startDovecot();
  }, 30_000);
  afterAll(async () => {
    await dovecot?.stop();
    tlsServers.forEach((server) => server.close());
    rmSync(folder, { recursive: true });
  });

  const greeter = async (certificate: Certificate): Promise<number> => {
    const server = createServer(certificate, (socket) => socket.on('error', () => {}).end('* BYE Server shutting down\r\n'));
    tlsServers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as { port: number }).port;
  };

  test('that are self-signed are refused unless validation is switched off', async () => {
    const port = await greeter(issueCertificate());

    expect(await connectingTo(settings({ port }))).toMatchObject({
      code: 'certificateInvalid',
      message: expect.stringMatching(/self-signed.*switch off "Certificate validation"/),
    });
    expect(await connectingTo(settings({ port, validateCertificate: false }))).toMatchObject({ code: 'unavailable' });
  });

  test.skipIf(!hasDovecot())('are checked after STARTTLS too', async () => {
    const starttls = dovecot!.settings({ encryption: 'starttls', validateCertificate: true });

    expect(await connectingTo(starttls)).toMatchObject({ code: 'certificateInvalid' });
    await (await connectMailbox({ ...starttls, validateCertificate: false })).close();
  });

  test('that are expired, or made out to another host, are each named; one of a known authority is fine', async () => {
    const expired = await greeter(
      issueCertificate({ issuer: authority, notBefore: new Date('2020-01-01'), notAfter: new Date('2020-02-01') }),
    );
    const elsewhere = await greeter(issueCertificate({ issuer: authority, names: ['mail.example.org'] }));
    const fine = await greeter(issueCertificate({ issuer: authority }));
    // Node reads additional authorities at its start only, so this needs a process of its own.
    writeFileSync(join(folder, 'authority.pem'), authority.cert);
    const bundle = join(folder, 'connect.cjs');
    await build({
      entryPoints: ['server/services/mailbox/connect.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: bundle,
      packages: 'external',
      logLevel: 'error',
    });
    // A host whose address was looked up before is connected to by that address, and known by its name all the same.
    const named = { host: 'mail.example.org', address: '127.0.0.1', port: elsewhere };
    const targets = [
      { port: expired },
      { port: elsewhere },
      { port: fine },
      named,
      { ...named, protocol: 'pop3' },
      { ...named, host: 'mail.example.net' },
    ];
    const program = `
      const { connectMailbox } = require(${JSON.stringify(bundle)});
      Promise.all(${JSON.stringify(targets)}.map((target) => connectMailbox({ ...${JSON.stringify(settings())}, ...target }).catch(({ code, message }) => ({ code, message }))))
        .then((errors) => console.log(JSON.stringify(errors)));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem'), NODE_PATH: join(process.cwd(), 'node_modules') },
    });

    expect(JSON.parse(stdout)).toEqual([
      { code: 'certificateInvalid', message: expect.stringContaining('has expired') },
      { code: 'certificateInvalid', message: expect.stringContaining('another host name') },
      { code: 'unavailable', message: expect.any(String) },
      { code: 'unavailable', message: expect.any(String) },
      { code: 'protocol', message: expect.any(String) },
      { code: 'certificateInvalid', message: expect.stringContaining('another host name') },
    ]);
  }, 30_000);
});
