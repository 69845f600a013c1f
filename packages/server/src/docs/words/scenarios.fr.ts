import type { Scenario } from '@relais/contract';

export const scenarios: Readonly<Record<Scenario, string>> = {
  lost_response:
    'L’appel prend effet et la connexion est coupée avant la réponse ; l’essai suivant reçoit une réponse.',
  slow: 'La réponse arrive après 5 secondes ; au-delà de 10 appels simultanés, c’est 503.',
  rate_limited:
    'L’appel est refusé avec 429 et `Retry-After` ; l’essai suivant reçoit une réponse.',
  server_error_once: 'L’appel échoue avec 500 ; l’essai suivant reçoit une réponse.',
  big_batch:
    'Chaque contact a un commentaire de 20 000 caractères : 200 contacts font environ 4 Mo.',
  hostile_text:
    'Les noms et commentaires sont du balisage, des formules, des guillemets, des retours à la ligne, du texte de droite à gauche et des émojis.',
};
