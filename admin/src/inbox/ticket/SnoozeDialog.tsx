import { Button } from '@strapi/design-system';
import { useUpdateTicketMutation, type Ticket } from '../../api/tickets';
import { MomentDialog } from '../MomentDialog';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';

interface SnoozeDialogProps {
  ticket: Pick<Ticket, 'documentId' | 'ticketNumber'>;
  onClose(): void;
  onSnoozed(): void;
}

/** Puts a ticket off. */
export function SnoozeDialog({ ticket: { documentId: id, ticketNumber: number }, onClose, onSnoozed }: SnoozeDialogProps) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [update, { isLoading }] = useUpdateTicketMutation();
  const snooze = async (until: Date | null) => {
    const answer = await update({ id, data: { snooze: { until: until && until.toISOString() } } });
    if ('error' in answer) return failure(answer.error!);
    success(text('snooze.done', { number }));
    onClose();
    onSnoozed();
  };
  return (
    <MomentDialog
      title={text('snooze.title', { number })}
      hint={text('snooze.hint')}
      action={text('snooze.action')}
      isLoading={isLoading}
      onChoose={(at) => void snooze(at)}
      onClose={onClose}
    >
      <Button variant="tertiary" size="S" disabled={isLoading} onClick={() => void snooze(null)}>
        {text('snooze.answer')}
      </Button>
    </MomentDialog>
  );
}
