import * as React from 'react';
import { ArrowDown, ArrowUp } from '@strapi/icons';
import { ArrowButton } from '../shared/components/ArrowButton';
import { useText } from '../shared/hooks/useText';

type Press = React.MouseEventHandler<HTMLButtonElement>;

interface MoveButtonsProps {
  /** What is moved. */
  name: string;
  isFirst: boolean;
  isLast: boolean;
  onUp: Press;
  onDown: Press;
}

/** Moves one of several things that have an order, by a click or by keys. */
export function MoveButtons({ name, isFirst, isLast, onUp, onDown }: MoveButtonsProps) {
  const text = useText();
  return (
    <>
      <ArrowButton type="button" variant="ghost" label={text('actions.up', { name })} disabled={isFirst} onClick={onUp}>
        <ArrowUp />
      </ArrowButton>
      <ArrowButton type="button" variant="ghost" label={text('actions.down', { name })} disabled={isLast} onClick={onDown}>
        <ArrowDown />
      </ArrowButton>
    </>
  );
}
