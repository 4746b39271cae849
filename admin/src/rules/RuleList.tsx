import * as React from 'react';
import { Box, Flex, LinkButton } from '@strapi/design-system';
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
import { arrayMove, SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { NavLink, useParams } from 'react-router-dom';
import { useReorderRulesMutation, useRulesQuery, useRuleSchemaQuery, type Rule } from './api/rules';
import { useScannerQuery } from '../scanners/api/scanners';
import { AddLink, ListPage } from '../shared/components/ListPage';
import { Notice } from '../shared/components/Notice';
import { EmptyList } from '../shared/components/RecordTable';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useRuleWords } from '../shared/hooks/useRuleWords';
import { useText } from '../shared/hooks/useText';
import { RuleCard } from './RuleCard';
import { RulesMenu } from './RulesMenu';

/** The rules of a scanner in their order: the first that matches decides. */
export function RuleList() {
  const text = useText();
  const { scannerId = '' } = useParams();
  const { canManageScanners, isLoading: isAsking } = useAllowed();
  const { data: scanner, error: notFound } = useScannerQuery(scannerId);
  const list = useRulesQuery(scannerId);
  return (
    <ListPage
      list={{ ...list, error: notFound ?? list.error }}
      isWaiting={isAsking || !scanner}
      title={text('rules.of', { name: scanner?.name })}
      subtitle={text('rules.subtitle')}
      back="../.."
      secondaryAction={
        <>
          {canManageScanners && <RulesMenu scannerId={scannerId} scannerName={scanner?.name ?? ''} rules={list.data ?? []} />}
          <LinkButton tag={NavLink} variant="secondary" size="S" fullWidth to="../preview" relative="path">
            {text('preview.button')}
          </LinkButton>
        </>
      }
      primaryAction={canManageScanners && <AddLink fullWidth>{text('rules.add')}</AddLink>}
    >
      {(rules) => (
        <Flex direction="column" alignItems="stretch" gap={4}>
          {!scanner?.active && rules.length > 0 && <Notice variant="info">{text('rules.inactiveScanner')}</Notice>}
          {rules.length === 0 ? (
            <EmptyList text={text('rules.empty')} action={canManageScanners && <AddLink>{text('rules.add')}</AddLink>} />
          ) : (
            <SortableRules scannerId={scannerId} rules={rules} />
          )}
        </Flex>
      )}
    </ListPage>
  );
}

function SortableRules({ scannerId, rules }: { scannerId: string; rules: Rule[] }) {
  const text = useText();
  const { failure } = useFeedback();
  const { canManageScanners } = useAllowed();
  const { data: schema } = useRuleSchemaQuery();
  const words = useRuleWords(schema);
  const [reorder] = useReorderRulesMutation();
  const sensors = useSensors(useSensor(PointerSensor), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }));
  const ids = rules.map(({ documentId }) => documentId);

  const drop = async ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    const answer = await reorder({
      scanner: scannerId,
      order: arrayMove(ids, ids.indexOf(String(active.id)), ids.indexOf(String(over.id))),
    });
    if ('error' in answer) failure(answer.error!);
  };
  const nameOf = (id: string | number) => rules.find(({ documentId }) => documentId === id)?.name ?? '';
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
      accessibility={{ announcements, screenReaderInstructions: { draggable: text('sort.instructions') } }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <Box tag="ol" aria-label={text('rules.title')}>
          {rules.map((rule, index) => (
            <RuleCard
              key={rule.documentId}
              rule={rule}
              place={index + 1}
              sentence={words.sentence(rule)}
              sortable={canManageScanners && rules.length > 1}
            />
          ))}
        </Box>
      </SortableContext>
    </DndContext>
  );
}
