import { STATUS, STATUSES, type AfterAnswer, type TicketStatus } from '../../../../shared/vocabulary';
import * as React from 'react';
import { useIntl } from 'react-intl';
import { useNotifyAT } from '@strapi/design-system';
import { useAuth } from '@strapi/strapi/admin';
import { useAnswerMutation, useForwardMutation, useUndoAnswerMutation } from '../../api/answering';
import type { TakenBack } from '../../api/answering';
import type { Address, Attachment, Comment, Ticket } from '../../api/tickets';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { authorOf } from '../conversation/MessageCard';
import { textToHtml } from './html';
import type { ForwardDraft } from './ForwardFields';
import { attachmentsOf, isEmptyDraft, useDraft, wordsOf, type Draft } from './useDraft';

export const UNCHANGED = 'unchanged';
/** What a ticket becomes when it is answered: one of the plugin's statuses, or the documentId of one of the site's own. */
export type StatusAfter = TicketStatus | typeof UNCHANGED | (string & {});

export const isPlain = (status: StatusAfter): status is TicketStatus => (STATUSES as readonly string[]).includes(status);

/** What is chosen most. */
export const FIRST: StatusAfter[] = [STATUS.waiting, STATUS.closed, UNCHANGED];

const AFTER: Record<AfterAnswer, StatusAfter> = { wait: STATUS.waiting, close: STATUS.closed, keep: UNCHANGED };

interface SendOptions {
  /** Though others have written meanwhile. */
  force?: boolean;
  after?: StatusAfter;
  /** When it is to leave; left out: at once. */
  sendAt?: Date;
}

export interface MayDo {
  /** Without it, internal notes are all that can be written. */
  reply: boolean;
  setStatus: boolean;
  assign: boolean;
}

