import { LinkButton } from '@strapi/design-system';
import { Page, useQueryParams } from '@strapi/strapi/admin';
import { Link, Navigate } from 'react-router-dom';
import { ContentPage } from '../../shared/components/ContentPage';
import { EmptyList } from '../../shared/components/RecordTable';
import { useText } from '../../shared/hooks/useText';
import { useSavedViewsQuery } from '../../api/savedViews';
import { TicketListPage } from '../list/TicketListPage';
import type { TicketListQuery } from '../list/ticketListQuery';
import { isBareLink, linkToView } from './viewQuery';

/** The list; by a link that names a view alone, what this view asks for by now. */
export function TicketLists() {
  const [{ query }] = useQueryParams<TicketListQuery>();
  return query?.saved && isBareLink(query) ? <BareLink id={query.saved} /> : <TicketListPage />;
}

function BareLink({ id }: { id: string }) {
  const text = useText();
  const { data: views, error } = useSavedViewsQuery(undefined, { refetchOnMountOrArgChange: true });
  if (!views) return error ? <Page.Error /> : <Page.Loading />;
  const view = views.find(({ documentId }) => documentId === id);
  if (view) return <Navigate replace to={linkToView(view)} />;
  return (
    <ContentPage title={text('inbox.title')} subtitle="">
      <EmptyList
        text={text('savedViews.gone')}
        action={
          <LinkButton tag={Link} to="?view=open" size="S" variant="secondary">
            {text('savedViews.toList')}
          </LinkButton>
        }
      />
    </ContentPage>
  );
}
