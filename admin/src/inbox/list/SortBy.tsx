import { IconButton } from '@strapi/design-system';
import { CaretDown, CaretUp } from '@strapi/icons';
import { useQueryParams } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { TicketListQuery, TicketSort } from './ticketListQuery';

/** An attribute whose order an index bears. */
export type SortedBy = 'lastActivityAt' | 'createdAt' | 'dueAt';

/** The newest activity first, where nothing else is asked for. */
export const USUAL: TicketSort = 'lastActivityAt:desc';

/** For `aria-sort`: undefined where the list is not in the order of this attribute. */
export function useOrder(by: SortedBy): 'ascending' | 'descending' | undefined {
  const [{ query = {} }] = useQueryParams<TicketListQuery>();
  const [name, direction] = (query.sort ?? USUAL).split(':');
  if (name !== by) return undefined;
  return direction === 'asc' ? 'ascending' : 'descending';
}

/** Puts the tickets in the order of an attribute, the newest first (of what is due, the next), and turns that round. The address bar keeps it. */
export function SortBy({ by, label }: { by: SortedBy; label: string }) {
  const { formatMessage } = useIntl();
  const order = useOrder(by);
  const [, setQuery] = useQueryParams<TicketListQuery>();
  const [first, other] = by === 'dueAt' ? (['asc', 'desc'] as const) : (['desc', 'asc'] as const);
  const next: TicketSort = `${by}:${order === (by === 'dueAt' ? 'ascending' : 'descending') ? other : first}`;
  return (
    <IconButton
      label={formatMessage({ id: 'components.TableHeader.sort', defaultMessage: 'Sort on {label}' }, { label })}
      variant="ghost"
      size="XS"
      onClick={() => setQuery({ sort: next === USUAL ? undefined : next, page: '1' })}
    >
      {order === 'ascending' ? <CaretUp /> : <CaretDown fill={order ? undefined : 'neutral300'} />}
    </IconButton>
  );
}
