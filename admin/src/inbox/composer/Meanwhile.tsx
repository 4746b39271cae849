import { Button, Flex } from '@strapi/design-system';
import type { Agent, Comment } from '../../api/tickets';
import { Notice } from '../../shared/components/Notice';
import { nameOfAgent } from '../../shared/helpdesk/names';
import { useText } from '../../shared/hooks/useText';

/** The colleagues who write an answer just now. */
export function OthersAnswering({ people }: { people: Agent[] }) {
  const text = useText();
  if (people.length === 0) return null;
  return (
    <Notice
      variant="warning"
      live
      title={text('compose.othersAnswering', { count: people.length, people: people.map(nameOfAgent).join(', ') })}
    />
  );
}

interface NewCommentsProps {
  comments: Comment[];
  onRead(): void;
  /** null when there is nothing to send. */
  onSend: (() => void) | null;
  isSending: boolean;
}

/** What others wrote since the author of an answer last read the ticket. */
export function NewComments({ comments, onRead, onSend, isSending }: NewCommentsProps) {
  const text = useText();
  if (comments.length === 0) return null;
  const people = [...new Set(comments.map(({ authorName, authorAddress }) => authorName || authorAddress || '?'))].join(', ');
  return (
    <Notice variant="warning" live title={text('inbox.answeredMeanwhile', { people })}>
      <Flex gap={2} wrap="wrap">
        <Button size="S" variant="secondary" onClick={onRead}>
          {text('inbox.haveRead')}
        </Button>
        {onSend && (
          <Button size="S" variant="tertiary" loading={isSending} onClick={onSend}>
            {text('inbox.sendAnyway')}
          </Button>
        )}
      </Flex>
    </Notice>
  );
}
