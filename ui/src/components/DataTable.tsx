import { Table, Tbody, Th, type ThProps, Thead, Tr } from '@patternfly/react-table';
import { type Ref, useCallback, useMemo, useRef, useState } from 'react';
import { type Column, sorted, type TableSort } from './table/column';
import type { RowAction } from './table/RowMenu';
import { TableRow } from './table/TableRow';
import { WindowedRows } from './table/WindowedRows';

export type { Column, RowAction };

/** A table with more rows renders only those near the view. */
const MOST_ROWS = 60;

type Props<T> = {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  actions?: ((row: T) => RowAction[]) | undefined;
  actionsLabel?: (row: T) => string;
  /** Sorting by the table itself. */
  defaultSort?: TableSort;
  /** Sorting by the page; the rows are sorted already. */
  sort?: TableSort;
  onSort?: (sort: TableSort) => void;
  selection?: { selected: ReadonlySet<string>; onChange: (selected: Set<string>) => void };
};

/**
 * A table as all pages use it: sortable, cards on narrow screens, and with thousands of rows
 * only those rendered that are near the view.
 */
export function DataTable<T>(props: Props<T>) {
  const [ownSort, setOwnSort] = useState(props.defaultSort);
  const sort = props.sort ?? ownSort;
  const setSort = props.onSort ?? setOwnSort;
  const rows = useMemo(
    () => (props.onSort ? props.rows : sorted(props.rows, props.columns, sort)),
    [props.rows, props.columns, props.onSort, sort],
  );
  const { selection } = props;
  const latest = useRef(selection);
  latest.current = selection;
  // The same function each time, so that rows need not render again when others are selected.
  const toggle = useCallback((key: string, isSelected: boolean) => {
    const next = new Set(latest.current?.selected);
    if (isSelected) next.add(key);
    else next.delete(key);
    latest.current?.onChange(next);
  }, []);
  const all = selection !== undefined && rows.length > 0;
  const isWindowed = rows.length > MOST_ROWS;
  const tableRow = (row: T, index: number, measure?: Ref<HTMLTableRowElement>) => {
    const key = props.rowKey(row);
    return (
      <TableRow
        key={key}
        rowKey={key}
        row={row}
        index={index}
        columns={props.columns as readonly Column<unknown>[]}
        actions={props.actions as ((row: unknown) => RowAction[]) | undefined}
        actionsLabel={props.actionsLabel?.(row)}
        selected={selection?.selected.has(key)}
        onSelect={selection && toggle}
        measure={measure}
      />
    );
  };
  return (
    <div className="hp-scroll-x">
      <Table
        aria-label={props.label}
        variant="compact"
        gridBreakPoint="grid-lg"
        {...(isWindowed ? { 'aria-rowcount': rows.length + 1 } : {})}
      >
        <Thead>
          <Tr {...(isWindowed ? { 'aria-rowindex': 1 } : {})}>
            {selection && (
              <Th
                aria-label="Select all"
                select={{
                  isSelected: all && rows.every((row) => selection.selected.has(props.rowKey(row))),
                  onSelect: (_event, isSelected) =>
                    selection.onChange(new Set(isSelected ? rows.map(props.rowKey) : [])),
                }}
              />
            )}
            {props.columns.map((column, index) => (
              <Th
                key={column.key}
                modifier="nowrap"
                className={column.numeric ? 'hp-numeric' : undefined}
                {...(column.width ? { width: column.width } : {})}
                {...(column.sortBy ? { sort: sortOf(props.columns, index, sort, setSort) } : {})}
              >
                {column.title}
              </Th>
            ))}
            {props.actions && <Th screenReaderText="Actions" />}
          </Tr>
        </Thead>
        {isWindowed ? (
          <WindowedRows rows={rows} rowKey={props.rowKey}>
            {tableRow}
          </WindowedRows>
        ) : (
          <Tbody>{rows.map((row, index) => tableRow(row, index))}</Tbody>
        )}
      </Table>
    </div>
  );
}

function sortOf<T>(
  columns: readonly Column<T>[],
  index: number,
  sort: TableSort | undefined,
  onSort: (sort: TableSort) => void,
): NonNullable<ThProps['sort']> {
  const active = columns.findIndex((column) => column.key === sort?.key);
  const first = columns[index]?.descendingFirst ? 'desc' : 'asc';
  return {
    sortBy: {
      ...(active < 0 ? {} : { index: active, direction: sort?.descending ? 'desc' : 'asc' }),
      defaultDirection: first,
    },
    columnIndex: index,
    onSort: (_event, at, direction) =>
      onSort({ key: columns[at]?.key ?? '', descending: direction === 'desc' }),
  };
}
