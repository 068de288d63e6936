import { MenuToggle } from '@patternfly/react-core';
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon';
import {
  ActionsColumn,
  type IAction,
  Table,
  Tbody,
  Td,
  Th,
  type ThProps,
  Thead,
  Tr,
} from '@patternfly/react-table';
import { memo, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useGrowingCount } from './useGrowingCount';

export type Column<T> = {
  key: string;
  title: string;
  cell: (row: T) => ReactNode;
  /** What the column is sorted by; a column without it cannot be sorted. */
  sortBy?: (row: T) => string | number;
  /** Numbers are set flush right. */
  numeric?: boolean;
  width?: ThProps['width'];
  /** Where a sorted column starts with its greatest value. */
  descendingFirst?: boolean;
};

export type TableSort = { key: string; descending: boolean };

type Props<T> = {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  actions?: ((row: T) => IAction[]) | undefined;
  actionsLabel?: (row: T) => string;
  /** Sorting by the table itself. */
  defaultSort?: TableSort;
  /** Sorting by the page; the rows are sorted already. */
  sort?: TableSort;
  onSort?: (sort: TableSort) => void;
  selection?: { selected: ReadonlySet<string>; onChange: (selected: Set<string>) => void };
};

const order = new Intl.Collator(undefined, { numeric: true });

function sorted<T>(rows: readonly T[], columns: readonly Column<T>[], sort?: TableSort) {
  const by = columns.find((column) => column.key === sort?.key)?.sortBy;
  if (!sort || !by) return rows;
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const one = by(a);
    const other = by(b);
    return (
      sign *
      (typeof one === 'number' && typeof other === 'number'
        ? one - other
        : order.compare(String(one), String(other)))
    );
  });
}

/**
 * A table as all pages use it: sortable, cards on narrow screens, and with thousands of rows
 * rendered as far as one has scrolled.
 */
export function DataTable<T>(props: Props<T>) {
  const [ownSort, setOwnSort] = useState(props.defaultSort);
  const sort = props.sort ?? ownSort;
  const setSort = props.onSort ?? setOwnSort;
  const rows = useMemo(
    () => (props.onSort ? props.rows : sorted(props.rows, props.columns, sort)),
    [props.rows, props.columns, props.onSort, sort],
  );
  const { count, end } = useGrowingCount(rows.length);
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
  return (
    <>
      <div className="hp-scroll-x">
        <Table aria-label={props.label} variant="compact" gridBreakPoint="grid-lg">
          <Thead>
            <Tr>
              {selection && (
                <Th
                  aria-label="Select all"
                  select={{
                    isSelected:
                      all && rows.every((row) => selection.selected.has(props.rowKey(row))),
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
          <Tbody>
            {rows.slice(0, count).map((row, index) => {
              const key = props.rowKey(row);
              return (
                <TableRow
                  key={key}
                  rowKey={key}
                  row={row}
                  index={index}
                  columns={props.columns as readonly Column<unknown>[]}
                  actions={props.actions as ((row: unknown) => IAction[]) | undefined}
                  actionsLabel={props.actionsLabel?.(row)}
                  selected={selection?.selected.has(key)}
                  onSelect={selection && toggle}
                />
              );
            })}
          </Tbody>
        </Table>
      </div>
      {end}
    </>
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

type RowProps = {
  rowKey: string;
  row: unknown;
  index: number;
  columns: readonly Column<unknown>[];
  actions: ((row: unknown) => IAction[]) | undefined;
  actionsLabel: string | undefined;
  selected: boolean | undefined;
  onSelect: ((key: string, isSelected: boolean) => void) | undefined;
};

const TableRow = memo(
  function TableRow(props: RowProps) {
    const { rowKey, row, index, columns, actions, actionsLabel, selected, onSelect } = props;
    const items = actions?.(row);
    return (
      <Tr isRowSelected={selected === true}>
        {onSelect && (
          <Td
            select={{
              rowIndex: index,
              isSelected: selected === true,
              onSelect: (_event, isSelected) => onSelect(rowKey, isSelected),
            }}
          />
        )}
        {columns.map((column) => (
          <Td
            key={column.key}
            dataLabel={column.title}
            className={column.numeric ? 'hp-numeric' : undefined}
          >
            {column.cell(row)}
          </Td>
        ))}
        {items && (
          <Td isActionCell>
            {items.length > 0 && (
              <ActionsColumn
                items={items}
                popperProps={{ position: 'right', appendTo: () => document.body }}
                actionsToggle={({ onToggle, isOpen, toggleRef }) => (
                  <MenuToggle
                    ref={toggleRef}
                    variant="plain"
                    aria-label={actionsLabel ?? 'Actions'}
                    isExpanded={isOpen}
                    onClick={onToggle}
                    icon={<EllipsisVIcon />}
                  />
                )}
              />
            )}
          </Td>
        )}
      </Tr>
    );
  },
  (before, after) =>
    before.row === after.row &&
    before.columns === after.columns &&
    before.actions === after.actions &&
    before.selected === after.selected &&
    before.index === after.index &&
    before.actionsLabel === after.actionsLabel &&
    before.onSelect === after.onSelect,
);
