import type { Protocol } from '../../../shared/vocabulary';
import { connectImap } from './imap';
import { connectPop3 } from './pop3';
import type { Mailbox, MailboxSettings } from './types';

/**
 * What positions are worth. `exact`: behind one lies all that came after it, and nothing else. `about`: what lay there already may lie
 * behind one, too. `none`: all is listed whatever the position. Where they are not exact, the ledger has to know what lay there.
 */
type PositionKind = 'exact' | 'about' | 'none';

interface ProtocolTraits {
  positions: PositionKind;
  /** How it is listened to: it tells of new messages while one waits, or is asked every few seconds; null: not at all. */
  listens: 'waiting' | 'asking' | null;
  /** Effects are in place when `apply` returns, so that they can be asked for between two fetches; else each round costs a session. */
  appliesAtOnce: boolean;
}

const TRAITS: Record<Protocol, ProtocolTraits> = {
  imap: { positions: 'exact', listens: 'waiting', appliesAtOnce: true },
  pop3: { positions: 'none', listens: null, appliesAtOnce: false },
  graph: { positions: 'about', listens: 'asking', appliesAtOnce: true },
};

export const traitsOf = (protocol: Protocol): ProtocolTraits => TRAITS[protocol];

const protocols: Record<MailboxSettings['protocol'], (settings: MailboxSettings) => Promise<Mailbox>> = {
  imap: connectImap,
  pop3: (settings) => connectPop3(settings),
};

/** Connects to a mail server and signs in. Throws a MailboxError whose message tells an administrator what to do; close() what you opened. */
export function connectMailbox(settings: MailboxSettings): Promise<Mailbox> {
  return protocols[settings.protocol](settings);
}
