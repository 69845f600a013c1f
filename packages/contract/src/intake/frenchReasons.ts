import type { IntakeReason } from './reasons.ts';

interface ReasonText {
  /** In a word or two. */
  readonly name: string;
  readonly meaning: string;
  readonly remedy: string;
}

/** The reasons in French, as the console tells them and a file of rows that wait does. */
export const frenchIntakeReasons: Readonly<Record<IntakeReason, ReasonText>> = {
  unknown_programme: {
    name: 'Programme inconnu',
    meaning:
      'Le lead nomme un programme inconnu, en nomme plusieurs, ou n’en nomme aucun et sa source n’en a pas par défaut.',
    remedy: 'Libérez-le avec un programme, ou associez cette valeur dans la source.',
  },
  no_contact_details: {
    name: 'Sans coordonnées',
    meaning: 'Ni téléphone ni adresse e-mail lisibles.',
    remedy: 'Corrigez l’un des deux, puis libérez-le.',
  },
  no_consent: {
    name: 'Sans consentement',
    meaning: 'La source exige un consentement, et le lead ne le donne pas.',
    remedy: 'Libérez-le avec le consentement une fois que la personne l’a donné.',
  },
  source_paused: {
    name: 'Source en pause',
    meaning: 'La source était en pause à l’arrivée du lead.',
    remedy: 'Réactivez la source et libérez ce qui attend.',
  },
  test_lead: {
    name: 'Essai',
    meaning: 'C’est un lead d’essai : il n’atteint jamais un vrai client.',
    remedy: 'Rien à faire ; écartez-le.',
  },
  honeypot: {
    name: 'Robot probable',
    meaning: 'Un champ invisible pour les personnes a été rempli : sans doute un robot.',
    remedy: 'Libérez-le s’il semble écrit par une personne, sinon écartez-le.',
  },
  person_erased: {
    name: 'Personne effacée',
    meaning: 'La personne de ce téléphone ou de cet e-mail a été effacée à sa demande.',
    remedy:
      'Libérez-le seul, en le disant, si la personne est revenue d’elle-même ; sinon écartez-le, ce qui l’efface.',
  },
  not_fetched: {
    name: 'Non récupéré',
    meaning: 'La plateforme a annoncé le lead, puis a refusé de le remettre.',
    remedy: 'Réparez l’accès de la source, puis libérez-le : il sera redemandé.',
  },
  postponed: {
    name: 'Reporté',
    meaning:
      'Son programme ou sa personne était en cours de modification, plus longtemps que le lead ne pouvait attendre.',
    remedy: 'Rien à faire : il est réessayé tout seul et entre dès que la modification est finie.',
  },
  telephone_unreadable: {
    name: 'Téléphone illisible',
    meaning: 'Le téléphone ne se lit pas comme un numéro. Il est gardé tel que saisi.',
    remedy: 'Corrigez-le si possible.',
  },
  email_unreadable: {
    name: 'E-mail illisible',
    meaning: 'L’adresse e-mail ne se lit pas comme une adresse. Elle est gardée telle que saisie.',
    remedy: 'Corrigez-la si possible.',
  },
  email_doubtful: {
    name: 'E-mail douteux',
    meaning: 'L’adresse e-mail semble contenir une faute de frappe.',
    remedy: 'Corrigez-la si la suggestion est juste.',
  },
  canvassing_number: {
    name: 'Numéro de démarchage',
    meaning: 'Le numéro appartient à une tranche réservée au démarchage : rarement une personne.',
    remedy: 'Vérifiez le numéro avant d’appeler.',
  },
  text_cleaned: {
    name: 'Texte nettoyé',
    meaning: 'Le lead contenait des caractères interdits ; ils ont été remplacés.',
    remedy: 'Rien à faire, sauf si le texte est devenu illisible.',
  },
  text_cut: {
    name: 'Texte coupé',
    meaning: 'Un texte du lead est trop long pour un contact, qui n’en a que le début.',
    remedy: 'Lisez-le en entier dans le lead ; reprenez l’essentiel dans le commentaire.',
  },
  two_prospects: {
    name: 'Deux personnes',
    meaning: 'Le téléphone et l’adresse e-mail appartiennent à deux personnes déjà connues.',
    remedy: 'Vérifiez s’il s’agit d’une seule. Le lead est rattaché à celle de l’adresse e-mail.',
  },
  external_id_reused: {
    name: 'Identifiant réutilisé',
    meaning:
      'Son identifiant externe est déjà venu avec une autre personne, ou avec la même pour un autre programme.',
    remedy:
      'Vérifiez que ce n’est pas le premier lead, corrigé ; demandez à l’expéditeur un identifiant par lead.',
  },
  details_differ: {
    name: 'Coordonnées différentes',
    meaning: 'La personne est connue sous un autre nom, téléphone ou e-mail.',
    remedy: 'La différence est dans le commentaire ; la personne garde ce qui était connu d’abord.',
  },
};
