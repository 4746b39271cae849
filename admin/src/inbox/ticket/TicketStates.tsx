import { Button, Flex } from '@strapi/design-system';
import type { Ticket, TicketChange } from '../../api/tickets';
import { Notice } from '../../shared/components/Notice';
import { TicketReference } from '../../shared/helpdesk/TicketReference';
import { useSnoozeText } from '../../shared/helpdesk/useSnoozeText';
import { useText } from '../../shared/hooks/useText';

interface TicketStatesProps {
  ticket: Ticket;
  onChange?(data: TicketChange): Promise<void>;
  onNotSpam?(): void;
}

/** Where the ticket has gone, until when it is put off, and that it is spam. */
export function TicketStates({ ticket, onChange, onNotSpam }: TicketStatesProps) {
  const text = useText();
  const snoozed = useSnoozeText()(ticket);
  const { mergedInto, ticketNumber, isSpam } = ticket;
  return (
    <>
      {mergedInto && (
        <Notice variant="info" title={text('ticket.wasMerged', { number: ticketNumber })}>
          <TicketReference ticket={mergedInto} />
        </Notice>
      )}
      {snoozed && <State title={snoozed} action={text('snooze.wake')} onAction={onChange && (() => void onChange({ snooze: null }))} />}
      {isSpam && <State title={text('spam.is')} action={text('spam.not')} onAction={onNotSpam} />}
    </>
  );
}

/** A state of the ticket, with what ends it. */
function State({ title, action, onAction }: { title: string; action: string; onAction?(): void }) {
  return (
    <Notice variant="info" title={title}>
      {onAction && (
        <Flex>
          <Button size="S" variant="secondary" onClick={onAction}>
            {action}
          </Button>
        </Flex>
      )}
    </Notice>
  );
}
