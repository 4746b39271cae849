import type { ImapFlow } from 'imapflow';
import { type Said, say } from '../../../shared/sentences/words';

/** Servers that tell late of new email, or not at all, for the connection test. Seen on the servers themselves: docs/compatibility.md. */

/** What imapflow keeps of the greeting, and its types do not tell. */
type ServerTraits = Pick<ImapFlow, 'capabilities' | 'serverInfo'> & { greeting?: unknown };

interface SlowServer {
  is(client: ServerTraits): boolean;
  sentence: Said;
}

export const POP3_NEWS = say('mailbox.newsPop3');

const slowServers: SlowServer[] = [
  {
    is: ({ capabilities }) => !capabilities.has('IDLE'),
    sentence: say('mailbox.newsNoIdle'),
  },
  {
    is: ({ serverInfo }) => /cyrus/i.test(String(serverInfo?.name)),
    sentence: say('mailbox.newsCyrus'),
  },
  {
    is: ({ capabilities, greeting }) => capabilities.has('ACL2=UNION') || /courier-imap/i.test(String(greeting)),
    sentence: say('mailbox.newsCourier'),
  },
  {
    // GNU Mailutils, which gives no name.
    is: ({ greeting }) => String(greeting) === 'IMAP4rev1',
    sentence: say('mailbox.newsWhenAsked'),
  },
];

/** What an administrator should know of how soon this server tells of new email; null where it is prompt, as far as one can see. */
export const slowNewsOf = (client: ImapFlow): Said | null => slowServers.find(({ is }) => is(client))?.sentence ?? null;
