import { de } from '../../lib/elided.ts';
import { pluralFr } from '../../lib/plural.ts';

export const pulls = {
  title: 'Retraits',
  about: 'Ce que les clients ont reçu, lot par lot.',
  name: (client: string, seq: number) => `${client}, n° ${seq}`,
  columns: {
    name: 'Retrait',
    pulledAt: 'Quand',
    contacts: 'Contacts',
    state: 'Réception',
    key: 'Clé',
    statuts: 'Statuts',
    released: 'Annulation',
  },
  filters: { client: 'Client', key: 'Clé', period: 'Période', state: 'Réception' },
  keyOf: (id: string, client: string) => `${id} · ${client}`,
  anyState: 'Toutes les réceptions',
  states: { written: 'Réponse écrite', uncertain: 'Incertaine', released: 'Annulé' },
  explained: {
    written: 'La réponse est partie en entier.',
    empty: 'Aucun contact n’était prêt : il n’y avait rien à transmettre.',
    uncertain: 'La réponse n’est peut-être pas arrivée en entier.',
    released: (count: number) =>
      `${pluralFr(count, 'contact', 'contacts')} de nouveau à transmettre.`,
  },
  none: {
    title: 'Aucun retrait',
    text: 'Un retrait apparaît ici dès qu’un client demande ses contacts par l’API. Vérifiez qu’il a une clé.',
    clients: 'Clients et clés',
  },
  notFound: {
    title: 'Aucun retrait trouvé',
    text: 'Aucun retrait ne correspond à ces filtres.',
    clear: 'Effacer les filtres',
  },
  pull: {
    title: (seq: number) => `Retrait n° ${seq}`,
    gone: 'Ce retrait n’existe pas. L’adresse est peut-être incomplète.',
    client: 'Client',
    key: 'Clé',
    pulledAt: 'Demandé',
    state: 'Réception',
    writtenAt: 'Réponse écrite',
    unknown: 'pas constaté',
    repeat: 'Répétition',
    idempotent: 'Le client peut le redemander à l’identique.',
    notIdempotent: 'Demandé sans clé d’idempotence : il ne peut pas être redemandé.',
    statuts: 'Statuts',
    fromTo: (from: string, to: string) => `de « ${from} » à « ${to} »`,
    releasedAt: 'Annulé',
    releasedBy: (nom: string) => `par ${nom}`,
    byClient: 'par le client lui-même',
    reason: 'Motif',
    putBack: 'De nouveau à transmettre',
    ofAll: (released: string, contacts: string) => `${released} contacts sur ${contacts}`,
    id: 'Identifiant',
  },
  items: {
    title: (count: number) => pluralFr(count, 'contact', 'contacts'),
    about: 'Dans l’ordre et tels qu’ils ont été transmis.',
    empty: 'Aucun contact n’était prêt.',
    position: 'N°',
    person: 'Personne',
    programme: 'Programme',
    now: 'Aujourd’hui',
    erased: 'Personne effacée depuis',
    acted: 'traité depuis',
    back: 'n’est plus dans ce retrait',
  },
  release: {
    button: 'Annuler le retrait',
    nothing:
      'Rien à annuler : les contacts ont tous été traités depuis, ou sont déjà repartis ailleurs.',
    title: (seq: number, client: string) => `Annuler le retrait n° ${seq} ${de(client)} ?`,
    putBack: (count: number, statut: string) =>
      count > 1
        ? `${count} contacts reviennent en « ${statut} », à leur ancienne place dans la file.`
        : `1 contact revient en « ${statut} », à son ancienne place dans la file.`,
    again:
      'Le prochain retrait, par n’importe quel client qui y a droit, les transmettra de nouveau.',
    kept: (count: number) =>
      count > 1
        ? `${count} contacts traités depuis restent où ils sont.`
        : '1 contact traité depuis reste où il est.',
    delivered: (client: string) =>
      `${client} les a reçus et les a peut-être déjà appelés : mettez-vous d’accord avec lui d’abord.`,
    uncertain: (client: string) =>
      `${client} les a peut-être reçus malgré tout : mettez-vous d’accord avec lui d’abord.`,
    repeatable:
      'Sinon, le client peut simplement redemander ce retrait avec la même clé d’idempotence.',
    final: 'Cette annulation ne se défait pas.',
    reason: 'Motif',
    reasonHint: 'Gardé avec le retrait et dans le journal d’audit.',
    verb: 'Annuler le retrait',
    done: (released: number, kept: number) =>
      `${pluralFr(released, 'contact', 'contacts')} de nouveau à transmettre${kept > 0 ? `, ${pluralFr(kept, 'gardé', 'gardés')}` : ''}.`,
  },
};
