import { Button } from '@strapi/design-system';
import { styled } from 'styled-components';

/** A button with an icon that is all of it on a phone; its words are still there for who hears them. */
export const IconOnPhone = styled(Button)`
  @media (max-width: 520px) {
    gap: 0;
    position: relative;

    & > span:not([aria-hidden]) {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  }
`;
