import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

import { issueCertificate, type Certificate } from './certificates';
import { accepts, freePort, imapFace, loopback, testPassword, type TestMailServer } from './mail-server';

const binary = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/usr/bin/dovecot'].find((path) => existsSync(path));

/** Whether Dovecot is installed. Tests that need it skip without it, and say so in one line. */
export function hasDovecot(): boolean {
  if (!binary && !told) console.log('Dovecot is not installed (apt-get install dovecot-imapd dovecot-pop3d): its tests are skipped.');
  told = true;
  return binary !== undefined;
}
let told = false;

export interface DovecotOptions {
  /** Replaces what the server announces (`imap_capability`), to play an older one. */
  capability?: string;
  certificate?: Certificate;
  /** Between the levels of folder names; `/` unless told otherwise. */
  separator?: string;
  /** Lines for the end of the configuration. */
  config?: string;
  /** Answers for `passdb` in place of "any name with the password `secret`". */
  passdb?: string;
}

export interface Dovecot extends TestMailServer {
  pop3Port: number;
  pop3sPort: number;
  /** Folder of the configuration, the log and the mail. */
  root: string;
  certificate: Certificate;
  /** Ends the server and starts it again on the same ports, with the same mail. */
  restart(): Promise<void>;
  /** Ends the server and keeps its mail, so that `start` can go on with it. */
  halt(): Promise<void>;
  start(): Promise<void>;
  log(): string;
}

/** Starts a Dovecot (2.3) of one's own: a temporary folder, free ports, a certificate made now. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  try {
    return await startOnFreePorts(options);
  } catch (error) {
    // Another program was quicker with a port that was free a moment ago.
    if (!String(error).includes('Address already in use')) throw error;
    return startOnFreePorts(options);
  }
}

async function startOnFreePorts(options: DovecotOptions): Promise<Dovecot> {
  if (!binary) throw new Error('Dovecot is not installed.');
  const root = mkdtempSync(join(tmpdir(), 'dovecot-'));
  // A port that is free may be handed out twice.
  const ports = new Set<number>();
  while (ports.size < 4) ports.add(await freePort());
  const [imapPort, imapsPort, pop3Port, pop3sPort] = ports;
  const certificate = options.certificate ?? issueCertificate();
  const owner = prepareFolders(root);
  writeFileSync(join(root, 'cert.pem'), certificate.cert);
  writeFileSync(join(root, 'key.pem'), certificate.key, { mode: 0o600 });
  const config = join(root, 'dovecot.conf');
  writeFileSync(config, configuration({ root, owner, imapPort, imapsPort, pop3Port, pop3sPort, options }));

  // A group of its own, so that the processes of signed-in users, which outlive the master, go with it.
  let child: ChildProcess | undefined;
  const signal = (name: NodeJS.Signals): void => {
    try {
      if (child?.pid) process.kill(-child.pid, name);
    } catch {
      // all gone already
    }
  };
  const killNow = (): void => signal('SIGKILL');
  const start = async (): Promise<void> => {
    // What goes wrong before it has opened its log.
    const stderr = openSync(join(root, 'stderr'), 'a');
    child = spawn(binary, ['-F', '-c', config], { stdio: ['ignore', 'ignore', stderr], detached: true });
    closeSync(stderr);
    process.once('exit', killNow);
    await Promise.race([answering([imapPort, imapsPort, pop3Port, pop3sPort]), died(child, root)]);
  };
  const end = async (name: NodeJS.Signals): Promise<void> => {
    process.removeListener('exit', killNow);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    signal(name);
    await ended;
    signal('SIGKILL');
    child = undefined;
  };
  await start();
  return {
    ...imapFace({ imapPort, imapsPort }),
    name: 'Dovecot',
    pop3Port,
    pop3sPort,
    root,
    certificate,
    log: () => readLog(root),
    start,
    halt: () => end('SIGTERM'),
    restart: async () => {
      await end('SIGTERM');
      await start();
    },
    stop: async () => {
      await end('SIGKILL');
      rmSync(root, { recursive: true, force: true });
    },
  };
}

interface Owner {
  uid: number;
  gid: number;
  user: string;
  root: boolean;
}

/** Mail belongs to the user `mail` where root may hand it over, else to whoever runs the tests. */
function prepareFolders(root: string): Owner {
  const { uid, gid, username } = userInfo();
  const owner = uid === 0 ? { uid: 8, gid: 8, user: 'mail', root: true } : { uid, gid, user: username, root: false };
  for (const name of ['mail', 'home']) {
    mkdirSync(join(root, name));
    if (owner.root) chownSync(join(root, name), owner.uid, owner.gid);
  }
  if (owner.root) chownSync(root, owner.uid, owner.gid);
  return owner;
}

interface Configuration {
  root: string;
  owner: Owner;
  imapPort: number;
  imapsPort: number;
  pop3Port: number;
  pop3sPort: number;
  options: DovecotOptions;
}

function configuration({ root, owner, imapPort, imapsPort, pop3Port, pop3sPort, options }: Configuration): string {
  const users = owner.root
    ? ''
    : `default_internal_user=${owner.user}\ndefault_internal_group=${execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()}\ndefault_login_user=${owner.user}\n`;
  // Without root there is no chroot.
  const unrooted = owner.root ? '' : 'chroot=\n';
  return `
base_dir=${root}/run
state_dir=${root}/state
log_path=${root}/log
instance_name=${root.split('/').pop()}
protocols=imap pop3
listen=${loopback}
ssl=yes
ssl_cert=<${root}/cert.pem
ssl_key=<${root}/key.pem
disable_plaintext_auth=no
auth_mechanisms=plain login xoauth2
auth_failure_delay=0
mail_location=maildir:${root}/mail/%u
mail_fsync=never
first_valid_uid=0
mail_max_userip_connections=50
shutdown_clients=yes
pop3_uidl_format=%g
${users}${options.capability ? `imap_capability=${options.capability}` : ''}
${
  options.passdb ??
  `passdb {
 driver=static
 args=password=${testPassword}
}`
}
namespace inbox {
  inbox=yes
  separator=${options.separator ?? '/'}
  mailbox Sent {
    special_use=\\Sent
    auto=subscribe
  }
  mailbox Trash {
    special_use=\\Trash
    auto=subscribe
  }
}
userdb {
 driver=static
 args=uid=${owner.uid} gid=${owner.gid} home=${root}/home/%u
}
service anvil {
  ${unrooted}
  unix_listener anvil-auth-penalty {
    mode=0
  }
}
service imap-login {
  ${unrooted}
  inet_listener imap {
    port=${imapPort}
  }
  inet_listener imaps {
    port=${imapsPort}
  }
}
service pop3-login {
  ${unrooted}
  inet_listener pop3 {
    port=${pop3Port}
  }
  inet_listener pop3s {
    port=${pop3sPort}
  }
}
${options.config ?? ''}
`;
}

/** Resolves when every port accepts connections. */
async function answering(ports: number[]): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (const port of ports) {
    while (!(await accepts(port))) {
      if (Date.now() > deadline) throw new Error(`Dovecot does not answer on port ${port}.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

const died = (child: ChildProcess, root: string): Promise<never> =>
  new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Dovecot ended with code ${code}: ${readLog(root)}`)));
  });

function readLog(root: string): string {
  const files = ['stderr', 'log'].map((name) => join(root, name)).filter(existsSync);
  return files.map((file) => readFileSync(file, 'utf8')).join('');
}
