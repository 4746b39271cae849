import { hasDovecot, startDovecot } from './dovecot';
import { startGraphDesk } from './graph-desk';
import { startHoodiecrow } from './hoodiecrow';
import type { TestMailbox } from './mail-server';

/** What mailboxes are read by, for tests of what holds for all of them: `describe.each(MAILBOXES)('… ($name)', ({ start }) => …)`. */
interface KindOfMailbox {
  name: string;
  /** One of its own, for one test file. */
  start(): Promise<TestMailbox>;
  /** No release left databases in which a scanner of this kind has no beginning. */
  isLate?: true;
  /** What leads a scanner away from it, and the code of the error. */
  away: { settings: Record<string, unknown>; code: string };
}

const IMAP_AWAY = { settings: { port: 9 }, code: 'connectionRefused' };

export const GRAPH: KindOfMailbox = {
  name: 'Microsoft Graph',
  start: async () => (await startGraphDesk('support@example.com')).box,
  isLate: true,
  away: { settings: { mailboxName: 'nobody@example.com' }, code: 'noAccess' },
};

const HOODIECROW: KindOfMailbox = { name: 'IMAP on hoodiecrow', start: startHoodiecrow, away: IMAP_AWAY };
const DOVECOT: KindOfMailbox[] = hasDovecot() ? [{ name: 'IMAP on Dovecot', start: () => startDovecot(), away: IMAP_AWAY }] : [];

export const MAILBOXES: KindOfMailbox[] = [HOODIECROW, ...DOVECOT, GRAPH];
/** Where IMAP on one server is enough. */
export const FEW_MAILBOXES: KindOfMailbox[] = [DOVECOT[0] ?? HOODIECROW, GRAPH];
