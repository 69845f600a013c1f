import { useOperation } from '../../../api/useOperation.ts';
import { byNom } from '../../../lib/byNom.ts';

/** The regions, for a Select. */
export const useRegionOptions = (): { value: string; label: string }[] =>
  useOperation('listRegions', {})
    .data?.items.toSorted(byNom)
    .map(({ id, nom }) => ({
      value: String(id),
      label: nom,
    })) ?? [];
