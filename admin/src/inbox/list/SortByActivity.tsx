import { IconButton } from '@strapi/design-system';
import { CaretDown, CaretUp } from '@strapi/icons';
import { useQueryParams } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { useText } from '../../shared/hooks/useText';
import type { TicketListQuery } from './ticketListQuery';

/** Whether the tickets that have waited longest come first. */
export function useOldestFirst(): boolean {
  const [{ query = {} }] = useQueryParams<TicketListQuery>();
  return query.sort === 'lastActivityAt:asc';
}

/** Turns the order of the tickets round. The address bar keeps it. */
export function SortByActivity() {
  const text = useText();
  const { formatMessage } = useIntl();
  const isOldestFirst = useOldestFirst();
  const [, setQuery] = useQueryParams<TicketListQuery>();
  const label = formatMessage(
    { id: 'components.TableHeader.sort', defaultMessage: 'Sort on {label}' },
    { label: text('inbox.lastActivity') },
  );
  return (
    <IconButton
      label={label}
      variant="ghost"
      size="XS"
      onClick={() => setQuery({ sort: isOldestFirst ? undefined : 'lastActivityAt:asc', page: '1' })}
    >
      {isOldestFirst ? <CaretUp /> : <CaretDown />}
    </IconButton>
  );
}
