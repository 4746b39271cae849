import * as React from 'react';
import { Button, Flex, IconButton, TextInput, Typography } from '@strapi/design-system';
import { Cross, Plus } from '@strapi/icons';
import type { TicketChange } from '../../api/tickets';
import { useText } from '../../shared/hooks/useText';

interface ParticipantsProps {
  addresses: string[];
  onChange(change: TicketChange): void;
  disabled: boolean;
}

/** Who else is in the conversation: their answers are accepted, and an answer can go to them in copy. */
export function Participants({ addresses, onChange, disabled }: ParticipantsProps) {
  const text = useText();
  const [typed, setTyped] = React.useState('');
  const add = (event: React.FormEvent) => {
    event.preventDefault();
    if (!typed.trim()) return;
    onChange({ addParticipants: [typed.trim()] });
    setTyped('');
  };
  return (
    <>
      {addresses.map((address) => (
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
        <form onSubmit={add}>
          <Flex gap={2} alignItems="stretch">
            <TextInput
              type="email"
              size="S"
              aria-label={text('people.addParticipant')}
              placeholder={text('people.addressPlaceholder')}
              value={typed}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) => setTyped(event.target.value)}
            />
            <Button type="submit" variant="tertiary" size="S" startIcon={<Plus />} disabled={!typed.trim()}>
              {text('people.add')}
            </Button>
          </Flex>
        </form>
      )}
    </>
  );
}
