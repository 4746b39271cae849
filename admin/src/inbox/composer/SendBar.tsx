import { STATUSES, type TicketStatus } from '../../../../shared/vocabulary';
import { Box, Button, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { Lock, PaperPlane } from '@strapi/icons';
import { useText } from '../../shared/hooks/useText';
import { UNCHANGED } from './useAnswering';

interface SendBarProps extends StatusChoiceProps {
  isPublic: boolean;
  canSetStatus: boolean;
  disabled: boolean;
  isSending: boolean;
  onSend(): void;
}

/** Below what is written: the button that sends it, and the status that the ticket gets then. */
export function SendBar({ isPublic, canSetStatus, status, onStatus, disabled, isSending, onSend }: SendBarProps) {
  const text = useText();
  return (
    <Flex gap={2} justifyContent="flex-end" wrap="wrap">
      {canSetStatus && <StatusChoice status={status} onStatus={onStatus} />}
      <Button
        size="S"
        variant={isPublic ? 'default' : 'secondary'}
        startIcon={isPublic ? <PaperPlane /> : <Lock />}
        disabled={disabled}
        loading={isSending}
        onClick={onSend}
      >
        {text(isPublic ? 'inbox.sendReply' : 'inbox.addNote')}
      </Button>
    </Flex>
  );
}

interface StatusChoiceProps {
  status: TicketStatus | typeof UNCHANGED;
  onStatus(status: TicketStatus | typeof UNCHANGED): void;
}

function StatusChoice({ status, onStatus }: StatusChoiceProps) {
  const text = useText();
  return (
    <Box minWidth="20rem">
      <SingleSelect
        size="S"
        aria-label={text('inbox.andSetStatus')}
        value={status}
        onChange={(value: string | number) => onStatus(value as TicketStatus)}
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
