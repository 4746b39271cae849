import * as React from 'react';
import { Box, Button, Checkbox, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Address, Attachment, Comment, Ticket } from '../../api/tickets';
import { authorOf, kindOf, LOOKS } from '../conversation/MessageCard';
import { FileSize } from '../conversation/AttachmentList';
import { Notice } from '../../shared/components/Notice';
import { useText } from '../../shared/hooks/useText';
import { useCopyLines } from './CopyLines';
import { People } from './People';
import { LINE_LENGTH } from '../../../../shared/lengths';

/** What of a ticket goes to people outside, and who they are. */
export interface ForwardDraft {
  to: Address[];
  cc: Address[];
  /** DocumentIds. */
  comments: string[];
  /** DocumentIds of files of these messages. */
  attachments: string[];
  /** The message of such a conversation that is answered. */
  answers?: string;
  /** In place of the template's. */
  subject?: string;
  /** Messages that can be chosen though the page of the ticket does not hold them. */
  earlier: Comment[];
}

/** Files that somebody attached: neither pictures in a text nor logos. */
export const filesOf = ({ attachments }: Comment): Attachment[] => attachments.filter(({ inline, repeated }) => !inline && !repeated);

/** Begins with one message and its files; where it is a part of such a conversation and is answered, with its people and nothing else. */
export function beginForward({ comments }: Ticket, comment: Comment | undefined, isAnswer: boolean): ForwardDraft {
  if (isAnswer && comment?.forward) return { ...comment.forward, comments: [], attachments: [], answers: comment.documentId, earlier: [] };
  const isListed = comments.some(({ documentId }) => documentId === comment?.documentId);
  return {
    to: [],
    cc: [],
    comments: comment ? [comment.documentId] : [],
    attachments: comment ? filesOf(comment).map(({ documentId }) => documentId) : [],
    earlier: comment && !isListed ? [{ ...comment, html: null, text: null }] : [],
  };
}

interface ForwardFieldsProps {
  ticket: Ticket;
  forward: ForwardDraft;
  onChange(forward: ForwardDraft): void;
}

/** The recipients of a forward, and its messages and files. */
export function ForwardFields({ ticket, forward, onChange }: ForwardFieldsProps) {
  const text = useText();
  const copies = useCopyLines({
    ticketId: ticket.documentId,
    people: { cc: forward.cc },
    onChange: (changed) => onChange({ ...forward, ...changed }),
  });
  const all = [...forward.earlier, ...ticket.comments];
  const chosen = all.filter(({ documentId }) => forward.comments.includes(documentId));
  const files = chosen.flatMap(filesOf);
  const choose = (comments: Comment[]) => {
    const added = comments.filter(({ documentId }) => !forward.comments.includes(documentId)).flatMap(filesOf);
    const offered = comments.flatMap(filesOf).map(({ documentId }) => documentId);
    onChange({
      ...forward,
      comments: comments.map(({ documentId }) => documentId),
      attachments: [...forward.attachments.filter((id) => offered.includes(id)), ...added.map(({ documentId }) => documentId)],
    });
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography textColor="neutral800">{text('forward.hint')}</Typography>
      <People
        ticketId={ticket.documentId}
        label={text('compose.to')}
        people={forward.to}
        focusFirst={forward.to.length === 0}
        onChange={(to) => onChange({ ...forward, to })}
      >
        {copies.buttons}
      </People>
      {copies.fields}
      <Field.Root name="subject" hint={text('forward.subjectHint')}>
        <Field.Label>{text('forward.subject')}</Field.Label>
        <TextInput
          value={forward.subject ?? ''}
          maxLength={LINE_LENGTH}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange({ ...forward, subject: event.target.value })}
        />
        <Field.Hint />
      </Field.Root>
      <Ticks label={text('forward.messages')}>
        {all.map((comment) => (
          <MessageTick
            key={comment.documentId}
            comment={comment}
            checked={chosen.includes(comment)}
            onChange={(isChosen) => choose(all.filter((other) => (other === comment ? isChosen : chosen.includes(other))))}
          />
        ))}
        {chosen.length < all.length && all.length > 1 && (
          <Box>
            <Button type="button" variant="ghost" size="S" onClick={() => choose(all)}>
              {text('forward.all')}
            </Button>
          </Box>
        )}
      </Ticks>
      {chosen.some(({ isPublic }) => !isPublic) && <Notice variant="warning">{text('forward.internal')}</Notice>}
      {files.length > 0 && (
        <Ticks label={text('forward.files')}>
          {files.map(({ documentId, name, size }) => (
            <Checkbox
              key={documentId}
              checked={forward.attachments.includes(documentId)}
              onCheckedChange={(isChosen: boolean) =>
                onChange({
                  ...forward,
                  attachments: isChosen ? [...forward.attachments, documentId] : forward.attachments.filter((id) => id !== documentId),
                })
              }
            >
              <bdi>{name}</bdi> <FileSize bytes={size} />
            </Checkbox>
          ))}
        </Ticks>
      )}
    </Flex>
  );
}

function MessageTick({ comment, checked, onChange }: { comment: Comment; checked: boolean; onChange(checked: boolean): void }) {
  const text = useText();
  const { formatDate } = useIntl();
  const when = formatDate(comment.writtenAt ?? comment.createdAt, { dateStyle: 'medium', timeStyle: 'short' });
  const excerpt = (comment.visibleText ?? comment.text ?? '').replace(/\s+/g, ' ').trim();
  const author = authorOf(comment) || text('inbox.unknownAuthor');
  return (
    <Checkbox checked={checked} onCheckedChange={onChange}>
      {`${[author, when, ...(comment.isPublic ? [] : [text(LOOKS[kindOf(comment)].label)])].join(' · ')}: ${excerpt.length > 80 ? `${excerpt.slice(0, 80)}…` : excerpt}`}
    </Checkbox>
  );
}

/** A long list scrolls in itself: what is written stays in sight. */
export const Ticks = ({ label, children }: React.PropsWithChildren<{ label: string }>) => (
  <Box role="group" aria-label={label}>
    <Typography tag="p" variant="pi" fontWeight="bold" textColor="neutral800">
      {label}
    </Typography>
    <Flex direction="column" alignItems="stretch" gap={1} marginTop={1} maxHeight="18rem" overflow="auto">
      {children}
    </Flex>
  </Box>
);
