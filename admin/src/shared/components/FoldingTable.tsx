import * as React from 'react';
import { Table } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useText, type TextKey } from '../hooks/useText';

interface FoldingTableProps extends React.ComponentProps<typeof Table> {
  /** The headings of the columns; a last column without one holds the buttons of a row. */
  columns: readonly TextKey[];
}

/** A table that becomes a list of cards where there is no room for its columns, so that none of them is out of sight. */
export function FoldingTable({ columns, ...props }: FoldingTableProps) {
  const text = useText();
  const labels = Object.fromEntries(columns.map((column, index) => [`--label-${index + 1}`, JSON.stringify(text(column))]));
  return (
    <Room $columns={columns.length} style={labels as React.CSSProperties}>
      <Table {...props} />
    </Room>
  );
}

const MOST_COLUMNS = 6;
const LABELS = Array.from({ length: MOST_COLUMNS }, (_, index) => index + 1)
  .map((column) => `td:nth-child(${column})::before { content: var(--label-${column}, ''); }`)
  .join('\n');

/** What counts is the room of the table, not that of the window: beside it stand one or two menus. */
const Room = styled.div<{ $columns: number }>`
  container-type: inline-size;

  @container (max-width: 85rem) {
    table,
    tbody,
    tr {
      display: block;
      width: 100%;
    }

    thead tr {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    tbody tr {
      height: auto;
      padding: 1.2rem 2rem;
    }

    tbody td:nth-child(n) {
      display: grid;
      grid-template-columns: clamp(9rem, 32%, 14rem) minmax(0, 1fr);
      align-items: center;
      gap: 0.8rem;
      height: auto;
      padding: 0.4rem 0;
      white-space: normal;
      overflow-wrap: anywhere;
    }

    /* The widths that keep columns apart are of no use in a card. */
    tbody td > div {
      max-width: 100%;
    }

    tbody td:nth-child(n + ${({ $columns }) => $columns + 1}) {
      display: flex;
      justify-content: flex-end;
    }

    tbody td::before {
      color: ${({ theme }) => theme.colors.neutral600};
      font-size: 1.2rem;
    }

    ${LABELS}
  }
`;
