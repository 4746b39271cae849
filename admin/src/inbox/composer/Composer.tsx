import { STATUS } from '../../../../shared/vocabulary';
import * as React from 'react';
import { useLocation } from 'react-router-dom';
import { Flex, TextButton, Typography } from '@strapi/design-system';
import { useFilledRepliesQuery } from '../../api/answering';
import type { Attachment, Comment, Ticket } from '../../api/tickets';
import { useTellSent, type ToUndo } from '../SentElsewhere';
import { Notice } from '../../shared/components/Notice';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { AbsentMentioned } from './AbsentMentioned';
import type { AnswerEditorHandle } from './AnswerEditor';
import { authorOf, kindOf } from '../conversation/MessageCard';
import { beginForward, ForwardFields } from './ForwardFields';
import { isEmptyHtml } from './html';
import { AnswerOnItsWay } from './AnswerOnItsWay';
import { DropZone } from '../../shared/helpdesk/FileInputs';
import { NewComments, OthersAnswering } from './Meanwhile';
import { MessageEditor } from './MessageEditor';
import { Recipients } from './Recipients';
import { SendBar } from './SendBar';
import { ShowDialog } from './ShowDialog';
import { useAnswerFiles } from './useAnswerFiles';
import { canSend, useAnswering, type MayDo } from './useAnswering';
import { isEmptyDraft, type ChangeDraft, type Draft } from './useDraft';
import { usePresence } from './usePresence';
import { WritingBox } from './WritingBox';

export interface ComposerHandle {
  write(kind: 'public' | 'internal'): void;
  /** Begins to forward a message, by default the customer's last one; or to answer one of people outside. */
  forward(comment?: Comment, isAnswer?: boolean): void;
  /** Asks what of a message of people outside is to be an answer to the customer. */
  show(comment: Comment): void;
  /** Takes an answer that is to be sent later back, to write it on. */
  takeBack(comment: Comment): void;
}

interface ComposerProps {
  ticket: Ticket;
  may: MayDo;
  /** On to the next ticket of the list that this one was opened from. */
  onNext?(): void;
  /** An answer to the customer is sent. */
  onAnswered(): void;
}

/** Where an answer or an internal note is written. */
export const Composer = React.forwardRef<ComposerHandle, ComposerProps>(function Composer({ ticket, may, onNext, onAnswered }, ref) {
  const text = useText();
  const { warn } = useFeedback();
  const tellSent = useTellSent();
  const { draft, change, isPublic, attachments, send, ...answering } = useAnswering(ticket, may);
  const [hasFocus, setHasFocus] = React.useState(false);
  const others = usePresence(ticket, hasFocus || !isEmptyDraft(draft));
  const editor = React.useRef<AnswerEditorHandle>(null);
  const files = useAnswerFiles({ limits: ticket.uploadLimits, draft, change, attachments, editor });
  const { data: replies = [] } = useFilledRepliesQuery(ticket.documentId);
  const [wantsFocus, setWantsFocus] = React.useState(false);
  const section = React.useRef<HTMLElement>(null);
  const submit = async (options?: Parameters<typeof send>[0]) => {
    if (files.isWaiting) return warn(text('compose.waitForFiles'));
    const sent = await send(options);
    if (!sent) return;
    // Out of the text, where single keys are shortcuts: "j" goes on to the next ticket.
    section.current?.focus({ preventScroll: true });
    if (!isPublic) return;
    tellSent(ticket, sent);
    onAnswered();
  };
  const beginWriting = (begun: Parameters<typeof change>[0] = {}) => {
    change(begun);
    section.current?.scrollIntoView({ block: 'center' });
    // It may still be on its way from the server.
    setWantsFocus(true);
    editor.current?.focus();
  };
  const undo = useTakingBack(ticket, answering, beginWriting);
  // After the dialog has given the focus back.
  const showing = useShowing(draft, change, answering.begun, () => setTimeout(beginWriting));

  const beginForwarding = (comment = ticket.comments.findLast((each) => kindOf(each) === 'customer'), isAnswer = false) => {
    change({ forward: beginForward(ticket, comment, isAnswer) });
    section.current?.scrollIntoView({ block: 'center' });
    if (isAnswer) editor.current?.focus();
  };
  React.useImperativeHandle(ref, () => ({
    write: (kind) => beginWriting({ isPublic: kind === 'public', forward: null }),
    forward: (comment, isAnswer) => may.reply && beginForwarding(comment, isAnswer),
    show: (comment) => may.reply && showing.begin(comment),
    takeBack: (comment) => void undo(comment),
  }));

  return (
    <>
      {answering.undoable && (
        <AnswerOnItsWay
          key={answering.undoable.documentId}
          ticket={ticket}
          comment={answering.undoable}
          isLoading={answering.isUndoing}
          onUndo={undo}
          onNext={onNext}
        />
      )}
      <DropZone onFiles={files.add}>
        <WritingBox
          ref={section}
          tabIndex={-1}
          aria-label={text('inbox.answer')}
          isPublic={isPublic}
          canReply={may.reply}
          publicLabel={text('inbox.reply')}
          onKind={(kind) => change({ isPublic: kind, forward: null })}
          isForward={draft.forward !== null}
          onForward={may.reply ? () => draft.forward ?? beginForwarding() : undefined}
          gap={3}
          onFocus={() => setHasFocus(true)}
          onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && setHasFocus(false)}
        >
          <Readers ticket={ticket} draft={draft} isPublic={isPublic} begun={answering.begun} onChange={change} />
          <OthersAnswering people={others} />
          <NewComments
            comments={answering.news}
            onRead={answering.haveRead}
            onSend={isEmptyDraft(draft) ? null : () => void submit({ force: true })}
            isSending={answering.isSending}
          />
          <MessageEditor
            editor={editor}
            files={files}
            attachments={attachments}
            canReply={may.reply}
            label={text(draft.forward ? 'forward.placeholder' : isPublic ? 'inbox.reply' : 'inbox.note')}
            placeholder={text(draft.forward ? 'forward.placeholder' : isPublic ? 'inbox.replyPlaceholder' : 'inbox.notePlaceholder')}
            html={draft.html}
            focusFirst={wantsFocus}
            onChange={(html) => change({ html })}
            ticketId={ticket.documentId}
            replies={replies}
            mentionsOn={isPublic || draft.forward ? undefined : ticket.documentId}
            onSend={({ shiftKey }) => void submit(shiftKey ? { after: STATUS.closed } : {})}
          >
            {!isPublic && <AbsentMentioned ticket={ticket.documentId} html={draft.html} />}
          </MessageEditor>
          <SendBar
            isPublic={isPublic}
            label={draft.forward ? text('forward.action') : undefined}
            canSetStatus={may.setStatus && !draft.forward}
            status={answering.status}
            disabled={!canSend(draft) || files.isWaiting}
            isSending={answering.isSending}
            onSend={(after) => void submit({ after })}
            onLater={isPublic ? (sendAt) => void submit({ sendAt }) : undefined}
            laterAt={answering.laterAt}
          />
        </WritingBox>
      </DropZone>
      {showing.dialog}
    </>
  );
});

