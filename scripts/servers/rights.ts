import type { ImapFlow } from 'imapflow';
import type { Stand } from './stand';

/** What of imapflow its types do not tell. */
interface Insides {
  exec(command: string, attributes: { type: string; value: string }[]): Promise<{ next(): void }>;
}

/** Another user makes a folder and gives the stand's user all rights to it (RFC 4314). */
export const giveRights = (stand: Stand, owner: string, folder: string): Promise<void> =>
  stand.imap(async (client: ImapFlow) => {
    // Another check may have made it.
    await client.mailboxCreate(folder).catch(() => {});
    const words = [folder, stand.user, 'lrswipkxte'].map((value) => ({ type: 'STRING', value }));
    (await (client as unknown as Insides).exec('SETACL', words)).next();
  }, owner);
