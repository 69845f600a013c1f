import { useOperation } from '../../../api/useOperation.ts';
import { byNom } from '../../../lib/byNom.ts';

/** The regions, for a Select; undefined until they are here. */
export const useRegionOptions = () =>
  useOperation('listRegions', {})
    .data?.items.toSorted(byNom)
    .map(({ id, nom }) => ({
      value: String(id),
      label: nom,
    }));
