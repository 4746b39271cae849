import * as React from 'react';
import { Button, Flex, IconButton, TextButton, TextInput, Typography } from '@strapi/design-system';
import { Cross, Plus } from '@strapi/icons';
import { useUpdateContactMutation, type ContactChange, type ContactRow } from '../api/people';
import { Panel } from '../shared/components/Panel';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';

/** From where a contact writes, too. Each change is saved at once. */
export function FurtherAddresses({ contact, disabled }: { contact: ContactRow; disabled: boolean }) {
  const text = useText();
  const { failure } = useFeedback();
  const [update] = useUpdateContactMutation();
  const [typed, setTyped] = React.useState('');
  const change = async (data: ContactChange) => {
    const answer = await update({ id: contact.documentId, data });
    if ('error' in answer) return failure(answer.error!);
    setTyped('');
  };
  const add = () => typed.trim() && change({ addAddresses: [typed.trim()] });
  return (
    <Panel title={text('people.addresses')} hint={text('people.addressesHint')}>
      {contact.furtherAddresses.map(({ email, undeliverable }) => (
        <Flex key={email} justifyContent="space-between" gap={3}>
          <Flex gap={2} wrap="wrap">
            <Typography style={{ overflowWrap: 'anywhere' }}>{email}</Typography>
            {undeliverable && (
              <Typography variant="pi" fontWeight="bold" textColor="danger700">
                {text('people.undeliverable')}
              </Typography>
            )}
          </Flex>
          {!disabled && (
            <Flex gap={2}>
              <TextButton onClick={() => change({ email })}>{text('people.makeFirst')}</TextButton>
              <IconButton
                variant="ghost"
                size="S"
                label={text('people.removeParticipant', { address: email })}
                onClick={() => change({ removeAddresses: [email] })}
              >
                <Cross />
              </IconButton>
            </Flex>
          )}
        </Flex>
      ))}
      {!disabled && (
        <Flex gap={2} alignItems="stretch">
          <TextInput
            type="email"
            size="S"
            aria-label={text('people.newAddress')}
            placeholder={text('people.addressPlaceholder')}
            value={typed}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => setTyped(event.target.value)}
            onKeyDown={(event: React.KeyboardEvent) => {
              if (event.key !== 'Enter') return;
              // Not the form around it.
              event.preventDefault();
              void add();
            }}
          />
          <Button variant="tertiary" size="S" startIcon={<Plus />} disabled={!typed.trim()} onClick={add}>
            {text('people.add')}
          </Button>
        </Flex>
      )}
    </Panel>
  );
}
