import * as React from 'react';
import { Flex, IconButton, Td, Tr } from '@strapi/design-system';
import { Pencil, Trash } from '@strapi/icons';
import { NavLink, useNavigate } from 'react-router-dom';
import { useDeleteTagMutation, useTagsQuery, type Tag } from '../inbox/api/tags';
import { DeleteDialog } from '../shared/components/DeleteDialog';
import { AddLink, ListPage } from '../shared/components/ListPage';
import { EmptyList, RecordTable } from '../shared/components/RecordTable';
import { TagChip } from '../shared/helpdesk/TagChips';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText, type TextKey } from '../shared/hooks/useText';

const COLUMNS: TextKey[] = ['scanners.name'];

export function TagTable() {
  const text = useText();
  const navigate = useNavigate();
  const list = useTagsQuery();
  return (
    <ListPage
      list={list}
      title={text('tags.title')}
      subtitle={text('tags.subtitle')}
      primaryAction={list.data && list.data.length > 0 && <AddLink fullWidth>{text('tags.add')}</AddLink>}
    >
      {(tags) => (
        <RecordTable
          columns={COLUMNS}
          records={tags}
          empty={<EmptyList text={text('tags.none')} action={<AddLink fullWidth>{text('tags.add')}</AddLink>} />}
        >
          {(tag) => <TagRow key={tag.documentId} tag={tag} onOpen={() => navigate(tag.documentId)} />}
        </RecordTable>
      )}
    </ListPage>
  );
}

function TagRow({ tag: { documentId, name, colour }, onOpen }: { tag: Tag; onOpen(): void }) {
  const text = useText();
  const { failure } = useFeedback();
  const [asks, setAsks] = React.useState(false);
  const [remove] = useDeleteTagMutation();
  const confirm = async () => {
    setAsks(false);
    const answer = await remove(documentId);
    if ('error' in answer) failure(answer.error!);
  };
  return (
    <Tr onClick={onOpen} style={{ cursor: 'pointer' }}>
      <Td>
        <TagChip name={name} colour={colour} />
      </Td>
      <Td onClick={(event: React.MouseEvent) => event.stopPropagation()}>
        <Flex justifyContent="flex-end">
          <IconButton tag={NavLink} label={text('scanners.edit', { name })} variant="ghost" to={documentId}>
            <Pencil />
          </IconButton>
          <IconButton label={text('canned.delete', { name })} variant="ghost" onClick={() => setAsks(true)}>
            <Trash />
          </IconButton>
        </Flex>
        <DeleteDialog open={asks} title={text('canned.delete', { name })} onClose={() => setAsks(false)} onConfirm={confirm}>
          {text('tags.deleteText')}
        </DeleteDialog>
      </Td>
    </Tr>
  );
}
