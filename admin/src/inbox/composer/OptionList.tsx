import * as React from 'react';
import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

export interface Choice {
  key: string;
  name: string;
  /** What tells it from others, such as the beginning of its text. */
  detail: string;
}

interface OptionListProps<O extends Choice> {
  id: string;
  label: string;
  options: O[];
  /** Which one Enter takes. */
  active: number;
  onPick(option: O): void;
}

/** Things to choose from. The component that shows it handles the keys. */
export function OptionList<O extends Choice>({ id, label, options, active, onPick }: OptionListProps<O>) {
  const list = React.useRef<HTMLUListElement>(null);
  React.useEffect(() => {
    // In newer browsers it returns a promise, which React would take for a clean-up.
    void list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <Options ref={list} role="listbox" id={id} aria-label={label}>
      {options.map((option, index) => (
        // The focus stays where one types; a click must not take it.
        <Option
          key={option.key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
        >
          <Typography fontWeight="bold" textColor="neutral800" ellipsis>
            {option.name}
          </Typography>
          <Typography variant="pi" textColor="neutral600" ellipsis>
            {option.detail}
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
