import { IconButton } from '@strapi/design-system';
import { styled } from 'styled-components';

/** One of a pair that leads on and back. At an end it is pale and without a ground, with which it would look pressed. */
export const ArrowButton = styled(IconButton)`
  &&[aria-disabled='true'] {
    border-color: transparent;
    background: transparent;
    cursor: default;

    svg {
      fill: ${({ theme }) => theme.colors.neutral300};
    }
  }
`;
