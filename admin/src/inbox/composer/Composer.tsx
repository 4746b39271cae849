import * as React from 'react';
import { Box, Button, Flex, Loader, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { Lock, PaperPlane } from '@strapi/icons';
import { useFilledRepliesQuery, type FilledReply } from '../api/answering';
import { STATUSES, useTicketQuery, type Agent, type Comment, type Ticket, type TicketStatus } from '../api/tickets';
import { nameOfAgent } from '../../shared/helpdesk/names';
import { Notice } from '../../shared/components/Notice';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import type { AnswerEditorHandle } from './AnswerEditor';
import { CannedReplyMenu } from './CannedReplyMenu';
import { AttachButton, DropZone } from './FileInputs';
import { Recipients } from './Recipients';
import { UndoBar } from './UndoBar';
import { UploadList } from './UploadList';
import { UNCHANGED, useAnswering } from './useAnswering';
import { isEmptyDraft } from './useDraft';
import { usePictures, widthOf } from './usePictures';
import { usePresence } from './usePresence';
import { useUploads } from './useUploads';

/** Apart, because it weighs more than all the rest. */
const AnswerEditor = React.lazy(() => import('./AnswerEditor').then((module) => ({ default: module.AnswerEditor })));

export interface ComposerHandle {
  write(kind: 'public' | 'internal'): void;
}

interface ComposerProps {
  ticket: Ticket;
  canSetStatus: boolean;
  /** Without it, internal notes are all that can be written. */
  canReply: boolean;
  /** On to the next ticket of the list that this one was opened from. */
  onNext?(): void;
}

/** Where an answer or an internal note is written. Which of the two it is can be seen before reading a word. */
export const Composer = React.forwardRef<ComposerHandle, ComposerProps>(function Composer({ ticket, canSetStatus, canReply, onNext }, ref) {
  const text = useText();
  const { warn } = useFeedback();
  const { draft, change, isPublic, attachments, send, ...answering } = useAnswering(ticket, canReply);
  const uploads = useUploads({
    limits: ticket.uploadLimits,
    attachments,
    onAdded: (attachment) => change((now) => ({ attachments: [...now.attachments, attachment] })),
    onRemoved: ({ documentId }) => change((now) => ({ attachments: now.attachments.filter((other) => other.documentId !== documentId) })),
  });
  const { data: replies = [] } = useFilledRepliesQuery(ticket.documentId);
  const [hasFocus, setHasFocus] = React.useState(false);
  const others = usePresence(ticket, hasFocus || !isEmptyDraft(draft));
  const pictures = usePictures(draft.attachments);
  const editor = React.useRef<AnswerEditorHandle>(null);
  const [wantsFocus, setWantsFocus] = React.useState(false);
  const section = React.useRef<HTMLElement>(null);
  const isWaiting = uploads.pending.length > 0;
  const submit = async (options?: { force: boolean }) => {
    if (isWaiting) return warn(text('compose.waitForFiles'));
    // Out of the text, where single keys are shortcuts: "j" goes on to the next ticket.
    if (await send(options)) section.current?.focus({ preventScroll: true });
  };

  React.useImperativeHandle(ref, () => ({
    write: (kind) => {
      change({ isPublic: kind === 'public' });
      section.current?.scrollIntoView({ block: 'center' });
      // It may still be on its way from the server.
      setWantsFocus(true);
      editor.current?.focus();
    },
  }));

  const addPictures = (files: File[]) => {
    const isPicture = ({ type }: File) => /^image\/(png|jpeg|gif|webp)$/.test(type);
    uploads.add(files.filter(isPicture), {
      inline: true,
      then: async (picture, file) => {
        pictures.keep(picture, file);
        editor.current?.insertPicture(picture, await widthOf(file));
      },
    });
    uploads.add(files.filter((file) => !isPicture(file)));
  };
  const warnOfTags = ({ unknownTags }: FilledReply) =>
    unknownTags.length > 0 && warn(text('template.unknownTags', { tags: unknownTags.join(', ') }));
  const insertReply = (reply: FilledReply) => {
    editor.current?.insertHtml(reply.html);
    warnOfTags(reply);
  };

  return (
    <>
      {answering.undoable && (
        <AnswerOnItsWay
          key={answering.undoable.documentId}
          ticket={ticket}
          comment={answering.undoable}
          isLoading={answering.isUndoing}
          onUndo={answering.undo}
          onNext={onNext}
        />
      )}
      <DropZone onFiles={(files) => uploads.add(files)}>
        <Box
          ref={section}
          tag="section"
          tabIndex={-1}
          aria-label={text('inbox.answer')}
          data-kind={isPublic ? 'public' : 'internal'}
          background={isPublic ? 'neutral0' : 'warning100'}
          borderColor={isPublic ? 'primary600' : 'warning500'}
          borderStyle={isPublic ? 'solid' : 'dashed'}
          borderWidth="2px"
          hasRadius
          padding={4}
          onFocus={() => setHasFocus(true)}
          onBlur={({ currentTarget, relatedTarget }: React.FocusEvent) => !currentTarget.contains(relatedTarget) && setHasFocus(false)}
        >
          <Flex direction="column" alignItems="stretch" gap={3}>
            <KindButtons isPublic={isPublic} canReply={canReply} onChange={(kind) => change({ isPublic: kind })} />
            {isPublic ? (
              <Recipients replyTo={ticket.replyTo} chosen={draft.recipients} onChange={(recipients) => change({ recipients })} />
            ) : (
              <Typography textColor="neutral800">{text('inbox.noteHint')}</Typography>
            )}
            {others.length > 0 && <Others people={others} />}
            {answering.news.length > 0 && (
              <News
                comments={answering.news}
                onRead={answering.haveRead}
                onSend={isEmptyDraft(draft) ? null : () => void submit({ force: true })}
                isSending={answering.isSending}
              />
            )}
            <React.Suspense fallback={<Loader>{text('common.loading')}</Loader>}>
              <AnswerEditor
                ref={editor}
                label={text(isPublic ? 'inbox.reply' : 'inbox.note')}
                placeholder={text(isPublic ? 'inbox.replyPlaceholder' : 'inbox.notePlaceholder')}
                html={draft.html}
                focusFirst={wantsFocus}
                onChange={(html) => change({ html })}
                replies={replies}
                onReply={warnOfTags}
                onPastedFiles={addPictures}
                loadPicture={pictures.load}
                onSend={() => void submit()}
              >
                <Flex gap={2} wrap="wrap">
                  <CannedReplyMenu replies={replies} onPick={insertReply} />
                  <AttachButton onFiles={(files) => uploads.add(files)} />
                </Flex>
              </AnswerEditor>
            </React.Suspense>
            <UploadList attachments={attachments.filter(({ inline }) => !inline)} pending={uploads.pending} onRemove={uploads.remove} />
            <Flex gap={2} justifyContent="flex-end" wrap="wrap">
              {canSetStatus && <StatusChoice status={answering.status} onChange={answering.setStatus} />}
              <Button
                size="S"
                variant={isPublic ? 'default' : 'secondary'}
                startIcon={isPublic ? <PaperPlane /> : <Lock />}
                disabled={isEmptyDraft(draft) || isWaiting}
                loading={answering.isSending}
                onClick={() => void submit()}
              >
                {text(isPublic ? 'inbox.sendReply' : 'inbox.addNote')}
              </Button>
            </Flex>
          </Flex>
        </Box>
      </DropZone>
    </>
  );
});

function KindButtons({ isPublic, canReply, onChange }: { isPublic: boolean; canReply: boolean; onChange(isPublic: boolean): void }) {
  const text = useText();
  return (
    <Flex gap={2} wrap="wrap" role="group" aria-label={text('inbox.who')}>
      {canReply && (
        <Button
          size="S"
          variant={isPublic ? 'default' : 'tertiary'}
          aria-pressed={isPublic}
          startIcon={<PaperPlane />}
          onClick={() => onChange(true)}
        >
          {text('inbox.reply')}
        </Button>
      )}
      <Button
        size="S"
        variant={isPublic ? 'tertiary' : 'secondary'}
        aria-pressed={!isPublic}
        startIcon={<Lock />}
        onClick={() => onChange(false)}
      >
        {text('inbox.note')}
      </Button>
    </Flex>
  );
}

function Others({ people }: { people: Agent[] }) {
  const text = useText();
  return (
    <Notice
      variant="warning"
      live
      title={text('compose.othersAnswering', { count: people.length, people: people.map(nameOfAgent).join(', ') })}
    />
  );
}

interface NewsProps {
  comments: Comment[];
  onRead(): void;
  /** null when there is nothing to send. */
  onSend: (() => void) | null;
  isSending: boolean;
}

function News({ comments, onRead, onSend, isSending }: NewsProps) {
  const text = useText();
  const people = [...new Set(comments.map(({ authorName, authorAddress }) => authorName || authorAddress || '?'))].join(', ');
  return (
    <Notice variant="warning" live title={text('inbox.answeredMeanwhile', { people })}>
      <Flex gap={2} wrap="wrap">
        <Button size="S" variant="secondary" onClick={onRead}>
          {text('inbox.haveRead')}
        </Button>
        {onSend && (
          <Button size="S" variant="tertiary" loading={isSending} onClick={onSend}>
            {text('inbox.sendAnyway')}
          </Button>
        )}
      </Flex>
    </Notice>
  );
}

function StatusChoice({
  status,
  onChange,
}: {
  status: TicketStatus | typeof UNCHANGED;
  onChange(status: TicketStatus | typeof UNCHANGED): void;
}) {
  const text = useText();
  return (
    <Box minWidth="20rem">
      <SingleSelect
        size="S"
        aria-label={text('inbox.andSetStatus')}
        value={status}
        onChange={(value: string | number) => onChange(value as TicketStatus)}
      >
        <SingleSelectOption value={UNCHANGED}>{text('inbox.keepStatus')}</SingleSelectOption>
        {STATUSES.map((value) => (
          <SingleSelectOption key={value} value={value}>
            {text('inbox.andStatus', { status: text(`inbox.status.${value}`) })}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Box>
  );
}

/** Until then the email has left, or has not. */
const LEFT_AFTER_MS = 2_000;

/** The bar of an answer that can be taken back. Once it cannot, the ticket is read anew to show what became of the email. */
function AnswerOnItsWay({
  ticket,
  comment,
  isLoading,
  onUndo,
  onNext,
}: {
  ticket: Ticket;
  comment: Comment;
  isLoading: boolean;
  onUndo(comment: Comment): void;
  onNext?(): void;
}) {
  const { refetch } = useTicketQuery(ticket.documentId);
  const [isOver, setIsOver] = React.useState(false);
  React.useEffect(() => {
    const timer = isOver ? setTimeout(refetch, LEFT_AFTER_MS) : undefined;
    return () => clearTimeout(timer);
  }, [isOver, refetch]);
  if (isOver) return null;
  return (
    <UndoBar
      seconds={comment.delivery!.undoSeconds}
      isLoading={isLoading}
      onUndo={() => onUndo(comment)}
      onOver={() => setIsOver(true)}
      onNext={onNext}
    />
  );
}
