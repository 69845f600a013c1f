import { type ErrorCode, limits } from '@relais/contract';
import { octets } from './octets.ts';

/** The errors of the Client API; those of the other doors are not on the page. */
export const errors: Readonly<Partial<Record<ErrorCode, { meaning: string; remedy: string }>>> = {
  invalid_json: {
    meaning: 'Le corps est vide, n’est pas en UTF-8 ou n’est pas du JSON.',
    remedy: 'Envoyez un objet JSON comme corps.',
  },
  invalid_request: {
    meaning:
      'Le corps n’est pas un objet JSON, ou donne deux fois le même membre ; ou la requête HTTP est mal formée.',
    remedy: 'Envoyez un seul objet JSON, chaque membre une seule fois.',
  },
  missing_operation: {
    meaning: 'Le corps ne contient pas « operation ».',
    remedy: 'Ajoutez « operation » avec le nom d’une opération.',
  },
  unknown_operation: {
    meaning: 'Aucune opération ne porte ce nom.',
    remedy: 'Vérifiez l’orthographe ; l’erreur cite le nom le plus proche.',
  },
  ambiguous_credentials: {
    meaning: 'Deux clés d’API différentes ont été envoyées.',
    remedy: 'Envoyez une seule clé, dans l’en-tête `x-api-key`.',
  },
  api_key_in_url: {
    meaning:
      'La clé d’API a été envoyée dans l’URL, que serveurs et mandataires inscrivent dans leurs journaux.',
    remedy: 'Envoyez-la dans l’en-tête `x-api-key`, et faites renouveler cette clé.',
  },
  invalid_parameter: {
    meaning: 'Un paramètre n’a pas le bon type ou la bonne valeur ; l’erreur le nomme.',
    remedy: 'Corrigez ce paramètre. Aucune valeur n’est jamais ajustée en silence.',
  },
  missing_api_key: {
    meaning: 'Aucune clé d’API n’a été envoyée.',
    remedy: 'Envoyez votre clé dans l’en-tête `x-api-key`.',
  },
  invalid_api_key: {
    meaning: 'La clé d’API est inconnue.',
    remedy: 'Vérifiez que la clé a été copiée en entier.',
  },
  api_key_expired: {
    meaning: 'La clé d’API a expiré.',
    remedy: 'Demandez une nouvelle clé à l’agence.',
  },
  api_key_revoked: {
    meaning: 'La clé d’API a été révoquée.',
    remedy: 'Demandez une nouvelle clé à l’agence.',
  },
  operation_not_allowed: {
    meaning: 'Cette clé ne donne pas droit à cette opération.',
    remedy: 'Demandez à l’agence de l’autoriser.',
  },
  address_not_allowed: {
    meaning: 'Cette clé ne peut pas être utilisée depuis cette adresse.',
    remedy: 'Appelez depuis une adresse autorisée, ou demandez à l’agence d’ajouter la vôtre.',
  },
  not_a_sandbox: {
    meaning: 'Les scénarios et `resetSandbox` sont réservés aux clés de test d’un bac à sable.',
    remedy: 'Utilisez une clé de test, ou retirez `scenario`.',
  },
  region_not_allowed: {
    meaning: 'Une région de `regionIds` n’est pas dans le périmètre de la clé ; l’erreur la nomme.',
    remedy: 'Utilisez les identifiants que donne `getRegions`.',
  },
  programme_not_allowed: {
    meaning:
      'Un programme de `programmeIds` n’est dans aucune région de la clé ; l’erreur le nomme.',
    remedy: 'Utilisez les identifiants que donne `getProgrammes`.',
  },
  not_found: {
    meaning: 'Il n’y a rien à cette adresse.',
    remedy: 'L’API est à `POST /api/v1`.',
  },
  pull_not_found: {
    meaning: 'Aucun de vos retraits ne porte cet identifiant.',
    remedy: 'Utilisez l’en-tête `Pull-Id` d’un retrait, ou le `pull_id` d’un contact.',
  },
  method_not_allowed: {
    meaning: 'L’adresse ne répond pas à cette méthode ; `Allow` indique laquelle.',
    remedy:
      'Utilisez `POST`. Si c’était le cas, une redirection en a fait un `GET` : appelez l’adresse où elle mène, `https` au lieu de `http` par exemple.',
  },
  request_timeout: {
    meaning: 'La requête n’est pas arrivée à temps.',
    remedy: 'Renvoyez-la, avec la même `Idempotency-Key` s’il s’agissait d’un retrait.',
  },
  idempotency_in_progress: {
    meaning: 'Une requête avec cette `Idempotency-Key` est encore en cours.',
    remedy: 'Attendez `Retry-After` secondes et renvoyez-la.',
  },
  pull_released: {
    meaning: 'Ce retrait a été annulé : ses contacts sont de retour dans la file.',
    remedy: 'Faites un nouveau retrait avec une nouvelle `Idempotency-Key`.',
  },
  release_window_closed: {
    meaning: `Un retrait peut être annulé dans les ${limits.releaseHours} heures.`,
    remedy: 'Demandez à l’agence de remettre les contacts en place.',
  },
  payload_too_large: {
    meaning: `Le corps dépasse ${octets(limits.bodyBytes)}.`,
    remedy: 'Envoyez un corps plus petit.',
  },
  expectation_failed: {
    meaning: 'L’en-tête `Expect` demande autre chose que `100-continue`.',
    remedy: 'Retirez l’en-tête `Expect`.',
  },
  idempotency_mismatch: {
    meaning: 'Cette `Idempotency-Key` a servi avec d’autres paramètres.',
    remedy: 'Répétez la même requête, ou prenez une nouvelle `Idempotency-Key`.',
  },
  rate_limited: {
    meaning: 'Trop de requêtes.',
    remedy: 'Attendez `Retry-After` secondes.',
  },
  headers_too_large: {
    meaning: `Les en-têtes de la requête dépassent ${octets(limits.headerBytes)}.`,
    remedy: 'Envoyez moins d’en-têtes, ou de plus courts.',
  },
  internal_error: {
    meaning: 'Une défaillance inattendue s’est produite de notre côté.',
    remedy:
      'Renvoyez la requête, avec la même `Idempotency-Key` s’il s’agissait d’un retrait ; si cela persiste, donnez-nous le `Request-Id`.',
  },
  unavailable: {
    meaning: 'Le service est surchargé, en cours d’arrêt, ou sa base de données est absente.',
    remedy:
      'Attendez `Retry-After` secondes et renvoyez la requête, avec la même `Idempotency-Key` s’il s’agissait d’un retrait.',
  },
};
