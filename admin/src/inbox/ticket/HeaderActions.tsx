import { Button, Flex } from '@strapi/design-system';
import { ChevronLeft, ChevronRight, Clock, PaperPlane } from '@strapi/icons';
import type { Ticket } from '../../api/tickets';
import { ShortcutsButton } from '../ShortcutsDialog';
import { ArrowButton } from '../../shared/components/ArrowButton';
import { IconOnPhone } from '../../shared/components/IconOnPhone';
import { useText } from '../../shared/hooks/useText';
import { TicketMenu } from './TicketMenu';

interface HeaderActionsProps {
  ticket: Ticket;
  /** What somebody may write here; null: nothing. */
  mayAnswer: 'public' | 'internal' | null;
  onAnswer(kind: 'public' | 'internal'): void;
  onSnooze?(): void;
  onSpam?(): void;
  onPrevious?(): void;
  onNext?(): void;
  onShowKeys(): void;
}

/** What is done with the whole ticket, beside its title. */
export function HeaderActions({ ticket, mayAnswer, onAnswer, onSnooze, onSpam, onPrevious, onNext, onShowKeys }: HeaderActionsProps) {
  const text = useText();
  return (
    <Flex gap={2} wrap="wrap">
      {mayAnswer && (
        <Button size="S" variant="secondary" startIcon={<PaperPlane />} onClick={() => onAnswer(mayAnswer)}>
          {text(mayAnswer === 'public' ? 'inbox.answerNow' : 'inbox.note')}
        </Button>
      )}
      {onSnooze && (
        <IconOnPhone size="S" variant="tertiary" startIcon={<Clock />} onClick={onSnooze}>
          {text('snooze.action')}
        </IconOnPhone>
      )}
      {(onPrevious || onNext) && (
        <Flex gap={1}>
          <ArrowButton label={text('inbox.previousTicket')} disabled={!onPrevious} onClick={onPrevious}>
            <ChevronLeft />
          </ArrowButton>
          <ArrowButton label={text('inbox.nextTicket')} disabled={!onNext} onClick={onNext}>
            <ChevronRight />
          </ArrowButton>
        </Flex>
      )}
      <TicketMenu ticket={ticket} onSpam={onSpam} />
      <ShortcutsButton onClick={onShowKeys} />
    </Flex>
  );
}
