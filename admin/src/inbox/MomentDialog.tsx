import * as React from 'react';
import { Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useIntl } from 'react-intl';
import { ModalDialog } from '../shared/components/ModalDialog';
import { useText } from '../shared/hooks/useText';
import { fieldValueOf, offeredMoments } from './moments';

interface MomentDialogProps {
  title: string;
  hint: string;
  /** What the button beside the field for another moment says. */
  action: string;
  isLoading: boolean;
  /** What stands in that field at first. */
  initial?: Date;
  onChoose(at: Date): void;
  onClose(): void;
  /** Further buttons below the offered moments. */
  children?: React.ReactNode;
}

/** Asks for a moment that is still to come: one of some that are often meant, or any other. */
export function MomentDialog({ title, hint, action, isLoading, initial, onChoose, onClose, children }: MomentDialogProps) {
  const text = useText();
  const { formatDate } = useIntl();
  const [now] = React.useState(() => new Date());
  const [typed, setTyped] = React.useState(() => (initial ? fieldValueOf(initial) : ''));
  const [isWrong, setIsWrong] = React.useState(false);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const at = new Date(typed);
    if (!(at.getTime() > Date.now())) return setIsWrong(true);
    onChoose(at);
  };
  return (
    <ModalDialog title={title} onClose={onClose}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography textColor="neutral800">{hint}</Typography>
        <Flex gap={2} wrap="wrap">
          {offeredMoments(now).map(({ key, at }, index) => (
            <Button
              key={key}
              data-first={index === 0 ? '' : undefined}
              variant="tertiary"
              size="S"
              disabled={isLoading}
              onClick={() => onChoose(at)}
            >
              {`${text(`snooze.${key}`)} · ${formatDate(at, { weekday: 'short', hour: 'numeric', minute: '2-digit' })}`}
            </Button>
          ))}
          {children}
        </Flex>
        <form onSubmit={submit} noValidate>
          <Flex gap={2} alignItems="flex-end" wrap="wrap">
            <Moment>
              <Field.Root name="moment" error={isWrong ? text('snooze.past') : undefined}>
                <Field.Label>{text('snooze.other')}</Field.Label>
                <TextInput
                  type="datetime-local"
                  min={fieldValueOf(now)}
                  value={typed}
                  onChange={(event: React.ChangeEvent<HTMLInputElement>) => {
                    setTyped(event.target.value);
                    setIsWrong(false);
                  }}
                />
                <Field.Error />
              </Field.Root>
            </Moment>
            <Button type="submit" size="L" variant="secondary" disabled={!typed} loading={isLoading}>
              {action}
            </Button>
          </Flex>
        </form>
      </Flex>
    </ModalDialog>
  );
}

const Moment = styled.div`
  min-width: 24rem;

  /* The browser draws it in black, whatever the theme. */
  input::-webkit-calendar-picker-indicator {
    filter: invert(0.5);
  }
`;
