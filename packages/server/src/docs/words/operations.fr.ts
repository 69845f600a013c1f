import { type ClientOperationName, type ClientOperations, limits } from '@relais/contract';
import type { z } from 'zod';
import { contact } from './contact.fr.ts';

/** The object that an operation answers with, alone or in a list. */
type AnswerOf<Name extends ClientOperationName> =
  z.infer<ClientOperations[Name]['response']> extends (infer Item)[]
    ? Item
    : z.infer<ClientOperations[Name]['response']>;

interface OperationWords<Name extends ClientOperationName> {
  readonly title: string;
  readonly description: string;
  readonly parameters: Record<keyof ClientOperations[Name]['request']['shape'] & string, string>;
  readonly fields: Record<keyof AnswerOf<Name>, string>;
}

const regionIds = 'Seulement ces régions, chacune dans le périmètre de la clé.';
const programmeIds = 'Seulement ces programmes, chacun dans une région de la clé.';
const cursor = 'Le Next-Cursor de la réponse précédente : demande ce qui la suit.';
const limitOf = (name: keyof typeof limits.contacts) => {
  const most = limits.contacts[name];
  return `Combien de contacts au plus, de 1 à ${most} ; ${most} par défaut.`;
};
const days = (hours: number) => `${hours / 24} jours`;

/** The operations: the compiler asks for each, with its parameters and the fields of its answer. */
export const operations: { readonly [Name in ClientOperationName]: OperationWords<Name> } = {
  getRegions: {
    title: 'Lister les régions',
    description: 'Les régions auxquelles votre clé donne accès, par identifiant.',
    parameters: {},
    fields: { id: 'Identifie la région.', nom: 'Son nom.' },
  },
  getProgrammes: {
    title: 'Lister les programmes',
    description: 'Les programmes immobiliers de vos régions autorisées, par identifiant.',
    parameters: { regionIds },
    fields: { id: 'Identifie le programme.', idRegion: 'Sa région.', nom: 'Son nom.' },
  },
  readContacts: {
    title: 'Consulter les contacts',
    description: `Jusqu’à ${limits.contacts.readContacts} contacts prêts à être retirés, ceux qui attendent depuis le plus longtemps d’abord. Lecture seule : rien ne change, et un autre appel peut encore les retirer.`,
    parameters: { limit: limitOf('readContacts'), cursor, regionIds, programmeIds },
    fields: contact,
  },
  pullContacts: {
    title: 'Retirer les contacts',
    description: `Prend jusqu’à ${limits.contacts.pullContacts} contacts prêts, ceux qui attendent depuis le plus longtemps d’abord, et les marque aussitôt comme retirés. La réponse contient exactement les contacts que cet appel a modifiés. Tant que \`Pull-Remaining\` dépasse 0, il en reste : rappelez, chaque fois avec une nouvelle \`Idempotency-Key\`. Avec une \`Idempotency-Key\`, le même appel peut être répété pendant ${days(limits.idempotencyHours)} et redonne les mêmes contacts.`,
    parameters: {
      limit: limitOf('pullContacts'),
      regionIds,
      programmeIds,
      idempotencyKey:
        'Nomme ce retrait pour qu’il puisse être répété : un texte de 1 à 255 caractères ASCII visibles, que vous n’employez pour aucun autre. Aussi en en-tête `Idempotency-Key`, avec ou sans guillemets. Un membre dont le nom est presque celui-ci, comme `idempotency_key`, est refusé.',
    },
    fields: contact,
  },
  getPulledContacts: {
    title: 'Lister les contacts retirés',
    description: `Jusqu’à ${limits.contacts.getPulledContacts} contacts que vous avez retirés au cours des ${days(limits.pulledHours)} écoulés (${limits.pulledHours} heures) et qui ont toujours le statut de retrait, du plus récent au plus ancien : un contact auquel l’agence a donné un autre statut depuis n’y figure pas. Aucun autre client ne les voit.`,
    parameters: {
      limit: limitOf('getPulledContacts'),
      cursor,
      since: `Seulement ce qui a été retiré à partir de cet instant, dans la limite des ${days(limits.pulledHours)}.`,
      regionIds,
      programmeIds,
      pullId: 'Seulement les contacts de ce retrait.',
    },
    fields: contact,
  },
  getPullBatch: {
    title: 'Redemander un retrait',
    description:
      'Les contacts d’un retrait une nouvelle fois, dans le même ordre et avec les mêmes valeurs que lors du retrait.',
    parameters: { pullId: 'Le retrait.' },
    fields: contact,
  },
  releasePull: {
    title: 'Annuler un retrait',
    description: `Rend les contacts d’un retrait de nouveau prêts, à leur ancienne place dans la file, dans les ${limits.releaseHours} heures qui suivent le retrait. Les contacts traités depuis restent où ils sont. Annuler deux fois donne la même réponse.`,
    parameters: {
      pullId: 'Le retrait.',
      reason: 'Pourquoi, pour l’historique : de 1 à 500 caractères.',
    },
    fields: {
      pull_id: 'Le retrait.',
      released_at: 'Quand il a été annulé.',
      released: 'Combien de contacts sont de nouveau prêts.',
      kept: 'Combien restent où ils sont, parce qu’ils ont été traités depuis.',
    },
  },
  resetSandbox: {
    title: 'Réinitialiser le bac à sable',
    description:
      'Avec une clé de test : remet les contacts du bac à sable dans leur état de départ, le même à chaque fois, et oublie tous les retraits. Cela concerne toutes les clés du même bac à sable. Tant que l’agence y importe ou en exporte, la réponse est 503.',
    parameters: {},
    fields: { ready: 'Combien de contacts sont prêts pour votre clé à présent.' },
  },
};
