import { uidOf } from '../../server/services/mailbox/graph-uid';
import type { FakeGraph } from './fake-graph';
import type { AppendOptions, StoredMessage, TestMailbox } from './mail-server';

/** A mailbox of the stand-in for Microsoft Graph, as tests of scanning know one. */
export function graphMailbox(graph: FakeGraph, address: string): Omit<TestMailbox, 'name' | 'connection' | 'stop'> {
  const stored = () => graph.mailboxes.get(address)!;
  const appendAll = async (folder: string, sources: Iterable<string | Uint8Array>, { flags = [], date }: AppendOptions = {}) => {
    const key = graph.folderOf(address, folder);
    for (const source of sources)
      await graph.arrive(address, source, { folder: key, isRead: flags.includes('\\Seen'), ...(date ? { receivedAt: date } : {}) });
  };
  return {
    appendAll,
    append: (folder: string, source: string | Uint8Array, options?: AppendOptions) => appendAll(folder, [source], options),
    createFolder: async (folder: string) => void graph.folderOf(address, folder),
    async removeFolder(folder: string) {
      const key = graph.folderOf(address, folder);
      const mailbox = stored();
      mailbox.folders = mailbox.folders.filter((each) => each.key !== key);
      mailbox.messages = mailbox.messages.filter((message) => message.folder !== key);
    },
    async markAllUnread(folder: string) {
      const key = graph.folderOf(address, folder);
      for (const message of stored().messages.filter((each) => each.folder === key && each.isRead)) {
        message.isRead = false;
        graph.note(stored(), message, 'updated');
      }
    },
    /** With INBOX for the inbox, names of folders below others apart. */
    folders: async () => stored().folders.map(({ key, displayName }) => (key === 'inbox' ? 'INBOX' : displayName)),
    async messages(folder: string): Promise<StoredMessage[]> {
      const key = graph.folderOf(address, folder);
      return stored()
        .messages.filter((message) => message.folder === key)
        .map(({ isRead, receivedAt, mime, immutableId }, index) => ({
          uid: index + 1,
          ref: uidOf(receivedAt, immutableId),
          flags: isRead ? ['\\Seen'] : [],
          receivedAt,
          source: mime.toString('utf8'),
        }));
    },
  };
}
