import * as React from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { ArrowsCounterClockwise, ChevronRight } from '@strapi/icons';
import { useText } from '../../shared/hooks/useText';

interface UndoBarProps {
  seconds: number;
  isLoading: boolean;
  onUndo(): void;
  onOver(): void;
  /** Left out where there is no next ticket. */
  onNext?(): void;
}

/** While the email of the last answer has not left: how long that is, the way to take it back, and the way on. */
export function UndoBar({ seconds, isLoading, onUndo, onOver, onNext }: UndoBarProps) {
  const text = useText();
  const [left, setLeft] = React.useState(Math.ceil(seconds));
  const end = React.useRef(Infinity);
  const latest = React.useRef(onOver);
  React.useEffect(() => {
    latest.current = onOver;
  });
  React.useEffect(() => {
    // What is read from a cache is older than it says: the earliest end is the right one.
    end.current = Math.min(end.current, Date.now() + seconds * 1000);
  }, [seconds]);
  React.useEffect(() => {
    const timer = setInterval(() => {
      setLeft(Math.max(0, Math.ceil((end.current - Date.now()) / 1000)));
      if (Date.now() < end.current) return;
      clearInterval(timer);
      latest.current();
    }, 250);
    return () => clearInterval(timer);
  }, []);
  return (
    <Flex justifyContent="space-between" gap={3} padding={3} background="neutral800" hasRadius wrap="wrap">
      <Typography role="status" textColor="neutral0">
        {text('compose.notLeft')} <span aria-hidden>{text('compose.leavesIn', { seconds: left })}</span>
      </Typography>
      <Flex gap={2}>
        <Button type="button" size="S" variant="secondary" startIcon={<ArrowsCounterClockwise />} loading={isLoading} onClick={onUndo}>
          {text('compose.undo')}
        </Button>
        {onNext && (
          <Button type="button" size="S" variant="secondary" endIcon={<ChevronRight />} onClick={onNext}>
            {text('inbox.nextTicket')}
          </Button>
        )}
      </Flex>
    </Flex>
  );
}
