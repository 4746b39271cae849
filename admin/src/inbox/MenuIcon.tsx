import { Discuss } from '@strapi/icons';
import { styled } from 'styled-components';
import { useTicketSummaryQuery } from '../api/tickets';
import { useAllowed } from '../shared/hooks/useAllowed';

const REFRESH_MS = 60_000;

/** The menu's icon with the number of tickets that wait for an answer of this administrator, or of anybody. */
export function MenuIcon(props: React.ComponentProps<typeof Discuss>) {
  const { canReadTickets } = useAllowed();
  const { data } = useTicketSummaryQuery(undefined, { skip: !canReadTickets, pollingInterval: REFRESH_MS });
  const count = data?.toAnswer ?? 0;
  return (
    <Counted data-count={count > 0 ? (count > 99 ? '99+' : count) : undefined}>
      <Discuss {...props} />
    </Counted>
  );
}

/** The number is drawn and no text: as text it would be part of the link's name. */
const Counted = styled.span`
  position: relative;
  display: inline-flex;

  &[data-count]::after {
    content: attr(data-count);
    position: absolute;
    top: -0.9rem;
    left: 1.1rem;
    min-width: 1.6rem;
    padding: 0 0.4rem;
    border-radius: 0.8rem;
    background: ${({ theme }) => theme.colors.primary600};
    color: ${({ theme }) => theme.colors.neutral0};
    font-size: 1rem;
    line-height: 1.6rem;
    text-align: center;
  }
`;
