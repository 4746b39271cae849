import * as React from 'react';
import { Flex, IconButton, Td, Tr, Typography } from '@strapi/design-system';
import { Pencil, Trash } from '@strapi/icons';
import { NavLink, useNavigate } from 'react-router-dom';
import { useFeedback } from '../hooks/useFeedback';
import { useText, type TextKey } from '../hooks/useText';
import { DeleteDialog } from './DeleteDialog';
import { AddLink, ListPage } from './ListPage';
import { EmptyList, RecordTable } from './RecordTable';

interface NamedRecord {
  documentId: string;
  name: string;
}

interface RecordListPageProps<R extends NamedRecord> {
  /** The answer of the server with all of them. */
  list: { data?: R[]; error?: unknown; isFetching: boolean };
  title: TextKey;
  subtitle: TextKey;
  /** What the link to the form for a new one says. */
  add: TextKey;
  /** What stands there when there are none. */
  none: TextKey;
  /** What is lost with one that is deleted. */
  deleteText: TextKey;
  /** What stands above each column, and what of a record stands in it: words, or how they look. */
  columns: readonly (readonly [heading: TextKey, cell: (record: R) => React.ReactNode])[];
  remove(documentId: string): Promise<object>;
  /** What else is done with all of them. */
  secondaryAction?: React.ReactNode;
}

/** Records of a name that are added, opened and deleted, all on one page. */
export function RecordListPage<R extends NamedRecord>({
  list,
  title,
  subtitle,
  add,
  none,
  deleteText,
  columns,
  remove,
  secondaryAction,
}: RecordListPageProps<R>) {
  const text = useText();
  const link = <AddLink fullWidth>{text(add)}</AddLink>;
  return (
    <ListPage
      list={list}
      title={text(title)}
      subtitle={text(subtitle)}
      primaryAction={list.data && list.data.length > 0 && link}
      secondaryAction={secondaryAction}
    >
      {(records) => (
        <RecordTable
          columns={columns.map(([heading]) => heading)}
          records={records}
          empty={<EmptyList text={text(none)} action={<AddLink>{text(add)}</AddLink>} />}
        >
          {(record) => (
            <Row key={record.documentId} record={record} deleteText={deleteText} remove={remove}>
              {columns.map(([heading, cell]) => (
                <Cell key={heading}>{cell(record)}</Cell>
              ))}
            </Row>
          )}
        </RecordTable>
      )}
    </ListPage>
  );
}

const Cell = ({ children }: React.PropsWithChildren) => (
  <Td>{typeof children === 'string' ? <Typography textColor="neutral800">{children}</Typography> : children}</Td>
);

/** What a record is opened by. */
export const RecordName = ({ children }: { children: string }) => (
  <Typography fontWeight="bold" textColor="neutral800">
    {children}
  </Typography>
);

interface RowProps extends Pick<RecordListPageProps<NamedRecord>, 'deleteText' | 'remove'> {
  record: NamedRecord;
  children: React.ReactNode;
}

function Row({ record: { documentId, name }, deleteText, remove, children }: RowProps) {
  const text = useText();
  const navigate = useNavigate();
  const { failure } = useFeedback();
  const [asks, setAsks] = React.useState(false);
  const confirm = async () => {
    setAsks(false);
    const answer = await remove(documentId);
    if ('error' in answer) failure(answer.error as Parameters<typeof failure>[0]);
  };
  return (
    <Tr onClick={() => navigate(documentId)} style={{ cursor: 'pointer' }}>
      {children}
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
          {text(deleteText)}
        </DeleteDialog>
      </Td>
    </Tr>
  );
}
