import { Td, Tr } from '@patternfly/react-table';
import { memo, type Ref } from 'react';
import type { Column } from './column';
import { type RowAction, RowMenu } from './RowMenu';

type Props = {
  rowKey: string;
  row: unknown;
  /** Its place among all rows. */
  index: number;
  columns: readonly Column<unknown>[];
  actions: ((row: unknown) => RowAction[]) | undefined;
  actionsLabel: string | undefined;
  selected: boolean | undefined;
  onSelect: ((key: string, isSelected: boolean) => void) | undefined;
  /** Where only some of the rows are rendered: measures how high it is. */
  measure?: Ref<HTMLTableRowElement> | undefined;
};

/** A row of a table, which renders again only when something of it has changed. */
export const TableRow = memo(function TableRow(props: Props) {
  const { rowKey, row, index, columns, actions, actionsLabel, selected, onSelect, measure } = props;
  const items = actions?.(row);
  // Those who do not see the table are told which row it is where the rows before it are missing.
  const place = measure ? { ref: measure, 'data-index': index, 'aria-rowindex': index + 2 } : {};
  return (
    <Tr isRowSelected={selected === true} {...place}>
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
          {items.length > 0 && <RowMenu items={items} label={actionsLabel ?? 'Actions'} />}
        </Td>
      )}
    </Tr>
  );
});
