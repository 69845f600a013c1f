import type { ListedContact } from '@relais/contract';
import { useTexts } from './useTexts.ts';

/** By what a person can be called. */
export type Named = Pick<
  ListedContact,
  'prospect_nom' | 'prospect_prenom' | 'prospect_email' | 'prospect_telephone'
>;

/** What a person is called: their name, or else what is known of them. */
export function useNameOf(): (person: Named) => string {
  const { unnamed } = useTexts();
  return (person) => {
    const name = [person.prospect_prenom, person.prospect_nom].filter(Boolean).join(' ');
    return name || person.prospect_email || person.prospect_telephone || unnamed;
  };
}
