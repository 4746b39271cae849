import * as React from 'react';
import { Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { useLocation, useNavigate } from 'react-router-dom';
import { useSplitTicketMutation } from '../../api/ticketActions';
import type { Comment, Ticket } from '../../api/tickets';
import { nameOfContact } from '../../shared/helpdesk/names';
import { ModalDialog } from '../../shared/components/ModalDialog';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { placeOfTicket } from '../../shared/helpdesk/places';
import { LINE_LENGTH } from '../../../../shared/lengths';

/** Makes a ticket of its own out of one message. */
export function SplitDialog({ ticket, comment, onClose }: { ticket: Ticket; comment: Comment; onClose(): void }) {
  const text = useText();
  const navigate = useNavigate();
  // The list that the ticket was opened from stays known.
  const { state } = useLocation();
  const { success, failure } = useFeedback();
  const [title, setTitle] = React.useState(ticket.title);
  const [split, { isLoading }] = useSplitTicketMutation();
  const author = comment.contact
    ? nameOfContact(comment.contact)
    : comment.source === 'email'
      ? comment.authorName || comment.authorAddress
      : null;
  const contact = author ?? (ticket.contact && nameOfContact(ticket.contact));

  const submit = async () => {
    const answer = await split({ id: ticket.documentId, comment: comment.documentId, title });
    if ('error' in answer) return failure(answer.error!);
    success(text('ticket.splitDone', { number: answer.data.ticketNumber }));
    onClose();
    navigate(placeOfTicket(answer.data.documentId), { state });
  };

  return (
    <ModalDialog
      title={text('ticket.splitTitle')}
      onClose={onClose}
      actions={
        <Button disabled={!title.trim()} loading={isLoading} onClick={submit}>
          {text('ticket.split')}
        </Button>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography textColor="neutral800">{text('ticket.splitText', { number: ticket.ticketNumber })}</Typography>
        {contact && <Typography textColor="neutral800">{text('ticket.splitContact', { name: contact })}</Typography>}
        <Field.Root name="title" required>
          <Field.Label>{text('newTicket.title')}</Field.Label>
          <TextInput
            value={title}
            maxLength={LINE_LENGTH}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => setTitle(event.target.value)}
          />
        </Field.Root>
      </Flex>
    </ModalDialog>
  );
}
