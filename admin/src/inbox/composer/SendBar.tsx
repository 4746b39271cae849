import { STATUS } from '../../../../shared/vocabulary';
import * as React from 'react';
import { Box, Button, Flex } from '@strapi/design-system';
import { Lock, PaperPlane } from '@strapi/icons';
import { styled } from 'styled-components';
import { MomentDialog } from '../MomentDialog';
import { useText, type Text } from '../../shared/hooks/useText';
import { useStatusOptions, type StatusOption } from '../../shared/helpdesk/useStatuses';
import { SendMenu } from './SendMenu';
import { UNCHANGED, type StatusAfter } from './useAnswering';

interface SendBarProps {
  isPublic: boolean;
  /** What the button says, where that is not what becomes of the ticket. */
  label?: string;
  canSetStatus: boolean;
  /** What the ticket becomes by a click on the button itself. */
  status: StatusAfter;
  disabled: boolean;
  isSending: boolean;
  onSend(status: StatusAfter): void;
  /** Left out where nothing can be sent later. */
  onLater?(sendAt: Date): void;
  /** When an answer was to leave that was taken back. */
  laterAt: Date | null;
}

const WAYS: Partial<Record<StatusAfter, 'wait' | 'close' | 'keep'>> = {
  [STATUS.waiting]: 'wait',
  [STATUS.closed]: 'close',
  [UNCHANGED]: 'keep',
};
function labelOf(text: Text, isPublic: boolean, status: StatusAfter, options: StatusOption[]): string {
  const way = WAYS[status] ?? 'other';
  const values = { status: options.find(({ value }) => value === status)?.label ?? '' };
  return text(isPublic ? `compose.send.${way}` : `compose.note.${way}`, values);
}

/** Below what is written: the button that sends it and says what becomes of the ticket, and beside it the other ways to send. */
export function SendBar({ isPublic, label, canSetStatus, status, disabled, isSending, onSend, onLater, laterAt }: SendBarProps) {
  const text = useText();
  const [choosesTime, setChoosesTime] = React.useState(false);
  const options = useStatusOptions();
  // One of the site's own may be gone since it was chosen.
  const shown = canSetStatus && (status === UNCHANGED || options.some(({ value }) => value === status)) ? status : UNCHANGED;
  const variant = isPublic ? 'default' : 'secondary';
  return (
    <Flex justifyContent="flex-end">
      <Split>
        <Button
          size="S"
          variant={variant}
          startIcon={isPublic || label ? <PaperPlane /> : <Lock />}
          disabled={disabled}
          loading={isSending}
          onClick={() => onSend(shown)}
        >
          {label ?? labelOf(text, isPublic, shown, options)}
        </Button>
        {(canSetStatus || onLater) && (
          <SendMenu
            variant={variant}
            disabled={disabled || isSending}
            options={canSetStatus ? options : []}
            but={shown}
            labelOf={(other) => labelOf(text, isPublic, other, options)}
            onSend={onSend}
            onLater={onLater && (() => setChoosesTime(true))}
          />
        )}
      </Split>
      {choosesTime && onLater && (
        <MomentDialog
          title={text('compose.laterTitle')}
          hint={text('compose.laterHint')}
          action={text('compose.laterTitle')}
          isLoading={isSending}
          initial={laterAt ?? undefined}
          onClose={() => setChoosesTime(false)}
          onChoose={(sendAt) => {
            setChoosesTime(false);
            onLater(sendAt);
          }}
        />
      )}
    </Flex>
  );
}

/** Two buttons that look like one. */
const Split = styled(Box)`
  display: inline-flex;
  gap: 1px;
`;
