import type { DeliveryFilter } from '../../../../shared/vocabulary';
import { useIntl } from 'react-intl';
import { Button, Flex, Status, Typography } from '@strapi/design-system';
import { ArrowClockwise, Cross, PaperPlane } from '@strapi/icons';
import { useCancelDeliveryMutation, useRetryDeliveryMutation } from '../../api/deliveries';
import type { OutgoingEmail } from '../../api/tickets';
import { When } from '../components/When';
import { useAllowed } from '../hooks/useAllowed';
import { useFeedback } from '../hooks/useFeedback';
import { useServerText } from '../hooks/useServerText';
import { useText } from '../hooks/useText';

const VARIANTS: Record<DeliveryFilter, 'secondary' | 'success' | 'danger' | 'neutral'> = {
  scheduled: 'secondary',
  queued: 'secondary',
  sending: 'secondary',
  sent: 'success',
  failed: 'danger',
  bounced: 'danger',
  cancelled: 'neutral',
};

const stateOf = ({ bouncedAt, state }: OutgoingEmail): DeliveryFilter => (bouncedAt ? 'bounced' : state);

const inOneLine = (people: OutgoingEmail['to']): string => (people ?? []).map(({ address }) => address).join(', ');

export const recipientsOf = ({ to, cc }: OutgoingEmail): string => inOneLine([...(to ?? []), ...(cc ?? [])]);

export const unseenOf = ({ bcc }: OutgoingEmail): string => inOneLine(bcc);

export function DeliveryStatus({ delivery }: { delivery: OutgoingEmail }) {
  const text = useText();
  const state = stateOf(delivery);
  return (
    <Status variant={VARIANTS[state]} size="S" width="max-content">
      <Typography tag="span" variant="pi" fontWeight="bold">
        {text(`inbox.delivery.${state}`)}
      </Typography>
    </Status>
  );
}

/** What may be done about an email: send it again, or keep it from leaving. */
export function DeliveryActions({ delivery }: { delivery: OutgoingEmail }) {
  const text = useText();
  const { canReplyToTickets } = useAllowed();
  const { failure } = useFeedback();
  const [retry, retrying] = useRetryDeliveryMutation();
  const [cancel, cancelling] = useCancelDeliveryMutation();
  const state = stateOf(delivery);
  // One that waits for its first attempt leaves by itself; until then its author can take the answer back.
  const isWaitingAgain = state === 'queued' && delivery.attempts > 0;
  const isForLater = state === 'scheduled';
  const run = async (action: ReturnType<typeof retry>) => {
    const answer = await action;
    if ('error' in answer) failure(answer.error!);
  };
  if (!canReplyToTickets) return null;
  return (
    <>
      {isForLater && (
        <Button
          variant="tertiary"
          size="S"
          startIcon={<PaperPlane />}
          loading={retrying.isLoading}
          onClick={() => run(retry(delivery.documentId))}
        >
          {text('compose.laterNow')}
        </Button>
      )}
      {(isWaitingAgain || ['failed', 'bounced', 'cancelled'].includes(state)) && (
        <Button
          variant="tertiary"
          size="S"
          startIcon={<ArrowClockwise />}
          loading={retrying.isLoading}
          onClick={() => run(retry(delivery.documentId))}
        >
          {text('inbox.sendAgain')}
        </Button>
      )}
      {(isWaitingAgain || isForLater) && (
        <Button
          variant="tertiary"
          size="S"
          startIcon={<Cross />}
          loading={cancelling.isLoading}
          onClick={() => run(cancel(delivery.documentId))}
        >
          {text('outbox.cancel')}
        </Button>
      )}
    </>
  );
}

/** What became of the email about a comment. */
export function DeliveryState({ delivery }: { delivery: OutgoingEmail }) {
  const text = useText();
  const serverText = useServerText();
  const { formatDate } = useIntl();
  const people = recipientsOf(delivery);
  const unseen = unseenOf(delivery);
  return (
    <Flex gap={2} wrap="wrap">
      <DeliveryStatus delivery={delivery} />
      {people && (
        <Typography variant="pi" textColor="neutral700">
          {text('inbox.deliveredTo', { people })}
        </Typography>
      )}
      {unseen && (
        <Typography variant="pi" textColor="neutral700">
          {text('inbox.blindCopy', { people: unseen })}
        </Typography>
      )}
      {delivery.state === 'scheduled' && delivery.sendAt && (
        <Typography variant="pi" textColor="neutral800">
          {text('inbox.leavesAt', { when: formatDate(delivery.sendAt, { dateStyle: 'medium', timeStyle: 'short' }) })}
        </Typography>
      )}
      {delivery.sentAt && <When at={delivery.sentAt} variant="pi" textColor="neutral700" />}
      {delivery.lastError && (
        <Typography variant="pi" textColor="danger700">
          {serverText(delivery.lastError, delivery.lastErrorSaid)}
        </Typography>
      )}
      <DeliveryActions delivery={delivery} />
    </Flex>
  );
}
