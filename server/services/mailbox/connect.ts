import { connectImap } from './imap';
import type { Mailbox, MailboxSettings } from './types';

const protocols: Record<MailboxSettings['protocol'], (settings: MailboxSettings) => Promise<Mailbox>> = {
  imap: connectImap,
  pop3: async () => {
    throw new Error('POP3 follows in pop3.ts');
  },
};

/** Connects and signs in. Throws a MailboxError whose message tells an administrator what to do; close() what you opened. */
export function connectMailbox(settings: MailboxSettings): Promise<Mailbox> {
  return protocols[settings.protocol](settings);
}
