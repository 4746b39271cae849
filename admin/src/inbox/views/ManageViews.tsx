import * as React from 'react';
import { Box, Flex, IconButton, Typography } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';
import { DeleteButton } from '../../shared/components/DeleteButton';
import { ModalDialog } from '../../shared/components/ModalDialog';
import { SortableList, SortableRow, useSortableItem } from '../../shared/components/SortableList';
import { useText } from '../../shared/hooks/useText';
import { useDeleteViewMutation, useOrderViewsMutation, type SavedView } from '../../api/savedViews';
import { useSavedView } from './useSavedView';
import { ViewForm } from './ViewForm';

/** Names, deletes and orders saved views: those of the team where somebody may, and one's own. */
export function ManageViews({ onClose }: { onClose(): void }) {
  const text = useText();
  const { views, mayChange } = useSavedView();
  return (
    <ModalDialog title={text('savedViews.manage')} onClose={onClose} wayOut="close">
      <Flex direction="column" alignItems="stretch" gap={6}>
        {[true, false].map((isShared) => {
          const some = views.filter((view) => view.isShared === isShared && mayChange(view));
          return some.length > 0 && <Section key={String(isShared)} isShared={isShared} views={some} />;
        })}
      </Flex>
    </ModalDialog>
  );
}

function Section({ isShared, views }: { isShared: boolean; views: SavedView[] }) {
  const text = useText();
  const [reorder] = useOrderViewsMutation();
  const title = text(isShared ? 'savedViews.team' : 'savedViews.own');
  return (
    <Box>
      <Typography tag="h3" variant="delta" textColor="neutral800">
        {title}
      </Typography>
      <SortableList label={title} instructions={text('savedViews.sort')} records={views} reorder={(order) => reorder({ isShared, order })}>
        {(view) => <View key={view.documentId} view={view} isSortable={views.length > 1} />}
      </SortableList>
    </Box>
  );
}

function View({ view, isSortable }: { view: SavedView; isSortable: boolean }) {
  const text = useText();
  const { name, documentId } = view;
  const [isEdited, setIsEdited] = React.useState(false);
  const [remove] = useDeleteViewMutation();
  const { ref, style, isDragging, handle } = useSortableItem(view, isSortable && !isEdited);
  if (isEdited) {
    const end = () => setIsEdited(false);
    return (
      <SortableRow ref={ref} $lifted={false}>
        <Box flex="1">
          <ViewForm view={view} onSaved={end} onCancel={end} />
        </Box>
      </SortableRow>
    );
  }
  return (
    <SortableRow ref={ref} $lifted={isDragging} style={style}>
      {handle}
      <Box flex="1" minWidth={0}>
        <Typography textColor="neutral800">{name}</Typography>
      </Box>
      <IconButton label={text('rules.edit', { name })} variant="ghost" onClick={() => setIsEdited(true)}>
        <Pencil />
      </IconButton>
      <DeleteButton name={name} remove={() => remove(documentId)}>
        {text('savedViews.deleteText')}
      </DeleteButton>
    </SortableRow>
  );
}
