import { randomUUID } from 'node:crypto';
import { appendFileSync, chownSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MAIL_GID, uidOf } from './chroot';

/** What a program that delivers mail does: into a folder of files, or at the end of one file. */

export function makeMaildir(root: string, users: readonly string[], user: string): void {
  const folder = path.join(root, 'home', user, 'Maildir');
  for (const each of [folder, ...['tmp', 'new', 'cur'].map((name) => path.join(folder, name))]) {
    mkdirSync(each, { recursive: true });
    chownSync(each, uidOf(users, user), MAIL_GID);
  }
}

export function intoMaildir(root: string, users: readonly string[], user: string, sources: readonly string[]): void {
  const folder = path.join(root, 'home', user, 'Maildir');
  for (const source of sources) {
    const name = `${Math.floor(Date.now() / 1000)}.${randomUUID()}.test`;
    writeFileSync(path.join(folder, 'tmp', name), source.replaceAll('\r\n', '\n'));
    chownSync(path.join(folder, 'tmp', name), uidOf(users, user), MAIL_GID);
    renameSync(path.join(folder, 'tmp', name), path.join(folder, 'new', name));
  }
}

export function intoMbox(root: string, users: readonly string[], user: string, sources: readonly string[]): void {
  const file = path.join(root, 'var/mail', user);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o777 });
  const isNew = !existsSync(file);
  const asMbox = (source: string): string =>
    `From sender@example.com ${new Date().toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5 $4')}\n${source.replaceAll('\r\n', '\n').replace(/^From /gm, '>From ')}\n`;
  appendFileSync(file, sources.map(asMbox).join(''), { mode: 0o660 });
  if (isNew) chownSync(file, uidOf(users, user), MAIL_GID);
}
