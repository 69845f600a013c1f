import type { DesignationList } from '@relais/contract';
import type { List } from '../store/lists.ts';

/** Which table a list of the contract is. */
export const designationTable: Readonly<Record<DesignationList, List>> = {
  statuts: 'statut',
  origines: 'origine',
  types_contact: 'type_contact',
  types_action: 'type_action',
};
