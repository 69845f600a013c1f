import { de } from '../../lib/elided.ts';
import { pluralFr } from '../../lib/plural.ts';

const keys = (count: number) => pluralFr(count, 'clé', 'clés');
const sources = (count: number) => pluralFr(count, 'source', 'sources');
const programmes = (count: number) => pluralFr(count, 'programme', 'programmes');
const demandes = (count: number, more: boolean) =>
  `${more ? 'plus de ' : ''}${pluralFr(count, 'demande', 'demandes')}`;

export const lists = {
  title: 'Programmes et listes',
  tabs: {
    programmes: 'Programmes',
    regions: 'Régions',
    statuts: 'Statuts',
    origines: 'Origines',
    types_contact: 'Types de contact',
    types_action: 'Types d’action',
  },
  columns: {
    nom: 'Nom',
    designation: 'Désignation',
    ville: 'Ville',
    region: 'Région',
    demandes: 'Demandes',
    sources: 'Sources',
    programmes: 'Programmes',
    keys: 'Clés',
    id: 'N°',
    handedOut: 'Transmis aux clients',
  },
  search: 'Nom, ville, n°…',
  handedOut: 'Oui, par une clé',
  handedOutExplained:
    'Une clé valable retire de ce statut : tout contact qui le prend est transmis au client.',
  none: {
    programmes: {
      title: 'Aucun programme pour l’instant',
      text: 'Chaque demande porte sur un programme, et sa région décide qui la reçoit. Créez d’abord ses régions.',
    },
    regions: {
      title: 'Aucune région pour l’instant',
      text: 'Les programmes se trouvent dans des régions, et chaque clé voit certaines d’entre elles.',
    },
    designations: {
      title: 'Cette liste est vide',
      text: 'Les demandes en ont besoin : ajoutez une première entrée.',
    },
  },
  notFound: {
    title: 'Rien ne correspond',
    text: 'Vérifiez l’orthographe ou retirez un filtre.',
    clear: 'Effacer les filtres',
  },
  create: {
    programmes: 'Nouveau programme',
    regions: 'Nouvelle région',
    statuts: 'Nouveau statut',
    origines: 'Nouvelle origine',
    types_contact: 'Nouveau type de contact',
    types_action: 'Nouveau type d’action',
  },
  edit: 'Modifier',
  rename: 'Renommer',
  remove: 'Supprimer',
  move: 'Changer de région',
  gone: 'Cet élément n’existe plus.',
  choose: 'Choisir…',
  missing: 'À remplir',
  saved: 'Enregistré.',
  removed: 'Supprimé.',
  taken: (by: string) => `Une autre entrée porte déjà ce nom : « ${by} ».`,
  sees: {
    regions: 'Les clés de toutes les régions verront aussi celle-ci.',
    designations: 'Les clients voient le nouveau nom dès leur requête suivante.',
    programmes: 'Les clients voient le nouveau nom dès leur requête suivante.',
  },
  delete: {
    title: (nom: string) => `Supprimer « ${nom} » ?`,
    effects: {
      programmes: 'Le programme disparaît des listes et de l’API.',
      regions: 'La région disparaît des listes et de l’API.',
      designations: 'L’entrée disparaît de la liste.',
    },
    final: 'C’est définitif. Tant que quelque chose s’y réfère, la suppression est refusée.',
    inUse: (uses: readonly string[]) =>
      `Ne peut pas être supprimé : ${uses.join(' et ')} s’y réfèrent.`,
    inUseOne: (use: string) => `Ne peut pas être supprimé : ${use} s’y réfère.`,
  },
  uses: { keys, sources, programmes, demandes },
  moving: {
    title: (nom: string) => `Changer la région ${de(nom)}`,
    to: 'Nouvelle région',
    weighing: 'Calcul des conséquences…',
    moves: (count: number) =>
      count === 0
        ? 'Aucune demande ne change de région.'
        : `${pluralFr(count, 'demande change', 'demandes changent')} de région avec lui.`,
    ready: (count: number) =>
      count === 0
        ? 'Aucun contact n’attend d’être retiré.'
        : `${pluralFr(count, 'contact prêt sera transmis', 'contacts prêts seront transmis')} selon la nouvelle région.`,
    losing: (clients: string) => `Ne le verront plus : ${clients}.`,
    gaining: (clients: string) => `Le verront désormais : ${clients}.`,
    sameClients: 'Les mêmes clients le voient avant et après.',
    pulled: 'Ce qui a déjà été retiré reste chez son client.',
    verb: 'Changer de région',
    done: 'Région changée.',
  },
};
