import * as React from 'react';
import { Flex, IconButton, LinkButton, Typography, VisuallyHidden } from '@strapi/design-system';
import { Pencil, WarningCircle } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { useText } from '../../shared/hooks/useText';
import { useSavedView } from './useSavedView';
import { linkToView } from './viewQuery';

// With what it takes to drag.
const ManageViews = React.lazy(() => import('./ManageViews').then((module) => ({ default: module.ManageViews })));

/** Those of the team and one's own, behind the views that are always there. */
export function SavedViewTabs() {
  const text = useText();
  const { views, current, mayChange } = useSavedView();
  const [isManaging, setIsManaging] = React.useState(false);
  return (
    <>
      {views.map((view) => (
        <LinkButton
          key={view.documentId}
          tag={Link}
          to={linkToView(view)}
          size="S"
          variant={view === current ? 'secondary' : 'tertiary'}
          aria-current={view === current ? 'page' : undefined}
          startIcon={view.missing.length > 0 ? <WarningCircle aria-hidden /> : undefined}
        >
          <Flex tag="span" gap={1}>
            <Typography tag="span" variant="pi" fontWeight="bold" textColor="inherit" ellipsis maxWidth="22rem" title={view.name}>
              {view.name}
            </Typography>
            {view.count !== null && (
              <Typography tag="span" variant="pi" textColor="inherit">
                {` ${view.count}`}
              </Typography>
            )}
          </Flex>
          {view.missing.length > 0 && <VisuallyHidden>{` (${text('filter.gone')})`}</VisuallyHidden>}
        </LinkButton>
      ))}
      {views.some(mayChange) && (
        <IconButton label={text('savedViews.manage')} size="S" variant="ghost" onClick={() => setIsManaging(true)}>
          <Pencil />
        </IconButton>
      )}
      {isManaging && (
        <React.Suspense fallback={null}>
          <ManageViews onClose={() => setIsManaging(false)} />
        </React.Suspense>
      )}
    </>
  );
}
