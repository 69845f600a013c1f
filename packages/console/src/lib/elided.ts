import { folded } from './folded.ts';

/** Names before which h stands apart, as in "de Hauts-de-Seine"; before the others it is silent. */
const STANDS_APART = /^(hau|ham|hal|her[io]s)/;

/** A name with "de" before it, as French joins them: "de Nexity", "d’Océan Indien". */
export function de(nom: string): string {
  const start = folded(nom);
  const isVowel = /^[aeiouœæh]/.test(start) && !STANDS_APART.test(start);
  return isVowel ? `d’${nom}` : `de ${nom}`;
}
