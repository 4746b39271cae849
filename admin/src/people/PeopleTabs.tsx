import { Flex, LinkButton } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { useText, type TextKey } from '../shared/hooks/useText';
import { HELPDESK } from '../shared/helpdesk/places';

const TABS = { contacts: 'people.contacts', accounts: 'people.accounts' } as const satisfies Record<string, TextKey>;

/** Contacts and accounts: two lists under one title. */
export function PeopleTabs({ current }: { current: keyof typeof TABS }) {
  const text = useText();
  return (
    <Flex tag="nav" aria-label={text('inbox.people')} gap={2}>
      {Object.entries(TABS).map(([place, label]) => (
        <LinkButton
          key={place}
          tag={Link}
          to={`${HELPDESK}/${place}`}
          size="S"
          variant={place === current ? 'secondary' : 'tertiary'}
          aria-current={place === current ? 'page' : undefined}
        >
          {text(label)}
        </LinkButton>
      ))}
    </Flex>
  );
}
