import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { accepts, loopback } from '../../tests/support/mail-server';

/** Programs in the root folder of a server (packages.ts), and the accounts that they know there. */

/** Whoever runs a test signs in under a name of its own, so that no check sees another one's mail. All have the password `secret`. */
const SECRET_HASH = '$6$mailscanner$WobtbWKYOiBI9h5yCFYp3UPTxRbzo.7xIGU1XeyK2kyylUap11xaig7aJnntMrmfqh728Eo9QkEtGSkXDfN2B1';
export const MAIL_GID = 8;

/** Writes the accounts of the system and these users, whose passwords PAM checks under the given service names. */
export function giveAccounts(root: string, users: readonly string[], services: readonly string[], system: readonly string[] = []): void {
  const etc = (file: string, lines: string[]): void => writeFileSync(path.join(root, 'etc', file), `${lines.join('\n')}\n`);
  const homes = users.map((name, index) => ({ name, uid: 2000 + index }));
  const daemons = system.map((name, index) => ({ name, uid: systemUid(index) }));
  etc('passwd', [
    'root:x:0:0::/root:/bin/sh',
    `mail:x:${MAIL_GID}:${MAIL_GID}::/var/mail:/bin/false`,
    'nobody:x:65534:65534::/:/bin/false',
    ...daemons.map(({ name, uid }) => `${name}:x:${uid}:${MAIL_GID}::/var/lib/${name}:/bin/false`),
    ...homes.map(({ name, uid }) => `${name}:x:${uid}:${MAIL_GID}::/home/${name}:/bin/sh`),
  ]);
  etc('shadow', [
    ...['root', 'mail', ...system].map((name) => `${name}:*:19000:0:99999:7:::`),
    ...users.map((name) => `${name}:${SECRET_HASH}:19000:0:99999:7:::`),
  ]);
  etc('group', [
    'root:x:0:',
    `mail:x:${MAIL_GID}:`,
    'nogroup:x:65534:',
    'shadow:x:42:',
    ...daemons.map(({ name, uid }) => `${name}:x:${uid}:`),
  ]);
  etc('nsswitch.conf', ['passwd: files', 'group: files', 'shadow: files', 'hosts: files', 'services: files']);
  etc('hosts', [`${loopback} localhost`]);
  etc('services', ['smtp 25/tcp', 'pop3 110/tcp', 'imap2 143/tcp imap', 'sieve 4190/tcp', 'lmtp 24/tcp']);
  etc('shells', ['/bin/sh', '/bin/false']);
  mkdirSync(path.join(root, 'etc/pam.d'), { recursive: true });
  for (const service of [...services, 'other'])
    etc(`pam.d/${service}`, ['auth required pam_unix.so', 'account required pam_unix.so', 'session required pam_permit.so']);
  for (const { name, uid } of homes) {
    const home = path.join(root, 'home', name);
    mkdirSync(home, { recursive: true });
    chownSync(home, uid, MAIL_GID);
  }
}

/** Of the system accounts, in the order in which `giveAccounts` got them; the group of the same name has the same number. */
export const systemUid = (index: number): number => 900 + index;

export const uidOf = (users: readonly string[], user: string): number => 2000 + users.indexOf(user);

/** Runs a program to its end. */
export const runInside = (root: string, command: string[], input?: string): string =>
  execFileSync('chroot', [root, ...command], { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'] });

/** Ends at once what runs in this root folder, also what has left the group of its daemon, as Courier's does. */
export function killAllIn(root: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readlinkSync(`/proc/${pid}/root`) === root) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // gone meanwhile
    }
  }
}

/** A program that goes on until it is killed, with all that it has started. */
export class Daemon {
  readonly #child: ChildProcess;
  #output = '';

  constructor(root: string, command: string[], env: Record<string, string> = {}) {
    this.#child = spawn('chroot', [root, ...command], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...env },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (data) => (this.#output = `${this.#output}${data}`.slice(-2000)));
    process.once('exit', this.#kill);
  }

  readonly #kill = (): void => {
    try {
      process.kill(-this.#child.pid!, 'SIGKILL');
    } catch {
      // all gone already
    }
  };

  /** Ends it and its children at once, as a crash would. */
  async kill(): Promise<void> {
    process.removeListener('exit', this.#kill);
    const ended =
      this.#child.exitCode !== null || this.#child.signalCode !== null || new Promise((resolve) => this.#child.once('exit', resolve));
    this.#kill();
    await ended;
  }

  /** Resolves when it answers on this port. */
  async answers(port: number): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!(await accepts(port))) {
      if (Date.now() > deadline || this.#child.exitCode !== null) throw new Error(`It does not answer on port ${port}: ${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
