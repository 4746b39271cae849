import { type TicketView, VIEWS } from '../../../../shared/vocabulary';
import * as React from 'react';
import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import { SavedViewTabs } from '../views/SavedViewTabs';
import { useSavedView } from '../views/useSavedView';
import { useTicketSummaryQuery } from '../../api/tickets';
import { useText } from '../../shared/hooks/useText';

/** The views with the number of tickets in each, and those that somebody has saved. A search goes along, unless it is a view's own. */
export function ViewTabs({ current, search }: { current: TicketView; search?: string }) {
  const text = useText();
  const isSaved = useSavedView().current !== undefined;
  const tabs = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    const open = tabs.current?.querySelector<HTMLElement>('[aria-current]');
    if (open && tabs.current) tabs.current.scrollLeft = open.offsetLeft - tabs.current.offsetLeft;
  }, [current, isSaved]);
  const { data } = useTicketSummaryQuery(undefined, { refetchOnMountOrArgChange: true });
  return (
    <Tabs tag="nav" aria-label={text('inbox.views')} gap={2} ref={tabs}>
      {VIEWS.filter((view) => view !== 'absent' || view === current || data?.views.absent).map((view) => (
        <LinkButton
          key={view}
          tag={Link}
          to={`?${new URLSearchParams({ view, ...(search && !isSaved ? { _q: search } : {}) })}`}
          size="S"
          variant={view === current && !isSaved ? 'secondary' : 'tertiary'}
          aria-current={view === current && !isSaved ? 'page' : undefined}
        >
          {text(`inbox.view.${view}`)}
          {data && (
            <Typography tag="span" variant="pi" textColor="inherit">
              {` ${data.views[view]}`}
            </Typography>
          )}
        </LinkButton>
      ))}
      <SavedViewTabs />
    </Tabs>
  );
}

/** On a phone one line that is pushed aside, so that the tickets begin on the first screen. The padding is for the ring of the focus. */
const Tabs = styled(Flex)`
  overflow-x: auto;
  margin: -0.4rem;
  padding: 0.4rem;

  > * {
    flex: none;
  }

  ${({ theme }) => theme.breakpoints.medium} {
    flex-wrap: wrap;
    overflow-x: visible;
  }
`;