/** What is written on a ticket, how it is sent and how it is taken back. */
export function useAnswering(ticket: Ticket, may: MayDo) {
  const text = useText();
  const { success, failure } = useFeedback();
  const { notifyStatus } = useNotifyAT();
  const [draft, change, clear] = useDraft(ticket.documentId);
  /** What was chosen for an answer that was taken back; null: what the settings say. */
  const [chosen, setChosen] = React.useState<StatusAfter | null>(null);
  const [laterAt, setLaterAt] = React.useState<Date | null>(null);
  const { formatDate } = useIntl();
  const [seen, setSeen] = React.useState(() => ticket.comments.at(-1)?.documentId ?? null);
  const [answer, { isLoading: isSending }] = useAnswerMutation();
  const [forward, { isLoading: isForwarding }] = useForwardMutation();
  const [takeBack, { isLoading: isUndoing }] = useUndoAnswerMutation();
  const me = useAuth('MailScannerComposer', ({ user }) => String(user?.id));
  const begun = ticket.answerDefaults.replyTo === 'all' ? ticket.replyTo.all : ticket.replyTo.sender;
  /** Left out where the server would write to the same people anyway. */
  const recipients = draft.recipients ?? (isAlike(begun, ticket.replyTo) || begun.to.length === 0 ? null : begun);
  const isPublic = draft.isPublic && may.reply && !draft.forward;
  const status = isPublic ? (chosen ?? AFTER[ticket.answerDefaults.afterAnswer]) : UNCHANGED;
  const attachments = attachmentsOf(draft);

  /** Resolves with the answer when the server has accepted it. A refused answer stays in the editor. */
  const send = async ({ force = false, after = status, sendAt }: SendOptions = {}): Promise<Comment | null> => {
    if (!canSend(draft) || isSending || isForwarding) return null;
    const words = wordsOf(draft.html);
    if (draft.forward) {
      const sent = await forward({ id: ticket.documentId, data: { ...words, ...forwardOf(draft.forward, attachments), undoable: true } });
      if ('error' in sent) {
        failure(sent.error!);
        return null;
      }
      setSeen(sent.data.documentId);
      clear();
      return sent.data;
    }
    const data = {
      ...words,
      isPublic,
      attachments: attachments.map(({ documentId }) => documentId),
      undoable: !sendAt,
      ...(sendAt ? { sendAt: sendAt.toISOString() } : {}),
      ...(isPublic && recipients ? recipients : {}),
      ...(isPublic && draft.shows ? { shows: draft.shows.documentId } : {}),
      ...(after === UNCHANGED || !may.setStatus ? {} : isPlain(after) ? { ticketStatus: after } : { helpdeskStatus: after }),
      ...(isPublic && ticket.answerDefaults.takeOnAnswer && may.assign ? { take: true } : {}),
      ...(force ? {} : { lastSeen: seen }),
    };
    const sent = await answer({ id: ticket.documentId, data });
    if ('error' in sent) {
      // What the others wrote arrives with the refreshed ticket and is announced above the text.
      if ((sent.error as { status?: number }).status !== 409) failure(sent.error!);
      return null;
    }
    setSeen(sent.data.documentId);
    setChosen(null);
    clear();
    setLaterAt(null);
    if (sendAt) success(text('compose.laterDone', { when: formatDate(sendAt, { dateStyle: 'medium', timeStyle: 'short' }) }));
    // It stands right above what was written: for eyes that is enough, and a notification would cover the buttons of the header.
    else if (!isPublic) notifyStatus(text('inbox.noteAdded'));
    return sent.data;
  };

  /** Resolves with whether it can be written on. */
  const undo = async (comment: Comment): Promise<boolean> => {
    const undone = await takeBack(comment.documentId);
    if ('error' in undone) {
      failure(undone.error!);
      return false;
    }
    const taken = undone.data;
    setChosen(taken.helpdeskStatus ?? taken.ticketStatus ?? UNCHANGED);
    setLaterAt(taken.sendAt ? new Date(taken.sendAt) : null);
    const shown = ticket.comments.find(({ documentId }) => documentId === taken.shows);
    change((begun) => ({
      // Text that was written since follows the text that comes back.
      html: `${taken.html ?? textToHtml(taken.text ?? '')}${begun.html}`,
      ...(taken.forward
        ? { forward: { ...forwardFrom(taken), earlier: [] } }
        : { isPublic: true, forward: null, recipients: taken.to ? { to: taken.to, cc: taken.cc ?? [], bcc: taken.bcc ?? [] } : null }),
      attachments: [...taken.attachments, ...begun.attachments],
      ...(taken.shows ? { shows: { documentId: taken.shows, author: (shown && authorOf(shown)) || text('inbox.unknownAuthor') } } : {}),
    }));
    // The comment that was seen last is gone: everything before it had been read.
    setSeen(ticket.comments.filter(({ documentId }) => documentId !== comment.documentId).at(-1)?.documentId ?? null);
    return true;
  };

  return {
    draft,
    /** The recipients that an answer begins with. */
    begun,
    isPublic,
    change,
    /** What would be sent. */
    attachments,
    status,
    /** When an answer was to leave that was taken back. */
    laterAt,
    send,
    isSending: isSending || isForwarding,
    /** The last answer, while it can be taken back. */
    undoable: ticket.comments.findLast(({ user, delivery }) => (delivery?.undoSeconds ?? 0) > 0 && String(user?.id) === me) ?? null,
    undo,
    isUndoing,
    /** What others wrote after the last comment that this person has read; automatic messages do not count. */
    news: ticket.comments
      .slice(ticket.comments.findIndex(({ documentId }) => documentId === seen) + 1)
      .filter(({ isAutomatic, user }) => !isAutomatic && (!user || String(user.id) !== me)),
    haveRead: () => setSeen(ticket.comments.at(-1)?.documentId ?? null),
  };
}

/** Whether there is something to send, and somebody it is forwarded to. */
export const canSend = (draft: Draft): boolean =>
  draft.forward ? draft.forward.to.length > 0 && (draft.forward.comments.length > 0 || !isEmptyDraft(draft)) : !isEmptyDraft(draft);

const forwardOf = ({ to, cc, comments, attachments, answers, subject }: ForwardDraft, uploads: Attachment[]) => ({
  ...(subject?.trim() ? { subject: subject.trim() } : {}),
  ...{ to, cc, comments, answers },
  attachments: [...attachments, ...uploads.map(({ documentId }) => documentId)],
});

/** Files that were uploaded for it are uploads again. */
const forwardFrom = ({ forward, to, cc, attachments }: TakenBack) => ({
  to: to ?? [],
  cc: cc ?? [],
  comments: forward!.comments,
  answers: forward!.answers,
  subject: forward!.subject,
  attachments: forward!.attachments.filter((id) => !attachments.some(({ documentId }) => documentId === id)),
});

type People = { to: Address[]; cc: Address[] };

/** Whether two choices are the same people at the same places. */
function isAlike(one: People, other: People): boolean {
  const keyOf = (people: Address[]) =>
    people
      .map(({ address }) => address.toLowerCase())
      .sort()
      .join();
  return keyOf(one.to) === keyOf(other.to) && keyOf(one.cc) === keyOf(other.cc);
}
