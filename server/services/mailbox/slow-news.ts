import type { ImapFlow } from 'imapflow';

/** Servers that tell late of new email, or not at all, for the connection test. Seen on the servers themselves: docs/compatibility.md. */

/** What imapflow keeps of the greeting, and its types do not tell. */
type Told = Pick<ImapFlow, 'capabilities' | 'serverInfo'> & { greeting?: unknown };

interface SlowServer {
  is(client: Told): boolean;
  sentence: string;
}

export const POP3_NEWS = 'POP3 servers do not tell of new email. The scans find it: choose a short interval.';

const slowServers: SlowServer[] = [
  {
    is: ({ capabilities }) => !capabilities.has('IDLE'),
    sentence: 'This mail server does not tell of new email (it has no IDLE). The scans find it: choose a short interval.',
  },
  {
    is: ({ serverInfo }) => /cyrus/i.test(String(serverInfo?.name)),
    sentence:
      'Cyrus servers tell of new email up to a minute late, unless their administrator runs idled. Otherwise choose a short interval.',
  },
  {
    is: ({ capabilities, greeting }) => capabilities.has('ACL2=UNION') || /courier-imap/i.test(String(greeting)),
    sentence:
      'Courier servers tell of new email up to a minute late, unless their administrator has set IMAP_ENHANCEDIDLE=1. Otherwise choose a short interval.',
  },
  {
    // GNU Mailutils, which gives no name.
    is: ({ greeting }) => String(greeting) === 'IMAP4rev1',
    sentence: 'This mail server may tell of new email only when it is asked again. The scans find it: choose a short interval.',
  },
];

/** What an administrator should know of how soon this server tells of new email; null where it is prompt, as far as one can see. */
export const slowNewsOf = (client: ImapFlow): string | null => slowServers.find(({ is }) => is(client))?.sentence ?? null;
