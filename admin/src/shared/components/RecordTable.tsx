import * as React from 'react';
import { EmptyStateLayout, Flex, Tbody, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { useText, type TextKey } from '../hooks/useText';
import { FoldingTable } from './FoldingTable';

interface RecordTableProps<R> {
  columns: readonly TextKey[];
  /** Whether a last column holds the buttons of a row. */
  hasActions?: boolean;
  records: readonly R[];
  /** What stands there when there are none. */
  empty: React.ReactNode;
  footer?: React.ReactNode;
  /** A row, with its key. */
  children(record: R): React.ReactNode;
}

/** Records in rows. */
export function RecordTable<R>({ columns, hasActions = true, records, empty, footer, children }: RecordTableProps<R>) {
  if (records.length === 0) return empty;
  return (
    <FoldingTable columns={columns} colCount={columns.length + (hasActions ? 1 : 0)} rowCount={records.length + 1} footer={footer}>
      <TableHead columns={columns} hasActions={hasActions} />
      <Tbody>{records.map(children)}</Tbody>
    </FoldingTable>
  );
}

/** That there are no records, and what to do about it. */
export const EmptyList = ({ text, action }: { text: string; action?: React.ReactElement | false }) => (
  <EmptyStateLayout icon={<EmptyDocuments width="16rem" />} content={text} action={action || undefined} />
);

function TableHead({ columns, hasActions }: { columns: readonly TextKey[]; hasActions: boolean }) {
  const text = useText();
  return (
    <Thead>
      <Tr>
        {columns.map((column) => (
          <Th key={column}>
            <Typography variant="sigma" textColor="neutral600">
              {text(column)}
            </Typography>
          </Th>
        ))}
        {hasActions && (
          <Th>
            {/* Above the buttons, however little room they need: it makes the column no wider. */}
            <Flex width={0} marginLeft="auto" justifyContent="flex-end">
              <Typography variant="sigma" textColor="neutral600">
                {text('common.actions')}
              </Typography>
            </Flex>
          </Th>
        )}
      </Tr>
    </Thead>
  );
}
