import { useOperation } from '../../api/useOperation.ts';

/** The statuts that a key pulls from: what "ready" means in the list of contacts. */
export function useReadyStatuts(): readonly number[] {
  const { data } = useOperation('listFilters', {}, { fresh: 60_000 });
  return data?.statuts.filter(({ ready }) => ready).map(({ id }) => id) ?? [];
}
