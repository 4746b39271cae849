import { Flex, IconButton, TextButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useUpdateContactMutation, type ContactChange, type ContactRow } from '../api/people';
import { AddAddress } from '../shared/components/AddAddress';
import { Panel } from '../shared/components/Panel';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';

/** From where a contact writes, too. Each change is saved at once. */
export function FurtherAddresses({ contact, disabled }: { contact: ContactRow; disabled: boolean }) {
  const text = useText();
  const { failure } = useFeedback();
  const [update] = useUpdateContactMutation();
  const id = contact.documentId;
  const change = async (data: ContactChange) => {
    const answer = await update({ id, data });
    if ('error' in answer) failure(answer.error!);
  };
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
      {!disabled && <AddAddress label={text('people.newAddress')} add={(address) => update({ id, data: { addAddresses: [address] } })} />}
    </Panel>
  );
}
