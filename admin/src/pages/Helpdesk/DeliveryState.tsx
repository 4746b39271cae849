import { Button, Flex, Status, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { useRetryDeliveryMutation, type Delivery } from '../../api/tickets';
import { When } from '../../components/When';
import { useAllowed } from '../../utils/useAllowed';
import { useFeedback } from '../../utils/useFeedback';
import { useText } from '../../utils/useText';

type State = Delivery['state'] | 'bounced';

const VARIANTS: Record<State, 'secondary' | 'success' | 'danger'> = { queued: 'secondary', sending: 'secondary', sent: 'success', failed: 'danger', bounced: 'danger' };

/** What became of the email about a comment. */
export function DeliveryState({ delivery }: { delivery: Delivery }) {
  const text = useText();
  const { canReplyToTickets } = useAllowed();
  const { failure } = useFeedback();
  const [retry, { isLoading }] = useRetryDeliveryMutation();
  const state: State = delivery.bouncedAt ? 'bounced' : delivery.state;
  const people = [...(delivery.to ?? []), ...(delivery.cc ?? [])].map(({ address }) => address).join(', ');
  const sendAgain = async () => {
    const answer = await retry(delivery.documentId);
    if ('error' in answer) failure(answer.error!);
  };
  return (
    <Flex gap={2} wrap="wrap">
      <Status variant={VARIANTS[state]} size="S" width="max-content">
        <Typography tag="span" variant="pi" fontWeight="bold">
          {text(`inbox.delivery.${state}`)}
        </Typography>
      </Status>
      {people && (
        <Typography variant="pi" textColor="neutral700">
          {text('inbox.deliveredTo', { people })}
        </Typography>
      )}
      {delivery.sentAt && <When at={delivery.sentAt} variant="pi" textColor="neutral700" />}
      {delivery.lastError && (
        <Typography variant="pi" textColor="danger700">
          {delivery.lastError}
        </Typography>
      )}
      {canReplyToTickets && (state === 'failed' || state === 'bounced' || (state === 'queued' && delivery.attempts > 0)) && (
        <Button variant="tertiary" size="S" startIcon={<ArrowClockwise />} loading={isLoading} onClick={sendAgain}>
          {text('inbox.sendAgain')}
        </Button>
      )}
    </Flex>
  );
}
