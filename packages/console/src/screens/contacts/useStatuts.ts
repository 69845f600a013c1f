import { useOperation } from '../../api/useOperation.ts';
import { useTexts } from './useTexts.ts';

const MINUTE = 60_000;

/** The statuts, and as the options of a Select that says from which ones clients pull. */
export function useStatuts() {
  const texts = useTexts().statut;
  const { data } = useOperation('listFilters', {}, { fresh: 5 * MINUTE });
  const statuts = data?.statuts ?? [];
  return {
    find: (id: string | null) => statuts.find((statut) => String(statut.id) === id),
    options: statuts.map(({ id, designation, ready }) => ({
      value: String(id),
      label: ready ? `${designation} (${texts.ready})` : designation,
    })),
  };
}
