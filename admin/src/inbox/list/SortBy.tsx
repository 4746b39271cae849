import { IconButton, TextButton } from '@strapi/design-system';
import { CaretDown, CaretUp } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { useListQuery } from '../../shared/hooks/useListQuery';
import type { TicketListQuery, TicketSort } from './ticketListQuery';

/** An attribute whose order an index bears. */
type SortedBy = 'lastActivityAt' | 'createdAt' | 'dueAt';

/** The newest activity first, where nothing else is asked for. */
export const USUAL: TicketSort = 'lastActivityAt:desc';

/** For `aria-sort`: undefined where the list is not in the order of this attribute. */
export function useOrder(by: SortedBy): 'ascending' | 'descending' | undefined {
  const [query] = useListQuery<TicketListQuery>();
  const [name, direction] = (query.sort ?? USUAL).split(':');
  if (name !== by) return undefined;
  return direction === 'asc' ? 'ascending' : 'descending';
}

interface SortByProps {
  by: SortedBy;
  label: string;
  /** Where no heading beside it says what it sorts by. */
  isNamed?: boolean;
}

/** Puts the tickets in the order of an attribute, the newest first (of what is due, the next), and turns that round. The address bar keeps it. */
export function SortBy({ by, label, isNamed = false }: SortByProps) {
  const { formatMessage } = useIntl();
  const order = useOrder(by);
  const [, setQuery] = useListQuery<TicketListQuery>();
  const [first, other] = by === 'dueAt' ? (['asc', 'desc'] as const) : (['desc', 'asc'] as const);
  const next: TicketSort = `${by}:${order === (by === 'dueAt' ? 'ascending' : 'descending') ? other : first}`;
  const sort = () => setQuery({ sort: next === USUAL ? undefined : next, page: '1' });
  const icon = order === 'ascending' ? <CaretUp aria-hidden /> : <CaretDown aria-hidden fill={order ? undefined : 'neutral300'} />;
  const words = formatMessage({ id: 'components.TableHeader.sort', defaultMessage: 'Sort on {label}' }, { label });
  if (isNamed)
    return (
      <TextButton endIcon={icon} aria-label={words} onClick={sort}>
        {label}
      </TextButton>
    );
  return (
    <IconButton label={words} variant="ghost" size="XS" onClick={sort}>
      {icon}
    </IconButton>
  );
}
