import * as React from 'react';
import { Button, Field, Flex, IconButton, Td, Tr, Typography } from '@strapi/design-system';
import { ArrowClockwise, Trash } from '@strapi/icons';
import { useQueryParams } from '@strapi/strapi/admin';
import { ActiveSwitch } from '../shared/components/ActiveSwitch';
import { DeleteDialog } from '../shared/components/DeleteDialog';
import { AddLink, ListPage } from '../shared/components/ListPage';
import { Notice } from '../shared/components/Notice';
import { EmptyList, RecordTable } from '../shared/components/RecordTable';
import { ListSearch } from '../shared/components/SearchField';
import { WhenBrief, WhenCell } from '../shared/components/When';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText, type TextKey } from '../shared/hooks/useText';
import { pagingOf, type PagingQuery } from '../shared/utils/paging';
import { useBlocksQuery, useBlockToJunkMutation, useDecideAgainMutation, useUnblockMutation, type BlockedSender } from '../api/blockList';

const COLUMNS: TextKey[] = ['blocks.target', 'blocks.note', 'blocks.added', 'blocks.caught'];

/** Whose mail makes no ticket. */
export function BlockListPage() {
  const text = useText();
  const [{ query = {} }] = useQueryParams<PagingQuery & { _q?: string }>();
  const list = useBlocksQuery({ search: query._q, ...pagingOf(query) }, { refetchOnMountOrArgChange: true });
  const [asks, setAsks] = React.useState<BlockedSender | null>(null);
  const [gone, setGone] = React.useState<BlockedSender | null>(null);
  const { canRunScanners } = useAllowed();
  const { failure } = useFeedback();
  const [unblock] = useUnblockMutation();
  const confirm = async (entry: BlockedSender) => {
    setAsks(null);
    const answer = await unblock(entry.id);
    if ('error' in answer) return failure(answer.error!);
    setGone(entry);
  };
  return (
    <ListPage
      list={list}
      title={text('blocks.title')}
      subtitle={text('blocks.subtitle')}
      primaryAction={<AddLink fullWidth>{text('blocks.add')}</AddLink>}
      filters={<ListSearch label={text('blocks.search')} />}
    >
      {({ data, meta }) => (
        <Flex direction="column" alignItems="stretch" gap={4}>
          {gone && canRunScanners && gone.caught > 0 && <DecideAgain entry={gone} onDone={() => setGone(null)} />}
          <ToJunk toJunk={meta.toJunk} />
          <RecordTable
            columns={COLUMNS}
            records={data}
            empty={
              <EmptyList
                text={text(query._q ? 'inbox.nothingFound' : 'blocks.none')}
                action={!query._q && <AddLink>{text('blocks.add')}</AddLink>}
              />
            }
          >
            {(entry) => <Row key={entry.id} entry={entry} onRemove={() => setAsks(entry)} />}
          </RecordTable>
          <DeleteDialog
            open={asks !== null}
            title={text('blocks.remove', { target: asks?.target })}
            onClose={() => setAsks(null)}
            onConfirm={() => void confirm(asks!)}
          >
            {text('blocks.removeText')}
          </DeleteDialog>
        </Flex>
      )}
    </ListPage>
  );
}

function Row({ entry: { target, note, addedBy, addedAt, caught, lastCaughtAt }, onRemove }: { entry: BlockedSender; onRemove(): void }) {
  const text = useText();
  return (
    <Tr>
      <Td>
        <Typography fontWeight="bold" textColor="neutral800" style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
          {target}
        </Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800" style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
          {note || '—'}
        </Typography>
      </Td>
      <Td>
        <WhenCell at={addedAt} also={addedBy ?? undefined} />
      </Td>
      <Td>
        <Flex direction="column" alignItems="flex-start">
          <Typography textColor="neutral800">{caught}</Typography>
          {lastCaughtAt && <WhenBrief at={lastCaughtAt} variant="pi" textColor="neutral600" />}
        </Flex>
      </Td>
      <Td>
        <Flex justifyContent="flex-end">
          <IconButton label={text('blocks.remove', { target })} variant="ghost" onClick={onRemove}>
            <Trash />
          </IconButton>
        </Flex>
      </Td>
    </Tr>
  );
}

/** What an entry caught before somebody removed it. */
function DecideAgain({ entry: { id, target, caught }, onDone }: { entry: BlockedSender; onDone(): void }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [decide, { isLoading }] = useDecideAgainMutation();
  const run = async () => {
    const answer = await decide(id);
    if ('error' in answer) return failure(answer.error!);
    success(text('blocks.decided', { tried: answer.data.tried, succeeded: answer.data.succeeded }));
    onDone();
  };
  return (
    <Notice variant="info" title={text('blocks.removed', { target, count: caught })}>
      <Flex>
        <Button size="S" variant="secondary" startIcon={<ArrowClockwise />} loading={isLoading} onClick={run}>
          {text('blocks.decide')}
        </Button>
      </Flex>
    </Notice>
  );
}

function ToJunk({ toJunk }: { toJunk: boolean }) {
  const text = useText();
  const { failure } = useFeedback();
  const [change, { isLoading }] = useBlockToJunkMutation();
  const set = async (active: boolean) => {
    const answer = await change(active);
    if ('error' in answer) failure(answer.error!);
  };
  return (
    <Field.Root hint={text('blocks.toJunkHint')}>
      <Flex gap={3} wrap="wrap">
        <Typography textColor="neutral800">{text('blocks.toJunk')}</Typography>
        <ActiveSwitch label={text('blocks.toJunk')} active={toJunk} disabled={isLoading} onChange={set} />
      </Flex>
      <Field.Hint />
    </Field.Root>
  );
}
