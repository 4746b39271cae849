import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hasDovecot, startDovecot, type DovecotOptions } from '../../../tests/support/dovecot';
import { NotHere } from '../packages';
import { giveRights } from '../rights';
import type { Kind, Running } from '../types';

/** One's own folders below `INBOX.`, and beside them those of everybody and those that other users share. */
const NAMESPACES = `
namespace inbox {
  prefix=INBOX.
}
namespace public {
  type=public
  separator=.
  prefix=Public.
  location=maildir:%h/../public
  list=children
  subscriptions=no
}
namespace others {
  type=shared
  separator=.
  prefix=user.%%u.
  location=maildir:%%h/../../mail/%%u
  list=children
  subscriptions=no
}
mail_plugins=$mail_plugins acl
protocol imap {
  mail_plugins=$mail_plugins acl imap_acl
}
plugin {
  acl=vfile
  acl_shared_dict=file:%h/../shared-mailboxes
}
`;

/** Dovecot as the tests have it, from the system. */
export async function startOwnDovecot(options: DovecotOptions): Promise<Running & { root: string }> {
  if (!hasDovecot()) throw new NotHere('Dovecot is not installed (apt-get install dovecot-imapd dovecot-pop3d)');
  const dovecot = await startDovecot(options);
  const version = execFileSync('dovecot', ['--version'], { encoding: 'utf8' }).split(' ')[0]!;
  return {
    version,
    protocol: 'imap',
    port: dovecot.imapPort,
    prefix: '',
    root: dovecot.root,
    kill: () => dovecot.halt(),
    start: () => dovecot.start(),
    remove: () => dovecot.stop(),
  };
}

/** Everybody may do everything with the folders of all. */
function openToAll(root: string): void {
  const folder = path.join(root, 'home/public');
  const file = path.join(folder, 'dovecot-acl');
  mkdirSync(folder);
  writeFileSync(file, 'anyone lrwstipekxa\n');
  const { uid, gid } = statSync(path.join(root, 'home'));
  for (const each of [folder, file]) chownSync(each, uid, gid);
}

export const kind: Kind = {
  title: 'Dovecot with INBOX., public and other users’ folders',
  async start() {
    const server = await startOwnDovecot({ separator: '.', config: NAMESPACES });
    openToAll(server.root);
    return {
      ...server,
      prefix: 'INBOX.',
      async share(stand) {
        await stand.imap((client) => client.mailboxCreate('Public.Requests'));
        await giveRights(stand, 'colleague', 'INBOX.Team');
        return ['Public.Requests', 'user.colleague.Team'];
      },
    };
  },
};
