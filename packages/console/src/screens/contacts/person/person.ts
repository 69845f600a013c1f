import type { Answer } from '../../../api/call.ts';

/** A person with all that is known. */
export type Person = Answer<'getProspect'>;
export type PersonAction = Person['actions'][number];
export type Consent = Person['consents'][number];
export type PersonEvent = Person['timeline'][number];

/** The fields of a person that can be corrected, as the operation names them. */
export const personFields = [
  'civilite',
  'prenom',
  'nom',
  'telephone',
  'email',
  'adresse',
  'code_postal',
  'ville',
  'pays',
] as const;
export type PersonField = (typeof personFields)[number];

export const isPersonField = (name: string): name is PersonField =>
  personFields.some((field) => field === name);
