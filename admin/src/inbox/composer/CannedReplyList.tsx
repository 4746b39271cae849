import * as React from 'react';
import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { FilledReply } from '../api/answering';
import { plainWords } from '../../shared/utils/plainWords';
import { useText } from '../../shared/hooks/useText';

interface CannedReplyListProps {
  id: string;
  replies: FilledReply[];
  /** Which one Enter takes. */
  active: number;
  onPick(reply: FilledReply): void;
}

/** Canned replies to choose from, each with the beginning of its text. The component that shows it handles the keys. */
export function CannedReplyList({ id, replies, active, onPick }: CannedReplyListProps) {
  const text = useText();
  const list = React.useRef<HTMLUListElement>(null);
  React.useEffect(() => {
    // In newer browsers it returns a promise, which React would take for a clean-up.
    void list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <Options ref={list} role="listbox" id={id} aria-label={text('canned.title')}>
      {replies.map((reply, index) => (
        // The focus stays where one types; a click must not take it.
        <Option
          key={reply.documentId}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(reply)}
        >
          <Typography fontWeight="bold" textColor="neutral800" ellipsis>
            {reply.name}
          </Typography>
          <Typography variant="pi" textColor="neutral600" ellipsis>
            {plainWords(reply.html).slice(0, 120)}
          </Typography>
        </Option>
      ))}
    </Options>
  );
}

export const Options = styled.ul`
  width: 32rem;
  max-width: 100%;
  max-height: 26rem;
  overflow-y: auto;
  padding: 0.4rem;
  background: ${({ theme }) => theme.colors.neutral0};
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  box-shadow: ${({ theme }) => theme.shadows.popupShadow};
`;

export const Option = styled.li`
  display: flex;
  flex-direction: column;
  padding: 0.8rem;
  cursor: pointer;
  border-radius: ${({ theme }) => theme.borderRadius};

  &:hover,
  &[aria-selected='true'] {
    background: ${({ theme }) => theme.colors.primary100};
  }
`;
