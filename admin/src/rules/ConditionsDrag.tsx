import * as React from 'react';
import { Box } from '@strapi/design-system';
import { Drag } from '@strapi/icons';
import {
  DndContext,
  PointerSensor,
  pointerWithin,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import { Rule, RuleGroup, type DragHandleProps, type RuleGroupProps, type RuleProps } from 'react-querybuilder';
import { styled } from 'styled-components';

/** Where a part is dropped: behind a condition, or first into a group, whose head it is dropped on. */
interface Target {
  group: number[];
  index: number;
}

interface ConditionsDragProps {
  onMove(from: number[], group: number[], index: number): void;
  children: React.ReactNode;
}

/** Conditions and groups are moved with the mouse or a finger; with the keyboard by the arrows beside them. */
export function ConditionsDrag({ onMove, children }: ConditionsDragProps) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));
  const drop = ({ active, over }: DragEndEvent) => {
    const from = active.data.current?.path as number[] | undefined;
    const target = over?.data.current as Target | undefined;
    if (from && target) onMove(from, target.group, target.index);
  };
  return (
    <DndContext sensors={sensors} collisionDetection={pointerWithin} onDragEnd={drop}>
      {children}
    </DndContext>
  );
}

function useTarget(id: string | undefined, path: number[], isGroup: boolean, disabled: boolean | undefined) {
  const target: Target = isGroup ? { group: path, index: 0 } : { group: path.slice(0, -1), index: path.at(-1)! + 1 };
  return useDroppable({ id: `onto ${id ?? path.join()}`, data: target, disabled });
}

function DroppableCondition(props: RuleProps) {
  const { setNodeRef, isOver } = useTarget(props.id, props.path, false, props.disabled);
  return (
    <Place ref={setNodeRef} $isOver={isOver}>
      <Rule {...props} />
    </Place>
  );
}

function DroppableGroup(props: RuleGroupProps) {
  const { setNodeRef, isOver } = useTarget(props.id, props.path, true, props.disabled);
  return (
    <GroupPlace $isOver={isOver}>
      <RuleGroup {...props} dropRef={setNodeRef} />
    </GroupPlace>
  );
}

/** For pointers alone: the buttons beside it do the same with keys, and are named. */
const DragHandle = React.forwardRef<HTMLSpanElement, DragHandleProps>(function DragHandle({ path, ruleOrGroup, disabled }, _ref) {
  const { listeners, setNodeRef, isDragging } = useDraggable({ id: String(ruleOrGroup.id), data: { path }, disabled });
  if (disabled) return null;
  return (
    <Handle ref={setNodeRef} {...listeners} data-testid="drag-condition" aria-hidden $isDragging={isDragging}>
      <Drag />
    </Handle>
  );
});

export const DRAG_CONTROLS = { rule: DroppableCondition, ruleGroup: DroppableGroup, dragHandle: DragHandle };

const Place = styled(Box)<{ $isOver: boolean }>`
  box-shadow: ${({ theme, $isOver }) => ($isOver ? `0 2px 0 0 ${theme.colors.primary600}` : 'none')};
`;

const GroupPlace = styled(Box)<{ $isOver: boolean }>`
  > .ruleGroup > .ruleGroup-header {
    box-shadow: ${({ theme, $isOver }) => ($isOver ? `0 2px 0 0 ${theme.colors.primary600}` : 'none')};
  }
`;

const Handle = styled.span<{ $isDragging: boolean }>`
  display: inline-flex;
  flex: none !important;
  align-self: center;
  padding: 0.8rem 0.4rem;
  cursor: ${({ $isDragging }) => ($isDragging ? 'grabbing' : 'grab')};
  opacity: ${({ $isDragging }) => ($isDragging ? 0.5 : 1)};
  touch-action: none;
`;
