/** As a French reader looks names up: Île-de-France beside Isère, 9 before 10. */
const french = new Intl.Collator('fr', { numeric: true });

export const compareNames = french.compare;

interface Named {
  readonly nom: string;
}

/** For `toSorted`: records by their name. */
export const byNom = (one: Named, other: Named): number => compareNames(one.nom, other.nom);
