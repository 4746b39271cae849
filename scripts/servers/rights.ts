import type { ImapFlow } from 'imapflow';

/** What of imapflow its types do not tell. */
interface Insides {
  exec(command: string, attributes: { type: string; value: string }[]): Promise<{ next(): void }>;
}

/** A user that a server knows, and IMAP sessions of theirs and of others. */
export interface UserSession {
  readonly user: string;
  imap(work: (client: ImapFlow) => Promise<unknown>, user?: string): Promise<unknown>;
}

/** Another user makes a folder and gives this one all rights to it (RFC 4314). */
export const giveRights = (session: UserSession, owner: string, folder: string): Promise<unknown> =>
  session.imap(async (client: ImapFlow) => {
    // Another check may have made it.
    await client.mailboxCreate(folder).catch(() => {});
    const words = [folder, session.user, 'lrswipkxte'].map((value) => ({ type: 'STRING', value }));
    (await (client as unknown as Insides).exec('SETACL', words)).next();
  }, owner);
