import { formatsOf } from '../../lib/formats.ts';
import { saidBy, withTimes } from '../../lib/said.ts';
import { fileSaid } from './fileSaid.ts';
import { serverSaid } from './serverSaid.ts';

const { minute } = formatsOf('fr');
const find = saidBy({ ...serverSaid, ...fileSaid });

/** What is said for an error, by its code. The server's own sentence follows where it says more. */
export const errors = {
  other: 'Cette action n’a pas pu être effectuée.',
  codes: {
    no_answer: 'Le serveur ne répond pas. Vérifiez votre connexion, puis réessayez.',
    maybe_done: 'Pas de réponse du serveur : c’est peut-être fait. Vérifiez avant de recommencer.',
    invalid_parameter: 'Une valeur n’est pas acceptée.',
    not_signed_in: 'Votre session est terminée. Reconnectez-vous.',
    wrong_credentials: 'Adresse, mot de passe ou code incorrect.',
    foreign_origin: 'Ouvrez la console à sa propre adresse.',
    role_not_allowed: 'Votre rôle ne permet pas cette action.',
    two_factor_required: 'Activez d’abord la vérification en deux étapes.',
    record_not_found: 'Cet élément n’existe plus.',
    name_taken: 'Ce nom est déjà pris.',
    record_in_use: 'Cet élément est encore utilisé.',
    imported_before: 'Ce fichier a déjà été importé.',
    changed_meanwhile: 'Quelqu’un l’a modifié entre-temps. Vérifiez, puis recommencez.',
    release_window_closed: 'Ce retrait est trop ancien pour être annulé.',
    pull_released: 'Ce retrait a déjà été annulé.',
    payload_too_large: 'C’est trop volumineux.',
    rate_limited: 'Trop de demandes. Patientez un instant.',
    unavailable: 'Le service est momentanément indisponible.',
    internal_error: 'Une erreur inattendue s’est produite de notre côté.',
  } as Partial<Record<string, string>>,
  /** A sentence or rule of the server in our language; undefined for one that we do not know. */
  said: (sentence: string) => find(withTimes(sentence, minute)),
  badValue: 'Cette valeur n’est pas acceptée.',
  retry: 'Réessayer',
  requestId: 'Référence',
  pageFailed: 'Cette page n’a pas pu être affichée.',
  reload: 'Recharger la page',
};
