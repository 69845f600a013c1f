import type { ResponseHeader } from '@relais/contract';

/** The headers of the Client API. */
export const headers: Readonly<Partial<Record<ResponseHeader, string>>> = {
  'Request-Id': 'L’identifiant de cette requête : citez-le quand vous nous écrivez.',
  'Error-Code': 'En cas d’erreur : son code, pour les programmes.',
  'RateLimit-Policy':
    'La limite qui s’applique, par exemple `"key";q=600;w=60` : 600 requêtes en 60 secondes (draft-ietf-httpapi-ratelimit-headers).',
  RateLimit:
    'Ce qu’il en reste, par exemple `"key";r=599;t=60` : 599 requêtes pour les 60 secondes à venir.',
  'Retry-After':
    'Sur 429, 503 et un 409 `idempotency_in_progress` : nombre de secondes à attendre avant un nouvel essai.',
  Allow: 'Sur 405 : la méthode à utiliser, `POST`.',
  'Cache-Control': 'Toujours `no-store`.',
  'Content-Digest':
    'SHA-256 du corps, tel que `sha-256=:…:` (RFC 9530) : montre s’il est arrivé tel qu’il a été envoyé.',
  Environment: 'Sur la réponse à une clé de test : `test`.',
  'Result-Truncated': '`true` quand il y a plus que ce que contient cette réponse.',
  'Next-Cursor': 'Avec `Result-Truncated` : le `cursor` qui demande la suite.',
  'Pull-Id':
    'L’identifiant du retrait, pour `getPullBatch` et `releasePull` ; absent quand rien n’a été retiré et qu’il n’y avait pas d’`Idempotency-Key`.',
  'Pull-Seq':
    'Le numéro du retrait parmi tous ceux du client : 1, 2, 3…, dans l’ordre où ils ont pris effet.',
  'Pull-Count': 'Combien de contacts contient la réponse.',
  'Pull-Remaining': 'Combien de contacts restent prêts pour cette requête, comptés jusqu’à 1000.',
  'Pull-Withheld':
    'Lors d’une répétition : combien de contacts du retrait sont laissés de côté, parce que le périmètre de la clé a été réduit ou une personne effacée depuis.',
  'Pull-Delivery':
    '`uncertain` quand on ne sait d’aucune réponse antérieure avec ce retrait qu’elle ait été écrite en entier ; sinon `written`.',
  'Pulls-Uncertain':
    'Les identifiants de vos retraits récents dont on ne sait pas si la réponse a été écrite en entier, du plus récent au plus ancien, 20 au plus. Un simple indice : une réponse écrite peut se perdre en chemin ; l’absence d’un retrait ne prouve donc rien, et un retrait qui vient d’arriver peut encore y figurer. Pour être certain, répétez le retrait sous son `Idempotency-Key`.',
  'Idempotency-Replayed':
    '`true` quand la réponse répète ce que cette `Idempotency-Key` a déjà fait.',
};
