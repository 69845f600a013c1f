import type { ListedContact } from '@relais/contract';

/** What a change of statut has to know of a contact. */
export type ChangedContact = Pick<
  ListedContact,
  | 'action_id'
  | 'prospect_id'
  | 'version'
  | 'prospect_nom'
  | 'prospect_prenom'
  | 'prospect_email'
  | 'prospect_telephone'
  | 'programme_nom'
  | 'pulled_at'
>;
