import type { Lookups } from '../helpdesk/desk';
import { idOfMark } from '../helpdesk/thread-token';
import type { ScanContext } from './context';
import { correspondentsOf } from './correspondents';
import { prefixesOf } from '../settings/settings';
import { isRecent, type Item } from './item';
import { ownMarksIn } from './own-marks';
import { numbersInReport } from './report-numbers';

/** A thread of thousands names its start and its end; what lies between adds nothing. */
const MAX_REFERENCES = 20;

/** The possible authors of these messages: From as it was written, as it is read of a list's mail, and whose request each is. */
export const sendersOf = (scan: ScanContext, items: Item[]): string[] =>
  items
    .flatMap(({ parsed }) => [parsed.from?.address, parsed.list?.author?.address, correspondentsOf(scan, parsed).customer?.address])
    .filter((address): address is string => Boolean(address));

/** What rules and actions may look up about these messages, so that the desk finds it together. */
export function lookupsOf(scan: ScanContext, items: Item[]): Lookups {
  const { rules, settings } = scan;
  const ticketPrefixes = prefixesOf(settings);
  const messages = items.map(({ parsed }) => parsed);
  const actions = rules.flatMap((rule) => rule.actions);
  return {
    emails: sendersOf(scan, items),
    recentFrom: items
      .filter(isRecent)
      .flatMap(({ parsed: { from, list } }) => [from?.address, list?.author?.address])
      .filter((address): address is string => Boolean(address)),
    messageIds: messages.flatMap((message) => [
      ...(message.messageId ? [message.messageId] : []),
      ...message.inReplyTo.slice(-MAX_REFERENCES),
      ...message.references.slice(-MAX_REFERENCES),
      ...(message.references.length > MAX_REFERENCES ? [message.references[0]] : []),
      ...(message.bounce?.originalMessageIds ?? []),
      ...(message.marks ?? []).map(idOfMark),
      ...ownMarksIn(message),
    ]),
    ownIds: messages.flatMap(({ messageId }) => messageId ?? []),
    ticketNumbers: messages.flatMap((message) => [
      ...numbersInReport(message, ticketPrefixes),
      ...actions.flatMap(
        ({ action, config }) => action.lookups?.(message, config, settings.ticketPrefix, ticketPrefixes).ticketNumbers ?? [],
      ),
    ]),
  };
}
