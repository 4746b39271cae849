import * as React from 'react';
import { Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { ArrowsCounterClockwise, Cross } from '@strapi/icons';
import { styled } from 'styled-components';
import { useText } from '../shared/hooks/useText';

interface FootNoticeProps {
  /** null: there is nothing to tell. */
  message: string | null;
  isLoading?: boolean;
  onUndo(): void;
  onClose(): void;
}

/** What was done a moment ago and can be undone, at the foot of every page of the helpdesk. */
export function FootNotice({ message, isLoading, onUndo, onClose }: FootNoticeProps) {
  const text = useText();
  return (
    <Place role="status">
      {message !== null && (
        <Flex gap={3} padding={3} background="neutral800" hasRadius shadow="popupShadow">
          <Typography textColor="neutral0">{message}</Typography>
          <Button size="S" variant="secondary" startIcon={<ArrowsCounterClockwise />} loading={isLoading} onClick={onUndo}>
            {text('compose.undo')}
          </Button>
          <IconButton variant="secondary" size="S" label={text('common.close')} onClick={onClose}>
            <Cross />
          </IconButton>
        </Flex>
      )}
    </Place>
  );
}

/** Takes the notice away when its time is over. */
export function useGoneAfter<T>(shown: T | null, milliseconds: number, onOver: () => void): void {
  const latest = React.useRef(onOver);
  React.useEffect(() => {
    latest.current = onOver;
  });
  React.useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => latest.current(), milliseconds);
    return () => clearTimeout(timer);
  }, [shown, milliseconds]);
}

/** Visible at every scroll position. */
const Place = styled.div`
  position: fixed;
  inset-block-end: 2.4rem;
  inset-inline: 1.6rem;
  z-index: 5;
  display: flex;
  justify-content: center;
  pointer-events: none;

  > * {
    pointer-events: auto;
  }
`;
