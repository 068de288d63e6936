import { Divider, Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon';
import { useRef, useState } from 'react';

export type RowAction =
  | { isSeparator: true }
  | {
      isSeparator?: false;
      title: string;
      onClick: () => void;
      isDisabled?: boolean;
      isDanger?: boolean;
    };

/**
 * What can be done with a row. The menu is made when it is opened: one for each row, closed, is most
 * of the work of rendering a table.
 */
export function RowMenu({ items, label }: { items: readonly RowAction[]; label: string }) {
  const [isOpen, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  return (
    <>
      <MenuToggle
        ref={toggle}
        variant="plain"
        aria-label={label}
        isExpanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        icon={<EllipsisVIcon />}
      />
      {isOpen && (
        <Dropdown
          isOpen
          onOpenChange={setOpen}
          toggle={{ toggleNode: null, toggleRef: toggle }}
          popperProps={{ position: 'right', appendTo: () => document.body }}
        >
          <DropdownList>
            {items.map((item, index) =>
              item.isSeparator ? (
                <Divider key={index} />
              ) : (
                <DropdownItem
                  key={index}
                  isDisabled={item.isDisabled === true}
                  isDanger={item.isDanger === true}
                  onClick={() => {
                    setOpen(false);
                    item.onClick();
                  }}
                >
                  {item.title}
                </DropdownItem>
              ),
            )}
          </DropdownList>
        </Dropdown>
      )}
    </>
  );
}
