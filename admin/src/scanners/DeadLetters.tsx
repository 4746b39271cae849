import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { useDeadLettersQuery, useRetryDeadLetterMutation, type DeadLetter } from '../api/deadLetters';
import { Panel } from '../shared/components/Panel';
import { When } from '../shared/components/When';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';

/** What the job queue and webhooks gave up, below the scanners; nothing while there are none. */
export function DeadLetters() {
  const text = useText();
  const { data: letters = [] } = useDeadLettersQuery(undefined, { refetchOnMountOrArgChange: true });
  if (letters.length === 0) return null;
  return (
    <Box paddingTop={6}>
      <Panel title={text('deadLetters.title')} hint={text('deadLetters.hint')}>
        <Flex tag="ul" direction="column" alignItems="stretch" gap={4}>
          {letters.map((letter) => (
            <Letter key={letter.id} letter={letter} />
          ))}
        </Flex>
      </Panel>
    </Box>
  );
}

function Letter({ letter: { id, scanner, webhook, reason, reasonSaid, failedAt, attempts } }: { letter: DeadLetter }) {
  const text = useText();
  const serverText = useServerText();
  const { canRunScanners } = useAllowed();
  const { success, failure } = useFeedback();
  const [retry, { isLoading }] = useRetryDeadLetterMutation();
  const run = async () => {
    const answer = await retry(id);
    if ('error' in answer) failure(answer.error!);
    else success(text('deadLetters.retried'));
  };
  return (
    <Flex tag="li" gap={4} justifyContent="space-between" alignItems="flex-start" wrap="wrap">
      <Flex direction="column" alignItems="flex-start" gap={1} flex="1" minWidth="20rem">
        <Typography fontWeight="bold" textColor="neutral800">
          {scanner?.name ?? (webhook ? text('deadLetters.webhook', webhook) : text('deadLetters.deliveries'))}
        </Typography>
        <Typography textColor="danger600">{serverText(reason, reasonSaid)}</Typography>
        <Typography variant="pi" textColor="neutral600">
          <When at={failedAt} variant="pi" textColor="neutral600" /> · {text('deadLetters.attempts', { attempts })}
        </Typography>
      </Flex>
      {canRunScanners && (
        <Button variant="secondary" startIcon={<ArrowClockwise />} loading={isLoading} onClick={run}>
          {text('deadLetters.retry')}
        </Button>
      )}
    </Flex>
  );
}
