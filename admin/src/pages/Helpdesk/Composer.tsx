import * as React from 'react';
import { Box, Button, Flex, SingleSelect, SingleSelectOption, Textarea, Typography } from '@strapi/design-system';
import { Lock, PaperPlane } from '@strapi/icons';
import { useAuth } from '@strapi/strapi/admin';
import { STATUSES, useAnswerMutation, type Address, type Comment, type Ticket, type TicketStatus } from '../../api/tickets';
import { Notice } from '../../components/Notice';
import { useFeedback } from '../../utils/useFeedback';
import { useText } from '../../utils/useText';
import { useDraft } from './useDraft';

export interface ComposerHandle {
  write(kind: 'public' | 'internal'): void;
}

interface ComposerProps {
  ticket: Ticket;
  canSetStatus: boolean;
}

const UNCHANGED = 'unchanged';

/** Where an answer or an internal note is written. Which of the two it is can be seen before reading a word. */
export const Composer = React.forwardRef<ComposerHandle, ComposerProps>(function Composer({ ticket, canSetStatus }, ref) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [draft, change, clear] = useDraft(ticket.documentId);
  const [status, setStatus] = React.useState<TicketStatus | typeof UNCHANGED>(UNCHANGED);
  const [seen, setSeen] = React.useState(() => ticket.comments.at(-1)?.documentId ?? null);
  const [send, { isLoading }] = useAnswerMutation();
  const area = React.useRef<HTMLTextAreaElement>(null);
  const news = useNews(ticket.comments, seen);
  const { isPublic } = draft;

  React.useImperativeHandle(ref, () => ({
    write: (kind) => {
      change({ isPublic: kind === 'public' });
      area.current?.focus();
      area.current?.scrollIntoView({ block: 'center' });
    },
  }));

  const submit = async ({ force = false } = {}) => {
    if (!draft.text.trim() || isLoading) return;
    const data = { text: draft.text, isPublic, ...(status === UNCHANGED ? {} : { ticketStatus: status }), ...(force ? {} : { lastSeen: seen }) };
    const answer = await send({ id: ticket.documentId, data });
    if ('error' in answer) {
      // What the others wrote arrives with the refreshed ticket and is announced above the text.
      if ((answer.error as { status?: number }).status !== 409) failure(answer.error!);
      return;
    }
    setSeen(answer.data.documentId);
    setStatus(UNCHANGED);
    clear();
    success(text(isPublic ? 'inbox.replySent' : 'inbox.noteAdded'));
  };

  return (
    <Box tag="section" aria-label={text('inbox.answer')} data-kind={isPublic ? 'public' : 'internal'} background={isPublic ? 'neutral0' : 'warning100'} borderColor={isPublic ? 'primary600' : 'warning500'} borderStyle={isPublic ? 'solid' : 'dashed'} borderWidth="2px" hasRadius padding={4}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex gap={2} wrap="wrap" role="group" aria-label={text('inbox.who')}>
          <Button size="S" variant={isPublic ? 'default' : 'tertiary'} aria-pressed={isPublic} startIcon={<PaperPlane />} onClick={() => change({ isPublic: true })}>
            {text('inbox.reply')}
          </Button>
          <Button size="S" variant={isPublic ? 'tertiary' : 'secondary'} aria-pressed={!isPublic} startIcon={<Lock />} onClick={() => change({ isPublic: false })}>
            {text('inbox.note')}
          </Button>
        </Flex>
        {isPublic ? <Recipients replyTo={ticket.replyTo} /> : <Typography textColor="neutral800">{text('inbox.noteHint')}</Typography>}
        {news.length > 0 && (
          <Notice variant="warning" live title={text('inbox.answeredMeanwhile', { people: [...new Set(news.map((comment) => comment.authorName || comment.authorAddress || '?'))].join(', ') })}>
            <Flex gap={2} wrap="wrap">
              <Button size="S" variant="secondary" onClick={() => setSeen(ticket.comments.at(-1)!.documentId)}>
                {text('inbox.haveRead')}
              </Button>
              {draft.text.trim() && (
                <Button size="S" variant="tertiary" loading={isLoading} onClick={() => submit({ force: true })}>
                  {text('inbox.sendAnyway')}
                </Button>
              )}
            </Flex>
          </Notice>
        )}
        <Textarea
          ref={area}
          aria-label={text(isPublic ? 'inbox.reply' : 'inbox.note')}
          placeholder={text(isPublic ? 'inbox.replyPlaceholder' : 'inbox.notePlaceholder')}
          value={draft.text}
          onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => change({ text: event.target.value })}
          onKeyDown={(event: React.KeyboardEvent) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
          }}
          style={{ minHeight: '16rem' }}
        />
        <Flex gap={2} justifyContent="flex-end" wrap="wrap">
          {canSetStatus && (
            <Box minWidth="20rem">
              <SingleSelect size="S" aria-label={text('inbox.andSetStatus')} value={status} onChange={(value: string | number) => setStatus(value as TicketStatus)}>
                <SingleSelectOption value={UNCHANGED}>{text('inbox.keepStatus')}</SingleSelectOption>
                {STATUSES.map((value) => (
                  <SingleSelectOption key={value} value={value}>
                    {text('inbox.andStatus', { status: text(`inbox.status.${value}`) })}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Box>
          )}
          <Button size="S" variant={isPublic ? 'default' : 'secondary'} startIcon={isPublic ? <PaperPlane /> : <Lock />} disabled={!draft.text.trim()} loading={isLoading} onClick={() => submit()}>
            {text(isPublic ? 'inbox.sendReply' : 'inbox.addNote')}
          </Button>
        </Flex>
      </Flex>
    </Box>
  );
});

/** What others wrote after the last comment that this person has read; machines are no news. */
function useNews(comments: Comment[], seen: string | null): Comment[] {
  const me = useAuth('MailScannerComposer', ({ user }) => user?.id);
  const at = comments.findIndex(({ documentId }) => documentId === seen);
  return comments.slice(at + 1).filter(({ isAutomatic, user }) => !isAutomatic && (!user || String(user.id) !== String(me)));
}

function Recipients({ replyTo: { from, to, cc, problem } }: { replyTo: Ticket['replyTo'] }) {
  const text = useText();
  if (problem) return <Notice variant="warning">{text(`inbox.problem.${problem}`)}</Notice>;
  const names = (people: Address[]) => people.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');
  return (
    <Flex direction="column" alignItems="flex-start">
      <Typography textColor="neutral800">{text('inbox.to', { people: names(to) })}</Typography>
      {cc.length > 0 && <Typography textColor="neutral800">{text('inbox.inCopy', { people: names(cc) })}</Typography>}
      {from && (
        <Typography variant="pi" textColor="neutral600">
          {text('inbox.from', { people: names([from]) })}
        </Typography>
      )}
    </Flex>
  );
}
