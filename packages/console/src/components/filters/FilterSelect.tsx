import { Combobox, ScrollArea, useCombobox } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import { useState } from 'react';
import { folded } from '../../lib/folded.ts';
import { useLabelled } from '../../lib/useLabelled.ts';
import { useComponentTexts } from '../useComponentTexts.ts';
import classes from './FilterBar.module.css';
import { FilterChip } from './FilterChip.tsx';

/** More than these, and the list can be searched. */
const FEW = 8;

interface FilterSelectProps<Id extends string | number> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string }[] | undefined;
  readonly value: readonly Id[];
  readonly onChange: (value: readonly Id[]) => void;
}

/** A filter of some values out of a list, such as regions. */
export function FilterSelect<Id extends string | number>({
  label,
  options: given,
  value,
  onChange,
}: FilterSelectProps<Id>) {
  const { filter: texts, loading } = useComponentTexts();
  const options = given ?? [];
  const labelled = useLabelled();
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setSearch('');
    },
  });
  const found = options.filter((option) => folded(option.label).includes(folded(search)));
  const names = options.filter(({ id }) => value.includes(id)).map((option) => option.label);
  const toggle = (text: string) => {
    const option = options.find(({ id }) => String(id) === text);
    if (!option) return;
    const has = value.includes(option.id);
    onChange(has ? value.filter((id) => id !== option.id) : [...value, option.id]);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={toggle} width={260} position="bottom-start">
      <Combobox.Target targetType="button">
        <FilterChip
          label={label}
          chosen={value.length > 2 ? String(value.length) : names.join(', ')}
          isSet={value.length > 0}
          onClick={() => combobox.toggleDropdown()}
          onClear={() => onChange([])}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder={texts.search}
          aria-label={labelled(texts.search, label)}
          style={options.length > FEW ? undefined : { position: 'absolute', opacity: 0, height: 0 }}
        />
        <Combobox.Options aria-label={label} aria-multiselectable>
          <ScrollArea.Autosize mah={280} type="auto">
            {found.map((option) => (
              <Combobox.Option
                key={option.id}
                value={String(option.id)}
                active={value.includes(option.id)}
                aria-selected={value.includes(option.id)}
                className={classes.option}
              >
                <span className={classes.box} aria-hidden="true">
                  {value.includes(option.id) && <IconCheck size={12} stroke={3} />}
                </span>
                <span className={classes.name}>{option.label}</span>
              </Combobox.Option>
            ))}
            {found.length === 0 && (
              <Combobox.Empty>{given ? texts.nothing : loading}</Combobox.Empty>
            )}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
