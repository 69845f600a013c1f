import { folded } from '../../lib/folded.ts';
import { param } from '../../lib/urlState.ts';
import { useUrlState } from '../../lib/useUrlState.ts';

const filters = { search: param.text, regionIds: param.ids };

/** The filters of a tab, from the address. The lists come whole, so they are narrowed here. */
export function useNarrowed() {
  const [{ search, regionIds }, set] = useUrlState(filters);
  return {
    search,
    regionIds,
    set,
    isFiltered: search !== '' || regionIds.length > 0,
    clear: () => set({ search: '', regionIds: [] }),
    /** Those rows that have what was typed in one of their texts, or as their number. */
    narrowed: <Row extends { readonly id: number }>(
      rows: readonly Row[] | undefined,
      textsOf: (row: Row) => readonly (string | null)[],
    ): readonly Row[] | undefined =>
      search === ''
        ? rows
        : rows?.filter(
            (row) =>
              String(row.id) === search ||
              textsOf(row).some((text) => text && folded(text).includes(folded(search))),
          ),
  };
}
