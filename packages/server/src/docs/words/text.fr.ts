import { limits } from '@relais/contract';
import { KEY_VARIABLE } from '../samples/index.ts';
import { french } from './contract.fr.ts';
import { octets } from './octets.ts';
import type { Text } from './text.en.ts';

const days = (hours: number) => `${hours / 24} jours`;

/** The page in French. Before `:`, `;`, `?` and `!` and inside « » stands a no-break space. */
export const text: Text = {
  lang: 'fr',
  language: 'Français',
  contract: french,
  title: 'Documentation de l’API client',
  tagline:
    'Intégrez notre CRM sans effort : synchronisez régions et programmes immobiliers, et recevez automatiquement les derniers contacts générés.',
  skip: 'Aller au contenu',
  menu: 'Sommaire',
  groups: { start: 'Premiers pas', operations: 'Opérations', reference: 'Référence' },
  theme: 'Basculer entre clair et sombre',
  copy: 'Copier',
  copied: 'Copié',
  notCopied: 'Sélectionné : à vous de copier',
  anchor: 'Lien vers',
  anchorCopied: 'Lien copié',
  status: {
    checking: 'vérification de l’état…',
    ok: 'opérationnelle',
    unavailable: 'indisponible',
    unreachable: 'injoignable',
  },
  search: {
    title: 'Rechercher',
    label: 'Rechercher dans cette page',
    close: 'Fermer',
    none: 'Aucun résultat. Essayez le nom d’une opération, d’un paramètre, d’un en-tête ou d’une erreur.',
    kinds: {
      section: 'Section',
      operation: 'Opération',
      parameter: 'Paramètre',
      field: 'Champ',
      error: 'Erreur',
      header: 'En-tête',
    },
  },
  introduction: {
    title: 'Introduction',
    first: 'Votre premier appel',
    body: [
      'Bienvenue sur l’API client du CRM. Elle offre un point d’entrée unique, conçu pour que vos logiciels récupèrent en toute sécurité des données enrichies, en temps réel.',
      'Vous envoyez une requête `POST` ; son corps nomme l’opération ; la réponse est en JSON. Trois appels suffisent pour commencer : listez vos régions, consultez les contacts prêts, puis retirez-les.',
    ],
    tools: 'Pour vos outils :',
  },
  baseUrl: {
    title: 'URL de base',
    body: 'Toutes les opérations sont des `POST` vers cette seule adresse. Le corps est lu comme du JSON en UTF-8, quel que soit son `Content-Type`.',
  },
  authentication: {
    title: 'Authentification',
    body: [
      'Toute requête est authentifiée par une clé d’API. Cette clé est associée de façon sûre à la base, aux régions et aux statuts de retrait auxquels vous avez droit.',
      'Transmettez la clé dans un en-tête de la requête (recommandé) ou dans le corps JSON, sous le nom `apiKey`. Envoyer deux clés différentes est une erreur. Une clé dans l’URL est refusée, car les URL finissent dans les journaux des serveurs traversés.',
      `Les exemples de cette page lisent la clé dans la variable d’environnement \`${KEY_VARIABLE}\`, pour qu’elle ne figure jamais dans votre code.`,
    ],
    header: 'En-tête d’authentification',
    variable: 'Votre clé, pour les exemples',
    warningTitle: 'Gardez votre clé sur votre serveur',
    warning:
      'Ne l’exposez jamais dans du code exécuté côté client ni dans un dépôt public : quiconque la détient peut prendre vos contacts. Si elle a fuité, demandez-nous de la renouveler ; l’ancienne peut rester valable un moment, le temps de la bascule.',
  },
  request: 'Corps de la requête',
  response: 'Réponse',
  samples: {
    languages: 'Langage de l’exemple',
    pullNote: [
      'Un nouveau nom par retrait, à garder jusqu’à ce que ses',
      'contacts soient enregistrés : renvoyé, il les redonne.',
    ],
    pullHint:
      'Donnez à chaque retrait sa propre `Idempotency-Key` et gardez-la jusqu’à ce que les contacts soient enregistrés. Pas de réponse ? Renvoyez la même requête.',
  },
  answerList: 'La réponse est un tableau, vide quand il n’y a rien à donner.',
  answerObject: 'La réponse est un objet.',
  parameters: 'Paramètres',
  operationOnly: 'Indiquez le paramètre `operation`. Il n’y en a pas d’autre.',
  unknownIgnored:
    'En plus de `operation`. Les membres que l’opération ne connaît pas sont ignorés.',
  unknownRefused:
    'En plus de `operation`. Les membres que l’opération ne connaît pas sont refusés.',
  fields: 'Champs de la réponse',
  contactFields: 'Champs d’un contact',
  sameAs: 'Sa structure est celle de',
  publishedFields: (count) =>
    `Les ${count} champs marqués « publié » existent depuis la première version. Aucun n’est jamais omis : une valeur inconnue vaut \`null\`. D’autres champs peuvent s’ajouter : ignorez ceux que vous ne connaissez pas.`,
  furtherFields: (count) => `${count} autres champs, avec leur signification`,
  published: 'publié',
  example: 'Exemple :',
  ownErrors: 'Erreurs',
  sharedErrors: 'Comme toutes les opérations, celle-ci peut aussi répondre par une des',
  sharedErrorsLink: 'erreurs communes',
  onlySharedErrors:
    'Elle n’en a pas en propre. Comme toutes les opérations, elle peut répondre par une des',
  ownHeaders: 'En-têtes de réponse',
  sharedHeaders: 'Et ceux que',
  sharedHeadersLink: 'toute réponse peut porter',
  onlySharedHeaders: 'Aucun en dehors de ceux que',
  retryTitle: 'Sans réponse',
  retry: {
    always: 'Renvoyez la requête : la répéter ne porte pas à conséquence.',
    'with the same Idempotency-Key':
      'Renvoyez la requête avec la même `Idempotency-Key` : les mêmes contacts reviennent. Si elle n’en avait pas, consultez `getPulledContacts`.',
  },
  changes: 'modifie des données',
  readOnly: 'lecture seule',
  colon: ' : ',
  required: 'obligatoire',
  optional: 'facultatif',
  types: {
    of: {
      integer: 'entier',
      string: 'texte',
      'date-time': 'date et heure',
      uuid: 'UUID',
      any: 'quelconque',
    },
    list: (item) => `liste ${/^[aeiouyéh]/.test(item) ? 'd’' : 'de '}${item}s`,
    nullable: (type) => `${type} ou null`,
  },
  tryIt: {
    title: 'Essayer',
    intro:
      'Envoie une vraie requête à ce serveur. Votre clé reste dans la mémoire de cette page : elle n’est enregistrée nulle part et disparaît au rechargement.',
    key: 'Votre clé d’API',
    send: 'Envoyer',
    sending: 'En attente de la réponse…',
    numbers: 'Plusieurs valeurs se séparent par des virgules : 30, 62',
    idempotencyKey:
      'Remplie pour vous. Renvoyée, elle redonne les mêmes contacts ; prenez-en une nouvelle pour le retrait suivant.',
    newKey: 'Nouvelle clé',
    changes: {
      pullContacts: {
        warning: `Cette opération marque des contacts comme retirés, comme le ferait votre logiciel. \`releasePull\` les remet à disposition dans les ${limits.releaseHours} heures. Avec une clé de test (\`relais_test_…\`), vos vrais contacts ne bougent pas.`,
        question: 'Retirer maintenant ? Les contacts de la réponse seront marqués comme retirés.',
        yes: 'Retirer',
      },
      releasePull: {
        warning:
          'Cette opération rend les contacts du retrait de nouveau prêts : votre logiciel les recevra une seconde fois.',
        question: 'Annuler ce retrait maintenant ? Ses contacts seront de nouveau prêts.',
        yes: 'Annuler le retrait',
      },
      resetSandbox: {
        warning:
          'Cette opération remet les contacts du bac à sable dans leur état de départ, pour toutes ses clés. Avec toute autre clé, elle est refusée.',
        question: 'Réinitialiser le bac à sable maintenant ? Tous ses retraits seront oubliés.',
        yes: 'Réinitialiser',
      },
    },
    cancel: 'Ne rien faire',
    noKey: 'Saisissez d’abord votre clé d’API.',
    badKey: 'Une clé d’API ne contient que des lettres, des chiffres et des tirets bas.',
    noAnswer:
      'Aucune réponse : le serveur est injoignable ou trop lent. La requête a pu être exécutée malgré tout ; renvoyez-la telle quelle.',
    answer: 'Réponse',
    noAnswerYet: 'La réponse s’affichera ici.',
    status: 'Statut',
    time: 'Durée',
    headers: 'En-têtes',
    body: 'Corps',
    asCurl: 'Cette requête avec curl',
  },
  connection: {
    title: 'Si la connexion est coupée',
    repeat: 'Un retrait, répété jusqu’à obtenir une réponse',
    body: [
      'Un retrait marque aussitôt les contacts comme retirés. Si la réponse se perd en chemin, ils le sont quand même ; avec un 500 ou un 503, ils peuvent l’être aussi, car la base de données a pu confirmer juste avant la défaillance. Rien n’est perdu pour autant : il y a quatre façons d’y remédier.',
    ],
    steps: [
      `**Nommez vos retraits.** Envoyez avec chaque retrait un en-tête \`Idempotency-Key\`, un texte que vous n’employez pour aucun autre, et gardez-le jusqu’à ce que les contacts soient enregistrés. Si un proxy sur le chemin peut retirer les en-têtes qu’il ne connaît pas, donnez-le dans le corps, sous le nom \`idempotencyKey\`. Après un délai dépassé ou une erreur, renvoyez la même requête avec la même clé : vous recevez les mêmes contacts, dans le même ordre, à l’octet près, pendant ${days(limits.idempotencyHours)}. \`Idempotency-Replayed: true\` signale une répétition.`,
      `**Regardez en arrière.** \`getPulledContacts\` liste ce que vous avez retiré au cours des ${days(limits.pulledHours)} écoulés, du plus récent au plus ancien, chaque contact avec son \`pull_id\`. Un lot perdu à l’instant est sur la première page, moins les contacts auxquels l’agence a donné un autre statut depuis : \`getPullBatch\` les a tous. \`Pulls-Uncertain\` nomme les retraits dont on ne sait pas si la réponse a été écrite en entier. Qu’un retrait n’y figure pas ne prouve rien, car une réponse écrite peut se perdre en chemin : seule une répétition sous son \`Idempotency-Key\` est certaine.`,
      '**Redemandez un lot.** `getPullBatch` redonne un retrait tel qu’il a été remis.',
      `**Rendez un lot.** \`releasePull\` rend ses contacts de nouveau prêts, à leur ancienne place, dans les ${limits.releaseHours} heures.`,
    ],
    promise: 'Ce que nous promettons',
    after: [
      'Aucun contact n’est perdu, et une requête répétée rend les mêmes contacts. Un contact peut vous parvenir deux fois : par une répétition ou après une annulation. Enregistrez `action_id` sous un index unique et ignorez ce que vous avez déjà ; une répétition, quelle qu’en soit la cause, est alors sans conséquence. Un identifiant vaut dans la base CRM qu’ouvre une clé : si vous avez des clés de plusieurs bases, séparez ce que chacune apporte.',
      'Seule différence possible lors d’une répétition : les contacts que votre clé n’a plus le droit de voir, et les personnes effacées depuis, sont laissés de côté et comptés dans `Pull-Withheld`. Un retrait que vous ou l’agence avez annulé depuis n’est pas répété : la réponse est 409 `pull_released`. Oubliez alors cette `Idempotency-Key`, car ses contacts viennent avec un autre retrait.',
    ],
  },
  limits: {
    title: 'Limites',
    rows: [
      ['Contacts par `readContacts`', `${limits.contacts.readContacts}`],
      ['Contacts par `pullContacts`', `${limits.contacts.pullContacts}`],
      ['Contacts par `getPulledContacts`', `${limits.contacts.getPulledContacts}`],
      [
        'Période couverte par `getPulledContacts`',
        `${days(limits.pulledHours)} (${limits.pulledHours} heures)`,
      ],
      [
        'Durée de validité d’une `Idempotency-Key`',
        `${days(limits.idempotencyHours)} (${limits.idempotencyHours} heures)`,
      ],
      ['Délai pour annuler un retrait', `${limits.releaseHours} heures`],
      ['Taille du corps d’une requête', octets(limits.bodyBytes)],
      ['Requêtes par minute', 'dans `RateLimit-Policy`'],
    ],
    body: 'Une liste trop longue pour une seule réponse le signale par `Result-Truncated: true` ; `Next-Cursor` est alors le `cursor` qui demande la suite. `RateLimit-Policy` et `RateLimit` indiquent sur chaque réponse de cette adresse combien de requêtes vous pouvez faire et combien il en reste ; après un 429, attendez `Retry-After` secondes.',
  },
  errors: {
    title: 'Gestion des erreurs',
    body: [
      'Si la clé d’API n’est pas valable ou si l’opération demandée est inconnue, l’API répond par le statut 401 Unauthorized ou 400 Bad Request. Le corps de toute erreur se compose de ces deux champs, et d’aucun autre ; la phrase est en anglais.',
      'L’en-tête `Error-Code` dit la même chose aux programmes. Avec `Accept: application/problem+json`, vous recevez à la place un objet « problem details » (RFC 9457).',
    ],
    all: 'Toutes les erreurs',
    columns: ['Statut', 'Error-Code', 'Signification', 'Que faire'],
  },
  headers: {
    title: 'En-têtes de réponse',
    body: 'La casse des noms d’en-têtes est sans importance. Un en-tête qui n’a rien à dire est omis.',
    columns: ['En-tête', 'Signification', 'Sur'],
    anyAnswer: 'toute réponse',
  },
  sandbox: {
    title: 'Bac à sable',
    body: [
      'Une clé de test ouvre un bac à sable : des personnes inventées, les mêmes à chaque fois. Ses réponses portent `Environment: test`. Demandez-nous-en une. Les identifiants de ses contacts commencent au-delà de 2 000 000 000, là où aucun vrai contact n’a le sien. Essayez-y ce qui ne doit pas échouer, autant de fois que vous le voulez : `resetSandbox` remet tout en l’état.',
      'Avec une clé de test, tout corps peut avoir un membre `scenario` : quelque chose se passe alors mal exprès, comme cela arrive un jour pour de bon. Avec toute autre clé, il est refusé.',
    ],
    columns: ['scenario', 'Ce qui se passe'],
    example: 'Un retrait dont la réponse se perd',
  },
  recipes: {
    title: 'Recettes',
    body: [
      'Chacune survit à une réponse perdue et à un programme tué : elle nomme son retrait avant de l’envoyer, et oublie ce nom une fois les contacts enregistrés. Deux exécutions simultanées ne font pas de dégâts non plus : la seconde échoue. n8n résiste moins bien, comme il y est dit. Nos tests les exécutent toutes.',
      'La ligne de commande et le SDK sont un seul paquet sans dépendance, pour Node 20 et suivants : `npm install --global @relais/client`, ou `npm install @relais/client` dans votre projet.',
    ],
    of: {
      cron: {
        title: 'Chaque nuit dans un fichier CSV, avec cron',
        body: 'Mettez la clé dans `relais-key` (`chmod 600 relais-key`), puis ajoutez ces lignes avec `crontab -e`. Cron ne trouve les programmes que dans le `PATH` indiqué là : ajoutez-y en tête les dossiers que donnent `command -v relais-client` et `command -v node`, s’ils sont autres. Tuée en plein travail, l’exécution suivante reprend : chaque contact figure dans un fichier, une fois.',
      },
      sdk: {
        title: 'Node, vers n’importe quel CRM',
        body: 'Le SDK réessaie, attend comme on le lui demande, et répète le même retrait après un redémarrage. Votre fonction met un contact dans votre CRM ; un `PUT` sous l’`action_id` rend une répétition inoffensive. Une seconde exécution, tant que la première est en cours, échoue avec `StoreInUseError` ; une autre clé, tant qu’un retrait de la première est inachevé, échoue avec `OtherKeyError` : donnez à chaque clé son propre fichier.',
      },
      php: {
        title: 'PHP, sans le SDK',
        body: 'Pour PHP 8.2 et suivants. Un fichier par contact, au nom de son `action_id` ; mettez votre propre stockage à la place, et qu’il échoue quand il ne peut pas écrire. `pending.txt` garde le nom du retrait tant que ses contacts ne sont pas enregistrés. Tout cela est à côté du fichier : gardez-le hors des dossiers qu’un serveur web publie.',
      },
      python: {
        title: 'Python, sans le SDK',
        body: 'La bibliothèque standard seule. Les contacts et la fin du retrait sont enregistrés dans une même transaction.',
      },
      n8n: {
        title: 'n8n',
        body: 'Copiez le workflow et collez-le dans un workflow vide. Choisissez un identifiant de type « Header Auth » au nom `x-api-key` pour « Pull contacts », et l’adresse de votre CRM dans le dernier nœud. Il prend au plus 200 contacts par heure : choisissez un intervalle plus court si vous en recevez davantage. Une nouvelle tentative d’un nœud répète le même retrait, car son nom est celui de l’exécution. L’exécution suivante porte un autre nom : si les cinq tentatives échouent, ou si n8n s’arrête avant la fin de « To your CRM », ces contacts sont marqués comme retirés et ne reviennent pas d’eux-mêmes. Retrouvez alors leur `pull_id` avec `getPulledContacts`, et rendez le lot avec `releasePull`. Toutes les autres recettes survivent aussi à cela.',
      },
    },
  },
  openapi: 'Document OpenAPI',
  markdown: 'Cette page en Markdown',
};
