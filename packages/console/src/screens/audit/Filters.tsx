import { SegmentedControl, Select } from '@mantine/core';
import IconUser from '@tabler/icons-react/icons/IconUser';
import { useOperation } from '../../api/useOperation.ts';
import { FilterBar } from '../../components/filters/FilterBar.tsx';
import { FilterNumber } from '../../components/filters/FilterNumber.tsx';
import { FilterPeriod } from '../../components/filters/FilterPeriod.tsx';
import { FilterSelect } from '../../components/filters/FilterSelect.tsx';
import { useSession } from '../../shell/session.ts';
import type { Entry } from './entry.ts';
import type { useAuditFilter } from './useAuditFilter.ts';
import { useNames } from './useNames.ts';
import { useTexts } from './useTexts.ts';

interface FiltersProps extends Omit<ReturnType<typeof useAuditFilter>, 'filter' | 'prospectId'> {
  /** The entries that are shown: they name the actors that can be chosen. */
  readonly entries: readonly Entry[];
}

const SCOPES = ['database', 'installation'] as const;
/** The acts that are written in the audit of the installation. */
const ofInstallation = /^(session|password|two_factor|staff)\./;

export function Filters({ entries, state, set, isFiltered, clear }: FiltersProps) {
  const texts = useTexts();
  const actors = useActors(entries, state.actor);
  const acts = Object.entries(texts.acts)
    .filter(([act]) => ofInstallation.test(act) === (state.scope === 'installation'))
    .map(([value, label]) => ({ value, label }));
  const hasAct = acts.some(({ value }) => value === state.act);
  const own = state.act && !hasAct ? [{ value: state.act, label: state.act }] : [];
  return (
    <FilterBar
      search={state.target}
      onSearch={(target) => set({ target })}
      placeholder={texts.filters.target}
      onClear={isFiltered ? clear : undefined}
    >
      <SegmentedControl
        aria-label={texts.scope}
        data={SCOPES.map((value) => ({ value, label: texts.scopes[value] }))}
        value={state.scope}
        onChange={(value) =>
          set({
            scope: SCOPES.find((scope) => scope === value) ?? 'database',
            act: '',
            prospectId: undefined,
          })
        }
      />
      {state.scope === 'database' && (
        <FilterNumber
          label={texts.filters.person}
          icon={<IconUser size={15} />}
          value={state.prospectId}
          onChange={(prospectId) => set({ prospectId })}
        />
      )}
      <FilterSelect
        label={texts.filters.actor}
        options={actors}
        value={state.actor ? [state.actor] : []}
        onChange={(chosen) => set({ actor: chosen.at(-1) ?? '' })}
      />
      <Select
        aria-label={texts.filters.act}
        placeholder={texts.filters.anyAct}
        w={240}
        data={[...own, ...acts]}
        value={state.act || null}
        onChange={(act) => set({ act: act ?? '' })}
        searchable
        clearable
      />
      <FilterPeriod
        label={texts.filters.period}
        value={state.period}
        onChange={(period) => set({ period })}
      />
    </FilterBar>
  );
}

/** Who can be chosen: the staff, for who may know them, and whoever is on the page. */
function useActors(entries: readonly Entry[], chosen: string) {
  const { staff, can } = useSession();
  const names = useNames();
  const listed = useOperation('listStaff', {}, { enabled: can('admin'), fresh: 60_000 });
  const labels = new Map([
    ...(chosen ? [[chosen, chosen] as const] : []),
    [`staff:${staff.id}`, staff.nom] as const,
    ...(listed.data?.items ?? []).map(({ id, nom }) => [`staff:${id}`, nom] as const),
    ...entries.map((entry) => [entry.actor, names.actor(entry)] as const),
  ]);
  return [...labels].map(([id, label]) => ({ id, label }));
}
