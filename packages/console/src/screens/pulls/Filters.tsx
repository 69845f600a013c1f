import { Select } from '@mantine/core';
import { useFilterOptions } from '../../api/useFilterOptions.ts';
import { useOperation } from '../../api/useOperation.ts';
import { FilterBar } from '../../components/filters/FilterBar.tsx';
import { FilterPeriod } from '../../components/filters/FilterPeriod.tsx';
import { FilterSelect } from '../../components/filters/FilterSelect.tsx';
import type { usePullFilter } from './usePullFilter.ts';
import { useTexts } from './useTexts.ts';

type FiltersProps = Omit<ReturnType<typeof usePullFilter>, 'filter'>;

const STATES = ['written', 'uncertain', 'released'] as const;

export function Filters({ state, set, isFiltered, clear }: FiltersProps) {
  const texts = useTexts();
  const { clients } = useFilterOptions();
  const keys = useOperation('listKeys', {}, { fresh: 60_000 });
  // With a client chosen, only its keys are worth a look.
  const shown = keys.data?.items.filter(
    ({ id, client_id }) =>
      state.clientIds.length === 0 ||
      state.clientIds.includes(client_id) ||
      state.keyIds.includes(id),
  );
  return (
    <FilterBar onClear={isFiltered ? clear : undefined}>
      <FilterSelect
        label={texts.filters.client}
        options={clients}
        value={state.clientIds}
        onChange={(clientIds) => set({ clientIds })}
      />
      <FilterSelect
        label={texts.filters.key}
        options={shown?.map(({ id, client_nom }) => ({ id, label: texts.keyOf(id, client_nom) }))}
        value={state.keyIds}
        onChange={(keyIds) => set({ keyIds })}
      />
      <FilterPeriod
        label={texts.filters.period}
        value={state.period}
        onChange={(period) => set({ period })}
      />
      <Select
        aria-label={texts.filters.state}
        w={190}
        data={[
          { value: 'any', label: texts.anyState },
          ...STATES.map((value) => ({ value, label: texts.states[value] })),
        ]}
        value={state.state}
        onChange={(value) => set({ state: STATES.find((one) => one === value) ?? 'any' })}
        allowDeselect={false}
      />
    </FilterBar>
  );
}
