import type { Mailbox, MailboxEffect, MessageEffects } from '../mailbox/types';

/** `junk`: moved to the folder that the mailbox has for junk mail; which one that is, is known where it is opened. */
export type DecidedEffect = MailboxEffect | { type: 'junk' };

/** What is to be done with one message, as the ledger keeps it. */
export interface DecidedEffects extends Omit<MessageEffects, 'effects'> {
  effects: DecidedEffect[];
}

/** RFC 6154. Servers without it have folders of well-known names, which imapflow recognises; Graph has one of its own; POP3 has none. */
const JUNK = '\\Junk';

/** The same as a mailbox does it. Where it has no folder for junk mail, the message stays where it is. Throws a MailboxError. */
export async function withJunkFolder(mailbox: Mailbox, messages: DecidedEffects[]): Promise<MessageEffects[]> {
  const isForJunk = messages.some(({ effects }) => effects.some(({ type }) => type === 'junk'));
  const junk = isForJunk ? (await mailbox.folders()).find(({ specialUse, selectable }) => specialUse === JUNK && selectable) : undefined;
  const asDone = (effect: DecidedEffect): MailboxEffect[] => {
    if (effect.type !== 'junk') return [effect];
    return junk ? [{ type: 'move', folder: junk.path }] : [];
  };
  return messages.map(({ uid, effects }) => ({ uid, effects: effects.flatMap(asDone) }));
}
