import * as React from 'react';
import {
  EmptyStateLayout,
  Flex,
  IconButton,
  LinkButton,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';
import { Pencil, Plus, Trash } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Layouts, Page } from '@strapi/strapi/admin';
import { NavLink, useNavigate } from 'react-router-dom';
import { FoldingTable } from '../shared/components/FoldingTable';
import { useCannedRepliesQuery, useDeleteCannedReplyMutation, type CannedReply } from '../inbox/api/answering';
import { DeleteDialog } from '../shared/components/DeleteDialog';
import { plainWords } from '../shared/utils/plainWords';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { PageMain } from '../shared/components/PageMain';

export function CannedReplyTable() {
  const text = useText();
  const navigate = useNavigate();
  const { data: replies, isLoading, error } = useCannedRepliesQuery();
  if (isLoading) return <Page.Loading />;
  if (error || !replies) return <Page.Error />;
  const add = (
    <LinkButton tag={NavLink} to="create" size="S" startIcon={<Plus />} fullWidth>
      {text('canned.add')}
    </LinkButton>
  );
  return (
    <PageMain>
      <Page.Title>{text('settings.cannedReplies')}</Page.Title>
      <Layouts.Header title={text('settings.cannedReplies')} subtitle={text('canned.subtitle')} primaryAction={replies.length > 0 && add} />
      <Layouts.Content>
        {replies.length === 0 ? (
          <EmptyStateLayout icon={<EmptyDocuments width="16rem" />} content={text('canned.none')} action={add} />
        ) : (
          <FoldingTable columns={['scanners.name', 'template.body']} colCount={3} rowCount={replies.length + 1}>
            <Thead>
              <Tr>
                <Th>
                  <Typography variant="sigma" textColor="neutral600">
                    {text('scanners.name')}
                  </Typography>
                </Th>
                <Th>
                  <Typography variant="sigma" textColor="neutral600">
                    {text('template.body')}
                  </Typography>
                </Th>
                <Th>
                  <VisuallyHidden>{text('common.actions')}</VisuallyHidden>
                </Th>
              </Tr>
            </Thead>
            <Tbody>
              {replies.map((reply) => (
                <ReplyRow key={reply.documentId} reply={reply} onOpen={() => navigate(reply.documentId)} />
              ))}
            </Tbody>
          </FoldingTable>
        )}
      </Layouts.Content>
    </PageMain>
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
