import * as React from 'react';
import { Box, Button, Flex, IconButton, Modal, Typography } from '@strapi/design-system';
import { Drag, Pencil, Trash } from '@strapi/icons';
import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type Announcements,
  type DragEndEvent,
} from '@dnd-kit/core';
import { arrayMove, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { styled } from 'styled-components';
import { DeleteDialog } from '../../shared/components/DeleteDialog';
import { ModalRoot } from '../../shared/components/ModalRoot';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { useDeleteViewMutation, useOrderViewsMutation, type SavedView } from '../api/savedViews';
import { useSavedView } from './useSavedView';
import { ViewForm } from './ViewForm';

/** Names, deletes and orders saved views: those of the team for who may, and one's own. */
export function ManageViews({ onClose }: { onClose(): void }) {
  const text = useText();
  const { views, mayChange } = useSavedView();
  return (
    <ModalRoot onClose={onClose}>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{text('savedViews.manage')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={6}>
            {[true, false].map((isShared) => {
              const some = views.filter((view) => view.isShared === isShared && mayChange(view));
              return some.length > 0 && <Section key={String(isShared)} isShared={isShared} views={some} />;
            })}
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {text('common.close')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </ModalRoot>
  );
}

function Section({ isShared, views }: { isShared: boolean; views: SavedView[] }) {
  const text = useText();
  const { failure } = useFeedback();
  const [reorder] = useOrderViewsMutation();
  const sensors = useSensors(useSensor(PointerSensor), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }));
  const ids = views.map(({ documentId }) => documentId);
  const drop = async ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    const answer = await reorder({ isShared, order: arrayMove(ids, ids.indexOf(String(active.id)), ids.indexOf(String(over.id))) });
    if ('error' in answer) failure(answer.error!);
  };
  const nameOf = (id: string | number) => views.find(({ documentId }) => documentId === id)?.name ?? '';
  const placeOf = (id: string | number | undefined) => ids.indexOf(String(id)) + 1;
  const announcements: Announcements = {
    onDragStart: ({ active }) => text('sort.start', { name: nameOf(active.id) }),
    onDragOver: ({ active, over }) => text('sort.over', { name: nameOf(active.id), place: placeOf(over?.id) }),
    onDragEnd: ({ active, over }) => text('sort.end', { name: nameOf(active.id), place: placeOf(over?.id) }),
    onDragCancel: ({ active }) => text('sort.cancel', { name: nameOf(active.id) }),
  };
  const title = text(isShared ? 'savedViews.team' : 'savedViews.own');
  return (
    <Box>
      <Typography tag="h3" variant="delta" textColor="neutral800">
        {title}
      </Typography>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={drop}
        accessibility={{ announcements, screenReaderInstructions: { draggable: text('savedViews.sort') } }}
      >
        <SortableContext items={ids} strategy={verticalListSortingStrategy}>
          <Box tag="ol" aria-label={title}>
            {views.map((view) => (
              <View key={view.documentId} view={view} isSortable={views.length > 1} />
            ))}
          </Box>
        </SortableContext>
      </DndContext>
    </Box>
  );
}

function View({ view, isSortable }: { view: SavedView; isSortable: boolean }) {
  const text = useText();
  const { name, documentId } = view;
  const [isEdited, setIsEdited] = React.useState(false);
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: documentId,
    disabled: !isSortable || isEdited,
  });
  const shift = transform ? `translate3d(0, ${transform.y}px, 0)` : undefined;
  if (isEdited) {
    const end = () => setIsEdited(false);
    return (
      <Row ref={setNodeRef} $lifted={false}>
        <Box flex="1">
          <ViewForm view={view} onSaved={end} onCancel={end} />
        </Box>
      </Row>
    );
  }
  return (
    <Row ref={setNodeRef} $lifted={isDragging} style={{ transform: shift, transition }}>
      {isSortable && (
        <IconButton
          ref={setActivatorNodeRef}
          label={text('rules.move', { name })}
          variant="ghost"
          {...attributes}
          {...listeners}
          style={{ cursor: 'grab', touchAction: 'none' }}
        >
          <Drag />
        </IconButton>
      )}
      <Box flex="1" minWidth={0}>
        <Typography textColor="neutral800">{name}</Typography>
      </Box>
      <IconButton label={text('rules.edit', { name })} variant="ghost" onClick={() => setIsEdited(true)}>
        <Pencil />
      </IconButton>
      <DeleteView view={view} />
    </Row>
  );
}

function DeleteView({ view: { documentId, name } }: { view: SavedView }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [isOpen, setIsOpen] = React.useState(false);
  const [remove] = useDeleteViewMutation();
  const confirm = async () => {
    setIsOpen(false);
    const answer = await remove(documentId);
    if ('error' in answer) return failure(answer.error!);
    success(text('rules.deleted', { name }));
  };
  return (
    <>
      <IconButton label={text('rules.delete', { name })} variant="ghost" onClick={() => setIsOpen(true)}>
        <Trash />
      </IconButton>
      <DeleteDialog open={isOpen} title={text('rules.deleteTitle', { name })} onClose={() => setIsOpen(false)} onConfirm={confirm}>
        {text('savedViews.deleteText')}
      </DeleteDialog>
    </>
  );
}

const Row = styled.li<{ $lifted: boolean }>`
  display: flex;
  align-items: center;
  gap: 0.8rem;
  padding: 0.8rem 0;
  overflow-wrap: anywhere;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral0};
  position: relative;
  z-index: ${({ $lifted }) => ($lifted ? 1 : 0)};
  box-shadow: ${({ theme, $lifted }) => ($lifted ? theme.shadows.popupShadow : 'none')};
`;
