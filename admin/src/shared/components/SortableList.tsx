import * as React from 'react';
import { Box, IconButton } from '@strapi/design-system';
import { Drag } from '@strapi/icons';
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
import { useFeedback } from '../hooks/useFeedback';
import { useText } from '../hooks/useText';

interface Sortable {
  documentId: string;
  name: string;
}

interface SortableListProps<T extends Sortable> {
  /** What the list is called. */
  label: string;
  /** How it is sorted by keys, for somebody who cannot see it. */
  instructions: string;
  records: T[];
  /** Saves the documentIds in their new order. */
  reorder(order: string[]): PromiseLike<{ data?: unknown; error?: unknown }>;
  /** A list item that calls `useSortableItem`. */
  children(record: T, index: number): React.ReactNode;
}

/** Records in an order that people change: by a handle with the mouse, or with Space and the arrow keys. */
export function SortableList<T extends Sortable>({ label, instructions, records, reorder, children }: SortableListProps<T>) {
  const text = useText();
  const { failure } = useFeedback();
  const sensors = useSensors(useSensor(PointerSensor), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }));
  const ids = records.map(({ documentId }) => documentId);
  const drop = async ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    const answer = await reorder(arrayMove(ids, ids.indexOf(String(active.id)), ids.indexOf(String(over.id))));
    if (answer.error) failure(answer.error);
  };
  const nameOf = (id: string | number) => records.find(({ documentId }) => documentId === id)?.name ?? '';
  const placeOf = (id: string | number | undefined) => ids.indexOf(String(id)) + 1;
  const announcements: Announcements = {
    onDragStart: ({ active }) => text('sort.start', { name: nameOf(active.id) }),
    onDragOver: ({ active, over }) => text('sort.over', { name: nameOf(active.id), place: placeOf(over?.id) }),
    onDragEnd: ({ active, over }) => text('sort.end', { name: nameOf(active.id), place: placeOf(over?.id) }),
    onDragCancel: ({ active }) => text('sort.cancel', { name: nameOf(active.id) }),
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={drop}
      accessibility={{ announcements, screenReaderInstructions: { draggable: instructions } }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <Box tag="ol" aria-label={label}>
          {records.map(children)}
        </Box>
      </SortableContext>
    </DndContext>
  );
}

/** An item of such a list: what its element gets, whether it is being moved, and the handle to move it by. */
export function useSortableItem({ documentId, name }: Sortable, isSortable: boolean) {
  const text = useText();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: documentId,
    disabled: !isSortable,
  });
  const style: React.CSSProperties = { transform: transform ? `translate3d(0, ${transform.y}px, 0)` : undefined, transition };
  const handle = isSortable && (
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
  );
  return { ref: setNodeRef, style, isDragging, handle };
}

/** A row of such a list. */
export const SortableRow = styled.li<{ $lifted: boolean }>`
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
