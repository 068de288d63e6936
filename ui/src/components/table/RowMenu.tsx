import { Divider, Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon';
import { useEffect, useRef, useState } from 'react';

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
  const [menu, setMenu] = useState<'none' | 'made' | 'open'>('none');
  const isOpen = menu === 'open';
  // A menu finds its place beside the row only when it opens after it was made.
  useEffect(() => {
    if (menu === 'made') setMenu('open');
  }, [menu]);
  const toggle = useRef<HTMLButtonElement>(null);
  return (
    <>
      <MenuToggle
        ref={toggle}
        variant="plain"
        aria-label={label}
        isExpanded={isOpen}
        onClick={() => setMenu(isOpen ? 'none' : 'made')}
        icon={<EllipsisVIcon />}
      />
      {menu !== 'none' && (
        <Dropdown
          isOpen={isOpen}
          onOpenChange={(open) => !open && setMenu('none')}
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
                    setMenu('none');
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
