import * as React from 'react';
import { Button, Field, TextInput } from '@strapi/design-system';
import { useUpdateTicketMutation, type Ticket } from '../../api/tickets';
import { ModalDialog } from '../../shared/components/ModalDialog';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { LINE_LENGTH } from '../../../../shared/lengths';

/** Another title, for a subject that does not say what the ticket is about. A refusal leaves the dialog open with what was typed. */
export function RenameDialog({ ticket, onClose }: { ticket: Pick<Ticket, 'documentId' | 'title'>; onClose(): void }) {
  const text = useText();
  const { failure } = useFeedback();
  const [title, setTitle] = React.useState(ticket.title);
  const [update, { isLoading }] = useUpdateTicketMutation();
  const isChanged = title.trim() !== '' && title.trim() !== ticket.title;
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!isChanged || isLoading) return;
    const answer = await update({ id: ticket.documentId, data: { title: title.trim() } });
    if ('error' in answer) return failure(answer.error!);
    onClose();
  };
  return (
    <ModalDialog
      title={text('ticket.rename')}
      onClose={onClose}
      onSubmit={submit}
      actions={
        <Button type="submit" disabled={!isChanged} loading={isLoading}>
          {text('ticket.renameSave')}
        </Button>
      }
    >
      <Field.Root name="title" hint={text('ticket.renameHint')} required>
        <Field.Label>{text('ticketField.title')}</Field.Label>
        <TextInput
          maxLength={LINE_LENGTH}
          autoComplete="off"
          value={title}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => setTitle(event.target.value)}
        />
        <Field.Hint />
      </Field.Root>
    </ModalDialog>
  );
}
