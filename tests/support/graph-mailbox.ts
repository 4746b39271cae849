import type { FakeGraph } from './fake-graph';
import type { AppendOptions, StoredMessage } from './mail-server';

/** A mailbox of the stand-in for Microsoft Graph, as the tests of mail servers know one. */
export function graphMailbox(graph: FakeGraph, address: string) {
  const stored = () => graph.mailboxes.get(address)!;
  const appendAll = async (folder: string, sources: Iterable<string | Uint8Array>, { flags = [], date }: AppendOptions = {}) => {
    const key = graph.folderOf(address, folder);
    for (const source of sources)
      await graph.arrive(address, source, { folder: key, isRead: flags.includes('\\Seen'), ...(date ? { receivedAt: date } : {}) });
  };
  return {
    /** What stands in the place of a server. */
    settings: () => ({ host: 'graph.microsoft.com', port: 443, username: address }),
    appendAll,
    append: (folder: string, source: string | Uint8Array, options?: AppendOptions) => appendAll(folder, [source], options),
    createFolder: async (folder: string) => void graph.folderOf(address, folder),
    async removeFolder(folder: string) {
      const key = graph.folderOf(address, folder);
      const mailbox = stored();
      mailbox.folders = mailbox.folders.filter((each) => each.key !== key);
      mailbox.messages = mailbox.messages.filter((message) => message.folder !== key);
    },
    /** With INBOX for the inbox, names of folders below others apart. */
    folders: async () => stored().folders.map(({ key, displayName }) => (key === 'inbox' ? 'INBOX' : displayName)),
    async messages(folder: string): Promise<StoredMessage[]> {
      const key = graph.folderOf(address, folder);
      return stored()
        .messages.filter((message) => message.folder === key)
        .map(({ isRead, receivedAt, mime }, index) => ({
          uid: index + 1,
          flags: isRead ? ['\\Seen'] : [],
          receivedAt,
          source: mime.toString('utf8'),
        }));
    },
  };
}
