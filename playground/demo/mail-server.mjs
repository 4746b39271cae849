import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import hoodiecrow from 'hoodiecrow-imap';
import { SMTPServer } from 'smtp-server';
import { fillNewMailbox } from './load-mails.mjs';
import { createSaver, loadMailboxes } from './mailbox-store.mjs';
import { HOST, IMAP_PORT, MAIL_FOLDER, PASSWORD, SMTP_PORT, SUPPORT_ADDRESS } from './settings.mjs';

/**
 * A mail server for people who have no mailbox at hand: IMAP and SMTP on this computer only. Every address of every
 * domain is local, so no mail ever leaves, and an address that gets its first mail gets a mailbox with it.
 */

const IMAP_PLUGINS = ['ID', 'NAMESPACE', 'IDLE', 'LITERALPLUS', 'UNSELECT', 'SPECIAL-USE', 'UIDPLUS', 'MOVE'];
/** Above the limit of a message that Mail Scanner reads, so that the limit can be tried out. */
const MAX_MESSAGE_BYTES = 80 * 1024 * 1024;
/** Changes made by IMAP are written down this much later; mail that comes in, before it is acknowledged. */
const SAVE_DELAY_MS = 100;

/**
 * Starts the server. Port 0 takes any free one. Rejects with one line that says what to do when a port is taken.
 *
 * @param {{ folder: string, imapPort: number, smtpPort: number }} options
 */
export async function startMailServer({ folder, imapPort, smtpPort }) {
  const accounts = createAccounts(folder);
  const imap = createImapFront(accounts);
  const smtp = createSmtpServer(accounts);
  const imapAt = await listen(imap.server, imapPort, 'IMAP');
  const smtpAt = await listen(smtp, smtpPort, 'SMTP').catch(async (error) => {
    await imap.close();
    throw error;
  });
  return {
    imapPort: imapAt,
    smtpPort: smtpAt,
    /** Makes sure that an address has a mailbox; tells whether it had none before this start. */
    open: (address) => accounts.open(address).isNew,
    /** Puts a message into an address's INBOX. */
    deliver: (address, source, receivedAt = new Date()) => accounts.deliver(address, source, receivedAt),
    close: async () => {
      await Promise.all([imap.close(), new Promise((resolve) => smtp.close(resolve))]);
      accounts.close();
    },
  };
}

/** The addresses that have a mailbox in this folder. */
export function addressesIn(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => decodeURIComponent(name));
}

// ---- Mailboxes

function createAccounts(folder) {
  mkdirSync(folder, { recursive: true });
  const accounts = new Map();

  function open(address) {
    const key = address.toLowerCase();
    if (!accounts.has(key)) accounts.set(key, openAccount(path.join(folder, encodeURIComponent(key))));
    return accounts.get(key);
  }
  addressesIn(folder).forEach(open);

  return {
    open,
    has: (address) => accounts.has(address.toLowerCase()),
    deliver(address, source, receivedAt) {
      const account = open(address);
      account.server.appendMessage('INBOX', [], receivedAt, toBinary(source));
      account.save();
    },
    close: () => accounts.forEach((account) => account.close()),
  };
}

/** hoodiecrow serves one mailbox for all its users, so every account is one that does not listen itself. */
function openAccount(folder) {
  const { isNew, storage, uidnextCache } = loadMailboxes(folder);
  const server = hoodiecrow({ plugins: IMAP_PLUGINS, storage });
  server.setMaxListeners(0);
  server.uidnextCache = uidnextCache;
  const save = createSaver(folder, server);
  save();
  let timer;
  // Any answer may be about a change; what changed nothing is not written.
  server.outputHandlers.push(() => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_DELAY_MS);
  });
  const close = () => {
    clearTimeout(timer);
    save();
  };
  return { isNew, server, save, close };
}

/** hoodiecrow keeps sources as strings of bytes, with the line ends of the network. */
function toBinary(source) {
  return Buffer.from(source).toString('latin1').replace(/\r?\n/g, '\r\n');
}

// ---- IMAP

