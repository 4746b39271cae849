import { Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useUpdateTicketMutation, type Ticket, type TicketChange } from '../../api/tickets';
import { AddAddress } from '../../shared/components/AddAddress';
import { useText } from '../../shared/hooks/useText';

interface ParticipantsProps {
  ticket: Pick<Ticket, 'documentId' | 'participants'>;
  onChange(change: TicketChange): void;
  disabled: boolean;
}

/** Who else is in the conversation: their answers are accepted, and an answer can go to them in copy. */
export function Participants({ ticket: { documentId: id, participants }, onChange, disabled }: ParticipantsProps) {
  const text = useText();
  const [update] = useUpdateTicketMutation();
  return (
    <>
      {(participants ?? []).map((address) => (
        <Flex key={address} justifyContent="space-between" gap={2}>
          <Typography textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
            {address}
          </Typography>
          {!disabled && (
            <IconButton
              variant="ghost"
              size="S"
              label={text('people.removeParticipant', { address })}
              onClick={() => onChange({ removeParticipants: [address] })}
            >
              <Cross />
            </IconButton>
          )}
        </Flex>
      ))}
      {!disabled && (
        <AddAddress label={text('people.addParticipant')} add={(address) => update({ id, data: { addParticipants: [address] } })} />
      )}
    </>
  );
}
