import { Flex, IconButton, Typography } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import {
  useDeleteStatusMutation,
  useOrderStatusesMutation,
  useSaveStatusMutation,
  useStatusesQuery,
  type KeptStatus,
} from '../api/ticketStatuses';
import { ActiveSwitch } from '../shared/components/ActiveSwitch';
import { DeleteButton } from '../shared/components/DeleteButton';
import { AddLink, ListPage } from '../shared/components/ListPage';
import { Panel } from '../shared/components/Panel';
import { EmptyList } from '../shared/components/RecordTable';
import { SortableList, SortableRow, useSortableItem } from '../shared/components/SortableList';
import { TagChip } from '../shared/helpdesk/TagChips';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';

/** Statuses of the site's own, in the order in which they are offered. */
export function StatusList() {
  const text = useText();
  const list = useStatusesQuery();
  const [reorder] = useOrderStatusesMutation();
  return (
    <ListPage
      list={list}
      title={text('statuses.title')}
      subtitle={text('statuses.subtitle')}
      primaryAction={Boolean(list.data?.length) && <AddLink fullWidth>{text('statuses.add')}</AddLink>}
    >
      {(statuses) =>
        statuses.length === 0 ? (
          <EmptyList text={text('statuses.none')} action={<AddLink>{text('statuses.add')}</AddLink>} />
        ) : (
          <Panel>
            <SortableList label={text('statuses.title')} instructions={text('statuses.sort')} records={statuses} reorder={reorder}>
              {(status) => <Row key={status.documentId} status={status} isSortable={statuses.length > 1} />}
            </SortableList>
          </Panel>
        )
      }
    </ListPage>
  );
}

function Row({ status, isSortable }: { status: KeptStatus; isSortable: boolean }) {
  const text = useText();
  const { failure } = useFeedback();
  const { documentId, name, kind, active } = status;
  const [save] = useSaveStatusMutation();
  const [remove] = useDeleteStatusMutation();
  const { ref, style, isDragging, handle } = useSortableItem(status, isSortable);
  const toggle = async (next: boolean) => {
    const answer = await save({ id: documentId, data: { active: next } });
    if ('error' in answer) failure(answer.error!);
  };
  return (
    // On a phone the buttons are below the name.
    <SortableRow ref={ref} $lifted={isDragging} style={{ ...style, flexWrap: 'wrap' }}>
      {handle}
      <Flex flex="1 1 18rem" minWidth={0} gap={2} wrap="wrap">
        <TagChip {...status} />
        <Typography textColor="neutral600">{text(`inbox.status.${kind}`)}</Typography>
      </Flex>
      <Flex gap={2}>
        <ActiveSwitch label={text('rules.activeSwitch', { name })} active={active} disabled={false} onChange={toggle} />
        <IconButton tag={NavLink} label={text('rules.edit', { name })} variant="ghost" to={documentId}>
          <Pencil />
        </IconButton>
        <DeleteButton name={name} remove={() => remove(documentId)}>
          {text('statuses.deleteText')}
        </DeleteButton>
      </Flex>
    </SortableRow>
  );
}
