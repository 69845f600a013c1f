import { Select, Text } from '@mantine/core';
import { useFilterOptions } from '../../../api/useFilterOptions.ts';
import { FilterBar } from '../../../components/filters/FilterBar.tsx';
import { FilterPeriod } from '../../../components/filters/FilterPeriod.tsx';
import { FilterSelect } from '../../../components/filters/FilterSelect.tsx';
import { useTexts } from '../useTexts.ts';
import type { useContactFilter } from './useContactFilter.ts';

type FiltersProps = Pick<
  ReturnType<typeof useContactFilter>,
  'state' | 'set' | 'isTooShort' | 'isFiltered' | 'clear'
>;

const SORTS = ['newest', 'oldest', 'longest_ready'] as const;

export function Filters({ state, set, isTooShort, isFiltered, clear }: FiltersProps) {
  const texts = useTexts().list;
  const options = useFilterOptions();
  const isNarrow = isFiltered || isTooShort;
  return (
    <FilterBar
      search={state.search}
      onSearch={(search) => set({ search })}
      placeholder={texts.placeholder}
      onClear={isNarrow ? clear : undefined}
    >
      <FilterSelect
        label={texts.filters.statut}
        options={options.statuts}
        value={state.statutIds}
        onChange={(statutIds) => set({ statutIds })}
      />
      <FilterSelect
        label={texts.filters.region}
        options={options.regions}
        value={state.regionIds}
        onChange={(regionIds) => set({ regionIds })}
      />
      <FilterSelect
        label={texts.filters.programme}
        options={options.programmes}
        value={state.programmeIds}
        onChange={(programmeIds) => set({ programmeIds })}
      />
      <FilterSelect
        label={texts.filters.source}
        options={options.sources}
        value={state.sources}
        onChange={(sources) => set({ sources })}
      />
      <FilterSelect
        label={texts.filters.pulled}
        options={[
          { id: 'yes', label: texts.pulled.yes },
          { id: 'no', label: texts.pulled.no },
        ]}
        value={state.pulled}
        onChange={(pulled) => set({ pulled })}
      />
      <FilterSelect
        label={texts.filters.client}
        options={options.clients}
        value={state.clientIds}
        onChange={(clientIds) => set({ clientIds })}
      />
      <FilterPeriod
        label={texts.filters.period}
        value={state.period}
        onChange={(period) => set({ period })}
      />
      <Select
        aria-label={texts.sort}
        w={150}
        data={SORTS.map((value) => ({ value, label: texts.sorts[value] }))}
        value={state.sort}
        onChange={(value) => set({ sort: SORTS.find((sort) => sort === value) ?? 'newest' })}
        allowDeselect={false}
      />
      {isTooShort && (
        <Text fz="sm" c="dimmed" role="status">
          {texts.tooShort}
        </Text>
      )}
    </FilterBar>
  );
}
