import type { Job, JobCount } from '@relais/contract';
import { de } from '../../lib/elided.ts';
import { pluralFr } from '../../lib/plural.ts';

const counts: Readonly<Record<JobCount, (count: number) => string>> = {
  accepted: (count) => pluralFr(count, 'nouveau contact', 'nouveaux contacts'),
  merged: (count) => pluralFr(count, 'rattaché', 'rattachés'),
  quarantined: (count) => pluralFr(count, 'en quarantaine', 'en quarantaine'),
  repeated: (count) => pluralFr(count, 'déjà reçu', 'déjà reçus'),
  undone: (count) => pluralFr(count, 'lead repris', 'leads repris'),
  kept: (count) => pluralFr(count, 'lead gardé', 'leads gardés'),
  contacts: (count) => pluralFr(count, 'contact', 'contacts'),
  persons: (count) => pluralFr(count, 'personne', 'personnes'),
  changed: (count) => pluralFr(count, 'modifié', 'modifiés'),
  unchanged: (count) => pluralFr(count, 'inchangé', 'inchangés'),
  refused: (count) => pluralFr(count, 'refusé', 'refusés'),
};

const names: Readonly<Record<Job['kind'], (subject: string) => string>> = {
  import: (subject) => `Import ${de(subject)}`,
  undo: (subject) => `Défaire l’import ${de(subject)}`,
  export: () => 'Export de contacts',
  statut: (subject) => `Passage en « ${subject} »`,
};

const states: Readonly<Record<Job['state'], string>> = {
  queued: 'En attente',
  running: 'En cours',
  done: 'Terminé',
  failed: 'Échoué',
  cancelled: 'Arrêté',
};

const files: Readonly<Record<Job['kind'], string>> = {
  import: 'Lignes à corriger',
  undo: 'Compte rendu',
  export: 'Télécharger',
  statut: 'Compte rendu',
};

/** What stopping does, by kind. */
const stopEffects: Readonly<Record<Job['kind'], readonly string[]>> = {
  import: ['Les lignes déjà importées restent.', 'L’import pourra être poursuivi, ou défait.'],
  undo: ['Rien n’a encore été repris : l’import reste tel quel.'],
  export: ['Aucun fichier ne sera produit.'],
  statut: ['Les contacts déjà modifiés gardent leur nouveau statut.', 'Les autres restent.'],
};

export const jobs = {
  title: 'Traitements',
  about: 'Imports, exports et changements en nombre. Ils continuent si vous fermez la page.',
  running: (count: number) => pluralFr(count, 'traitement en cours', 'traitements en cours'),
  whose: 'Afficher',
  mine: 'Les miens',
  all: 'Tous',
  by: (nom: string) => `par ${nom}`,
  counts,
  names,
  states,
  files,
  stopping: 'Arrêt demandé…',
  progress: 'Avancement',
  progressOf: (done: string, total: string) => `${done} sur ${total}`,
  fileUntil: (day: string) => `disponible jusqu’au ${day}`,
  fileGone: 'Le fichier n’est plus disponible : relancez l’export.',
  openImport: 'Voir l’import',
  stop: 'Arrêter',
  stopTitle: 'Arrêter ce traitement ?',
  stopEffects,
  empty: {
    title: 'Aucun traitement récent',
    text: 'Lancez un import, exportez une liste de contacts ou changez le statut de tous les résultats d’une recherche : l’avancement s’affiche ici.',
  },
  news: {
    done: (name: string) => `${name} : terminé.`,
    failed: (name: string) => `${name} : échec`,
  },
};