/** Takes connections in, and hands each over to its account's server once it has logged in. */
function createImapFront(accounts) {
  const front = hoodiecrow({ plugins: IMAP_PLUGINS, users: usersOf(accounts), storage: { INBOX: {}, '': {} } });
  front.setMaxListeners(0);
  const login = front.getCommandHandler('LOGIN');
  front.setCommandHandler('LOGIN', (connection, parsed, data, done) =>
    login(connection, parsed, data, () => {
      if (connection.state === 'Authenticated') handOver(connection, front, accounts.open(parsed.attributes[0].value).server);
      done();
    }),
  );

  const sockets = new Set();
  front.server.on('connection', (socket) => {
    sockets.add(socket);
    // It answers in many small writes; with Nagle's algorithm each command would take 40 ms.
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
  });
  const close = () =>
    new Promise((resolve) => {
      front.server.close(resolve);
      sockets.forEach((socket) => socket.destroy());
    });
  return { server: front.server, close };
}

function handOver(connection, from, to) {
  from.removeListener('notify', connection._notificationCallback);
  to.on('notify', connection._notificationCallback);
  connection.server = to;
}

/** hoodiecrow looks users up by `hasOwnProperty(name)` and `[name]`; accounts come and go. */
function usersOf(accounts) {
  const known = (name) => typeof name === 'string' && accounts.has(name);
  return new Proxy(
    {},
    {
      get: (target, name) => (known(name) ? { password: PASSWORD } : target[name]),
      getOwnPropertyDescriptor: (_, name) =>
        known(name) ? { value: { password: PASSWORD }, configurable: true, enumerable: true } : undefined,
    },
  );
}

// ---- SMTP

function createSmtpServer(accounts) {
  return new SMTPServer({
    name: 'mail.demo.example',
    banner: 'Mail Scanner demo: no mail leaves this computer',
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: MAX_MESSAGE_BYTES,
    closeTimeout: 500,
    onAuth: ({ username, password }, _, done) =>
      password === PASSWORD ? done(null, { user: username }) : done(smtpError(535, '5.7.8 Wrong password')),
    onData(stream, { envelope }, done) {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(smtpError(552, '5.3.4 Message too big'));
        const sender = envelope.mailFrom ? envelope.mailFrom.address : '';
        try {
          for (const { address } of envelope.rcptTo) {
            accounts.deliver(address, Buffer.concat([Buffer.from(traceHeaders(sender, address)), ...chunks]), new Date());
          }
        } catch (error) {
          return done(smtpError(451, `4.3.0 ${error.message}`));
        }
        return done(null, `Delivered to ${envelope.rcptTo.length} mailbox(es)`);
      });
    },
  });
}

function smtpError(responseCode, message) {
  return Object.assign(new Error(message), { responseCode });
}

/** What a delivering server puts on top (RFC 5321 §4.4, RFC 8601). */
function traceHeaders(sender, recipient) {
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  const date = new Date().toUTCString().replace('GMT', '+0000');
  return [
    `Return-Path: <${sender}>`,
    `Delivered-To: ${recipient}`,
    `Received: from [127.0.0.1] by mail.demo.example with ESMTP for <${recipient}>; ${date}`,
    ...(domain ? [`Authentication-Results: mail.demo.example; spf=pass smtp.mailfrom=${domain}`] : []),
    '',
  ].join('\r\n');
}

// ---- Both

/** Resolves to the port that was taken. */
function listen(server, port, name) {
  return new Promise((resolve, reject) => {
    const failed = (error) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is taken. Choose another by DEMO_${name}_PORT, or stop what uses it.`)
          : error,
      );
    server.once('error', failed);
    server.listen(port, HOST, () => {
      server.removeListener('error', failed);
      const address = (server.server ?? server).address();
      resolve(address.port);
    });
  });
}

async function main() {
  const server = await startMailServer({ folder: MAIL_FOLDER, imapPort: IMAP_PORT, smtpPort: SMTP_PORT });
  const waiting = fillNewMailbox(server, SUPPORT_ADDRESS);
  console.log(`Mail server: IMAP ${HOST}:${server.imapPort}, SMTP ${HOST}:${server.smtpPort}, every password "${PASSWORD}"`);
  if (waiting > 0) console.log(`${waiting} emails wait in ${SUPPORT_ADDRESS}`);
  const stop = () => server.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
