import { Button } from '@strapi/design-system';
import { css, styled } from 'styled-components';

/** Of a button with an icon, the icon is all that a phone shows; its words are still there for who hears them. */
export const iconOnPhone = css`
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

export const IconOnPhone = styled(Button)`
  ${iconOnPhone}
`;