/** Makes an answer of what people outside wrote: `begin` opens the dialog, `onBegun` is called when the answer is there to be written on. */
function useShowing(draft: Draft, change: ChangeDraft, begun: ReadersProps['begun'], onBegun: () => void) {
  const text = useText();
  const [comment, begin] = React.useState<Comment | null>(null);
  const { to, cc, bcc = [] } = draft.recipients ?? { ...begun, bcc: [] };
  const put = ({ html, attachments }: { html: string; attachments: Attachment[] }) => {
    const shows = { documentId: comment!.documentId, author: authorOf(comment!) || text('inbox.unknownAuthor') };
    change((now) => ({
      html: isEmptyHtml(now.html) ? html : `${now.html}${html}`,
      attachments: [...now.attachments, ...attachments],
      ...{ isPublic: true, forward: null, shows },
    }));
    begin(null);
    onBegun();
  };
  const dialog = comment && (
    <ShowDialog
      comment={comment}
      readers={[...to, ...cc, ...bcc]}
      isBegun={!isEmptyHtml(draft.html)}
      onShow={put}
      onClose={() => begin(null)}
    />
  );
  return { begin, dialog };
}

/** That the answer is not the agent's words alone. */
function ShownHere({ author, onDrop }: { author: string; onDrop(): void }) {
  const text = useText();
  return (
    <Notice variant="info">
      <Flex gap={4} wrap="wrap" justifyContent="space-between">
        <Typography textColor="neutral800">{text('show.inAnswer', { author })}</Typography>
        <TextButton onClick={onDrop}>{text('show.drop')}</TextButton>
      </Flex>
    </Notice>
  );
}

interface ReadersProps {
  ticket: Ticket;
  draft: Draft;
  isPublic: boolean;
  begun: React.ComponentProps<typeof Recipients>['begun'];
  onChange: ChangeDraft;
}

/** Its recipients, and beside that what is forwarded. */
function Readers({ ticket, draft, isPublic, begun, onChange }: ReadersProps) {
  const text = useText();
  if (draft.forward) return <ForwardFields ticket={ticket} forward={draft.forward} onChange={(forward) => onChange({ forward })} />;
  if (!isPublic) return <Typography textColor="neutral800">{`${text('inbox.noteHint')} ${text('notices.mentionHint')}`}</Typography>;
  return (
    <>
      {draft.shows && <ShownHere author={draft.shows.author} onDrop={() => onChange({ shows: null })} />}
      <Recipients
        ticketId={ticket.documentId}
        replyTo={ticket.replyTo}
        begun={begun}
        chosen={draft.recipients}
        onChange={(recipients) => onChange({ recipients })}
      />
    </>
  );
}

/** Takes an answer back, which is then written on. Who comes back to a ticket to do so has asked for it already. */
function useTakingBack(
  ticket: Ticket,
  { undoable, undo }: Pick<ReturnType<typeof useAnswering>, 'undoable' | 'undo'>,
  writeOn: () => void,
): (comment: Comment) => Promise<void> {
  const tellSent = useTellSent();
  const takeBack = async (comment: Comment) => {
    if (!(await undo(comment))) return;
    tellSent(ticket, null);
    // What came back stands in the editor then.
    setTimeout(writeOn);
  };
  const wanted = (useLocation().state as ToUndo | null)?.undo;
  const isDone = React.useRef(false);
  React.useEffect(() => {
    if (isDone.current || !wanted || undoable?.documentId !== wanted) return;
    isDone.current = true;
    void takeBack(undoable);
  });
  return takeBack;
}
