import { inEnglish, say } from '../../../shared/sentences/words';
import type { Ticket } from '../helpdesk/desk-records';
import { isWrittenByMachine } from '../message/reading/machines/written-by-machine';
import type { ActionContext } from './types';

/** More than people write to one ticket in an hour: two machines answer each other. */
const MOST_AN_HOUR = { fromSender: 20, inAll: 60 };

/** Who floods this ticket; null as long as it is a conversation. What an old mailbox holds is none, however fast it is read. */
export function floodOf({ message, desk, isRecent }: ActionContext, ticket: Ticket): { isNew: boolean } | null {
  if (!isRecent || isWrittenByMachine(message)) return null;
  const { fromSender, inAll } = desk.recentEmails(ticket, message.from?.address ?? '');
  if (fromSender < MOST_AN_HOUR.fromSender && inAll < MOST_AN_HOUR.inAll) return null;
  return { isNew: fromSender === MOST_AN_HOUR.fromSender || inAll === MOST_AN_HOUR.inAll };
}

/** The ticket says once why it does not open again. */
export function reportFlood({ message, desk, note }: ActionContext, ticket: Ticket, { isNew }: { isNew: boolean }): void {
  note(say('log.manyKept'));
  if (!isNew) return;
  const text = inEnglish(say('ticket.loop', { address: message.from?.address ?? 'nobody' }));
  desk.addComment(
    ticket,
    { text, visibleText: text, isPublic: false, source: 'api', authorName: 'Mail Scanner', isAutomatic: true },
    null,
    [],
  );
}
