import * as React from 'react';
import { Menu } from '@strapi/design-system';
import { More } from '@strapi/icons';
import { styled } from 'styled-components';
import { iconOnPhone } from './IconOnPhone';

/**
 * What a menu opens, as high as there is room and never wider than a phone. That of the design system ends after four entries, without a
 * bar that would tell that more follow.
 */
export const MenuContent = (props: React.ComponentProps<typeof Menu.Content>) => (
  <Menu.Content
    zIndex={500}
    maxHeight="min(40rem, var(--radix-dropdown-menu-content-available-height))"
    maxWidth="min(40rem, calc(100vw - 2rem))"
    {...props}
  />
);

interface MenuButtonProps {
  label: string;
  /** On a phone three dots stand for the label. */
  dotsOnPhone?: boolean;
  disabled?: boolean;
  placement?: React.ComponentProps<typeof Menu.Content>['popoverPlacement'];
  children: React.ReactNode;
}

/** A button that opens a menu. */
export const MenuButton = ({ label, dotsOnPhone, disabled, placement, children }: MenuButtonProps) => (
  <Menu.Root>
    {dotsOnPhone ? (
      <Dots variant="tertiary" size="S" disabled={disabled} startIcon={<More />}>
        {label}
      </Dots>
    ) : (
      <Menu.Trigger variant="tertiary" size="S" disabled={disabled}>
        {label}
      </Menu.Trigger>
    )}
    <MenuContent popoverPlacement={placement}>{children}</MenuContent>
  </Menu.Root>
);

/** Either the dots or the arrow that a menu has. */
const Dots = styled(Menu.Trigger)`
  ${iconOnPhone}

  & > span[aria-hidden]:first-child {
    display: none;
  }

  @media (max-width: 520px) {
    & > span[aria-hidden]:first-child {
      display: flex;
    }

    & > span[aria-hidden]:last-child {
      display: none;
    }
  }
`;
