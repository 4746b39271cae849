import type { OlderUnread } from '../../../shared/vocabulary';
import { Button, Flex, Typography } from '@strapi/design-system';
import type { Scanner } from '../api/scanners';
import { useText } from '../shared/hooks/useText';

/** Says how many unread emails lie in the mailbox, and what taking or leaving them means. */
export function OlderUnreadQuestion({ scanner, count }: { scanner: Scanner; count: number }) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography fontWeight="bold" textColor="neutral800">
        {text(scanner.protocol === 'pop3' ? 'scanners.unseenCount' : 'scanners.unreadCount', { count })}
      </Typography>
      <Typography textColor="neutral800">{text('scanners.takeText')}</Typography>
      <Typography textColor="neutral800">{text('scanners.leaveText')}</Typography>
    </Flex>
  );
}

/** The two answers to that question. */
export function OlderUnreadAnswers({ isDisabled = false, onAnswer }: { isDisabled?: boolean; onAnswer(answer: OlderUnread): void }) {
  const text = useText();
  return (
    <Flex gap={2} wrap="wrap" justifyContent="flex-end">
      <Button variant="secondary" disabled={isDisabled} onClick={() => onAnswer('take')}>
        {text('scanners.take')}
      </Button>
      <Button disabled={isDisabled} onClick={() => onAnswer('leave')}>
        {text('scanners.leave')}
      </Button>
    </Flex>
  );
}
