import * as React from 'react';
import { Flex, IconButton, Td, Tr, Typography } from '@strapi/design-system';
import { Pencil, Trash } from '@strapi/icons';
import { NavLink, useNavigate } from 'react-router-dom';
import { useCannedRepliesQuery, useDeleteCannedReplyMutation, type CannedReply } from '../inbox/api/answering';
import { DeleteDialog } from '../shared/components/DeleteDialog';
import { AddLink, ListPage } from '../shared/components/ListPage';
import { EmptyList, RecordTable } from '../shared/components/RecordTable';
import { plainWords } from '../shared/utils/plainWords';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText, type TextKey } from '../shared/hooks/useText';

const COLUMNS: TextKey[] = ['scanners.name', 'template.body'];

export function CannedReplyTable() {
  const text = useText();
  const navigate = useNavigate();
  const list = useCannedRepliesQuery();
  return (
    <ListPage
      list={list}
      title={text('settings.cannedReplies')}
      subtitle={text('canned.subtitle')}
      primaryAction={list.data && list.data.length > 0 && <AddLink fullWidth>{text('canned.add')}</AddLink>}
    >
      {(replies) => (
        <RecordTable
          columns={COLUMNS}
          records={replies}
          empty={<EmptyList text={text('canned.none')} action={<AddLink fullWidth>{text('canned.add')}</AddLink>} />}
        >
          {(reply) => <ReplyRow key={reply.documentId} reply={reply} onOpen={() => navigate(reply.documentId)} />}
        </RecordTable>
      )}
    </ListPage>
  );
}

function ReplyRow({ reply: { documentId, name, body }, onOpen }: { reply: CannedReply; onOpen(): void }) {
  const text = useText();
  const { failure } = useFeedback();
  const [asks, setAsks] = React.useState(false);
  const [remove] = useDeleteCannedReplyMutation();
  const confirm = async () => {
    setAsks(false);
    const answer = await remove(documentId);
    if ('error' in answer) failure(answer.error!);
  };
  return (
    <Tr onClick={onOpen} style={{ cursor: 'pointer' }}>
      <Td>
        <Typography fontWeight="bold" textColor="neutral800">
          {name}
        </Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800" ellipsis maxWidth="48rem" tag="p">
          {plainWords(body).slice(0, 160)}
        </Typography>
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
          {text('canned.deleteText')}
        </DeleteDialog>
      </Td>
    </Tr>
  );
}
