import type { ImapConnection } from './imap-connection';

/** What imapflow has for its own commands, and its types do not tell. */
interface Insides {
  exec?(command: string, attributes: unknown): Promise<{ next(): void }>;
  untaggedHandlers?: Record<string, () => Promise<void>>;
}

/**
 * Has the server tell of new messages in these folders, too, over the connection that idles on another one (RFC 5465): it then sends
 * their STATUS. Resolves with false where the server or the library cannot.
 */
export async function notifyOf(connection: ImapConnection, folders: string[], onNews: () => void): Promise<boolean> {
  const { client } = connection;
  const { exec, untaggedHandlers } = client as unknown as Insides;
  if (!client.capabilities.has('NOTIFY') || !exec || !untaggedHandlers) return false;
  const paths: string[] = [];
  for (const folder of folders) paths.push(await connection.pathOf(folder));
  // Dovecot 2.3.19 takes names in modified UTF-7, and then tells nothing of those folders.
  if (!paths.every((path) => /^[\x20-\x25\x27-\x7e]+$/.test(path))) return false;
  try {
    // What is not named is told no longer, so the selected folder is.
    const events = [atom('MessageNew'), atom('MessageExpunge')];
    const mailboxes = paths.map((path) => ({ type: 'STRING', value: path }));
    const attributes = [atom('SET'), [atom('SELECTED'), events], [atom('MAILBOXES'), mailboxes, events]];
    (await exec.call(client, 'NOTIFY', attributes)).next();
  } catch (error) {
    if (connection.refused(error)) return false;
    throw error;
  }
  untaggedHandlers.STATUS = async () => onNews();
  return true;
}

const atom = (value: string) => ({ type: 'ATOM', value });
