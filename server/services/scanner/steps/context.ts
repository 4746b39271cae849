import type { Blockers } from '../../helpdesk/block-list';
import type { Desk } from '../../helpdesk/desk';
import { isNews } from '../../helpdesk/news';
import { wantsNoAnswer } from '../../message/reading/machines/wants-no-answer';
import { isWrittenByMachine } from '../../message/reading/machines/written-by-machine';
import type { RuleSubject } from '../../rule/types';
import { prefixesOf } from '../../settings/settings';
import type { ScanContext } from '../context';
import { isRecent, receivedAt, writtenAt, type Item } from '../item';
import type { KnownMessage, StepContext } from './types';
import type { Words } from '../../../../shared/sentences/words';

/** A sentence for the scan log. A function is asked when all is written: only then a new ticket has its number. */
export type Note = Words | (() => Words);

interface Given {
  desk: Desk;
  blockers: Blockers;
  known: KnownMessage | null;
  preview: boolean;
  notes: Note[];
}

/** What the steps and the actions of one message share. `notes` gets what they note. */
export function stepContext(scan: ScanContext, item: Item, { notes, ...given }: Given): StepContext {
  const context: StepContext = {
    strapi: scan.strapi,
    scan,
    item,
    message: item.parsed,
    customer: null,
    customerFrom: 'sender',
    isOurs: false,
    isByColleague: false,
    receivedAt: receivedAt(item),
    writtenAt: writtenAt(item),
    isRecent: isRecent(item),
    source: sourceReader(item),
    folder: item.folder,
    scanner: scan.scanner,
    rule: '',
    ruleId: '',
    fill: (text) => text,
    ownAddresses: scan.ownAddresses,
    agents: scan.agents,
    ticketPrefix: scan.settings.ticketPrefix,
    ticketPrefixes: prefixesOf(scan.settings),
    maxNewTicketsPerHour: scan.settings.maxNewTicketsPerHour,
    contact: null,
    ticket: null,
    comment: null,
    note: (sentence) => void notes.push(sentence),
    isTimed: false,
    isNews: isNews(receivedAt(item)),
    mayAnswer: () => mayBeAnswered(context),
    // Last, as in message/parse.ts.
    ...given,
  };
  return context;
}

/** What was written that long ago has been moved here from another mailbox, whenever it came in. */
const OLDEST_ANSWERED_MS = 48 * 3_600_000;

/** As for a confirmation (confirm-arrivals.ts): only who wrote it gets an answer by itself, and soon or not at all. */
function mayBeAnswered({ isOurs, customerFrom, isRecent, message }: StepContext): boolean {
  const isTheirs = !isOurs && (customerFrom === 'sender' || customerFrom === 'replyTo');
  const isFresh = isRecent && (message.date === null || Date.now() - new Date(message.date).getTime() < OLDEST_ANSWERED_MS);
  return isTheirs && isFresh && !wantsNoAnswer(message);
}

/** What the conditions look at. */
export function subjectOf(item: Item): RuleSubject {
  const { parsed } = item;
  return {
    from: parsed.from,
    to: parsed.to,
    cc: parsed.cc,
    bcc: parsed.bcc,
    replyTo: parsed.replyTo,
    subject: parsed.subject,
    text: parsed.text,
    source: sourceReader(item),
    headers: parsed.headers,
    attachmentNames: parsed.attachments.filter(({ inline }) => !inline).map(({ name }) => name),
    size: parsed.size,
    date: parsed.date ?? item.ref.receivedAt,
    folder: item.folder,
    isAutomatic: isWrittenByMachine(parsed),
    verified: parsed.identity === 'proven',
  };
}

/** Searching a whole source stops after this many bytes. */
const MAX_SEARCHED_BYTES = 256 * 1024;

function sourceReader({ source }: Item): () => string {
  let text: string | undefined;
  return () =>
    (text ??= Buffer.from(source.buffer, source.byteOffset, Math.min(source.byteLength, MAX_SEARCHED_BYTES))
      .toString('utf8')
      .replaceAll('\0', ''));
}
