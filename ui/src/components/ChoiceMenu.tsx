import { Badge, MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core';
import { useState } from 'react';

/** A menu in which several things can be chosen. */
export function ChoiceMenu(props: {
  title: string;
  choices: readonly string[];
  chosen: readonly string[];
  onToggle: (choice: string) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Select
      isOpen={isOpen}
      onOpenChange={setOpen}
      onSelect={(_event, choice) => props.onToggle(String(choice))}
      isScrollable
      aria-label={props.title}
      toggle={(toggle) => (
        <MenuToggle ref={toggle} isExpanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {props.title}
          {props.chosen.length > 0 && (
            <>
              {' '}
              <Badge isRead screenReaderText="chosen">
                {props.chosen.length}
              </Badge>
            </>
          )}
        </MenuToggle>
      )}
    >
      <SelectList>
        {props.choices.map((choice) => (
          <SelectOption
            key={choice}
            value={choice}
            hasCheckbox
            isSelected={props.chosen.includes(choice)}
          >
            {choice}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
}
