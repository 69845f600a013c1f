import type { Channel } from './channels.ts';
import { STATUT } from './lists.ts';
import type { Programme } from './programmes.ts';
import type { Random } from './random.ts';

const MESSAGES = [
  'Bonjour, je souhaite recevoir la brochure et la grille de prix. Merci.',
  'Je souhaite visiter le T3 témoin.',
  'Bonjour,\nNous cherchons un T3/T4 avec terrasse, 2 places de parking.\nBudget maximum : 320 000 €.\nCordialement',
  "Est-ce qu'il reste des T2 au dernier étage ?",
  'Merci de me rappeler après 18 h 30, je ne peux pas répondre en journée.',
  'Primo-accédants, nous voudrions savoir si {programme} est éligible au PTZ.',
  'Bonjour, quelle est la date de livraison prévue ? Notre bail se termine en juin et nous aimerions éviter de déménager deux fois.',
  'Plan du lot B203 svp',
  'Projet locatif : un T2 de 40 à 45 m² à {ville}, rentabilité attendue ?',
  'Bonjour, ma mère de 78 ans veut se rapprocher de nous. Y a-t-il un ascenseur et des logements au rez-de-jardin ?',
  'Très intéressés par {programme} 😍 Est-ce que les frais de notaire sont vraiment offerts ?',
  "Nous avons vu le panneau « Bientôt ici » près de l'école. À partir de quel prix sont les T4 ?",
  "J'ai déjà laissé un message la semaine dernière et personne ne m'a rappelé…",
  'Le PTZ, la TVA à 5,5 % : à quoi ai-je droit avec 2 600 €/mois ?',
  "Bonsoir,\n\nNous sommes un couple avec deux enfants, à la recherche d'un 4 pièces d'au moins 80 m² :\n- balcon ou jardin\n- cave\n- proche tramway\n\nDisponibles le samedi matin pour une visite.\n\nBien à vous",
  'ok pour un rdv samedi',
  'Pouvez-vous m\'envoyer le plan de masse et la notice "acquéreur" ? Merci d\'avance.',
  'Je revends mon appartement à {ville}, acceptez-vous une condition suspensive de vente ?',
  'Y a-t-il un local à vélos ? Et des bornes de recharge (IRVE) au sous-sol ? 🚲🔌',
  'Mon cœur balance entre le T2 (A12) et le T3 (A31) : quelle différence de charges par mois ?',
  'Investisseur, 2 lots envisagés. Merci de me transmettre les tarifs en LMNP, avec et sans parking.',
  "C'est pour mon fils, étudiant à {ville} à la rentrée. Un studio ou un T1 bis ferait l'affaire.",
  'Bonjour, le chauffage est-il collectif ? Quelle classe de DPE, RE2020 ?',
  "Est-ce qu'on peut encore choisir le carrelage & la faïence ?",
  'Hello, I live in London and plan to move to {ville} next year. Could you send me the price list for two-bedroom flats, in English if possible? Thank you!',
  "Hi! Is {programme} suitable for a non-resident buyer? I'd like a call (evenings, GMT+1).",
];

const ANSWERS = [
  'Votre projet : résidence principale\nTypologie : T3\nBudget : 250 000 à 300 000 €\nÉchéance : moins de 6 mois',
  'Votre projet : investissement locatif\nTypologie : T2\nBudget : moins de 200 000 €\nÉchéance : pas encore décidée',
  'Votre projet : résidence principale\nTypologie : T4 et plus\nBudget : plus de 400 000 €\nÉchéance : 6 à 12 mois',
  'Votre projet : résidence secondaire\nTypologie : T2/T3\nQuand vous joindre ? le soir',
  'Typologie : studio\nApport : 15 000 €',
  'Quand vous joindre ? entre 12 h et 14 h',
];

/** What the agency notes of a call, a fair, a recommendation, a visit: by origine. */
const NOTES: Record<number, string[]> = {
  6: [
    'A appelé depuis le panneau du chantier. Cherche un T3, plutôt côté jardin.',
    'Rappeler mardi après-midi, hésite encore entre {ville} et la maison de ses parents.',
  ],
  7: ['Vu au salon, stand B12 : couple, apport de 60 000 €, veut comparer avec {programme}.'],
  8: ["Vient de la part d'un acquéreur du bâtiment A (parrainage à enregistrer)."],
  9: ["Visite à l'espace de vente sans rendez-vous, plaquette de {programme} remise."],
};

/** What the agency notes when it changes a statut. */
const OUTCOMES: Record<number, string[]> = {
  [STATUT.rendezVous]: [
    "RDV confirmé par SMS, à l'espace de vente.",
    'RDV en visio avec le conseiller, samedi 10 h. Envoyer le plan du T3 avant.',
  ],
  [STATUT.sansSuite]: [
    'Injoignable après 3 appels et 2 messages.\nRelancé par e-mail, sans réponse.',
    "A acheté dans l'ancien : « merci, mais c'est trop tard ».",
    'Financement refusé par la banque, projet reporté à 2 ans.',
  ],
  [STATUT.doublon]: ['Même demande envoyée deux fois.'],
};

/** The comment of a lead: what the person wrote, or a note of the agency; null for some. */
export function commentaire(
  random: Random,
  lead: {
    channel: Pick<Channel, 'writer' | 'idOrigine'>;
    idStatut: number;
    programme: Programme;
  },
): string | null {
  const outcomes = OUTCOMES[lead.idStatut];
  if (outcomes && random.chance(0.5)) return random.pick(outcomes);
  const { writer, idOrigine } = lead.channel;
  if (random.chance(writer === 'message' ? 0.32 : 0.12)) return null;
  const texts = { message: MESSAGES, answers: ANSWERS, note: NOTES[idOrigine] ?? [] }[writer];
  return random
    .pick(texts)
    .replaceAll('{programme}', lead.programme.nom)
    .replaceAll('{ville}', lead.programme.ville);
}
