import { compareNames } from '../lib/byNom.ts';
import { programmeOptions } from '../lib/programmeOptions.ts';
import { useOperation } from './useOperation.ts';

const MINUTE = 60_000;

/** What lists can be filtered by, as the options of a FilterSelect; undefined until it is here. */
export function useFilterOptions() {
  const { data } = useOperation('listFilters', {}, { fresh: 5 * MINUTE });
  const named = (list: readonly { id: number; nom: string }[] | undefined) =>
    list
      ?.map(({ id, nom }) => ({ id, label: nom }))
      .toSorted((one, other) => compareNames(one.label, other.label));
  const designated = (list: readonly { id: number; designation: string }[] | undefined) =>
    list?.map(({ id, designation }) => ({ id, label: designation }));
  return {
    regions: named(data?.regions),
    programmes: data && programmeOptions(data.programmes, data.regions),
    clients: named(data?.clients),
    statuts: designated(data?.statuts),
    origines: designated(data?.origines),
    sources: data?.sources.map(({ nom }) => ({ id: nom, label: nom })),
  };
}
