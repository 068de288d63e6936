import {
  SearchInput,
  ToggleGroup,
  ToggleGroupItem,
  Toolbar,
  ToolbarContent,
  ToolbarFilter,
  ToolbarItem,
  ToolbarToggleGroup,
} from '@patternfly/react-core';
import FilterIcon from '@patternfly/react-icons/dist/esm/icons/filter-icon';
import { useCallback, useEffect, useState } from 'react';
import { ChoiceMenu } from '../../components/ChoiceMenu';
import { isFiltering } from '../../logic/appList';
import { APP_HEALTHS, APP_STATUSES } from '../../logic/appStatus';
import type { ListAddress } from './useListAddress';

type ListName = 'statuses' | 'healths' | 'labels';

/** Search and filters of the list of applications. */
export function FilterBar({ address, labels }: { address: ListAddress; labels: string[] }) {
  const { filter, changeFilter } = address;
  const menus: { name: ListName; title: string; choices: readonly string[] }[] = [
    { name: 'statuses', title: 'Status', choices: APP_STATUSES },
    { name: 'healths', title: 'Health', choices: APP_HEALTHS },
    ...(labels.length > 0 ? [{ name: 'labels' as const, title: 'Label', choices: labels }] : []),
  ];
  const toggle = (name: ListName, choice: string) =>
    changeFilter((now) => ({
      ...now,
      [name]: now[name].includes(choice)
        ? now[name].filter((one) => one !== choice)
        : [...now[name], choice],
    }));
  const search = useCallback(
    (text: string) => changeFilter((now) => ({ ...now, search: text })),
    [changeFilter],
  );
  return (
    <Toolbar
      clearAllFilters={address.clearFilter}
      clearFiltersButtonText="Clear filters"
      collapseListedFiltersBreakpoint="xl"
    >
      <ToolbarContent>
        <ToolbarItem>
          <Search value={filter.search} onChange={search} />
        </ToolbarItem>
        <ToolbarToggleGroup toggleIcon={<FilterIcon />} breakpoint="lg">
          {menus.map((menu) => (
            <ToolbarFilter
              key={menu.name}
              categoryName={menu.title}
              labels={[...filter[menu.name]]}
              deleteLabel={(_category, label) => toggle(menu.name, String(label))}
              deleteLabelGroup={() => changeFilter((now) => ({ ...now, [menu.name]: [] }))}
            >
              <ChoiceMenu
                title={menu.title}
                choices={menu.choices}
                chosen={filter[menu.name]}
                onToggle={(choice) => toggle(menu.name, choice)}
              />
            </ToolbarFilter>
          ))}
          <ToolbarFilter
            categoryName="Volumes"
            labels={filter.withVolumes ? ['Has volumes'] : []}
            deleteLabel={() => changeFilter((now) => ({ ...now, withVolumes: false }))}
          >
            <ToggleGroup aria-label="Volumes">
              <ToggleGroupItem
                text="Has volumes"
                isSelected={filter.withVolumes}
                onChange={(_event, withVolumes) => changeFilter((now) => ({ ...now, withVolumes }))}
              />
            </ToggleGroup>
          </ToolbarFilter>
        </ToolbarToggleGroup>
        <ToolbarItem align={{ default: 'alignEnd' }}>
          <ToggleGroup aria-label="Arrangement">
            <ToggleGroupItem
              text="Folders"
              isSelected={!address.isFlat && !isFiltering(filter)}
              isDisabled={isFiltering(filter)}
              onChange={() => address.setFlat(false)}
            />
            <ToggleGroupItem
              text="All"
              isSelected={address.isFlat || isFiltering(filter)}
              isDisabled={isFiltering(filter)}
              onChange={() => address.setFlat(true)}
            />
          </ToggleGroup>
        </ToolbarItem>
      </ToolbarContent>
    </Toolbar>
  );
}

/** Keeps what is typed, and passes it on when typing pauses. */
function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), 150);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <SearchInput
      aria-label="Search applications"
      placeholder="Search by id"
      value={typed}
      onChange={(_event, text) => setTyped(text)}
      onClear={() => setTyped('')}
    />
  );
}
