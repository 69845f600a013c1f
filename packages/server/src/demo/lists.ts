import { exampleContact, examplePulledContact } from '@relais/contract';

const designated = (designations: string[]) =>
  designations.map((designation, index) => ({ id: index + 1, designation }));

/** Where a contact may stand. Keys of the demo hand out `ready` contacts and make them `pulled`. */
export const STATUT = {
  nouveau: 1,
  ready: exampleContact.statut_id,
  pulled: examplePulledContact.statut_id,
  qualifier: 4,
  rendezVous: 5,
  sansSuite: 6,
  doublon: 7,
} as const;

export const statuts = designated([
  'Nouveau',
  'À transmettre',
  'Transmis',
  'À qualifier',
  'Rendez-vous pris',
  'Sans suite',
  'Doublon',
]);

export const origines = designated([
  'Website form',
  'Google Ads',
  'Meta Lead Ads',
  'Portail du neuf',
  'Newsletter',
  'Appel entrant',
  "Salon de l'immobilier",
  'Parrainage',
  'Espace de vente',
]);

export const typesContact = designated([
  'Inbound Lead',
  'Appel téléphonique',
  'E-mail',
  "Visite à l'espace de vente",
  'Rencontre sur salon',
]);

export const typesAction = designated([
  'Contact request',
  'Demande de brochure',
  'Demande de rappel',
  'Prise de rendez-vous',
  'Demande de plans et tarifs',
  'Simulation de financement',
  'Visite du logement témoin',
]);
