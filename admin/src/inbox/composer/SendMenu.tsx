import * as React from 'react';
import { IconButton, Menu } from '@strapi/design-system';
import { CaretDown } from '@strapi/icons';
import { STATUSES } from '../../../../shared/vocabulary';
import { useText } from '../../shared/hooks/useText';
import type { StatusOption } from '../../shared/helpdesk/useStatuses';
import { FIRST, isPlain, type StatusAfter } from './useAnswering';
import { MenuContent } from '../../shared/components/OpenMenu';

interface SendMenuProps {
  variant: 'default' | 'secondary';
  disabled: boolean;
  /** What a ticket may become; none: the status is not asked for. */
  options: StatusOption[];
  /** What the button beside it does. */
  but: StatusAfter;
  labelOf(status: StatusAfter): string;
  onSend(status: StatusAfter): void;
  onLater?(): void;
}

/** The other ways to send: what is chosen most, what the site has made for itself by what it means, the rest, and later. */
export function SendMenu({ variant, disabled, options, but, labelOf, onSend, onLater }: SendMenuProps) {
  const text = useText();
  const own = STATUSES.map((kind) => ({
    label: text(`inbox.status.${kind}`),
    ways: options.filter((option) => option.kind === kind && !isPlain(option.value)).map(({ value }) => value as StatusAfter),
  }));
  const rest = options.map(({ value }) => value as StatusAfter).filter((value) => isPlain(value) && !FIRST.includes(value));
  const groups = [{ label: null, ways: options.length > 0 ? FIRST : [] }, ...own, { label: null, ways: rest }]
    .map(({ label, ways }) => ({ label, ways: ways.filter((way) => way !== but) }))
    .filter(({ ways }) => ways.length > 0);
  return (
    <Menu.Root>
      <Menu.Trigger tag={IconButton} variant={variant} size="S" icon={<CaretDown />} label={text('compose.moreWays')} disabled={disabled} />

      <MenuContent popoverPlacement="bottom-end">
        {groups.map(({ label, ways }, index) => (
          <React.Fragment key={ways[0]}>
            {index > 0 && <Menu.Separator />}
            {label && <Menu.Label>{label}</Menu.Label>}
            {ways.map((way) => (
              <Menu.Item key={way} onSelect={() => onSend(way)}>
                {labelOf(way)}
              </Menu.Item>
            ))}
          </React.Fragment>
        ))}
        {onLater && groups.length > 0 && <Menu.Separator />}
        {onLater && <Menu.Item onSelect={onLater}>{text('compose.later')}</Menu.Item>}
      </MenuContent>
    </Menu.Root>
  );
}
