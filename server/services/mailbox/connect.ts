import { connectImap } from './imap';
import { connectPop3 } from './pop3';
import type { Mailbox, MailboxSettings } from './types';

const protocols: Record<MailboxSettings['protocol'], (settings: MailboxSettings) => Promise<Mailbox>> = {
  imap: connectImap,
  pop3: (settings) => connectPop3(settings),
};

/** Connects and signs in. Throws a MailboxError whose message tells an administrator what to do; close() what you opened. */
export function connectMailbox(settings: MailboxSettings): Promise<Mailbox> {
  return protocols[settings.protocol](settings);
}
