import { type TicketView, VIEWS } from '../../../../shared/vocabulary';
import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { SavedViewTabs } from '../views/SavedViewTabs';
import { useSavedView } from '../views/useSavedView';
import { useTicketSummaryQuery } from '../api/tickets';
import { useText } from '../../shared/hooks/useText';

/** The views with the number of tickets in each, and those that somebody has saved. A search goes along. */
export function ViewTabs({ current, search }: { current: TicketView; search?: string }) {
  const text = useText();
  const isSaved = useSavedView().current !== undefined;
  const { data } = useTicketSummaryQuery(undefined, { refetchOnMountOrArgChange: true });
  return (
    <Flex tag="nav" aria-label={text('inbox.views')} gap={2} wrap="wrap">
      {VIEWS.map((view) => (
        <LinkButton
          key={view}
          tag={Link}
          to={`?${new URLSearchParams({ view, ...(search ? { _q: search } : {}) })}`}
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
    </Flex>
  );
}
