import { compareNames } from './byNom.ts';
import { folded } from './folded.ts';

/** A programme as a choice. */
export interface ProgrammeOption {
  readonly id: number;
  readonly nom: string;
  readonly label: string;
}

interface Programme {
  readonly id: number;
  readonly nom: string;
  readonly ville: string | null;
  readonly region_id: number;
}

/**
 * Programmes to choose from, by name. One whose name another has as well says where it is and its
 * number, "Le Clos · Nice, Côte d'Azur (145)": whoever takes the wrong one sends a lead to the wrong
 * client.
 */
export function programmeOptions(
  programmes: readonly Programme[],
  regions: readonly { readonly id: number; readonly nom: string }[],
): ProgrammeOption[] {
  const alike = Map.groupBy(programmes, ({ nom }) => folded(nom));
  const regionNames = new Map(regions.map(({ id, nom }) => [id, nom]));
  const labelOf = ({ id, nom, ville, region_id }: Programme): string => {
    if (alike.get(folded(nom))?.length === 1) return nom;
    const place = [ville, regionNames.get(region_id)].filter(Boolean).join(', ');
    return `${nom} · ${place} (${id})`;
  };
  return programmes
    .map((programme) => ({
      id: programme.id,
      nom: programme.nom,
      label: labelOf(programme),
    }))
    .toSorted((one, other) => compareNames(one.label, other.label));
}
